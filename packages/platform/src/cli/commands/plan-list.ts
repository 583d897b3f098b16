import { defineCommand } from "../command.ts";

export const planListCommand = defineCommand({
  name: "plan list",
  summary: "list the plans",
  group: "change",
  examples: [{ run: "trimtab plan list", does: "all plans, the newest first" }],
  async run({ services }) {
    const { listPlans } = await import("../../state/plans.ts");
    const plans = await listPlans(await services.openState());
    return {
      document: {
        title:
          plans.length === 0 ? "No plans yet" : `${plans.length} ${plans.length === 1 ? "plan" : "plans"}`,
        blocks: [
          {
            kind: "table",
            id: "plans",
            columns: [
              { name: "Plan", kind: "text" },
              { name: "Title", kind: "text", wrap: true },
              { name: "Status", kind: "status" },
              { name: "Expires", kind: "text" },
              { name: "By", kind: "text", optional: true },
            ],
            rows: plans.map(({ id, title, status, expiresAt, createdBy }) => [
              id,
              title,
              status,
              expiresAt,
              createdBy,
            ]),
          },
        ],
      },
      json: plans,
    };
  },
});

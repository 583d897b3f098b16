import { defineCommand } from "../command.ts";
import { wholeNumber } from "../option-values.ts";

export const schedulesRunsCommand = defineCommand({
  name: "schedules runs",
  summary: "list the runs of a schedule and how they went, newest first",
  group: "deliver",
  args: [{ name: "id", description: "id of the schedule", required: true }],
  options: [{ name: "top", value: "N", description: "lines of the table", default: "50" }],
  examples: [{ run: "trimtab schedules runs schedule-7k2m9x4qd1wp", does: "its history" }],
  async run({ services }, { args, options }) {
    const { readSchedule } = await import("../../state/schedules.ts");
    const { listRuns } = await import("../../state/schedule-runs.ts");
    const state = await services.openState();
    const { id, name } = await readSchedule(state, String(args.id));
    const runs = await listRuns(state, {
      scheduleId: id,
      limit: Math.max(1, wholeNumber("--top", options.top, 50)),
    });
    return {
      document: {
        title: `Runs of ${name}`,
        blocks: [
          {
            kind: "table",
            id: "runs",
            columns: [
              { name: "Due", kind: "text" },
              { name: "Why", kind: "text" },
              { name: "State", kind: "status" },
              { name: "Ended", kind: "text" },
              { name: "What it did", kind: "text", wrap: true },
            ],
            rows: runs.map(({ dueAt, causedBy, status, endedAt, summary }) => [
              ...[dueAt, causedBy, status, endedAt ?? "", summary],
            ]),
          },
        ],
      },
      json: runs,
    };
  },
});

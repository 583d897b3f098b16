import { defineCommand } from "../command.ts";

export const outboxShowCommand = defineCommand({
  name: "outbox show",
  summary: "show a delivery and every try at it",
  group: "deliver",
  args: [{ name: "id", description: "id of the delivery", required: true }],
  examples: [{ run: "trimtab outbox show delivery-7k2m9x4qd1wp", does: "how it went" }],
  async run({ services }, { args }) {
    const { readDelivery } = await import("../../state/deliveries.ts");
    const found = await readDelivery(await services.openState(), String(args.id));
    return {
      document: {
        title: found.title,
        blocks: [
          {
            kind: "facts",
            facts: [
              ["Channel", found.channelName],
              ...(found.address === null ? [] : ([["Address", found.address]] as const)),
              ["State", found.status],
              ["Made", found.createdAt],
              ...(found.status === "waiting" ? ([["Next try", found.nextAttemptAt]] as const) : []),
              ["Idempotency key", found.idempotencyKey],
            ],
          },
          {
            kind: "table",
            id: "tries",
            columns: [
              { name: "Try", kind: "number" },
              { name: "At", kind: "text" },
              { name: "Outcome", kind: "status" },
              { name: "Detail", kind: "text", wrap: true },
            ],
            rows: found.tries.map(({ seq, at, outcome, detail }) => [String(seq), at, outcome, detail]),
          },
        ],
      },
      json: found,
    };
  },
});

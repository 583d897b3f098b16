import { defineCommand } from "../command.ts";
import { wholeNumber } from "../option-values.ts";

const STATUSES = ["waiting", "sending", "delivered", "dead", "cancelled"] as const;

export const outboxCommand = defineCommand({
  name: "outbox",
  summary: "list what was sent, waits to be sent, or was given up",
  group: "deliver",
  options: [
    { name: "status", value: "STATUS", description: "only these", choices: STATUSES },
    { name: "channel", value: "NAME", description: "only those of one channel" },
    { name: "top", value: "N", description: "lines of the table", default: "50" },
  ],
  examples: [
    { run: "trimtab outbox", does: "the newest" },
    { run: "trimtab outbox --status dead", does: "what was given up and waits for somebody" },
  ],
  async run({ services }, { options }) {
    const { listDeliveries } = await import("../../state/deliveries.ts");
    const { findChannel } = await import("../delivery/find-channel.ts");
    const state = await services.openState();
    const { items, counts } = await listDeliveries(state, {
      limit: Math.max(1, wholeNumber("--top", options.top, 50)),
      ...(typeof options.status === "string" ? { status: options.status as (typeof STATUSES)[number] } : {}),
      ...(typeof options.channel === "string"
        ? { channelId: (await findChannel(state, options.channel)).id }
        : {}),
    });
    const told = STATUSES.flatMap((status) => (counts[status] ? [`${counts[status]} ${status}`] : []));
    return {
      document: {
        title: told.length === 0 ? "Nothing was sent yet" : told.join(", "),
        blocks:
          items.length === 0
            ? []
            : [
                {
                  kind: "table",
                  id: "deliveries",
                  columns: [
                    { name: "Made", kind: "text" },
                    { name: "Message", kind: "text" },
                    { name: "To", kind: "text" },
                    { name: "State", kind: "status" },
                    { name: "Tries", kind: "number" },
                    { name: "What went wrong", kind: "text", wrap: true },
                    { name: "Id", kind: "text" },
                  ],
                  rows: items.map((each) => [
                    ...[each.createdAt, each.title],
                    each.address === null ? each.channelName : `${each.channelName}: ${each.address}`,
                    ...[each.status, String(each.attempts), each.lastError ?? "", each.id],
                  ]),
                },
              ],
      },
      json: { counts, deliveries: items },
    };
  },
});

import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";
import { cliErrors } from "../errors.ts";

export const outboxReplayCommand = defineCommand({
  name: "outbox replay",
  summary: "try deliveries again that were given up",
  group: "deliver",
  details: ["A replay has the idempotency key of the first try: a receiver that has it already can drop it."],
  args: [{ name: "ids", description: "ids of deliveries", variadic: true }],
  options: [{ name: "all", description: "all that were given up" }],
  examples: [
    { run: "trimtab outbox replay delivery-7k2m9x4qd1wp", does: "one" },
    { run: "trimtab outbox replay --all", does: "everything that was given up" },
  ],
  async run({ services, env }, { args, options }) {
    const { listDeliveries, replayDelivery } = await import("../../state/deliveries.ts");
    const { readDeliverySettings } = await import("../../server/delivery/delivery-settings.ts");
    const state = await services.openState();
    const named = Array.isArray(args.ids) ? (args.ids as readonly string[]) : [];
    if (named.length === 0 && options.all !== true)
      throw cliErrors.create("CLI_ARGUMENT_MISSING", {
        ...{ command: "outbox replay", argument: "ids of deliveries, or --all" },
        usage: "trimtab outbox replay --all",
      });
    const dead =
      options.all === true ? (await listDeliveries(state, { status: "dead", limit: 10_000 })).items : [];
    const ids = [...new Set([...named, ...dead.map(({ id }) => id)])];
    const { maxAttempts } = await readDeliverySettings(state);
    for (const id of ids) await replayDelivery(state, actorOf(env), { id, maxAttempts });
    return {
      document: {
        title: `${ids.length} ${ids.length === 1 ? "delivery waits" : "deliveries wait"} to be sent again`,
        blocks: [{ kind: "text", text: "`trimtab serve` or `trimtab tick` sends them." }],
      },
      json: { replayed: ids },
    };
  },
});

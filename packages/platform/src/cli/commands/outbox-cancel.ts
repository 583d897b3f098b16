import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";

export const outboxCancelCommand = defineCommand({
  name: "outbox cancel",
  summary: "give up a delivery that waits",
  group: "deliver",
  args: [{ name: "id", description: "id of the delivery", required: true }],
  examples: [{ run: "trimtab outbox cancel delivery-7k2m9x4qd1wp", does: "it is not sent" }],
  async run({ services, env }, { args }) {
    const { cancelDelivery } = await import("../../state/deliveries.ts");
    const id = String(args.id);
    await cancelDelivery(await services.openState(), actorOf(env), id);
    return { document: { title: `Delivery ${id} is cancelled`, blocks: [] }, json: { id } };
  },
});

import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";

export const channelsAllowCommand = defineCommand({
  name: "channels allow",
  summary: "list or change the private networks that channels may reach",
  group: "deliver",
  details: [
    "Channels reach public addresses only: otherwise whoever may add one could make this machine ask its own network. A mail server or a receiver of your own is allowed here, as narrowly as it goes.",
  ],
  args: [
    { name: "networks", description: "addresses or CIDR ranges to allow; none: list them", variadic: true },
  ],
  options: [{ name: "remove", description: "allow them no longer" }],
  examples: [
    { run: "trimtab channels allow 10.1.2.25", does: "the company's mail server" },
    { run: "trimtab channels allow 10.1.2.25 --remove", does: "no longer" },
  ],
  async run({ services, env }, { args, options }) {
    const { readDeliverySettings, writeDeliverySettings } = await import(
      "../../server/delivery/delivery-settings.ts"
    );
    const state = await services.openState();
    const there = await readDeliverySettings(state);
    const named = Array.isArray(args.networks) ? (args.networks as readonly string[]) : [];
    const allowedNetworks =
      options.remove === true
        ? there.allowedNetworks.filter((network) => !named.includes(network))
        : [...new Set([...there.allowedNetworks, ...named])];
    if (named.length > 0) await writeDeliverySettings(state, actorOf(env), { ...there, allowedNetworks });
    return {
      document: {
        title: allowedNetworks.length === 0 ? "Channels reach public addresses only" : "Channels also reach",
        blocks: allowedNetworks.length === 0 ? [] : [{ kind: "list", items: allowedNetworks }],
      },
      json: { allowedNetworks },
    };
  },
});

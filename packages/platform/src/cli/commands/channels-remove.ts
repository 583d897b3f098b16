import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";

export const channelsRemoveCommand = defineCommand({
  name: "channels remove",
  summary: "remove a channel with its secrets; what waits for it is cancelled",
  group: "deliver",
  args: [{ name: "channel", description: "its name or id", required: true }],
  examples: [{ run: "trimtab channels remove costs", does: "let go of it" }],
  async run({ services, env }, { args }) {
    const { removeChannel } = await import("../../state/channels.ts");
    const { findChannel } = await import("../delivery/find-channel.ts");
    const state = await services.openState();
    const { id, name } = await findChannel(state, String(args.channel));
    await removeChannel(state, actorOf(env), id);
    return { document: { title: `Channel ${name} is removed`, blocks: [] }, json: { id, name } };
  },
});

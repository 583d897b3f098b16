import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";
import { FIELD_OPTIONS, readFields } from "../delivery/field-options.ts";
import { cliErrors } from "../errors.ts";

export const channelsChangeCommand = defineCommand({
  name: "channels change",
  summary: "change a channel, or switch it on or off; what is left out stays",
  group: "deliver",
  args: [{ name: "channel", description: "its name or id", required: true }],
  options: [
    { name: "name", value: "NAME", description: "call it so from now on" },
    { name: "on", description: "switch it on" },
    { name: "off", description: "switch it off; what is sent to it waits" },
    ...FIELD_OPTIONS,
  ],
  examples: [
    { run: "trimtab channels change costs --secret-env url=SLACK_WEBHOOK_URL", does: "a new address" },
    { run: "trimtab channels change costs --off", does: "a pause" },
  ],
  async run(context, input) {
    const { services, env } = context;
    const { args, options } = input;
    if (options.on === true && options.off === true)
      throw cliErrors.create("CLI_OPTIONS_CONFLICT", { first: "--on", second: "--off" });
    const { editChannel } = await import("../../server/delivery/channel-changes.ts");
    const { readChannel } = await import("../../state/channels.ts");
    const { findChannel } = await import("../delivery/find-channel.ts");
    const state = await services.openState();
    const { id, version, settings: there } = await findChannel(state, String(args.channel));
    const { settings, secrets } = await readFields(context, input);
    await editChannel({ state, channelKinds: await services.channelKinds() }, actorOf(env), {
      ...{ id, version, secrets, settings: { ...there, ...settings } },
      name: typeof options.name === "string" ? options.name : undefined,
      enabled: options.on === true ? true : options.off === true ? false : undefined,
    });
    const channel = await readChannel(state, id);
    return {
      document: {
        title: `Channel ${channel.name} is changed`,
        blocks: [
          {
            kind: "facts",
            facts: [
              ["Goes to", channel.target],
              ["State", channel.enabled ? "on" : "off"],
            ],
          },
        ],
      },
      json: channel,
    };
  },
});

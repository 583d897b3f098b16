import { defineCommand } from "../command.ts";

export const channelsCommand = defineCommand({
  name: "channels",
  summary: "list the channels that reports and alerts are sent to",
  group: "deliver",
  details: ["What is secret of a channel is kept encrypted in the state database and shown nowhere."],
  examples: [{ run: "trimtab channels", does: "all of them" }],
  async run({ services }) {
    const { listChannels } = await import("../../state/channels.ts");
    const channels = await listChannels(await services.openState());
    return {
      document: {
        title:
          channels.length === 0
            ? "No channels yet"
            : `${channels.length} ${channels.length === 1 ? "channel" : "channels"}`,
        blocks:
          channels.length === 0
            ? [
                {
                  kind: "text",
                  text: "Add one: `trimtab channels add`; `trimtab channels kinds` says what each kind asks for.",
                },
              ]
            : [
                {
                  kind: "table",
                  id: "channels",
                  columns: [
                    { name: "Name", kind: "text" },
                    { name: "Kind", kind: "text" },
                    { name: "Goes to", kind: "text" },
                    { name: "State", kind: "status" },
                    { name: "Id", kind: "text", optional: true },
                  ],
                  rows: channels.map(({ name, kind, target, enabled, id }) => [
                    ...[name, kind, target, enabled ? "on" : "off", id],
                  ]),
                },
              ],
      },
      json: channels,
    };
  },
});

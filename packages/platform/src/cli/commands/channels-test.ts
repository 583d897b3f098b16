import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";
import { EXIT_CODES } from "../exit-codes.ts";

export const channelsTestCommand = defineCommand({
  name: "channels test",
  summary: "send a test message now and say how it went",
  group: "deliver",
  args: [{ name: "channel", description: "its name or id", required: true }],
  options: [{ name: "to", value: "ADDRESS", description: "email address, for channels that take one" }],
  examples: [
    { run: "trimtab channels test costs", does: "a message in Slack" },
    { run: "trimtab channels test mail --to anna@example.com", does: "an email" },
  ],
  async run(context, { args, options }) {
    const { services, env, signal } = context;
    const { tryChannel } = await import("../../server/delivery/channel-changes.ts");
    const { findChannel } = await import("../delivery/find-channel.ts");
    const { deliveryParts } = await import("../delivery/delivery-parts.ts");
    const parts = await deliveryParts(context);
    const { id, name } = await findChannel(await services.openState(), String(args.channel));
    const address = typeof options.to === "string" ? options.to : undefined;
    const tried = await tryChannel(parts, actorOf(env), { id, address, signal });
    const isDelivered = tried.outcome === "delivered";
    return {
      document: {
        title: isDelivered ? `Channel ${name} works` : `Channel ${name} does not work`,
        blocks: [
          {
            kind: "text",
            text: `${tried.detail} (${tried.durationMs} ms)`,
            tone: isDelivered ? "good" : "bad",
          },
        ],
      },
      json: tried,
      exitCode: isDelivered ? EXIT_CODES.ok.code : EXIT_CODES.no.code,
    };
  },
});

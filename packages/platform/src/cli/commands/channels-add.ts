import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";
import { FIELD_OPTIONS, readFields } from "../delivery/field-options.ts";

export const channelsAddCommand = defineCommand({
  name: "channels add",
  summary: "add a channel: Slack, email or a webhook",
  group: "deliver",
  details: [
    "`trimtab channels kinds` lists the fields of each kind. Secrets come from the environment or a file, never from the command line.",
  ],
  args: [
    {
      name: "kind",
      description: "slack, email or webhook",
      required: true,
      choices: ["slack", "email", "webhook"],
    },
    { name: "name", description: "what you call it", required: true },
  ],
  options: FIELD_OPTIONS,
  examples: [
    {
      run: "trimtab channels add slack costs --secret-env url=SLACK_WEBHOOK_URL",
      does: "an incoming webhook",
    },
    {
      run: 'trimtab channels add email mail --set host=smtp.example.com --set user=trimtab --set "from=Trimtab <costs@example.com>" --secret-file password=smtp.password',
      does: "a mail server",
    },
    {
      run: "trimtab channels add webhook intake --secret-env url=HOOK_URL --secret-env signingSecret=HOOK_SECRET",
      does: "a program of your own",
    },
  ],
  async run(context, input) {
    const { services, env } = context;
    const { addChannel } = await import("../../server/delivery/channel-changes.ts");
    const { readChannel } = await import("../../state/channels.ts");
    const state = await services.openState();
    const parts = { state, channelKinds: await services.channelKinds() };
    const fields = await readFields(context, input);
    const [kind, name] = [String(input.args.kind), String(input.args.name)];
    const id = await addChannel(parts, actorOf(env), { kind, name, enabled: true, ...fields });
    const channel = await readChannel(state, id);
    return {
      document: {
        title: `Channel ${name} is there`,
        blocks: [
          {
            kind: "facts",
            facts: [
              ["Id", id],
              ["Goes to", channel.target],
            ],
          },
          { kind: "text", text: `Try it: \`trimtab channels test ${name}\`` },
        ],
      },
      json: channel,
    };
  },
});

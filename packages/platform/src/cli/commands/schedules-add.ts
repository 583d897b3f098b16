import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";
import { OUTSIDER_OPTION } from "../delivery/recipient-option.ts";

export const schedulesAddCommand = defineCommand({
  name: "schedules add",
  summary: "run something at set times",
  group: "deliver",
  details: [
    "`trimtab serve` runs what is due; where you have a scheduler of your own, let it call `trimtab tick`. Times are those of --time-zone: one that a change of clocks leaves out comes right after the gap, one that comes twice counts once.",
  ],
  args: [
    { name: "name", description: "what you call it", required: true },
    { name: "job", description: "what runs (`trimtab schedules jobs` lists them)", required: true },
  ],
  options: [
    {
      name: "cron",
      value: "EXPRESSION",
      description: "minute, hour, day of month, month, day of week",
      default: "0 6 * * *",
    },
    { name: "set", value: "NAME=VALUE", description: "a setting of the job", repeatable: true },
    {
      name: "to",
      value: "CHANNEL[:ADDRESS]",
      description: "who gets what it makes: a channel, or whose address it is, within what they may see",
      repeatable: true,
    },
    OUTSIDER_OPTION,
    {
      name: "missed",
      value: "POLICY",
      description: "what becomes of times at which nothing ran",
      choices: ["run-once", "skip"],
      default: "run-once",
    },
  ],
  examples: [
    {
      run: 'trimtab schedules add "new bills" ingest --cron "15 * * * *" --set places=/exports/cur --set refreshAdvice=true',
      does: "look every hour, and ask the advisors after new ones",
    },
    {
      run: 'trimtab schedules add advice advise --cron "0 5 * * MON" --time-zone Europe/Berlin',
      does: "every Monday at five in Berlin",
    },
  ],
  async run(context, { args, options }) {
    const { env, timeZone } = context;
    const { addSchedule } = await import("../../server/delivery/schedule-changes.ts");
    const { readSchedule } = await import("../../state/schedules.ts");
    const { deliveryParts } = await import("../delivery/delivery-parts.ts");
    const { readRecipients } = await import("../delivery/recipient-option.ts");
    const { readJobSettings } = await import("../delivery/job-settings-option.ts");
    const parts = await deliveryParts(context);
    const kind = String(args.job);
    const input = {
      name: String(args.name),
      job: { kind, settings: readJobSettings(parts.jobs[kind], options.set) },
      cron: String(options.cron),
      timeZone,
      missed: options.missed as "run-once" | "skip",
      recipients: await readRecipients(parts.state, options),
      enabled: true,
    };
    const schedule = await readSchedule(parts.state, await addSchedule(parts, actorOf(env), input, null));
    return {
      document: {
        title: `${schedule.name} is scheduled`,
        blocks: [
          {
            kind: "facts",
            facts: [
              ["Id", schedule.id],
              ["Next", schedule.nextRunAt ?? "never"],
            ],
          },
        ],
      },
      json: schedule,
    };
  },
});

import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";
import { OUTSIDER_OPTION } from "../delivery/recipient-option.ts";
import { cliErrors } from "../errors.ts";

export const schedulesChangeCommand = defineCommand({
  name: "schedules change",
  summary: "change when something runs, or switch it on or off; what is left out stays",
  group: "deliver",
  args: [{ name: "id", description: "id of the schedule", required: true }],
  options: [
    { name: "cron", value: "EXPRESSION", description: "minute, hour, day of month, month, day of week" },
    { name: "set", value: "NAME=VALUE", description: "a setting of the job", repeatable: true },
    {
      name: "to",
      value: "CHANNEL[:ADDRESS]",
      description: "all who get what it makes from now on",
      repeatable: true,
    },
    OUTSIDER_OPTION,
    { name: "zone", value: "ZONE", description: "time zone of its times" },
    { name: "on", description: "switch it on" },
    { name: "off", description: "switch it off" },
  ],
  examples: [
    { run: 'trimtab schedules change schedule-7k2m9x4qd1wp --cron "0 7 * * *"', does: "another time" },
    { run: "trimtab schedules change schedule-7k2m9x4qd1wp --off", does: "a pause" },
  ],
  async run(context, { args, options }) {
    if (options.on === true && options.off === true)
      throw cliErrors.create("CLI_OPTIONS_CONFLICT", { first: "--on", second: "--off" });
    const { editSchedule } = await import("../../server/delivery/schedule-changes.ts");
    const { readSchedule } = await import("../../state/schedules.ts");
    const { deliveryParts } = await import("../delivery/delivery-parts.ts");
    const { readRecipients } = await import("../delivery/recipient-option.ts");
    const { readJobSettings } = await import("../delivery/job-settings-option.ts");
    const parts = await deliveryParts(context);
    const there = await readSchedule(parts.state, String(args.id));
    const { id, version, kind } = there;
    const typed = readJobSettings(parts.jobs[kind], options.set);
    const to = await readRecipients(parts.state, options);
    await editSchedule(parts, actorOf(context.env), {
      ...{ id, version, job: { kind, settings: { ...there.settings, ...typed } } },
      cron: typeof options.cron === "string" ? options.cron : undefined,
      timeZone: typeof options.zone === "string" ? options.zone : undefined,
      recipients: to.length === 0 ? undefined : to,
      enabled: options.on === true ? true : options.off === true ? false : undefined,
    });
    const schedule = await readSchedule(parts.state, id);
    const next = schedule.enabled ? (schedule.nextRunAt ?? "never") : "off";
    return {
      document: {
        title: `${schedule.name} is changed`,
        blocks: [{ kind: "facts", facts: [["Next", next]] }],
      },
      json: schedule,
    };
  },
});

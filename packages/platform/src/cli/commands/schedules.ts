import { defineCommand } from "../command.ts";

export const schedulesCommand = defineCommand({
  name: "schedules",
  summary: "list what runs at set times, when next, and how it went last",
  group: "deliver",
  examples: [{ run: "trimtab schedules", does: "all of them" }],
  async run({ services }) {
    const { listSchedules } = await import("../../state/schedules.ts");
    const { lastRuns } = await import("../../state/schedule-runs.ts");
    const state = await services.openState();
    const runs = await lastRuns(state);
    const schedules = await listSchedules(state);
    return {
      document: {
        title:
          schedules.length === 0
            ? "Nothing is scheduled"
            : `${schedules.length} ${schedules.length === 1 ? "schedule" : "schedules"}`,
        blocks:
          schedules.length === 0
            ? [
                {
                  kind: "text",
                  text: "Add one: `trimtab schedules add`; `trimtab schedules jobs` lists what can run.",
                },
              ]
            : [
                {
                  kind: "table",
                  id: "schedules",
                  columns: [
                    { name: "Name", kind: "text" },
                    { name: "Job", kind: "text" },
                    { name: "When", kind: "text" },
                    { name: "Next", kind: "text" },
                    { name: "Last", kind: "status" },
                    { name: "What it did", kind: "text", wrap: true },
                    { name: "Id", kind: "text" },
                  ],
                  rows: schedules.map(({ id, name, kind, cron, timeZone, enabled, nextRunAt }) => [
                    ...[name, kind, `${cron} (${timeZone})`, enabled ? (nextRunAt ?? "never") : "off"],
                    ...[runs.get(id)?.status ?? "", runs.get(id)?.summary ?? "", id],
                  ]),
                },
              ],
      },
      json: schedules.map((schedule) => ({ ...schedule, lastRun: runs.get(schedule.id) ?? null })),
    };
  },
});

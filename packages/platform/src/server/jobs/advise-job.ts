import { decimal, type Json } from "@trimtab/domain";
import { z } from "zod";
import type { AdvisorDefinition } from "../../advisors/advisor.ts";
import type { Work } from "../../loop/work.ts";
import type { JobContext, JobKind, JobOutcome } from "../../notify/scheduler/job.ts";

export interface AdviseJobParts {
  /** Over the whole lake; the schedule's time zone. */
  openWork(options: { readonly timeZone: string; readonly signal: AbortSignal }): Promise<Work>;
  advisors(): Promise<Readonly<Record<string, AdvisorDefinition>>>;
}

const settingsSchema = z.strictObject({
  advisors: z
    .array(z.string().min(1).max(100))
    .max(100)
    .default([])
    .describe("Only these advisors; empty: all"),
  hourlyCost: z
    .string()
    .regex(/^\d{1,9}(\.\d{1,6})?$/, "a plain decimal number")
    .default("100")
    .describe("What an hour of your people's work costs"),
});

/** Asks the advisors again, and keeps what they find. */
export const adviseJob = (parts: AdviseJobParts): JobKind => ({
  kind: "advise",
  title: "Ask the advisors",
  description: "Looks for what to change and keeps it as recommendations, as `trimtab advise` does.",
  delivers: false,
  isForWholeLake: true,
  settings: settingsSchema,
  run: (context, settings) => runAdvice(parts, context, settings),
});

/** The same with its settings as they are by default, for jobs that advice follows on. */
export const refreshAdvice =
  (parts: AdviseJobParts) =>
  (context: JobContext): Promise<JobOutcome> =>
    runAdvice(parts, context, {});

const runAdvice = async (
  { openWork, advisors }: AdviseJobParts,
  { timeZone, signal }: Pick<JobContext, "timeZone" | "signal">,
  given: { readonly [key: string]: Json },
): Promise<JobOutcome> => {
  const { readSettings } = await import("../../advisors/advisor-settings.ts");
  const { askAdvisors } = await import("../../loop/ask-advisors.ts");
  const { recordAdvice } = await import("../../loop/record-advice.ts");
  const settings = settingsSchema.parse(given);
  const all = Object.values(await advisors());
  const unknown = settings.advisors.filter((id) => !all.some((advisor) => advisor.id === id));
  if (unknown.length > 0) return { status: "failed", summary: `there is no advisor ${unknown.join(", ")}` };
  const work = await openWork({ timeZone, signal });
  const advised = await askAdvisors(work, {
    advisors: settings.advisors.length === 0 ? all : all.filter(({ id }) => settings.advisors.includes(id)),
    settings: readSettings(all, { timeZone }),
    hourlyCost: decimal(settings.hourlyCost),
  });
  await recordAdvice(work, advised);
  const { length } = advised.report.recommendations;
  return {
    status: "succeeded",
    summary: `${length} recommendations, by lake version ${advised.lakeVersion}`,
  };
};

import type { Decimal } from "@trimtab/domain";
import type { AdviceReport } from "../advisors/advise.ts";
import type { AdvisorDefinition } from "../advisors/advisor.ts";
import type { CommandContext, CommandInput } from "./command.ts";
import { amountOption } from "./option-values.ts";

export interface Advised {
  readonly report: AdviceReport;
  readonly lakeVersion: number;
  readonly hourlyCost: Decimal;
}

/** Asks the advisors that were named, or all, and fetches the plots of what they recommend. Reads only. */
export async function askAdvisors(context: CommandContext, input: CommandInput): Promise<Advised> {
  const { services, signal, progress } = context;
  const { options, args } = input;
  const { advisors } = await import("../advisors/registry.ts");
  const { advise } = await import("../advisors/advise.ts");
  const { readSettings, settingOptions } = await import("../advisors/advisor-settings.ts");
  const { fillEvidence } = await import("../advisors/fill-evidence.ts");
  const { openAdviceSources } = await import("./advice-sources.ts");
  const named = Array.isArray(args.advisors) ? args.advisors : [];
  const all: readonly AdvisorDefinition[] = Object.values(advisors);
  const chosen = named.length === 0 ? all : all.filter(({ id }) => named.includes(id));
  const typed = Object.fromEntries(
    settingOptions(all).flatMap(({ name, setting }) => {
      const value = options[name];
      return typeof value === "string" ? [[setting, value]] : [];
    }),
  );
  const settings = readSettings(all, { ...typed, timeZone: context.timeZone });
  const hourlyCost = amountOption("--hourly-cost", options["hourly-cost"]);
  const sources = await openAdviceSources(context, input);
  const report = await advise(sources, {
    advisors: chosen,
    settings,
    hourlyCost,
    now: services.clock(),
    signal,
    onProgress: (advisor, done, of) => progress.step(`Asking ${advisor}`, done, of, "resources"),
  });
  const recommendations = await fillEvidence(report.recommendations, { ...sources, signal });
  return { report: { ...report, recommendations }, lakeVersion: sources.lakeVersion, hourlyCost };
}

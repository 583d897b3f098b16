import type { Decimal } from "@trimtab/domain";
import type { AdviceReport, AdviceRequest } from "../advisors/advise.ts";
import { openAdviceSources } from "./advice-sources.ts";
import type { Work } from "./work.ts";

export interface Advised {
  readonly report: AdviceReport;
  readonly lakeVersion: number;
  readonly hourlyCost: Decimal;
}

/** Which advisors, with which settings, and what an hour of people's work costs. */
export type AskedAdvice = Omit<AdviceRequest, "now" | "signal">;

/** Asks advisors, and fetches the plots of what they recommend. Reads only. @throws INVENTORY_EMPTY, LAKE_* */
export async function askAdvisors(work: Work, asked: AskedAdvice): Promise<Advised> {
  const { advise } = await import("../advisors/advise.ts");
  const { fillEvidence } = await import("../advisors/fill-evidence.ts");
  const { hourlyCost } = asked;
  const { signal } = work;
  const sources = await openAdviceSources(work);
  const report = await advise(sources, { ...asked, now: work.services.clock(), signal });
  const recommendations = await fillEvidence(report.recommendations, { ...sources, signal });
  return { report: { ...report, recommendations }, lakeVersion: sources.lakeVersion, hourlyCost };
}

import { addMonths, day, eachMonth, firstDayOf, monthOf, type Period, period } from "@trimtab/domain";
import type { Manifest } from "../../lake/manifest.ts";
import type { QueryEngine } from "../../query/engines/engine.ts";
import { runQuery } from "../../query/run-query.ts";
import type { Filter, QueryContext } from "../../query/types.ts";
import { visibleSnapshot } from "../../query/visible-snapshot.ts";
import type { Analysis } from "./analysis.ts";
import { type Asker, ask, cellOf } from "./ask.ts";
import { findOddities } from "./oddities.ts";
import {
  breakdown,
  commitmentsOf,
  monthLines,
  moversOf,
  savingsOf,
  tagLines,
  unitCosts,
} from "./sections.ts";

export interface AnalyzeRequest {
  /** Absent: the newest six months with charges. */
  readonly period?: Period;
  readonly where?: Filter;
  /** Lines of each breakdown. */
  readonly top: number;
}

const DEFAULT_MONTHS = 6;

/** The newest months that any counted load has charges in. */
const newestPeriod = (manifest: Manifest): Period | undefined => {
  const counted = manifest.loads.filter((load) => load.counted === true);
  if (counted.length === 0) return undefined;
  const newest = counted.map(({ chargeStart, billingPeriod }) =>
    chargeStart.slice(0, 10) > billingPeriod ? chargeStart.slice(0, 10) : billingPeriod,
  );
  const oldest = counted.map(({ chargeStart }) => chargeStart.slice(0, 10)).reduce((a, b) => (a < b ? a : b));
  const last = monthOf(day(newest.reduce((a, b) => (a > b ? a : b))));
  const from = firstDayOf(addMonths(last, 1 - DEFAULT_MONTHS));
  const start = from > oldest ? from : firstDayOf(monthOf(day(oldest)));
  return period(start, firstDayOf(addMonths(last, 1)));
};

const analyzeCurrency = async (
  asker: Asker,
  manifest: Manifest,
  whole: Period,
  currency: string,
  top: number,
): Promise<Analysis> => {
  const names = eachMonth(whole);
  const totals = await ask(asker, { measures: ["billed", "effective", "rows"] });
  const [months, services, accounts, regions, categories, commitments, savings, tags, units] =
    await Promise.all([
      monthLines(asker, names, whole),
      breakdown(asker, "ServiceName", top, names),
      breakdown(asker, "SubAccountName", top, names),
      breakdown(asker, "RegionId", top, names),
      breakdown(asker, "ChargeCategory", top, names),
      commitmentsOf(asker),
      savingsOf(asker),
      tagLines(asker, manifest),
      unitCosts(asker),
    ]);
  return {
    currency,
    period: whole,
    lakeVersion: totals.lakeVersion,
    completeTo: totals.completeTo,
    basis: totals.basis,
    periods: totals.periods,
    totals: {
      billed: cellOf(totals, totals.total, "billed"),
      effective: cellOf(totals, totals.total, "effective"),
      rows: cellOf(totals, totals.total, "rows") ?? "0",
    },
    months,
    services,
    accounts,
    regions,
    categories,
    movers: await moversOf(asker, months, top),
    commitments,
    savings,
    tags,
    unitCosts: units,
    // What is odd about a load speaks of all of its charges.
    oddities:
      asker.context.scope === "unrestricted"
        ? findOddities(manifest, whole, months, totals)
        : findOddities({ ...manifest, loads: [] }, whole, [], totals),
  };
};

/**
 * What a bill says at a glance, one analysis per billing currency (or one, converted, where the context has rates).
 * Empty for a lake without charges in the period.
 */
export const analyze = async (
  engine: QueryEngine,
  request: AnalyzeRequest,
  context: QueryContext,
): Promise<readonly Analysis[]> => {
  const { manifest, version } = await visibleSnapshot(engine, context);
  const whole = request.period ?? newestPeriod(manifest);
  if (whole === undefined) return [];
  const pinned: QueryContext = { ...context, lakeVersion: version };
  const seen = await runQuery(
    engine,
    {
      measures: ["rows", "billed"],
      period: whole,
      ...(request.where === undefined ? {} : { where: request.where }),
    },
    pinned,
  );
  const currencies = context.currency === "each" ? seen.currency : [context.currency];
  const analyses: Analysis[] = [];
  for (const currency of currencies) {
    const own = { ...pinned, currency: currency as Exclude<QueryContext["currency"], "each"> };
    const asker: Asker = { engine, context: own, period: whole, where: request.where };
    analyses.push(await analyzeCurrency(asker, manifest, whole, currency, request.top));
  }
  return analyses;
};

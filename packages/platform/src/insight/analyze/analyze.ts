import {
  abs,
  add,
  addMonths,
  compare,
  day,
  daysIn,
  decimal,
  divide,
  eachMonth,
  firstDayOf,
  formatDecimal,
  isZero,
  type Month,
  monthOf,
  monthPeriod,
  type Period,
  period,
  subtract,
} from "@trimtab/domain";
import type { Manifest } from "../../lake/manifest.ts";
import type { QueryEngine } from "../../query/engines/engine.ts";
import { BASE_MODEL } from "../../query/model/model.ts";
import { runQuery } from "../../query/run-query.ts";
import type { Filter, QueryContext, QueryResult } from "../../query/types.ts";
import type {
  Analysis,
  Commitments,
  MonthLine,
  Movers,
  Savings,
  ShareLine,
  TagLine,
  UnitCost,
} from "./analysis.ts";
import { type Asker, amountOf, ask, cellOf, dimensionsOf, shareOf, timeOf } from "./ask.ts";
import { findOddities } from "./oddities.ts";

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

const breakdown = async (
  asker: Asker,
  dimension: string,
  top: number,
  months: readonly Month[],
): Promise<readonly ShareLine[]> => {
  const totals = await ask(asker, { measures: ["effective", "billed"], by: [dimension], top });
  const byMonth = await ask(asker, { measures: ["effective", "billed"], by: [dimension], grain: "month" });
  const trends = new Map<string, string | null>();
  for (const row of byMonth.rows)
    trends.set(
      JSON.stringify([dimensionsOf(byMonth, row)[0], timeOf(byMonth, row).slice(0, 7)]),
      costOf(byMonth, row),
    );
  const whole = amountOf(costOf(totals, totals.total));
  return totals.rows.map((row, index) => {
    const name = dimensionsOf(totals, row)[0] ?? null;
    const amount = amountOf(costOf(totals, row));
    const share = shareOf(amount, whole);
    const isRest = totals.other.includes(index);
    return {
      name,
      amount: formatDecimal(amount),
      share: share === null ? null : formatDecimal(share),
      trend: isRest ? [] : months.map((name_) => trends.get(JSON.stringify([name, name_])) ?? null),
    };
  });
};

/** Effective cost, or billed where the bill can't tell it. */
const costOf = (result: QueryResult, row: readonly (string | null)[]): string | null =>
  cellOf(result, row, "effective") ?? cellOf(result, row, "billed");

const monthLines = async (
  asker: Asker,
  months: readonly Month[],
  whole: Period,
): Promise<readonly MonthLine[]> => {
  const costs = await ask(asker, { measures: ["billed", "effective"], grain: "month" });
  const days = await ask(asker, { measures: ["rows"], grain: "day" });
  const daysByMonth = Map.groupBy(
    days.rows.filter((row) => cellOf(days, row, "rows") !== "0"),
    (row) => timeOf(days, row).slice(0, 7),
  );
  const lines: MonthLine[] = [];
  for (const name of months) {
    const row = costs.rows.find((candidate) => timeOf(costs, candidate).slice(0, 7) === name);
    const billed = row === undefined ? null : cellOf(costs, row, "billed");
    const effective = row === undefined ? null : cellOf(costs, row, "effective");
    const own = daysByMonth.get(name)?.length ?? 0;
    const cost = effective ?? billed;
    const perDay = cost === null || own === 0 ? null : divide(decimal(cost), decimal(BigInt(own)), 2);
    const before = lines.at(-1)?.perDay ?? null;
    const change =
      perDay === null || before === null ? null : shareOf(subtract(perDay, decimal(before)), decimal(before));
    const { start, end } = monthPeriod(name);
    const inside = period(start > whole.start ? start : whole.start, end < whole.end ? end : whole.end);
    lines.push({
      month: name,
      billed,
      effective,
      days: own,
      ofDays: daysIn(inside),
      perDay: perDay === null ? null : formatDecimal(perDay),
      perDayChange: change === null ? null : formatDecimal(change),
    });
  }
  return lines;
};

const moversOf = async (asker: Asker, months: readonly MonthLine[], top: number): Promise<Movers | null> => {
  const complete = months.filter(
    ({ days, ofDays, month }) => days > 0 && days >= Math.min(ofDays, daysIn(monthPeriod(month as Month))),
  );
  const to = complete.at(-1)?.month as Month | undefined;
  const from = complete.at(-2)?.month as Month | undefined;
  if (to === undefined || from === undefined) return null;
  const ofMonth = (name: Month) => {
    const request = { measures: ["effective", "billed"], by: ["ServiceName"], period: monthPeriod(name) };
    return ask(asker, request);
  };
  const [before, after] = await Promise.all([ofMonth(from), ofMonth(to)]);
  const costs = (result: QueryResult) =>
    new Map(result.rows.map((row) => [dimensionsOf(result, row)[0] ?? null, amountOf(costOf(result, row))]));
  const old = costs(before);
  const now = costs(after);
  const zero = decimal("0");
  const lines = [...new Set([...old.keys(), ...now.keys()])]
    .map((name) => {
      const a = old.get(name) ?? zero;
      const b = now.get(name) ?? zero;
      return { name, a, b, change: subtract(b, a) };
    })
    .filter(({ change }) => !isZero(change))
    .sort((x, y) => compare(abs(y.change), abs(x.change)))
    .slice(0, top)
    .map(({ name, a, b, change }) => ({
      name,
      before: formatDecimal(a),
      after: formatDecimal(b),
      change: formatDecimal(change),
    }));
  return { from, to, lines };
};

const only = (dimension: string, value: string): Filter => ({ dimension, op: "=", value });

/** Usage that commitments cover or could: the categories that providers sell commitments for. */
const ELIGIBLE: Filter = {
  and: [
    only("ChargeCategory", "Usage"),
    {
      dimension: "ServiceCategory",
      op: "in",
      values: ["Compute", "Databases", "AI and Machine Learning", "Analytics"],
    },
    { dimension: "CommitmentDiscountStatus", op: "!=", value: "Unused" },
    { dimension: "PricingCategory", op: "!=", value: "Dynamic" },
  ],
};

const commitmentsOf = async (asker: Asker): Promise<Commitments> => {
  const effective = async (where: Filter) => {
    const result = await ask(asker, { measures: ["effective"], where });
    return amountOf(cellOf(result, result.total, "effective"));
  };
  const [covered, unused, eligible, coveredEligible] = await Promise.all([
    effective(only("CommitmentDiscountStatus", "Used")),
    effective(only("CommitmentDiscountStatus", "Unused")),
    effective(ELIGIBLE),
    effective({ and: [ELIGIBLE, only("CommitmentDiscountStatus", "Used")] }),
  ]);
  // Whatever a commitment covers was eligible, also in a category that is not in the list.
  const all = add(eligible, subtract(covered, coveredEligible));
  const coverage = shareOf(covered, all);
  const utilisation = shareOf(covered, add(covered, unused));
  return {
    covered: formatDecimal(covered),
    eligible: formatDecimal(all),
    coverage: coverage === null ? null : formatDecimal(coverage),
    unused: formatDecimal(unused),
    utilisation: utilisation === null ? null : formatDecimal(utilisation),
  };
};

const savingsOf = async (asker: Asker): Promise<Savings> => {
  const measures = ["list", "savings", "savings-rate", "unlisted", "effective"];
  const result = await ask(asker, { measures });
  const at = (measure: string) => cellOf(result, result.total, measure);
  const share = shareOf(amountOf(at("unlisted")), amountOf(at("effective")));
  return {
    list: at("list"),
    amount: at("savings"),
    rate: at("savings-rate"),
    unlisted: at("unlisted"),
    unlistedShare: share === null ? null : formatDecimal(share),
  };
};

const tagLines = async (asker: Asker, manifest: Manifest): Promise<readonly TagLine[]> => {
  const whole = await ask(asker, { measures: ["effective", "billed"] });
  const all = amountOf(costOf(whole, whole.total));
  return Promise.all(
    Object.keys(manifest.tagColumns).map(async (key) => {
      const where: Filter = { dimension: `tag:${key}`, op: "present" };
      const result = await ask(asker, { measures: ["effective", "billed"], where });
      const tagged = amountOf(costOf(result, result.total));
      const share = shareOf(tagged, all);
      return { key, tagged: formatDecimal(tagged), share: share === null ? null : formatDecimal(share) };
    }),
  );
};

const unitCosts = (asker: Asker): Promise<readonly UnitCost[]> => {
  const metrics = (asker.context.model ?? BASE_MODEL).metrics;
  return Promise.all(
    [...metrics.values()].map(async ({ id, unit, target }) => {
      const measure = `cost-per:${id}`;
      const byMonth = await ask(asker, { measures: [measure], grain: "month" });
      return {
        metric: id,
        unit,
        cost: cellOf(byMonth, byMonth.total, measure),
        target: target ?? null,
        trend: byMonth.rows.map((row) => cellOf(byMonth, row, measure)),
      };
    }),
  );
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
    oddities: findOddities(manifest, whole, months, totals),
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
  const { manifest, version } = await engine.snapshot(context.lakeVersion);
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

import {
  addMonths,
  type CurrencyCode,
  decimal,
  firstDayOf,
  formatDecimal,
  type Month,
  month,
  monthPeriod,
} from "@trimtab/domain";
import type { QueryEngine } from "../../query/engines/engine.ts";
import { BASE_MODEL } from "../../query/model/model.ts";
import { runQuery } from "../../query/run-query.ts";
import type { QueryContext, QueryResult } from "../../query/types.ts";
import { type Asker, ask, cellOf, timeOf } from "../analyze/ask.ts";
import { tagLines } from "../analyze/sections.ts";
import { changeOf, comparedDays, moversOf } from "./changes.ts";
import { monthFigures } from "./months.ts";
import type { Overview, UnitCostFigure } from "./overview.ts";
import { placesOf } from "./places.ts";

export interface OverviewRequest {
  /** Absent: the newest month with charges. */
  readonly month?: string | undefined;
  /** Absent: the currency that most charges are billed in. */
  readonly currency?: string | undefined;
}

const TREND_MONTHS = 12;
const TOP_SERVICES = 8;
const TOP_PLACES = 6;

/**
 * What is to be seen first: the newest month against the one before, the year, where money goes, what changed and why.
 * Undefined where there are no charges within the scope.
 * @throws QUERY_*, RATES_MISSING, LAKE_*
 */
export const makeOverview = async (
  engine: QueryEngine,
  request: OverviewRequest,
  context: QueryContext,
): Promise<Overview | undefined> => {
  const { manifest, version } = await engine.snapshot(context.lakeVersion);
  const pinned = { ...context, lakeVersion: version };
  const seen = await whatThereIs(engine, pinned);
  const newest = seen.months.at(-1);
  const currency = request.currency ?? seen.currencies[0];
  if (newest === undefined || currency === undefined) return undefined;
  const asked = month(request.month ?? newest);
  const own = { ...pinned, currency: currency as CurrencyCode };
  const over = (from: Month, to: Month): Asker => ({
    engine,
    context: own,
    period: { start: firstDayOf(from), end: monthPeriod(to).end },
    where: undefined,
  });
  const year = over(addMonths(asked, 1 - TREND_MONTHS), asked);
  const only = over(asked, asked);
  const total = await ask(only, { measures: ["effective", "billed"] });
  const measure = cellOf(total, total.total, "effective") === null ? "billed" : "effective";
  const isFirst = !seen.months.some((known) => known < asked);
  const [trend, change, services, accounts, regions, tags, unitCosts] = await Promise.all([
    monthFigures(year, asked, TREND_MONTHS, measure),
    isFirst ? undefined : changeOf(only, measure),
    placesOf(only, "ServiceName", measure, TOP_SERVICES, !isFirst),
    placesOf(only, "SubAccountName", measure, TOP_PLACES, !isFirst),
    placesOf(only, "RegionId", measure, TOP_PLACES, !isFirst),
    tagLines(only, manifest),
    unitCostFigures(year, asked),
  ]);
  const compared = change === undefined ? null : comparedDays(change.result);
  const movers = compared === null ? [] : await moversOf(only, compared, measure);
  const current = trend.at(-1);
  if (current === undefined) return undefined;
  return {
    lakeVersion: version,
    completeTo: total.completeTo,
    currency,
    currencies: seen.currencies,
    basis: total.basis,
    measure,
    months: seen.months,
    current,
    previous: isFirst ? null : (trend.at(-2) ?? null),
    change: change?.figure ?? null,
    trend,
    services: services.lines,
    accounts: accounts.lines,
    regions: regions.lines,
    rest: { services: services.rest, accounts: accounts.rest, regions: regions.rest },
    movers,
    compared,
    unitCosts,
    // Whoever sees part of the charges is not told of tags that only others have.
    tags: context.scope === "unrestricted" ? tags : tags.filter(({ tagged }) => tagged !== "0"),
    notes: [...new Set([...total.notes, ...(change?.result.notes ?? [])])],
  };
};

/** Months and currencies of the charges within the scope; the currency of most charges first. */
const whatThereIs = async (engine: QueryEngine, context: QueryContext) => {
  const each: QueryContext = { ...context, currency: "each", rates: undefined };
  const byMonth = await runQuery(engine, { measures: ["rows"], grain: "month" }, each);
  const byCurrency = await runQuery(engine, { measures: ["rows"], by: ["BillingCurrency"] }, each);
  const rowsOf = ({ columns }: QueryResult, row: readonly (string | null)[]): bigint =>
    columns.reduce(
      (sum, { role }, index) => (role === "measure" ? sum + BigInt(row[index] ?? "0") : sum),
      0n,
    );
  const currencies = byCurrency.rows
    .filter((row) => row[0] !== null && rowsOf(byCurrency, row) > 0n)
    .toSorted((a, b) => (rowsOf(byCurrency, b) > rowsOf(byCurrency, a) ? 1 : -1))
    .map(([code]) => code ?? "");
  const months = byMonth.rows
    .filter((row) => rowsOf(byMonth, row) > 0n)
    .map((row) => timeOf(byMonth, row).slice(0, 7))
    .toSorted();
  return { months, currencies };
};

/** What one of each metric cost, in the month, the one before and over the year. */
const unitCostFigures = (year: Asker, asked: Month): Promise<readonly UnitCostFigure[]> => {
  const { metrics } = year.context.model ?? BASE_MODEL;
  return Promise.all(
    [...metrics.values()].map(async ({ id, unit, target }) => {
      const measure = `cost-per:${id}`;
      const result = await ask(year, { measures: [measure], grain: "month" });
      const trend = result.rows.map((row) => ({
        month: timeOf(result, row).slice(0, 7),
        cost: cellOf(result, row, measure),
      }));
      const at = (name: string) => trend.find((point) => point.month === name)?.cost ?? null;
      return {
        metric: id,
        unit,
        cost: at(asked),
        before: at(addMonths(asked, -1)),
        target: target === undefined ? null : formatDecimal(decimal(target)),
        trend,
      };
    }),
  );
};

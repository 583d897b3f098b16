import type { Answer } from "../../api/client.ts";
import { addDays, addMonths, daysBetween } from "../../format/dates.ts";
import type { ChartId, Compare, ExplorerSearch, Filter, Grain, RangeId } from "./explorer-search.ts";

export type Model = Answer<"GET /api/v1/model">;

/** The page's state with nothing left open. */
export interface ExplorerState {
  readonly measure: string;
  readonly by: readonly string[];
  readonly grain: Exclude<Grain, "fiscal-year">;
  readonly range: RangeId | "custom";
  readonly period: { readonly start: string; readonly end: string };
  readonly where: readonly Filter[];
  readonly top: number;
  readonly compare: Compare | undefined;
  readonly chart: ChartId;
  readonly currency: string;
  readonly axis: "charge" | "invoice";
  readonly why: boolean;
  readonly lines: boolean;
  readonly linesWhere: readonly Filter[] | undefined;
}

/** What filters need to know of a page. */
export type FilterPlace = Pick<ExplorerState, "where" | "period" | "currency">;

/** Ranges end where the data ends: the last day with charges, not today. */
export const rangePeriod = (range: RangeId, covers: { readonly start: string; readonly end: string }) => {
  const { start, end } = covers;
  const lastMonth = addDays(end, -1).slice(0, 7);
  const back = (months: number) => `${addMonths(lastMonth, 1 - months)}-01`;
  const starts: Readonly<Record<RangeId, string>> = {
    "7d": addDays(end, -7),
    "30d": addDays(end, -30),
    "90d": addDays(end, -90),
    month: `${lastMonth}-01`,
    "last-month": back(2),
    "3m": back(3),
    "6m": back(6),
    "12m": back(12),
    all: `${start.slice(0, 7)}-01`,
  };
  const nextMonth = `${addMonths(lastMonth, 1)}-01`;
  const ends = range === "last-month" ? `${lastMonth}-01` : range.endsWith("d") ? end : nextMonth;
  return { start: starts[range], end: ends };
};

/** Few enough buckets to read, enough to see a trend. */
export const fittingGrain = (start: string, end: string): ExplorerState["grain"] => {
  const days = daysBetween(start, end);
  if (days <= 2) return "hour";
  if (days <= 93) return "day";
  if (days <= 190) return "week";
  return days <= 1500 ? "month" : "year";
};

/**
 * Days that can be asked for. A day that is not complete ends no named range: zones of providers make the last charge of a
 * month reach into the next.
 */
export const knownDays = ({
  covers,
  completeTo,
}: Model): { readonly start: string; readonly end: string } | null => {
  if (covers === null || completeTo === null) return covers;
  const complete = completeTo.slice(0, 10);
  return complete > covers.start && complete < covers.end ? { start: covers.start, end: complete } : covers;
};

/** Always the same ones, so that what depends on them alone is not drawn again. */
const DEFAULT_BY: readonly string[] = ["ServiceName"];
const NO_FILTERS: readonly Filter[] = [];

const emptyPeriod = { start: "2000-01-01", end: "2000-02-01" };

/** Fills what the address leaves open from what the lake has. */
export const explorerState = (search: ExplorerSearch, model: Model): ExplorerState => {
  const { from, until } = search;
  const isCustom = from !== undefined && until !== undefined && from < until;
  const range = search.range ?? "6m";
  const days = knownDays(model);
  const period = isCustom
    ? { start: from, end: until }
    : days === null
      ? emptyPeriod
      : rangePeriod(range, days);
  const isInvoice = search.axis === "invoice";
  return {
    measure: search.measure ?? "effective",
    by: search.by ?? DEFAULT_BY,
    grain: isInvoice
      ? "month"
      : (search.grain ?? (isCustom ? fittingGrain(period.start, period.end) : defaultGrain(range, period))),
    range: isCustom ? "custom" : range,
    period,
    where: search.where ?? NO_FILTERS,
    top: search.top ?? 8,
    compare: search.compare,
    chart: search.chart ?? "bar",
    currency: search.currency ?? model.currencies[0] ?? "USD",
    axis: isInvoice ? "invoice" : "charge",
    why: search.why ?? false,
    lines: search.lines ?? false,
    linesWhere: search.linesWhere,
  };
};

const defaultGrain = (range: RangeId, period: { readonly start: string; readonly end: string }) =>
  range === "6m" ? "month" : fittingGrain(period.start, period.end);

import type { Answer } from "../../api/client.ts";
import { readerTimeZone } from "../../format/reader.ts";
import type { Compare, Filter, Grain } from "./explorer-search.ts";
import type { ExplorerState } from "./explorer-state.ts";

export type QueryResult = Answer<"POST /api/v1/query">;

/** A question as the API takes it. */
export interface ExplorerQuestion {
  readonly measures: string[];
  readonly by: string[];
  readonly grain?: Grain;
  readonly timeAxis: "charge" | "invoice";
  readonly where?: Filter;
  readonly period: { readonly start: string; readonly end: string };
  readonly top?: number;
  readonly compare?: Compare;
  readonly currency: string;
  readonly timeZone: string;
}

/** Rows of the table: more than anybody reads, few enough to draw at once. */
const mostRows = 100;

export const allOf = (where: readonly Filter[]): Filter | undefined =>
  where.length === 0 ? undefined : where.length === 1 ? where[0] : { and: where };

const common = (state: ExplorerState): ExplorerQuestion => {
  const where = allOf(state.where);
  return {
    measures: [state.measure],
    by: [...state.by],
    timeAxis: state.axis,
    period: state.period,
    currency: state.currency,
    timeZone: state.grain === "hour" ? readerTimeZone() : "UTC",
    ...(where === undefined ? {} : { where }),
  };
};

/** Charts over time; the others draw what the table shows. */
export const isOverTime = (state: ExplorerState): boolean =>
  ["bar", "area", "line", "heatmap", "pivot"].includes(state.chart);

/** What the chart over time asks. */
export const seriesQuestion = (state: ExplorerState): ExplorerQuestion => ({
  ...common(state),
  grain: state.grain,
  ...(state.by.length === 0
    ? {}
    : { top: state.chart === "pivot" || state.chart === "heatmap" ? 25 : state.top }),
});

/** What the table asks, and charts of the whole period. */
export const tableQuestion = (state: ExplorerState): ExplorerQuestion => {
  const compare = state.compare ?? (state.chart === "waterfall" || state.why ? "previous" : undefined);
  return {
    ...common(state),
    ...(state.by.length === 0 ? {} : { top: mostRows }),
    ...(compare === undefined ? {} : { compare }),
  };
};

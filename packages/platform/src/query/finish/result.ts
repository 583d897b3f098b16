import { formatDecimal } from "@trimtab/domain";
import { basisOf } from "../basis.ts";
import type { MetricSeries } from "../metrics/metric-values.ts";
import { periodText } from "../periods.ts";
import { completeWithin, type QueryPlan } from "../plan.ts";
import type { Rate } from "../rates.ts";
import { bucketLabel } from "../time-buckets.ts";
import type { QueryColumn, QueryContext, QueryResult } from "../types.ts";
import type { Group, KeyCell } from "./groups.ts";
import { sortLines } from "./sort.ts";
import {
  cellOf,
  type EvaluatedLine,
  evaluatorOf,
  hasEqualDays,
  type Line,
  type MeasureColumn,
  measureColumns,
} from "./table.ts";
import { unknownShares } from "./unknown.ts";

/** What is left to write down after groups were converted, split and cut. */
export interface FinishedGroups {
  readonly rows: readonly Group[];
  readonly rest: readonly Group[];
  readonly totals: readonly Group[];
  /** Combinations there are, where SQL cut them. */
  readonly count: number | undefined;
  readonly rates: readonly Rate[];
  readonly notes: readonly string[];
}

const OTHER = "(other)";

/** Turns groups into the answer that people and programs read. */
export const resultOf = (
  plan: QueryPlan,
  groups: FinishedGroups,
  series: ReadonlyMap<string, MetricSeries>,
  context: QueryContext,
): QueryResult => {
  const evaluate = evaluatorOf(plan, series);
  const columns = measureColumns(plan);
  const unsorted = [...linesOf(plan, groups.rows, false), ...linesOf(plan, groups.rest, true)];
  const all = sortLines(plan, unsorted.map(evaluate));
  const lines = limited(all, plan.request.limit);
  const total = evaluate(totalLine(plan, groups.totals));
  const time = plan.keys.find((key) => key.role === "time");
  const label = (bucket: KeyCell) =>
    bucket === null || time?.role !== "time" ? null : bucketLabel(bucket, time.bucketing, context.timeZone);
  const keyColumns = keyColumnsOf(plan);
  const dimensionCount = keyColumns.length - (time === undefined ? 0 : 1);
  return {
    columns: [...keyColumns, ...columns.map(publicColumn)],
    rows: lines.map((line) => [
      ...(time === undefined ? [] : [label(line.time)]),
      ...(line.isRest ? Array.from({ length: dimensionCount }, () => OTHER) : line.dimensions),
      ...columns.map((column) => cellOf(plan, line, column)),
    ]),
    total: [...keyColumns.map(() => null), ...columns.map((column) => cellOf(plan, total, column))],
    other: lines.flatMap(({ isRest }, index) => (isRest ? [index] : [])),
    rowCount: plan.keys.length === 0 ? 0 : (groups.count ?? all.length),
    currency: plan.currency.columns,
    basis: basisOf(plan),
    completeTo: completeWithin(plan.coverage.completeTo, plan.range),
    lakeVersion: plan.snapshot.version,
    period: { start: periodText(plan.range.start), end: periodText(plan.range.end) },
    periods: plan.coverage.periods,
    ...comparisonResult(plan),
    unknown: unknownShares(plan, columns, total, lines),
    rates: groups.rates.map(({ date, from, to, rate }) => ({ date, from, to, rate: formatDecimal(rate) })),
    notes: groups.notes,
    answeredBy: plan.segments.some(({ table }) => table === "charges") ? "charges" : "daily",
  };
};

const comparisonResult = (plan: QueryPlan): Pick<QueryResult, "comparison"> => {
  const { comparison, request } = plan;
  if (comparison === undefined || request.compare === undefined) return {};
  return {
    comparison: {
      kind: request.compare,
      current: comparison.currentDays,
      previous: comparison.previousDays,
      equalDays: hasEqualDays(plan),
    },
  };
};

/** Without what only the writer of the answer needs. */
export const publicColumn = ({
  source: _source,
  currencyAt: _at,
  valueAt: _valueAt,
  ...column
}: MeasureColumn): QueryColumn => column;

export const keyColumnsOf = (plan: QueryPlan): readonly QueryColumn[] =>
  plan.keys.flatMap((key): readonly QueryColumn[] => {
    if (key.role === "time") return [{ name: key.bucketing.grain, role: "time", kind: "time" }];
    if (key.role !== "dimension" || !key.shown) return [];
    const kind = key.dimension.type === "timestamp" ? "time" : "text";
    return [{ name: key.dimension.name, role: "dimension", kind }];
  });

/** Lines of the shown keys; groups of several currencies share a line. */
const linesOf = (plan: QueryPlan, groups: readonly Group[], isRest: boolean): readonly Line[] => {
  const at = (role: string) => plan.keys.findIndex((key) => key.role === role);
  const timeAt = at("time");
  const shown = plan.keys.flatMap((key, index) => (key.role === "dimension" && key.shown ? [index] : []));
  const isMoment = plan.keys.map((key) => key.role === "dimension" && key.dimension.type === "timestamp");
  const lineOf = (group: Group): Omit<Line, "groups"> => ({
    time: group.keys[timeAt] ?? null,
    dimensions: shown.map((index) => {
      const value = group.keys[index] ?? null;
      return value !== null && isMoment[index] ? `${value.replace(" ", "T")}Z` : value;
    }),
    isRest,
  });
  if (plan.currency.columns.length <= 1)
    return groups.map((group) => ({ ...lineOf(group), groups: [group] }));
  const currencyAt = at("currency");
  const lines = new Map<string, Omit<Line, "groups"> & { readonly groups: (Group | undefined)[] }>();
  for (const group of groups) {
    const line = lineOf(group);
    const id = JSON.stringify([line.time, line.dimensions]);
    const known = lines.get(id) ?? { ...line, groups: plan.currency.columns.map(() => undefined) };
    known.groups[plan.currency.columns.indexOf(group.keys[currencyAt] ?? "")] = group;
    lines.set(id, known);
  }
  return [...lines.values()];
};

/** Totals come one per currency. */
const totalLine = (plan: QueryPlan, totals: readonly Group[]): Line => {
  const currencyAt = plan.keys.findIndex(({ role }) => role === "currency");
  const groups = plan.currency.columns.map((currency) =>
    plan.currency.columns.length <= 1 ? totals[0] : totals.find(({ keys }) => keys[currencyAt] === currency),
  );
  return { time: null, dimensions: [], isRest: false, isTotal: true, groups };
};

/** The rest of a `top` stays: it is not one of the rows that a limit counts. */
const limited = (lines: readonly EvaluatedLine[], limit: number | undefined): readonly EvaluatedLine[] => {
  if (limit === undefined) return lines;
  let left = limit;
  return lines.filter(({ isRest }) => {
    if (isRest) return true;
    left -= 1;
    return left >= 0;
  });
};

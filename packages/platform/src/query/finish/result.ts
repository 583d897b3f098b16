import { formatDecimal } from "@trimtab/domain";
import { basisOf } from "../basis.ts";
import type { MetricSeries } from "../metrics/metric-values.ts";
import { periodText } from "../periods.ts";
import { completeWithin, type QueryPlan } from "../plan.ts";
import type { Rate } from "../rates.ts";
import { bucketLabel } from "../time-buckets.ts";
import type { QueryColumn, QueryContext, QueryResult } from "../types.ts";
import { type Group, type KeyCell, mergeGroups } from "./groups.ts";
import { sortLines } from "./sort.ts";
import { evaluatorOf, hasEqualDays, type Line, measureColumns } from "./table.ts";
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

export const OTHER = "(other)";

/** Turns groups into the answer that people and programs read. */
export const resultOf = (
  plan: QueryPlan,
  groups: FinishedGroups,
  series: ReadonlyMap<string, MetricSeries>,
  context: QueryContext,
): QueryResult => {
  const evaluator = evaluatorOf(plan, series);
  const columns = measureColumns(plan);
  const all = sortLines(
    plan,
    [...linesOf(plan, groups.rows, false), ...linesOf(plan, groups.rest, true)],
    evaluator,
  );
  const lines = limited(all, plan.request.limit);
  const total = totalLine(plan, groups.totals);
  const time = plan.keys.find((key) => key.role === "time");
  const label = (bucket: KeyCell) =>
    bucket === null || time?.role !== "time" ? null : bucketLabel(bucket, time.bucketing, context.timeZone);
  const keyColumns = keyColumnsOf(plan);
  const dimensionCount = keyColumns.length - (time === undefined ? 0 : 1);
  return {
    columns: [...keyColumns, ...columns.map(({ source: _source, ...column }) => column)],
    rows: lines.map((line) => [
      ...(time === undefined ? [] : [label(line.time)]),
      ...(line.isRest ? Array.from({ length: dimensionCount }, () => OTHER) : line.dimensions),
      ...columns.map((column) => evaluator.cell(line, column)),
    ]),
    total: [...keyColumns.map(() => null), ...columns.map((column) => evaluator.cell(total, column))],
    other: lines.flatMap(({ isRest }, index) => (isRest ? [index] : [])),
    rowCount: groups.count ?? all.length,
    currency: plan.currency.columns,
    basis: basisOf(plan),
    completeTo: completeWithin(plan.coverage.completeTo, plan.range),
    lakeVersion: plan.snapshot.version,
    period: { start: periodText(plan.range.start), end: periodText(plan.range.end) },
    periods: plan.coverage.periods,
    ...comparisonResult(plan),
    unknown: unknownShares(plan, columns, total, lines, evaluator),
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

export const keyColumnsOf = (plan: QueryPlan): readonly QueryColumn[] =>
  plan.keys.flatMap((key): readonly QueryColumn[] => {
    if (key.role === "time") return [{ name: key.bucketing.grain, role: "time", kind: "time" }];
    if (key.role !== "dimension" || !key.shown) return [];
    return [{ name: key.dimension.name, role: "dimension", kind: "text" }];
  });

/** Lines of the shown keys; groups of several currencies share a line. */
const linesOf = (plan: QueryPlan, groups: readonly Group[], isRest: boolean): readonly Line[] => {
  const at = (role: string) => plan.keys.findIndex((key) => key.role === role);
  const [timeAt, currencyAt] = [at("time"), at("currency")];
  const shown = plan.keys.flatMap((key, index) => (key.role === "dimension" && key.shown ? [index] : []));
  const lines = new Map<string, Line & { readonly byCurrency: Map<string, Group> }>();
  for (const group of groups) {
    const time = group.keys[timeAt] ?? null;
    const dimensions = shown.map((index) => group.keys[index] ?? null);
    const id = JSON.stringify([time, dimensions]);
    const line = lines.get(id) ?? { time, dimensions, isRest, byCurrency: new Map<string, Group>() };
    const currency = currencyOf(plan, group, currencyAt);
    const known = line.byCurrency.get(currency);
    line.byCurrency.set(currency, known === undefined ? group : mergeGroups(known, group, plan.parts));
    lines.set(id, line);
  }
  return [...lines.values()];
};

const currencyOf = (plan: QueryPlan, group: Group, currencyAt: number): string =>
  plan.currency.target ?? group.keys[currencyAt] ?? plan.currency.columns[0] ?? "";

const totalLine = (plan: QueryPlan, totals: readonly Group[]): Line => {
  const bare = totals.map((group) => ({
    ...group,
    keys: group.keys.map((key, index) => (plan.keys[index]?.role === "currency" ? key : null)),
  }));
  const byCurrency = linesOf(plan, bare, false)[0]?.byCurrency ?? new Map();
  return { time: null, dimensions: [], isRest: false, isTotal: true, byCurrency };
};

/** The rest of a `top` stays: it is not one of the rows that a limit counts. */
const limited = (lines: readonly Line[], limit: number | undefined): readonly Line[] => {
  if (limit === undefined) return lines;
  let left = limit;
  return lines.filter(({ isRest }) => {
    if (isRest) return true;
    left -= 1;
    return left >= 0;
  });
};

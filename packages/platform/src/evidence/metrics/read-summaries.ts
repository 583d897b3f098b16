import { type Instant, known, type MetricSummary, type ResourceMetric, unknown } from "@trimtab/domain";
import type { CellValue } from "../../lake/result-set.ts";
import { quoteText } from "../../sql/dialect.ts";
import { combined, hasAnswer } from "./combine-labels.ts";
import { chooseSeries, namedPoints, type Reading, toInstant } from "./reading.ts";
import type { FoundStatistic, NumberStatistic } from "./resource-metric-store.ts";

/**
 * DECIMAL sums are exact, so that the same points give the same sum on any number of threads; a DOUBLE's last digits
 * depend on the order.
 */
const SUM = "CAST(sum(CAST(value AS DECIMAL(38, 12))) AS DOUBLE)";

/** One statement a metric, all resources at once. */
export const readSummaries = async (
  reading: Reading,
  metric: ResourceMetric,
  statistics: readonly NumberStatistic[],
): Promise<readonly FoundStatistic<MetricSummary>[]> => {
  const { from, params, filter } = await namedPoints(reading, metric);
  const wanted = statistics.map((statistic) => quoteText(statistic)).join(", ");
  const points = `${from} WHERE statistic IN (${wanted}) AND value IS NOT NULL AND ${filter}`;
  const first = await reading.run({ text: summarySql(points, "min(labels) <> max(labels)"), params });
  const isSplit = first.rows.some((row) => row[SPLIT] === true);
  const second = isSplit
    ? await reading.run({ text: summarySql(`(${combined(points, metric)})`, "false"), params })
    : undefined;
  return first.rows.flatMap((row) => {
    if (row[SPLIT] !== true) return [toSummary(reading, metric, row)];
    const [resource, statistic] = [String(row[0]), row[1] as NumberStatistic];
    if (!hasAnswer(metric, statistic)) return [splitUp(resource, metric, statistic)];
    const own = second?.rows.find(([id, kind]) => id === row[0] && kind === row[1]);
    return own === undefined ? [] : [toSummary(reading, metric, own)];
  });
};

/** Several series of one resource where no arithmetic makes one of them. */
export const splitUp = (resource: string, metric: ResourceMetric, statistic: NumberStatistic) => ({
  resource,
  metric,
  statistic,
  found: unknown(`${metric} (${statistic}) is stored by labels, and their values can't be made one`),
});

const SPLIT = 12;

const summarySql = (points: string, isSplit: string): string =>
  chooseSeries(
    "SELECT id, statistic, interval_seconds, count(*) AS samples, min(value) AS lowest, " +
      `${SUM} / count(*) AS mean, quantile_cont(value, [0.5, 0.95, 0.99]) AS quantiles, max(value) AS highest, ` +
      `${SUM} AS total, CAST(min(time) AS VARCHAR) AS first, ` +
      "CAST(max(time) + to_seconds(interval_seconds) AS VARCHAR) AS last, name, " +
      `${isSplit} AS is_split FROM ${points} GROUP BY id, name, statistic, interval_seconds`,
    "id, statistic",
  );

const toSummary = (
  { window }: Reading,
  metric: ResourceMetric,
  row: readonly CellValue[],
): FoundStatistic<MetricSummary> => {
  const [id, statistic, interval, samples, min, mean, quantiles, max, sum, first, last] = row;
  const intervalSeconds = Number(interval);
  const [p50 = 0, p95 = 0, p99 = 0] = quantiles as unknown as readonly number[];
  const kind = statistic as NumberStatistic;
  const summary: MetricSummary = {
    metric,
    statistic: kind,
    start: toInstant(first),
    end: toInstant(last) as Instant,
    samples: Number(samples),
    expected: intervalsIn(window.start, window.end, intervalSeconds),
    intervalSeconds,
    min: Number(min),
    mean: Number(mean),
    p50,
    p95,
    p99,
    max: Number(max),
    sum: Number(sum),
  };
  return { resource: String(id), metric, statistic: kind, found: known(summary) };
};

/** Intervals that start within the window. */
const intervalsIn = (start: Instant, end: Instant, intervalSeconds: number): number => {
  const first = Math.ceil(Date.parse(start) / 1000 / intervalSeconds);
  return Math.max(0, Math.ceil(Date.parse(end) / 1000 / intervalSeconds) - first);
};

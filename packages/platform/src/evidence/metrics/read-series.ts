import {
  known,
  type MetricDistribution,
  type MetricSeriesPoints,
  type ResourceMetric,
  unknown,
} from "@trimtab/domain";
import { quoteText } from "../../sql/dialect.ts";
import { combined, hasAnswer } from "./combine-labels.ts";
import { splitUp } from "./read-summaries.ts";
import { chooseSeries, namedPoints, type Reading, toInstant } from "./reading.ts";
import type { Found, FoundStatistic, MetricOf } from "./resource-metric-store.ts";

/** Every point of the window by resource, at the interval that covers most; null where there is none. */
export const readSeries = async (
  reading: Reading,
  { metric, statistic }: MetricOf,
): Promise<readonly FoundStatistic<MetricSeriesPoints>[]> => {
  const { from, params, filter } = await namedPoints(reading, metric);
  const points = `${from} WHERE statistic = ${quoteText(statistic)} AND value IS NOT NULL AND ${filter}`;
  const first = await reading.run({ text: seriesSql(points, "min(labels) <> max(labels)"), params });
  const isSplit = first.rows.some((row) => row[SPLIT] === true);
  const second =
    isSplit && hasAnswer(metric, statistic)
      ? await reading.run({ text: seriesSql(`(${combined(points, metric)})`, "false"), params })
      : undefined;
  return first.rows.flatMap((row) => {
    const resource = String(row[0]);
    const isOwn = row[SPLIT] !== true;
    if (!isOwn && second === undefined) return [splitUp(resource, metric, statistic)];
    const own = isOwn ? row : second?.rows.find(([id]) => id === row[0]);
    if (own === undefined) return [];
    const [, interval, start, slots, values] = own;
    const intervalSeconds = Number(interval);
    const series: MetricSeriesPoints = {
      metric,
      statistic,
      start: toInstant(start),
      intervalSeconds,
      values: onGrid(slots as unknown as readonly number[], values as unknown as readonly number[]),
    };
    return [{ resource, metric, statistic, found: known(series) }];
  });
};

const SPLIT = 6;

/** `slots` are the places of the values on the grid that starts with the first of them. */
const seriesSql = (points: string, isSplit: string): string =>
  chooseSeries(
    "SELECT id, interval_seconds, CAST(min(time) AS VARCHAR) AS first, " +
      "list(CAST(epoch(time) // interval_seconds AS INTEGER) ORDER BY time) AS slots, list(value ORDER BY time) AS points, " +
      `name, ${isSplit} AS is_split FROM ${points} GROUP BY id, name, interval_seconds`,
    "id",
    "len(points)",
  );

/** From the first point to the last. */
const onGrid = (slots: readonly number[], points: readonly number[]): readonly (number | null)[] => {
  const origin = slots[0] ?? 0;
  const values: (number | null)[] = new Array((slots.at(-1) ?? origin) - origin + 1).fill(null);
  for (const [index, slot] of slots.entries()) values[slot - origin] = points[index] ?? null;
  return values;
};

/** Histograms of the window added up by resource. */
export const readDistributions = async (
  reading: Reading,
  metric: ResourceMetric,
): Promise<readonly Found<MetricDistribution>[]> => {
  const { from, params, filter } = await namedPoints(reading, metric);
  const points = `${from} WHERE statistic = 'histogram' AND bounds IS NOT NULL AND ${filter}`;
  const chosen = chooseSeries(
    "SELECT id, name, interval_seconds, count(DISTINCT time) AS samples, count(DISTINCT bounds) AS shapes, " +
      `CAST(min(time) AS VARCHAR) AS first, CAST(max(time) + to_seconds(interval_seconds) AS VARCHAR) AS last FROM ${points} ` +
      "GROUP BY id, name, interval_seconds",
    "id",
  );
  const totals =
    "SELECT id, name, interval_seconds, any_value(bounds) AS bounds, place, " +
    "CAST(sum(CAST(amount AS DECIMAL(38, 12))) AS DOUBLE) AS total " +
    "FROM (SELECT id, name, interval_seconds, bounds, UNNEST(counts) AS amount, generate_subscripts(counts, 1) AS place " +
    `FROM (SELECT * FROM ${points})) GROUP BY id, name, interval_seconds, place`;
  const { rows } = await reading.run({
    text:
      "SELECT c.id, c.shapes, c.first, c.last, any_value(t.bounds), list(t.total ORDER BY t.place) " +
      `FROM (${chosen}) AS c JOIN (${totals}) AS t USING (id, name, interval_seconds) GROUP BY ALL ORDER BY c.id`,
    params,
  });
  return rows.map(([id, shapes, first, last, bounds, counts]) => {
    const resource = String(id);
    if (Number(shapes) > 1) {
      const reason = `histograms of ${metric} have ${shapes} different sets of bounds in this window, which can't be added up`;
      return { resource, metric, found: unknown(reason) };
    }
    const distribution: MetricDistribution = {
      metric,
      start: toInstant(first),
      end: toInstant(last),
      bounds: bounds as unknown as readonly number[],
      counts: counts as unknown as readonly number[],
    };
    return { resource, metric, found: known(distribution) };
  });
};

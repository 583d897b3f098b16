import type { MetricPoint } from "../model/model.ts";
import { pointValue } from "./metrics-csv.ts";
import { MAX_POINTS, queryRange, type RangeQuestion, sourceFailed } from "./prometheus-api.ts";

/** A metric over a time; with multiples of the step for times, days start at midnight. */
export interface PrometheusRequest extends RangeQuestion {
  /** Dimension → Prometheus label, e.g. `{"tag:team": "team"}`; other labels must not be in the answer. */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * How far a point's time is moved back: a value over the last day (`[1d]`) is stamped at that day's end.
   * Default: one step.
   */
  readonly offsetSeconds?: number;
}

export interface PrometheusAnswer {
  readonly points: readonly MetricPoint[];
  /** Samples that are no number (NaN, Inf): left out, for they are no evidence. */
  readonly skipped: number;
}

/**
 * Reads a metric over a time from Prometheus or anything that speaks its HTTP API.
 * @throws METRIC_SOURCE_FAILED
 * @see https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries, 2026-06
 */
export const readPrometheus = async (request: PrometheusRequest): Promise<PrometheusAnswer> => {
  const points: MetricPoint[] = [];
  let skipped = 0;
  const chunk = request.stepSeconds * (MAX_POINTS - 1);
  for (let start = request.start; start <= request.end; start += chunk + request.stepSeconds) {
    const series = await queryRange({ ...request, start, end: Math.min(start + chunk, request.end) });
    for (const { metric, values } of series) {
      const labels = labelsOf(request, metric);
      for (const [time, text] of values) {
        const value = pointValue(text);
        if (value === undefined) skipped += 1;
        else
          points.push({
            time: timeText(time - (request.offsetSeconds ?? request.stepSeconds)),
            value,
            labels,
          });
      }
    }
  }
  return { points: unique(request, points), skipped };
};

const timeText = (seconds: number): string =>
  new Date(Math.round(seconds) * 1000).toISOString().slice(0, 19).replace("T", " ");

const labelsOf = ({ labels = {} }: PrometheusRequest, metric: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(labels).flatMap(([dimension, label]) => {
      const value = metric[label];
      return value === undefined || value === "" ? [] : [[dimension, value]];
    }),
  );

/** Two series with the same dimensions would silently replace each other: the query must add them up. */
const unique = (request: PrometheusRequest, points: readonly MetricPoint[]): readonly MetricPoint[] => {
  const seen = new Set<string>();
  for (const { time, labels } of points) {
    const key = JSON.stringify([time, labels]);
    if (seen.has(key)) {
      const reason =
        "several series have the same dimensions; add them up with sum(…) by (…), or map their labels";
      throw sourceFailed(request, reason);
    }
    seen.add(key);
  }
  return points;
};

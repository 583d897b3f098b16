import {
  instantOf,
  type Known,
  known,
  type MetricSeriesPoints,
  type ResourceMetric,
  unknown,
} from "@trimtab/domain";
import type {
  MetricWindow,
  NamedResource,
  ResourceMetricStore,
} from "../../evidence/metrics/resource-metric-store.ts";

/** A guardrail on this counts as one on its share of the requests: twice the requests have twice the errors. */
export const isErrorCount = (metric: ResourceMetric): boolean => metric === "request.errors";

const HOUR_SECONDS = 3600;

/**
 * Share of the requests that failed, by the hour or by the longer interval at which either was counted. Clouds write no count of
 * errors where there was none, so an interval with requests and without such a count had none; one without requests tells nothing.
 */
export async function errorShares(
  store: Pick<ResourceMetricStore, "series">,
  resource: NamedResource,
  window: MetricWindow,
): Promise<Known<MetricSeriesPoints>> {
  const requests = await store.series(resource, { metric: "requests", statistic: "sum" }, window);
  if (requests.status === "unknown") return requests;
  const errors = await store.series(resource, { metric: "request.errors", statistic: "sum" }, window);
  if (errors.status === "unknown") return errors;
  const seconds = Math.max(HOUR_SECONDS, requests.value.intervalSeconds, errors.value.intervalSeconds);
  const asked = totals(requests.value, seconds);
  const failed = totals(errors.value, seconds);
  const first = Math.min(...asked.keys());
  const last = Math.max(...asked.keys());
  if (!Number.isFinite(first)) return unknown("there are no requests to take a share of");
  const values = Array.from({ length: last - first + 1 }, (_, index) => {
    const count = asked.get(first + index) ?? 0;
    return count > 0 ? Math.min(1, (failed.get(first + index) ?? 0) / count) : null;
  });
  return known({
    metric: "request.errors",
    statistic: "mean",
    start: instantOf(new Date(first * seconds * 1000)),
    intervalSeconds: seconds,
    values,
  });
}

/** Counts added up by step since 1970. */
function totals(
  { start, intervalSeconds, values }: MetricSeriesPoints,
  seconds: number,
): Map<number, number> {
  const from = Date.parse(start) / 1000;
  const sums = new Map<number, number>();
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const step = Math.floor((from + index * intervalSeconds) / seconds);
    sums.set(step, (sums.get(step) ?? 0) + value);
  }
  return sums;
}

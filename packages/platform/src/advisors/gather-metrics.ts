import {
  type InventoryItem,
  instantOf,
  type Known,
  known,
  type MetricDistribution,
  type MetricSeriesPoints,
  type MetricStatistic,
  type MetricSummary,
  type ResourceMetric,
  unknown,
} from "@trimtab/domain";
import type { MetricWindow, ResourceMetricStore } from "../evidence/metrics/resource-metric-store.ts";
import type { MetricNeed, ResourceEvidence } from "./advisor.ts";

export type MetricReads = Pick<ResourceMetricStore, "summaries" | "seriesOf" | "distributions">;

/** What an advisor may ask of one resource's metrics. */
export type ResourceMetrics = Pick<ResourceEvidence, "summary" | "series" | "distribution">;

/** Resources whose series are in memory at once. */
const SERIES_AT_ONCE = 200;
const SUMMARIES_AT_ONCE = 5000;

/** How many resources to gather metrics for at once. */
export const batchSize = (needs: readonly MetricNeed[]): number =>
  needs.some(({ detail }) => detail === "series") ? SERIES_AT_ONCE : SUMMARIES_AT_ONCE;

/** The window that ends at the last full hour before a moment. */
export function windowBefore(now: Date, days: number): MetricWindow {
  const end = Math.floor(now.getTime() / 3_600_000) * 3_600_000;
  return { start: instantOf(new Date(end - days * 86_400_000)), end: instantOf(new Date(end)) };
}

/** Reads all that is needed of these resources, in as many queries as there are kinds of needs. */
export async function gatherMetrics(
  store: MetricReads,
  resources: readonly InventoryItem[],
  {
    needs,
    window,
    signal,
  }: { readonly needs: readonly MetricNeed[]; readonly window: MetricWindow; readonly signal: AbortSignal },
): Promise<(resource: InventoryItem) => ResourceMetrics> {
  const options = { window, resources, signal };
  const summaries = new Map<string, Known<MetricSummary>>();
  const series = new Map<string, Known<MetricSeriesPoints>>();
  const distributions = new Map<string, Known<MetricDistribution>>();
  const numbers = needs.flatMap(({ metric, statistic, detail }) =>
    statistic === "histogram" ? [] : [{ metric, statistic, detail }],
  );
  const summed = numbers.filter(({ detail }) => detail === "summary");
  if (summed.length > 0)
    for (const { resource, metric, statistic, found } of await store.summaries(summed, options))
      summaries.set(keyOf(resource, metric, statistic), found);
  for (const need of numbers.filter(({ detail }) => detail === "series"))
    for (const { resource, metric, statistic, found } of await store.seriesOf(need, options))
      series.set(keyOf(resource, metric, statistic), found);
  for (const { metric, detail } of needs)
    if (detail === "distribution")
      for (const { resource, found } of await store.distributions(metric, options))
        distributions.set(keyOf(resource, metric, "histogram"), found);
  const missing = (metric: ResourceMetric) =>
    unknown<never>(
      `${metric} of it is not known from ${window.start.slice(0, 10)} to ${window.end.slice(0, 10)}`,
    );
  return ({ id }) => ({
    summary: (metric, statistic) => summaries.get(keyOf(id, metric, statistic)) ?? missing(metric),
    series: (metric, statistic) => series.get(keyOf(id, metric, statistic)) ?? missing(metric),
    distribution: (metric) => distributions.get(keyOf(id, metric, "histogram")) ?? missing(metric),
  });
}

const keyOf = (resource: string, metric: ResourceMetric, statistic: MetricStatistic): string =>
  `${metric} ${statistic} ${resource}`;

/** Why an advisor can't judge, where a metric that it requires is missing. */
export function missingNeed(needs: readonly MetricNeed[], metrics: ResourceMetrics): string | undefined {
  for (const { metric, statistic, detail, required } of needs) {
    if (!required) continue;
    const found: Known<unknown> =
      detail === "distribution" || statistic === "histogram"
        ? metrics.distribution(metric)
        : detail === "series"
          ? metrics.series(metric, statistic)
          : metrics.summary(metric, statistic);
    if (found.status === "unknown") return found.reason;
  }
  return undefined;
}

/** Evidence that there is none of, for resources that no metric is needed for. */
export const noMetrics: ResourceMetrics = {
  summary: (metric) => unknown(`${metric} was not asked for`),
  series: (metric) => unknown(`${metric} was not asked for`),
  distribution: (metric) => unknown(`${metric} was not asked for`),
};

/** Keeps what is read once: an advisor may ask for the same price of thousands of resources. */
export function remembered<Q, A>(keyOfQuestion: (question: Q) => string, answer: (question: Q) => A) {
  const answers = new Map<string, Known<A>>();
  return (question: Q): A => {
    const key = keyOfQuestion(question);
    const before = answers.get(key);
    if (before?.status === "known") return before.value;
    const value = answer(question);
    answers.set(key, known(value));
    return value;
  };
}

import type { Instant } from "@trimtab/domain";
import { z } from "zod";
import { type GoogleApi, isNotFound, type Query } from "../../clouds/google-api.ts";
import { evidenceErrors } from "../../errors.ts";
import type { MetricWindow, PointSink } from "../resource-metric-store.ts";
import type { ResourcePoint } from "../resource-point.ts";
import { GOOGLE_RESOURCES, type GoogleMetric, type GoogleResource } from "./data/google-metrics.ts";
import { distributionShape, histogramOf } from "./distribution.ts";

/** So many points come at most in one page. */
const PAGE = "20000";

export interface MonitoringIngest {
  readonly api: GoogleApi;
  readonly project: string;
  readonly window: MetricWindow;
  readonly intervalSeconds: number;
  readonly onProgress?: (done: number, of: number) => void;
}

export interface MonitoringOutcome {
  readonly type: string;
  readonly metric: string;
  readonly statistic: string;
  readonly points: number;
}

const page = z.object({
  timeSeries: z
    .array(
      z.object({
        resource: z.object({ type: z.string(), labels: z.record(z.string(), z.string()).default({}) }),
        points: z
          .array(
            z.object({
              interval: z.object({ endTime: z.string() }),
              value: z.object({
                doubleValue: z.union([z.number(), z.string()]).optional(),
                int64Value: z.string().optional(),
                distributionValue: distributionShape.optional(),
              }),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
  executionErrors: z.array(z.object({ message: z.string().default("") })).default([]),
});

type Value = z.output<typeof page>["timeSeries"][number]["points"][number]["value"];

/**
 * Asks a project for every metric that is known, aligned to intervals, one series a resource.
 * @throws EVIDENCE_*
 * @see https://cloud.google.com/monitoring/api/ref_v3/rest/v3/projects.timeSeries/list, 2026-06
 */
export const ingestCloudMonitoring = async (
  ingest: MonitoringIngest,
  sink: PointSink,
): Promise<readonly MonitoringOutcome[]> => {
  const all = GOOGLE_RESOURCES.flatMap((resource) =>
    resource.metrics.map((metric) => ({ resource, metric })),
  );
  const outcomes: MonitoringOutcome[] = [];
  for (const { resource, metric } of all) {
    const points = await ingestOne(ingest, resource, metric, sink);
    outcomes.push({ type: metric.type, metric: metric.metric, statistic: metric.statistic, points });
    ingest.onProgress?.(outcomes.length, all.length);
  }
  return outcomes;
};

const ingestOne = async (
  ingest: MonitoringIngest,
  resource: GoogleResource,
  metric: GoogleMetric,
  sink: PointSink,
): Promise<number> => {
  const path = `v3/projects/${ingest.project}/timeSeries`;
  let count = 0;
  try {
    for await (const answer of ingest.api.pages("monitoring", path, queryOf(ingest, resource, metric))) {
      const { timeSeries, executionErrors } = page.parse(answer);
      const [failure] = executionErrors;
      if (failure !== undefined) {
        const reason = `its answer is not whole: ${failure.message}`;
        throw evidenceErrors.create("EVIDENCE_SOURCE_FAILED", {
          cloud: "Google Cloud",
          action: metric.type,
          reason,
        });
      }
      const points = timeSeries.flatMap(({ resource: { labels }, points: own }) =>
        own.flatMap((point) =>
          pointsOf(ingest, resource, metric, labels, point.interval.endTime, point.value),
        ),
      );
      await sink.add(points);
      count += points.length;
    }
  } catch (error) {
    // A project that never wrote a metric (no agent, no queue) does not have it.
    if (isNotFound(error)) return count;
    throw error;
  }
  return count;
};

const queryOf = (
  { window, intervalSeconds }: MonitoringIngest,
  resource: GoogleResource,
  { type, where = {}, aligner, reducer }: GoogleMetric,
): Query => {
  const conditions = Object.entries(where).map(([label, value]) => `metric.labels.${label} = "${value}"`);
  const filter = [`metric.type = "${type}"`, `resource.type = "${resource.type}"`, ...conditions].join(
    " AND ",
  );
  return {
    filter,
    "interval.startTime": aligned(window.start, intervalSeconds, Math.ceil),
    "interval.endTime": aligned(window.end, intervalSeconds, Math.floor),
    "aggregation.alignmentPeriod": `${intervalSeconds}s`,
    "aggregation.perSeriesAligner": aligner,
    "aggregation.crossSeriesReducer": reducer,
    "aggregation.groupByFields": resource.labels.map((label) => `resource.label.${label}`),
    view: "FULL",
    pageSize: PAGE,
  };
};

/** Periods are counted from the end of what is asked for, so that has to be the end of an interval. */
const aligned = (moment: Instant, intervalSeconds: number, round: (value: number) => number): string =>
  new Date(round(Date.parse(moment) / 1000 / intervalSeconds) * intervalSeconds * 1000).toISOString();

const pointsOf = (
  { intervalSeconds }: MonitoringIngest,
  resource: GoogleResource,
  { metric, statistic, factor = 1 }: GoogleMetric,
  labels: Readonly<Record<string, string>>,
  endTime: string,
  value: Value,
): readonly ResourcePoint[] => {
  const time = new Date(Date.parse(endTime) - intervalSeconds * 1000).toISOString() as Instant;
  const base = { resource: resource.nameOf(labels), metric, time, intervalSeconds };
  if (statistic !== "distribution") {
    const number = Number(value.doubleValue ?? value.int64Value ?? Number.NaN) * factor;
    return Number.isFinite(number) ? [{ ...base, statistic, value: number }] : [];
  }
  const { distributionValue: distribution } = value;
  if (distribution === undefined || distribution.count === 0) return [];
  const histogram: ResourcePoint = {
    ...base,
    statistic: "histogram",
    value: histogramOf(distribution, factor),
  };
  if (distribution.mean === undefined) return [histogram];
  return [histogram, { ...base, statistic: "mean", value: distribution.mean * factor }];
};

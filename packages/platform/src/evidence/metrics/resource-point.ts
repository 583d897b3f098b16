import { type Instant, type MetricStatistic, RESOURCE_METRICS, type ResourceMetric } from "@trimtab/domain";
import type { StagedPoint } from "../../lake/resource-metrics/point.ts";
import { evidenceErrors } from "../errors.ts";

/** One value of a resource's metric, or a histogram, over `[time, time + intervalSeconds)`. */
export interface ResourcePoint {
  readonly resource: string;
  readonly metric: ResourceMetric;
  readonly statistic: MetricStatistic;
  readonly time: Instant;
  /** Divides a day; the start is a multiple of it. */
  readonly intervalSeconds: number;
  readonly value: number | { readonly bounds: readonly number[]; readonly counts: readonly number[] };
  readonly labels?: Readonly<Record<string, string>>;
}

export const STATISTICS = [
  "sum",
  "mean",
  "min",
  "max",
  "last",
  "p50",
  "p90",
  "p95",
  "p99",
  "histogram",
] as const satisfies readonly MetricStatistic[];

/** What is counted over an interval. Everything else is a level or a time, and a sum of those over time means nothing. */
const COUNTED: ReadonlySet<ResourceMetric> = new Set([
  "cpu.credit.surplus",
  "disk.read.operations",
  "disk.write.operations",
  "disk.read.bytes",
  "disk.write.bytes",
  "network.received",
  "network.sent",
  "requests",
  "request.errors",
  "instance.billable.time",
  "capacity.read",
  "capacity.write",
]);

/** Why a metric has no such statistic; undefined where it has. */
export const statisticProblem = (metric: ResourceMetric, statistic: string): string | undefined => {
  if (!(STATISTICS as readonly string[]).includes(statistic)) return `there is no statistic ${statistic}`;
  if (statistic === "sum" && !COUNTED.has(metric)) return `${metric} is not counted, so it has no sum`;
  return undefined;
};

const DAY_S = 86_400;
/** Sums of such values stay exact enough, and no metric of a machine comes near. */
export const MAX_VALUE = 1e24;

export const isResourceMetric = (name: string): name is ResourceMetric =>
  Object.hasOwn(RESOURCE_METRICS, name);

export const dividesDay = (seconds: number): boolean =>
  Number.isInteger(seconds) && seconds > 0 && DAY_S % seconds === 0;

/** A point as it is stored. @throws RESOURCE_POINT_INVALID */
export const stagedPoint = (point: ResourcePoint): StagedPoint => {
  const { value, labels = {}, time: start, ...key } = point;
  const time = Date.parse(start) / 1000;
  const problem = problemOf(point, time);
  if (problem !== undefined)
    throw evidenceErrors.create("RESOURCE_POINT_INVALID", {
      resource: point.resource,
      metric: point.metric,
      problem,
    });
  const isNumber = typeof value === "number";
  return {
    ...key,
    time,
    value: isNumber ? value : null,
    bounds: isNumber ? null : value.bounds,
    counts: isNumber ? null : value.counts,
    labels,
  };
};

const problemOf = (
  { resource, metric, statistic, intervalSeconds, value }: ResourcePoint,
  time: number,
): string | undefined => {
  if (resource === "") return "it has no resource";
  if (!isResourceMetric(metric)) return "there is no such metric";
  const wrong = statisticProblem(metric, statistic);
  if (wrong !== undefined) return wrong;
  if (!dividesDay(intervalSeconds)) return `an interval of ${intervalSeconds} s does not divide a day`;
  if (!Number.isInteger(time) || time % intervalSeconds !== 0)
    return `its time is not the start of an interval of ${intervalSeconds} s`;
  if (typeof value === "number") {
    if (statistic === "histogram") return "a histogram is no number";
    return Number.isFinite(value) && Math.abs(value) < MAX_VALUE ? undefined : `${value} is no value`;
  }
  if (statistic !== "histogram") return "only a histogram has bounds";
  return histogramProblem(value);
};

const histogramProblem = ({
  bounds,
  counts,
}: Exclude<ResourcePoint["value"], number>): string | undefined => {
  if (counts.length !== bounds.length + 1) return "a histogram has one more count than bounds";
  if (
    !bounds.every(
      (bound, index) => Number.isFinite(bound) && (index === 0 || bound > (bounds[index - 1] ?? bound)),
    )
  )
    return "bounds of a histogram ascend";
  return counts.every((count) => count >= 0 && count < MAX_VALUE) ? undefined : "counts are not below zero";
};

import type { Instant } from "./calendar.ts";

/**
 * What is measured of a resource, whichever system measured it; units as UCUM spells them, as in OpenTelemetry.
 * A rate is stored as the count of its interval, so that intervals can be added.
 * @see https://opentelemetry.io/docs/specs/semconv/general/metrics/, 2026-06
 */
export const RESOURCE_METRICS = {
  "cpu.utilization": { unit: "1", about: "share of its CPU in use" },
  "cpu.credit.balance": { unit: "{credit}", about: "CPU credits that a burstable machine has left" },
  "cpu.credit.surplus": { unit: "{credit}", about: "CPU credits beyond what it earned, which are charged" },
  "memory.utilization": { unit: "1", about: "share of its memory in use" },
  "memory.free": { unit: "By", about: "memory that nothing uses" },
  "disk.utilization": { unit: "1", about: "share of its storage in use" },
  "disk.used": { unit: "By", about: "storage in use" },
  "disk.read.operations": { unit: "{operation}", about: "reads" },
  "disk.write.operations": { unit: "{operation}", about: "writes" },
  "disk.read.bytes": { unit: "By", about: "bytes read" },
  "disk.write.bytes": { unit: "By", about: "bytes written" },
  "network.received": { unit: "By", about: "bytes received" },
  "network.sent": { unit: "By", about: "bytes sent" },
  connections: { unit: "{connection}", about: "open connections" },
  requests: { unit: "{request}", about: "requests" },
  "request.errors": { unit: "{request}", about: "requests answered by a server error" },
  "request.latency": { unit: "ms", about: "time to answer a request" },
  "request.concurrency": { unit: "{request}", about: "requests in work at once in one instance" },
  "instances.active": { unit: "{instance}", about: "instances that work on requests" },
  "instances.idle": { unit: "{instance}", about: "instances that wait" },
  "instance.billable.time": { unit: "s", about: "billed time of instances" },
  "instance.startup.latency": { unit: "ms", about: "time to start an instance" },
  "replication.lag": { unit: "s", about: "how far a replica is behind" },
  "queue.depth": { unit: "{task}", about: "tasks that wait" },
  "capacity.read": { unit: "{unit}", about: "read capacity units consumed" },
  "capacity.write": { unit: "{unit}", about: "write capacity units consumed" },
  availability: { unit: "1", about: "share of checks or requests that succeeded" },
} as const satisfies Readonly<Record<string, { readonly unit: string; readonly about: string }>>;

export type ResourceMetric = keyof typeof RESOURCE_METRICS;

/** How an interval's value was taken from what happened in it. */
export type MetricStatistic =
  | "sum"
  | "mean"
  | "min"
  | "max"
  | "last"
  | "p50"
  | "p90"
  | "p95"
  | "p99"
  | "histogram";

/** A distribution: `counts` has one more entry than `bounds`; count i is of values in (bounds[i-1], bounds[i]]. */
export interface Histogram {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
}

/** What one statistic of one metric of one resource was over a window, over all its points. */
export interface MetricSummary {
  readonly metric: ResourceMetric;
  readonly statistic: Exclude<MetricStatistic, "histogram">;
  /** From the first point's start to the last one's end. */
  readonly start: Instant;
  readonly end: Instant;
  /** Points there are, of how many the window could hold at their interval. */
  readonly samples: number;
  readonly expected: number;
  readonly intervalSeconds: number;
  readonly min: number;
  readonly mean: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
  readonly sum: number;
}

/** Values over time at a fixed interval; null where there is no point. */
export interface MetricSeriesPoints {
  readonly metric: ResourceMetric;
  readonly statistic: Exclude<MetricStatistic, "histogram">;
  readonly start: Instant;
  readonly intervalSeconds: number;
  readonly values: readonly (number | null)[];
}

/** Everything of a window in one distribution. */
export interface MetricDistribution extends Histogram {
  readonly metric: ResourceMetric;
  readonly start: Instant;
  readonly end: Instant;
}

import { type Known, known, type MetricSeriesPoints, unknown } from "@trimtab/domain";
import type { ResourceEvidence } from "../advisor.ts";
import type { ScalingSettings } from "./scaling-settings.ts";
import { serviceTimeOf } from "./simulate/service-time.ts";
import type { Workload } from "./simulate/workload.ts";

export type RunEvidence = ResourceEvidence<"run.googleapis.com/Service">;

/** What was measured of a service, as the replay takes it. */
export interface MeasuredService {
  readonly workload: Workload;
  readonly requests: MetricSeriesPoints;
  readonly knownDays: number;
  readonly startupSeconds: number;
  readonly isStartupMeasured: boolean;
  /** vCPU of all that work, on average; undefined: not measured. */
  readonly usedCpu: number | undefined;
  /** Most memory that an instance used, MiB; undefined: not measured. */
  readonly usedMiB: number | undefined;
  readonly instances: MeasuredInstances;
}

export interface MeasuredInstances {
  readonly active: MetricSeriesPoints;
  readonly idle: MetricSeriesPoints | undefined;
}

/** Unknown: the reason why no advice can be given. */
export function measuredService(evidence: RunEvidence, settings: ScalingSettings): Known<MeasuredService> {
  const requests = evidence.series("requests", "sum");
  if (requests.status === "unknown") return unknown(`requests: ${requests.reason}`);
  const latency = evidence.distribution("request.latency");
  if (latency.status === "unknown") return unknown(`request latency: ${latency.reason}`);
  const active = evidence.series("instances.active", "mean");
  if (active.status === "unknown")
    return unknown(`the replay can't be checked against measured instances: ${active.reason}`);
  const idle = evidence.series("instances.idle", "mean");
  const instances = { active: active.value, idle: idle.status === "known" ? idle.value : undefined };
  const service = serviceTimeOf(latency.value, latencyMean(evidence));
  if (service === undefined) return unknown("request latency: the distribution is empty");
  const counts = countsOf(requests.value, instances, settings.missingRequestsAreZero);
  const { intervalSeconds, start } = requests.value;
  const intervals = counts.reduce((sum, count) => sum + (Number.isNaN(count) ? 0 : 1), 0);
  const knownDays = (intervals * intervalSeconds) / 86_400;
  if (knownDays < settings.leastDays)
    return unknown(`${round(knownDays)} days of requests are known, ${settings.leastDays} are needed`);
  if (!counts.some((count) => count > 0))
    return unknown("it had no requests: whether it is needed is another question");
  const workload = grouped({ startMs: Date.parse(start), intervalSeconds, counts, service });
  return known({
    workload,
    requests: requests.value,
    knownDays,
    ...startupOf(evidence, settings),
    usedCpu: usedCpu(evidence, active.value),
    usedMiB: usedMiB(evidence),
    instances,
  });
}

/** The replay's steps are a minute or longer: the autoscaler sees nothing shorter. */
function grouped(workload: Workload): Workload {
  const size = Math.max(1, Math.ceil(60 / workload.intervalSeconds));
  if (size === 1) return workload;
  const counts = new Float64Array(Math.floor(workload.counts.length / size));
  for (let at = 0; at < counts.length; at++)
    for (let part = 0; part < size; part++)
      counts[at] = (counts[at] as number) + (workload.counts[at * size + part] as number);
  return { ...workload, intervalSeconds: workload.intervalSeconds * size, counts };
}

/** A counter without requests is often not reported; where the instances were, there were none. */
function countsOf(
  { values, start, intervalSeconds }: MetricSeriesPoints,
  { active, idle }: MeasuredInstances,
  isZeroWhereMissing: boolean,
): Float64Array {
  const startMs = Date.parse(start);
  return Float64Array.from(values, (value, at) => {
    if (value !== null) return Math.max(0, value);
    const time = startMs + at * intervalSeconds * 1000;
    const isWatched = valueAt(active, time) !== undefined || (idle && valueAt(idle, time) !== undefined);
    return isZeroWhereMissing || isWatched ? 0 : Number.NaN;
  });
}

function valueAt({ values, start, intervalSeconds }: MetricSeriesPoints, time: number): number | undefined {
  return values[Math.floor((time - Date.parse(start)) / (intervalSeconds * 1000))] ?? undefined;
}

function latencyMean(evidence: RunEvidence): number | undefined {
  const mean = evidence.summary("request.latency", "mean");
  // A mean of means says something only where all intervals have about as many requests.
  return mean.status === "known" && mean.value.max < 3 * mean.value.mean ? mean.value.mean : undefined;
}

function startupOf(
  evidence: RunEvidence,
  settings: ScalingSettings,
): Pick<MeasuredService, "startupSeconds" | "isStartupMeasured"> {
  for (const statistic of ["p95", "mean", "p50"] as const) {
    const summary = evidence.summary("instance.startup.latency", statistic);
    if (summary.status === "known" && summary.value.mean > 0)
      return { startupSeconds: summary.value.mean / 1000, isStartupMeasured: true };
  }
  return { startupSeconds: settings.startupMsIfUnknown / 1000, isStartupMeasured: false };
}

function usedCpu(evidence: RunEvidence, active: MetricSeriesPoints): number | undefined {
  const utilization = evidence.summary("cpu.utilization", "mean");
  const known = active.values.filter((value) => value !== null);
  if (utilization.status === "unknown" || known.length === 0) return undefined;
  const instances = known.reduce((sum, value) => sum + value, 0) / known.length;
  return utilization.value.mean * Number(evidence.resource.settings.cpu) * instances;
}

function usedMiB(evidence: RunEvidence): number | undefined {
  for (const statistic of ["max", "p99"] as const) {
    const summary = evidence.summary("memory.utilization", statistic);
    if (summary.status === "known") return summary.value.max * evidence.resource.settings.memoryMiB;
  }
  return undefined;
}

const round = (value: number): string => value.toFixed(1).replace(/\.0$/, "");

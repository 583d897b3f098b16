import { longestTime, type ServiceTime, timeWithin } from "./service-time.ts";

/** What came in: requests of each interval; NaN where it is not known. */
export interface Workload {
  readonly startMs: number;
  readonly intervalSeconds: number;
  readonly counts: Float64Array;
  readonly service: ServiceTime;
}

/** What the requests of a workload ask for, before any instance is there: all that every replay of it shares. */
export interface Demand {
  readonly workload: Workload;
  /** Mean requests in work at once, of each interval. */
  readonly load: Float64Array;
  /** The same as an arriving request finds it: without itself. */
  readonly seen: Float64Array;
  /** Variance of a minute's mean of the requests in work, for each one of them. */
  readonly minuteVariance: number;
  /** Seconds until a minute's mean has forgotten what it was. */
  readonly memorySeconds: number;
}

/** Requests that began in an interval are in work in it and in those after it, as long as they take. */
export function demandOf(workload: Workload): Demand {
  const { counts, intervalSeconds: dt, service } = workload;
  const kernel = overlapKernel(service, dt);
  const load = new Float64Array(counts.length);
  const seen = new Float64Array(counts.length);
  let latest = 0;
  for (let at = 0; at < counts.length; at++) {
    const count = counts[at] as number;
    if (!Number.isNaN(count)) latest = count;
    for (let lag = 0; lag < kernel.length && at + lag < counts.length; lag++)
      load[at + lag] = (load[at + lag] as number) + latest * (kernel[lag] as number);
    const own = latest > 0 ? (kernel[0] as number) : 0;
    seen[at] = Math.max(0, (load[at] as number) - own);
  }
  return { workload, load, seen, ...minuteNoise(service, dt) };
}

/** Mean requests in work, in an interval and the ones after it, of one request that began in it. */
function overlapKernel(service: ServiceTime, dt: number): Float64Array {
  const steps = Math.min(2000, Math.ceil(longestTime(service) / dt) + 1);
  // Seconds that a request, begun at any moment of an interval, spends until x seconds after that interval began.
  const until = (x: number) => {
    const parts = 24;
    let sum = 0;
    for (let part = 0; part < parts; part++)
      sum += timeWithin(service, Math.max(0, x - ((part + 0.5) / parts) * dt));
    return sum / parts;
  };
  return Float64Array.from(
    { length: steps },
    (_, lag) => (until((lag + 1) * dt) - (lag === 0 ? 0 : until(lag * dt))) / dt,
  );
}

/**
 * Given the count of an interval, its requests come at any moment of it: the counts of its minutes vary, those of intervals of a
 * minute only in that the last minute is never quite one of them.
 */
function minuteNoise(
  { mean, meanSquare }: ServiceTime,
  dt: number,
): { readonly minuteVariance: number; readonly memorySeconds: number } {
  const window = 60;
  const countVariance = Math.max(1 / 3, 1 - window / Math.max(window, dt));
  const ofTimes = Math.max(0, meanSquare - mean * mean);
  // Requests much longer than the minute are in it from end to end: the mean then varies as the requests in work do.
  const lengths = mean / window;
  const damping = lengths > 0 ? 1 - lengths * (1 - Math.exp(-1 / lengths)) : 1;
  const perLoad = mean > 0 ? (ofTimes + countVariance * mean * mean) / (mean * window) : 0;
  return { minuteVariance: Math.max(1e-9, perLoad * damping), memorySeconds: window + mean };
}

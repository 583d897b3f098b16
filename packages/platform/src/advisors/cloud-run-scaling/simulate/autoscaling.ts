/**
 * How Cloud Run scales, as far as it is documented.
 * @see https://docs.cloud.google.com/run/docs/about-instance-autoscaling, 2026-11-22: instances = average of the last minute ÷
 * (target × what one instance offers), separately for CPU and for concurrency, and the larger of the two; 60 % is the target
 * of both; a request that finds no room waits in a queue for 3.5 times the mean startup time or 10 s, whichever is longer, and
 * is then answered 429; an instance without requests may be kept for 15 minutes
 */
export const AUTOSCALING = {
  targetUtilization: 0.6,
  windowSeconds: 60,
  /** The page says "periodically"; until 2024 it said "every 5 seconds". */
  tickSeconds: 5,
  idleSeconds: 900,
  queueSeconds: 10,
  queueStartups: 3.5,
} as const;

/**
 * Billed time of an instance under request-based billing is rounded up to this; requests that overlap in it are billed once.
 * @see https://cloud.google.com/run/pricing, 2026-11-22
 */
export const BILLED_STEP_SECONDS = 0.1;

/** What one instance offers, in requests at once: all that the autoscaler sees of CPU and concurrency. */
export interface InstanceShape {
  /** Most requests at once: the concurrency, or fewer where the CPU is used up before. */
  readonly slots: number;
  /** Requests at once that the autoscaler aims at. */
  readonly target: number;
  readonly startupSeconds: number;
}

/**
 * @param cpuPerRequest vCPU that a request uses while it is handled; 0 where it is not known: concurrency alone then counts
 */
export function instanceShape(
  { cpu, concurrency }: { readonly cpu: number; readonly concurrency: number },
  cpuPerRequest: number,
  startupSeconds: number,
): InstanceShape {
  const byCpu = cpuPerRequest > 0 ? cpu / cpuPerRequest : Number.POSITIVE_INFINITY;
  const slots = Math.max(1, Math.min(concurrency, Math.floor(byCpu + 1e-9)));
  const target = AUTOSCALING.targetUtilization * Math.min(concurrency, byCpu);
  return { slots, target: Math.min(target, slots), startupSeconds };
}

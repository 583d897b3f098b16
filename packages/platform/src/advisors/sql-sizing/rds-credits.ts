import type { Evidence, MetricSummary } from "@trimtab/domain";
import { summaryPlot } from "../shared/plots.ts";
import type { RdsEvidence } from "./rds-evidence.ts";
import type { RdsSize } from "./rds-sizes.ts";

/** What a burstable class must earn. */
export interface Credits {
  readonly suffice: (size: RdsSize) => boolean;
  readonly evidence: readonly Evidence[];
  readonly note: (size: RdsSize) => string;
}

/** Credits are kept for as many hours' earnings; one is a vCPU for a minute. */
const KEPT_HOURS = 24;
const MINUTES_PER_HOUR = 60;

/**
 * What is known of the CPU credits of a burstable class; undefined for one that has none. A text says why it gets no smaller one,
 * `?` before it that it can't be told.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html, 2026-11-22
 */
export function creditsOf({ summary }: RdsEvidence, now: RdsSize): Credits | string | undefined {
  if (now.creditsPerHour === undefined) return undefined;
  const balance = summary("cpu.credit.balance", "min");
  const surplus = summary("cpu.credit.surplus", "sum");
  if (surplus.status === "known" && surplus.value.sum > 0)
    return `it uses more CPU than its class earns credits for: ${surplus.value.sum.toFixed(0)} were charged on top`;
  if (balance.status === "known" && balance.value.min <= 0)
    return "its CPU credits ran out: a smaller class earns fewer";
  if (balance.status === "unknown") return `?${balance.reason}`;
  const mean = summary("cpu.utilization", "mean");
  if (mean.status === "unknown") return `?${mean.reason}`;
  const beyond = (size: RdsSize) => creditsBeyond(mean.value, now.vCpus, size.creditsPerHour ?? 0);
  return {
    suffice: (size) => beyond(size) <= KEPT_HOURS * (size.creditsPerHour ?? 0),
    evidence: [summaryPlot("CPU credits left", balance.value), summaryPlot("CPU in use", mean.value)],
    note: (size) =>
      `${size.instanceClass} earns ${size.creditsPerHour} CPU credits an hour and keeps ${KEPT_HOURS * (size.creditsPerHour ?? 0)}; what was used above that takes ${beyond(size).toFixed(0)} of them at most, if it all came at once. Right after the change it has none to begin with.`,
  };
}

/**
 * Most credits that can have been used beyond what a class earns, were all busy hours one after another: quantiles tell
 * how many hours were how busy, not when.
 */
function creditsBeyond(
  { expected, intervalSeconds, p95, p99, max }: MetricSummary,
  vCpus: number,
  earned: number,
) {
  const hours = (expected * intervalSeconds) / 3600;
  const used = (share: number) => Math.max(0, share * vCpus * MINUTES_PER_HOUR - earned);
  // Those below the 95th percentile may be as busy as it is.
  return hours * (0.95 * used(p95) + 0.04 * used(p99) + 0.01 * used(max));
}

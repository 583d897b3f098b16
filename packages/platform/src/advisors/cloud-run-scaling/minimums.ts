import { HOURS_PER_WEEK, hourOfWeek } from "@trimtab/domain";
import type { InstanceShape } from "./simulate/autoscaling.ts";
import type { Demand } from "./simulate/workload.ts";

const HOURS_PER_DAY = 24;
const SECONDS_PER_WEEK = 604_800;

/** Minimum instances by hour of the week, from what was needed in that hour of past weeks. */
export interface PredictedMinimums {
  readonly hours: readonly number[];
  /** Share of intervals that may need more. */
  readonly statedMissRate: number;
  /** What the same rule, learned from the weeks before, missed in the last ones. */
  readonly achievedMissRate: number;
  readonly checkedIntervals: number;
  readonly checkedWeeks: number;
}

/**
 * Quantiles of the instances that the autoscaler wanted by hour of the week, checked on the last weeks, which they have not seen.
 * Where those show more misses than stated, the quantile is raised until they do not.
 * @returns undefined with fewer than four whole weeks, or where no quantile holds the miss rate
 */
export function predictMinimums(
  demand: Demand,
  shape: InstanceShape,
  missRate: number,
  maxInstances: number,
): PredictedMinimums | undefined {
  const { counts, intervalSeconds, startMs } = demand.workload;
  const weeks = Math.floor((counts.length * intervalSeconds) / SECONDS_PER_WEEK + 1e-9);
  if (weeks < 4) return undefined;
  const checkedWeeks = Math.max(1, Math.floor(weeks / 4));
  const samples = demand.load.map((load) => Math.min(maxInstances, Math.ceil(load / shape.target - 1e-9)));
  const hourAt = (step: number) => hourOfWeek(startMs + step * intervalSeconds * 1000);
  const cut = counts.length - Math.round((checkedWeeks * SECONDS_PER_WEEK) / intervalSeconds);
  const isKnown = (step: number) => !Number.isNaN(counts[step]);
  for (const rate of [missRate, missRate / 2, missRate / 4, 0]) {
    const learned = quantilesByHour(samples, hourAt, isKnown, 0, cut, rate);
    let [missed, checked] = [0, 0];
    for (let step = cut; step < samples.length; step++) {
      if (!isKnown(step)) continue;
      checked += 1;
      if ((samples[step] as number) > (learned[hourAt(step)] as number)) missed += 1;
    }
    if (checked === 0 || missed / checked > missRate) continue;
    return {
      hours: quantilesByHour(samples, hourAt, isKnown, 0, samples.length, rate),
      statedMissRate: missRate,
      achievedMissRate: missed / checked,
      checkedIntervals: checked,
      checkedWeeks,
    };
  }
  return undefined;
}

function quantilesByHour(
  samples: Float64Array,
  hourAt: (step: number) => number,
  isKnown: (step: number) => boolean,
  from: number,
  until: number,
  missRate: number,
): readonly number[] {
  const byHour: number[][] = Array.from({ length: HOURS_PER_WEEK }, () => []);
  for (let step = from; step < until; step++)
    if (isKnown(step)) byHour[hourAt(step)]?.push(samples[step] as number);
  return byHour.map((own, hour) => quantile(withNeighbours(byHour, own, hour), missRate));
}

/** A few samples say nothing of a quantile; the hours around, and the same hour of other days, are the nearest to them. */
function withNeighbours(
  byHour: readonly (readonly number[])[],
  own: readonly number[],
  hour: number,
): readonly number[] {
  const around = [-1, 1].flatMap((shift) => byHour[(hour + shift + HOURS_PER_WEEK) % HOURS_PER_WEEK] ?? []);
  const near = own.length >= 20 ? own : [...own, ...around];
  if (near.length > 0) return near;
  return byHour.filter((_, other) => other % HOURS_PER_DAY === hour % HOURS_PER_DAY).flat();
}

/** The value that a further sample passes with at most this chance, if it is like the others: as in conformal prediction. */
function quantile(values: readonly number[], missRate: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.ceil((sorted.length + 1) * (1 - missRate));
  return sorted[Math.min(sorted.length, rank) - 1] ?? 0;
}

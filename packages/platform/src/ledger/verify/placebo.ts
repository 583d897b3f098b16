/** A verdict at this level is wrong in one of twenty cases where nothing changed. */
export const LEVEL = 0.05;

/**
 * How many independent placebo dates as many overlapping ones stand for. Two windows that share a part ρ of their days
 * pass a high bar together about as often as ρ³ says: less often than their means are correlated.
 */
export const effectiveCount = (count: number, horizon: number, stride: number): number => {
  let together = 1;
  for (let apart = stride; apart < horizon; apart += stride) together += 2 * (1 - apart / horizon) ** 3;
  return count / together;
};

/** Independent placebo dates below which nothing can be told at a level. */
export const leastEffective = (level: number): number => 1 / level - 1;

export interface Placebo {
  /** How large the statistic was at each placebo date. */
  readonly sizes: readonly number[];
  /** Independent dates that they stand for, not below {@link leastEffective}. */
  readonly effective: number;
}

/** How often chance alone gives at least this much, the date itself counted. */
export const pValue = ({ sizes, effective }: Placebo, size: number): number => {
  const beyond = sizes.reduce((count, other) => count + (other >= size ? 1 : 0), 0);
  return Math.min(1, (1 + (beyond * effective) / sizes.length) / (effective + 1));
};

/** The size above which the p-value is at most the level: half the width of the interval. */
export const criticalSize = ({ sizes, effective }: Placebo, level: number): number => {
  const allowed = Math.floor(((level * (effective + 1) - 1) * sizes.length) / effective + 1e-9);
  const sorted = sizes.toSorted((a, b) => b - a);
  return sorted[Math.min(sorted.length - 1, Math.max(0, allowed))] as number;
};

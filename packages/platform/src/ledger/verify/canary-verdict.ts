import { median, robustSd } from "./order-statistics.ts";

/** One measurement of both arms over the same short while, such as a minute. */
export interface CanaryPair {
  readonly atMs: number;
  readonly control: number;
  readonly canary: number;
}

export interface CanaryMetric {
  readonly id: string;
  /** `ratio`: canary ÷ control − 1 (latency). `difference`: canary − control (error rate). */
  readonly kind: "ratio" | "difference";
  /** How much worse the canary may be: 0.05 is 5 % for a ratio, 0.001 one request of a thousand for an error rate. */
  readonly margin: number;
  readonly worse: "higher" | "lower";
  /** In the order of time. */
  readonly pairs: readonly CanaryPair[];
}

export interface CanaryEvidence {
  readonly id: string;
  readonly verdict: "continue" | "stop-harm" | "pass";
  readonly pairs: number;
  /** How much worse the canary is, with the band that holds it at every look in 95 of 100 canaries; null: too early. */
  readonly worse: { readonly low: number; readonly mid: number; readonly high: number } | null;
  readonly margin: number;
}

export interface CanaryVerdict {
  /** `stop-harm`: some metric is proven beyond its margin. `pass`: all are proven within. */
  readonly verdict: "continue" | "stop-harm" | "pass";
  readonly metrics: readonly CanaryEvidence[];
}

/** Pairs before which the noise is not known well enough to say anything. */
const LEAST_PAIRS = 12;
/** As many independent ones as the pairs must be worth: a variance told from fewer is a guess. */
const LEAST_EFFECTIVE = 10;
/** The band is narrowest after so many independent pairs. */
const NARROWEST_AT = 40;
/** A pair that strays further from the middle than this many robust deviations counts as this far. */
const CLIP_DEVIATIONS = 6;

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

const varianceOf = (values: readonly number[]): number => {
  const middle = meanOf(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / Math.max(1, values.length - 1);
};

/** Variance of one value such that dividing by the count gives that of the mean, were the values independent. */
const longRunVariance = (values: readonly number[]): number => {
  const count = values.length;
  const variance = varianceOf(values);
  const middle = meanOf(values);
  const lagged = values
    .slice(1)
    .reduce((sum, value, index) => sum + (value - middle) * ((values[index] as number) - middle), 0);
  const raw = variance === 0 ? 0 : lagged / (variance * (count - 1));
  // Short series hide their autocorrelation. @see Kendall (1954), Biometrika 41: bias −(1 + 3φ)/n
  const phi = Math.min(0.95, Math.max(0, raw + (1 + 3 * Math.max(0, raw)) / count));
  const byLag = (variance * (1 + phi)) / (1 - phi);
  const width = Math.floor(Math.sqrt(count));
  const batches = Array.from({ length: Math.floor(count / width) }, (_, index) =>
    meanOf(values.slice(count - (index + 1) * width, count - index * width)),
  );
  const byBatch = width * varianceOf(batches);
  return Math.max(byLag, byBatch);
};

/**
 * Half the width at each count of a band that holds the mean at all counts together: the normal mixture.
 * @see Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas, Time-uniform central limit theory (2021), (2.2)
 */
export const bandWidth = (count: number, variance: number, level: number): number => {
  const log = -2 * Math.log(level);
  const mixture = (log + Math.log(log + 1)) / NARROWEST_AT;
  const grown = count * mixture + 1;
  return Math.sqrt(((2 * grown) / (count * count * mixture)) * Math.log(Math.sqrt(grown) / level) * variance);
};

/** How much worse the canary was in each pair, as a logarithm for ratios, far strays clipped. */
const penaltiesOf = ({ kind, worse, pairs }: CanaryMetric): readonly number[] => {
  const sign = worse === "higher" ? 1 : -1;
  const raw = pairs.flatMap(({ control, canary }) => {
    if (!Number.isFinite(control) || !Number.isFinite(canary)) return [];
    if (kind === "difference") return [sign * (canary - control)];
    return control > 0 && canary > 0 ? [sign * Math.log(canary / control)] : [];
  });
  const middle = median(raw) ?? 0;
  const reach = CLIP_DEVIATIONS * (robustSd(raw) ?? 0);
  return reach === 0 ? raw : raw.map((value) => Math.max(middle - reach, Math.min(middle + reach, value)));
};

const evidenceOf = (metric: CanaryMetric, stopLevel: number, passLevel: number): CanaryEvidence => {
  const { id, kind, margin, worse } = metric;
  const penalties = penaltiesOf(metric);
  const nothing = { id, pairs: penalties.length, margin };
  if (penalties.length < LEAST_PAIRS) return { ...nothing, verdict: "continue", worse: null };
  const mid = meanOf(penalties);
  const longRun = longRunVariance(penalties);
  const effective = longRun === 0 ? penalties.length : (penalties.length * varianceOf(penalties)) / longRun;
  if (effective < LEAST_EFFECTIVE) return { ...nothing, verdict: "continue", worse: null };
  // A variance told from few values is too small as often as not: what Student's t does, for all looks together.
  const variance = (longRun * (effective + 5)) / (effective - 4);
  const toStop = bandWidth(penalties.length, variance, stopLevel);
  const toPass = bandWidth(penalties.length, variance, passLevel);
  // A fall to half is as far as a rise to double: in logarithms margins are not symmetric in shares.
  const limit =
    kind === "difference" ? margin : worse === "higher" ? Math.log1p(margin) : -Math.log1p(-margin);
  const shown = (value: number) =>
    kind === "difference" ? value : worse === "higher" ? Math.expm1(value) : -Math.expm1(-value);
  const verdict = mid - toStop > limit ? "stop-harm" : mid + toPass < limit ? "pass" : "continue";
  const band = { low: shown(mid - toPass), mid: shown(mid), high: shown(mid + toPass) };
  return { ...nothing, verdict, worse: band };
};

/**
 * What a running canary shows, to be asked as often as one likes: a confidence sequence per metric, widened for the
 * autocorrelation seen so far. At most 5 % of the canaries that are within all margins are ever stopped for harm, and at
 * most 5 % of those beyond one ever pass, as long as neighbouring pairs are correlated by no more than about 0.5
 * (docs/guides/verify.md has what was measured above that).
 */
export const canaryVerdict = (metrics: readonly CanaryMetric[], level = 0.05): CanaryVerdict => {
  // Any one metric can stop the canary, so they share the level; all have to pass, so each may use all of it.
  const evidence = metrics.map((metric) => evidenceOf(metric, level / metrics.length, level));
  const isHarmed = evidence.some(({ verdict }) => verdict === "stop-harm");
  const isPassed = evidence.length > 0 && evidence.every(({ verdict }) => verdict === "pass");
  return { verdict: isHarmed ? "stop-harm" : isPassed ? "pass" : "continue", metrics: evidence };
};

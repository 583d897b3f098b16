import { type AssessSettings, placebosBefore, tooFew } from "./assess.ts";
import { quantile } from "./order-statistics.ts";
import { criticalSize, effectiveCount, LEVEL, leastEffective, type Placebo, pValue } from "./placebo.ts";
import type { LookError, Trial, WindowError } from "./rolling-origin.ts";

/** What can be said after one measurement more. */
export interface Look {
  /** Steps since the change, this one included. */
  readonly steps: number;
  /** Measured ÷ counterfactual − 1, from the change up to here. */
  readonly effect: number;
  /** The band that holds the effect at all looks together in 95 of 100 cases: effect ± this, in shares of the forecast. */
  readonly halfWidth: number;
  /** Never rises: it may be read at any look, and reading stopped whenever one likes. */
  readonly p: number;
}

export type SequentialAssessment =
  | { readonly kind: "abstained"; readonly reason: string }
  | {
      readonly kind: "assessed";
      readonly looks: readonly Look[];
      /** Index of the first look that tells the change from chance; null: none did. */
      readonly firstFound: number | null;
      /** The smallest lasting change that some look would have found 9 times out of 10. */
      readonly detectable: number;
      readonly trial: Trial;
      readonly placebo: Placebo;
    };

const alongOf = (missed: WindowError | undefined): readonly LookError[] => missed?.along ?? [];

/** The largest that the error ever was, in spreads. */
const excursion = (looks: readonly LookError[]): number =>
  looks.reduce((most, { error, spread }) => Math.max(most, Math.abs(error) / spread), 0);

/** The least lasting change of a sign that carries some look of a placebo date over the boundary. */
const needed = (looks: readonly LookError[], bound: number, sign: 1 | -1): number =>
  looks.reduce((least, { error, spread }) => {
    const change = (1 + sign * bound * spread) / (1 + error) - 1;
    return Math.min(least, sign * change);
  }, Number.POSITIVE_INFINITY);

/** At most this many placebo dates are asked what they would have shown: the answer needs no more. */
const DETECTABLE_SAMPLE = 150;

const detectableSoon = (trials: readonly Trial[], bound: number): number => {
  const every = Math.max(1, Math.floor(trials.length / DETECTABLE_SAMPLE));
  const sample = trials.filter((_, index) => index % every === 0).map(({ missed }) => alongOf(missed));
  const at = (sign: 1 | -1) =>
    quantile(
      sample.map((looks) => needed(looks, bound, sign)),
      0.9,
    ) ?? 0;
  return Math.max(0, at(1), at(-1));
};

/**
 * A test that may be looked at after every measurement. The statistic of a date is the largest excursion of its running
 * mean within the window; placebo dates tell how large those get where nothing changed, so all looks together are wrong
 * at most as often as one. The trials need looks along the way; those of an unfinished window are in `current`.
 */
export const assessSequentially = (
  trials: readonly Trial[],
  change: number,
  settings: AssessSettings,
): SequentialAssessment => {
  const trial = trials.find(({ origin }) => origin === change);
  const own = alongOf(trial?.missed);
  if (trial === undefined || own.length === 0)
    return { kind: "abstained", reason: "too little was measured around or after the change" };
  const before = placebosBefore(trials, change, settings);
  const effective = effectiveCount(before.length, settings.horizon, settings.stride);
  if (effective < leastEffective(LEVEL)) return { kind: "abstained", reason: tooFew(effective) };
  const placebo = { sizes: before.map(({ missed }) => excursion(alongOf(missed))), effective };
  const bound = criticalSize(placebo, LEVEL);
  let largest = 0;
  const looks = own.map(({ steps, error, spread }): Look => {
    largest = Math.max(largest, Math.abs(error) / spread);
    return { steps, effect: error, halfWidth: bound * spread, p: pValue(placebo, largest) };
  });
  const found = looks.findIndex(({ p }) => p <= LEVEL);
  return {
    kind: "assessed",
    looks,
    firstFound: found < 0 ? null : found,
    detectable: detectableSoon(before, bound),
    trial,
    placebo,
  };
};

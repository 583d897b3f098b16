import { quantile } from "./order-statistics.ts";
import { criticalSize, effectiveCount, LEVEL, leastEffective, type Placebo, pValue } from "./placebo.ts";
import type { StudySettings, Trial, WindowError } from "./rolling-origin.ts";

export interface AssessSettings extends Pick<StudySettings, "horizon" | "stride"> {
  /** Steps before the change that placebo dates are taken from at most: what is older says less about now. */
  readonly placeboSteps: number;
  /** What changes are told in: shares of the forecast, or the series' units (for series that may be zero). */
  readonly unit: "share" | "absolute";
}

export type Assessment =
  | { readonly kind: "abstained"; readonly reason: string }
  | {
      readonly kind: "assessed";
      /** Mean measured ÷ mean forecast − 1 over the window, or mean measured − mean forecast. */
      readonly effect: number;
      /** Half the width of the 95 % interval, in the same unit. */
      readonly halfWidth: number;
      readonly p: number;
      /** The smallest change that would be found 9 times out of 10. */
      readonly detectable: number;
      readonly trial: Trial;
      readonly placebo: Placebo & { readonly errors: readonly number[] };
    };

const POWER = 0.9;

/** Change that nine of ten placebo dates would show, were it there: from the pre-period alone. */
const detectableChange = (errors: readonly number[], halfWidth: number): number => {
  // A fall of d is found where the window's error was not above d − halfWidth, a rise where it was not below.
  const fall = quantile(errors, POWER) ?? 0;
  const rise = quantile(
    errors.map((error) => -error),
    POWER,
  );
  return halfWidth + Math.max(0, fall, rise ?? 0);
};

/** The placebo dates whose windows ended before the change. */
export const placebosBefore = (
  trials: readonly Trial[],
  change: number,
  { horizon, placeboSteps }: AssessSettings,
): readonly Trial[] =>
  trials.filter(
    ({ origin, missed }) =>
      missed !== undefined && origin + horizon <= change && origin >= change - placeboSteps,
  );

export const tooFew = (effective: number): string =>
  `the time before the change holds placebo dates worth ${effective.toFixed(1)} independent ones: ` +
  `${leastEffective(LEVEL)} are needed to tell 5 % from chance`;

/** What the time before a change says of changes to come. */
export type Calibration =
  | { readonly kind: "abstained"; readonly reason: string }
  | {
      readonly kind: "calibrated";
      readonly halfWidth: number;
      readonly detectable: number;
      readonly placebo: Placebo & { readonly errors: readonly number[] };
    };

/** The series as the change shows in: shares of the forecast, or its units. */
const errorOf = ({ atEnd, difference }: WindowError, { unit }: AssessSettings): number =>
  unit === "share" ? atEnd : difference;

/** How wide the interval of a change at this step is, from the steps before it alone. */
export const calibrate = (
  trials: readonly Trial[],
  change: number,
  settings: AssessSettings,
): Calibration => {
  const before = placebosBefore(trials, change, settings);
  const effective = effectiveCount(before.length, settings.horizon, settings.stride);
  if (effective < leastEffective(LEVEL)) return { kind: "abstained", reason: tooFew(effective) };
  const errors = before.flatMap(({ missed }) => (missed === undefined ? [] : [errorOf(missed, settings)]));
  const placebo = { errors, sizes: errors.map(Math.abs), effective };
  const halfWidth = criticalSize(placebo, LEVEL);
  return { kind: "calibrated", halfWidth, detectable: detectableChange(errors, halfWidth), placebo };
};

/** Judges a change by placebo dates on the same series: the same statistic, by the same procedure, where nothing changed. */
export const assess = (trials: readonly Trial[], change: number, settings: AssessSettings): Assessment => {
  const trial = trials.find(({ origin }) => origin === change);
  if (trial?.missed === undefined)
    return { kind: "abstained", reason: "too little was measured around or after the change" };
  const calibration = calibrate(trials, change, settings);
  if (calibration.kind === "abstained") return calibration;
  const { halfWidth, detectable, placebo } = calibration;
  const effect = errorOf(trial.missed, settings);
  return {
    kind: "assessed",
    effect,
    halfWidth,
    p: pValue(placebo, Math.abs(effect)),
    detectable,
    trial,
    placebo,
  };
};

import { type Assessment, type AssessSettings, assess, calibrate } from "./assess.ts";
import { assessSequentially, type SequentialAssessment } from "./assess-sequentially.ts";
import { candidatesFor } from "./candidates.ts";
import { rollOrigins, type Trial } from "./rolling-origin.ts";
import { DAY_MS, isGap, type TimeSeries, withGaps } from "./time-series.ts";

/** Days before the first origin: what a level, its noise and the week's wave are first guessed from. */
export const WARM_UP_DAYS = 21;
/** Windows that a change is judged over, in days: the longest that has gone by and can be calibrated. */
export const WINDOW_DAYS = [28, 14, 7, 3, 1] as const;
/** Placebo dates reach this far back, or this many horizons if that is more: what is older says less about now. */
const PLACEBO_DAYS = 150;
const PLACEBO_HORIZONS = 15;
/** Placebo dates of hourly series are this far apart: nearer ones say the same. */
const PLACEBO_STRIDE_MS = DAY_MS / 4;
/** A running mean is looked at from this many measurements on. */
const LOOKS_FROM = 3;
/** A control has to have been measured on this share of the steps before the change, and not to be nothing. */
const LEAST_CONTROL_SHARE = 0.8;

export interface ChangeQuestion {
  readonly series: TimeSeries;
  /** Untouched series over the same steps. */
  readonly controls: readonly TimeSeries[];
  /** Index of the first whole step after the change. */
  readonly change: number;
  /** What changes are told in; default: shares. */
  readonly unit?: AssessSettings["unit"];
}

export interface WindowStudy {
  readonly horizon: number;
  readonly values: Float64Array;
  readonly trials: readonly Trial[];
  readonly settings: AssessSettings;
}

const strideOf = (stepMs: number): number => Math.max(1, Math.round(PLACEBO_STRIDE_MS / stepMs));

export const assessSettings = (
  stepMs: number,
  horizon: number,
  unit: AssessSettings["unit"] = "share",
): AssessSettings => ({
  unit,
  horizon,
  stride: strideOf(stepMs),
  placeboSteps: Math.max(Math.round((PLACEBO_DAYS * DAY_MS) / stepMs), PLACEBO_HORIZONS * horizon),
});

/** Values of another series at the steps of this one. */
const alignedTo = (series: TimeSeries, length: number, other: TimeSeries): Float64Array => {
  const shift = Math.round((series.startMs - other.startMs) / series.stepMs);
  return Float64Array.from({ length }, (_, at) => other.values[at + shift] ?? Number.NaN);
};

const isUsable = (control: Float64Array, change: number): boolean => {
  const before = control.subarray(0, change);
  const seen = before.filter((value) => !isGap(value) && value !== 0).length;
  const reaches = !isGap(control.at(-1) as number);
  return reaches && seen >= LEAST_CONTROL_SHARE * before.length;
};

/** Rolling origins up to the change, which is one of them; what comes after its window is not looked at. */
export const studyWindow = (
  { series, controls, change, unit }: ChangeQuestion,
  horizon: number,
  looks: boolean,
): WindowStudy => {
  const { stepMs } = series;
  const stride = strideOf(stepMs);
  const length = change + horizon;
  const values = withGaps(series.values.slice(0, length));
  const least = Math.round((WARM_UP_DAYS * DAY_MS) / stepMs);
  // The change itself has to be one of the origins.
  const warmUp = least + ((((change - least) % stride) + stride) % stride);
  const usable = controls
    .map((control) => alignedTo(series, length, control))
    .filter((control) => isUsable(control, change));
  const forecasters = candidatesFor(values, { stepMs, warmUp, controls: usable });
  const looksFrom = looks ? LOOKS_FROM : undefined;
  const trials = rollOrigins(values, forecasters, { horizon, warmUp, stride, looksFrom });
  return { horizon, values, trials, settings: assessSettings(stepMs, horizon, unit) };
};

export interface StudiedChange {
  readonly study: WindowStudy;
  readonly assessment: Assessment;
}

/**
 * Judges a change over the longest of the horizons that the time after it fills and the time before it can calibrate:
 * its result has no part in which one that is.
 * @param horizons steps, in any order
 */
export const studyChange = (
  question: ChangeQuestion,
  horizons: readonly number[],
): StudiedChange | undefined => {
  const after = question.series.values.length - question.change;
  let last: StudiedChange | undefined;
  for (const horizon of horizons.toSorted((a, b) => b - a)) {
    if (horizon > after || question.change <= 0) continue;
    const study = studyWindow(question, horizon, false);
    const assessment = assess(study.trials, question.change, study.settings);
    last = { study, assessment };
    if (assessment.kind === "assessed") break;
  }
  return last;
};

/** What a window of so many steps can prove. */
export interface Provable {
  readonly horizon: number;
  /** The smallest change that would be found 9 times out of 10. */
  readonly change: number;
}

/** What windows of several lengths could prove of a change at this step, from the steps before it alone. */
export const provableChanges = (
  question: ChangeQuestion,
  horizons: readonly number[],
): readonly Provable[] => {
  const { series, change } = question;
  const before = { ...series, values: series.values.slice(0, Math.max(0, change)) };
  return horizons.flatMap((horizon) => {
    const study = studyWindow({ ...question, series: before }, horizon, false);
    const calibration = calibrate(study.trials, change, study.settings);
    return calibration.kind === "abstained" ? [] : [{ horizon, change: calibration.detectable }];
  });
};

/** Judges a change after every measurement within a watch window of so many steps, as far as it has gone. */
export const watchChange = (question: ChangeQuestion, horizon: number): SequentialAssessment => {
  // The window may still be running: what is to come is a gap.
  const missing = Math.max(0, question.change + horizon - question.series.values.length);
  const values = [...question.series.values, ...Array.from({ length: missing }, () => null)];
  const study = studyWindow({ ...question, series: { ...question.series, values } }, horizon, true);
  return assessSequentially(study.trials, question.change, study.settings);
};

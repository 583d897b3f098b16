import type { Forecaster } from "./forecaster.ts";
import { isGap } from "./time-series.ts";

/** What one forecaster missed by in one window after an origin, in shares of what it forecast. */
export interface WindowError {
  /** Mean measured ÷ mean forecast − 1 over the whole window. */
  readonly atEnd: number;
  /** Mean measured less mean forecast, in the series' units. */
  readonly difference: number;
  /**
   * The same after each measurement of the window, least first; only where looks along the way were asked for.
   */
  readonly along?: readonly LookError[];
}

export interface LookError {
  /** Steps since the origin, this one included. */
  readonly steps: number;
  readonly error: number;
  /** The spread that the forecaster expects here. */
  readonly spread: number;
}

export interface WindowSettings {
  /** Steps after the origin. */
  readonly horizon: number;
  /** Measurements that a window must hold at least. */
  readonly leastObserved: number;
  /** Below this a forecast is no base for a share: it is taken as this. In the series' units. */
  readonly leastLevel: number;
  /** Looks along the way from this many measurements on; absent: only the end is looked at. */
  readonly looksFrom?: number | undefined;
}

/** The error of a window, or undefined where the forecaster or the measurements say too little. */
const windowError = (
  values: Float64Array,
  forecaster: Forecaster,
  origin: number,
  settings: WindowSettings,
): WindowError | undefined => {
  const { horizon, leastObserved, leastLevel, looksFrom } = settings;
  let actual = 0;
  let expected = 0;
  let observed = 0;
  const along: LookError[] = [];
  const share = () => {
    const base = Math.max(Math.abs(expected), leastLevel * observed);
    // Something where there was never anything: as much more as a share can say.
    return base === 0 ? Math.sign(actual) : (actual - expected) / base;
  };
  for (let at = origin; at < origin + horizon; at++) {
    const value = values[at] as number;
    if (isGap(value)) continue;
    actual += value;
    expected += forecaster.forecast(origin, at);
    observed += 1;
    if (looksFrom === undefined || observed < looksFrom) continue;
    const steps = at - origin + 1;
    along.push({ steps, error: share(), spread: forecaster.spread(origin, steps, observed) });
  }
  if (observed < leastObserved || isGap(expected) || observed === 0) return undefined;
  const atEnd = share();
  const difference = (actual - expected) / observed;
  return looksFrom === undefined ? { atEnd, difference } : { atEnd, difference, along };
};

export interface StudySettings extends Omit<WindowSettings, "leastObserved" | "leastLevel"> {
  /** Steps before the first origin. */
  readonly warmUp: number;
  /** Steps between origins. */
  readonly stride: number;
}

/** An origin with the forecaster chosen for it, and what that one missed by. */
export interface Trial {
  readonly origin: number;
  readonly forecaster: Forecaster;
  /** Mean of the absolute errors that it was chosen by, over the windows that had ended; null for the first ones. */
  readonly chosenBy: number | null;
  /** Undefined where the window is not over or holds too few measurements. */
  readonly missed: WindowError | undefined;
}

/** A window counts if it holds this share of the measurements that its length had on average before. */
const LEAST_DENSITY = 0.4;
/** Forecasts nearer to zero than this share of the usual size are no base for shares. */
const LEAST_LEVEL_SHARE = 0.1;

/** Per origin: how many measurements came before, and how large they were on average. */
const before = (values: Float64Array): { counts: Float64Array; sizes: Float64Array } => {
  const counts = new Float64Array(values.length + 1);
  const sizes = new Float64Array(values.length + 1);
  values.forEach((value, at) => {
    counts[at + 1] = (counts[at] as number) + (isGap(value) ? 0 : 1);
    sizes[at + 1] = (sizes[at] as number) + (isGap(value) ? 0 : Math.abs(value));
  });
  return { counts, sizes };
};

/** Running means of absolute errors, of windows in the order in which they end. */
class Record {
  sum = 0;
  count = 0;
  add(error: number): void {
    this.sum += Math.abs(error);
    this.count += 1;
  }
  get mean(): number {
    return this.count === 0 ? Number.POSITIVE_INFINITY : this.sum / this.count;
  }
}

const best = (records: readonly Record[]): number =>
  records.reduce((least, { mean }, index) => (mean < (records[least]?.mean ?? 0) ? index : least), 0);

/**
 * Rolling origins: at each the forecaster that did best in the windows that had ended by then, and what it missed by.
 * Nothing at an origin knows what came after it, neither the forecast nor the choice: an origin of a longer series and
 * the last one of a shorter series say the same.
 */
export const rollOrigins = (
  values: Float64Array,
  forecasters: readonly Forecaster[],
  settings: StudySettings,
): readonly Trial[] => {
  const { counts, sizes } = before(values);
  const records = forecasters.map(() => new Record());
  const trials: Trial[] = [];
  const waiting: { readonly endsAt: number; readonly errors: readonly (WindowError | undefined)[] }[] = [];
  for (let origin = settings.warmUp; origin <= values.length; origin += settings.stride) {
    while (waiting[0] !== undefined && waiting[0].endsAt <= origin) {
      const { errors } = waiting.shift() as (typeof waiting)[0];
      // All or none: who is only tried in calm times would look better than the others.
      if (errors.every((error) => error !== undefined))
        for (const [index, error] of errors.entries()) records[index]?.add(error.atEnd);
    }
    const count = counts[origin] as number;
    const chosen = best(records);
    const settled = (records[chosen]?.count ?? 0) > 0;
    const window: WindowSettings = {
      ...settings,
      leastObserved: Math.max(1, (LEAST_DENSITY * settings.horizon * count) / origin),
      leastLevel: count === 0 ? 0 : (LEAST_LEVEL_SHARE * (sizes[origin] as number)) / count,
    };
    const complete = origin + settings.horizon <= values.length && count > 0;
    const errors = forecasters.map((forecaster, index) => {
      const own = index === chosen ? window : { ...window, looksFrom: undefined };
      return complete ? windowError(values, forecaster, origin, own) : undefined;
    });
    if (complete) waiting.push({ endsAt: origin + settings.horizon, errors });
    trials.push({
      origin,
      forecaster: forecasters[chosen] as Forecaster,
      chosenBy: settled ? (records[chosen]?.mean as number) : null,
      missed: errors[chosen],
    });
  }
  return trials;
};

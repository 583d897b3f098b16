import type { Forecaster } from "./forecaster.ts";
import { median, robustSd } from "./order-statistics.ts";
import { isGap } from "./time-series.ts";

export interface StructuralSettings {
  readonly id: string;
  readonly method: string;
  /** Variance of the level's steps over the variance of a measurement. */
  readonly signalToNoise: number;
  readonly trend: boolean;
  /** Known at every step, about 0, size about 1: waves of the calendar, and controls. */
  readonly regressors: readonly Float64Array[];
  /** Prior standard deviation of each regressor's coefficient, as a share of the series' level. */
  readonly coefficientSd: number;
  /** Steps from which level and noise are first guessed; nothing is forecast before. */
  readonly warmUp: number;
}

/** Innovations beyond this many standard deviations count as this many: heavy tails do not move the level. */
const CLIP_SD = 2.5;
/** Weight of the newest innovation in the running variance of a measurement, once it has settled. */
const VARIANCE_GAIN = 0.02;
/** What clipping takes from the variance of normal innovations. */
const CLIP_CORRECTION = 1.05;
/** The slope wanders by this share of what the level does. */
const SLOPE_SHARE = 0.01;

interface Guess {
  readonly level: number;
  readonly noise: number;
}

const firstGuess = (values: Float64Array, warmUp: number): Guess | undefined => {
  const seen = [...values.subarray(0, warmUp)].filter((value) => !isGap(value));
  const level = median(seen);
  const steps = robustSd(seen.slice(1).map((value, index) => value - (seen[index] as number)));
  if (level === null || steps === null) return undefined;
  // A series that did not move in the warm-up is not free of noise for ever.
  return { level, noise: Math.max(steps / Math.SQRT2, Math.abs(level) * 1e-4, 1e-12) };
};

/** State and covariance of the filter, in flat arrays: a year of hours is filtered in milliseconds. */
class Filter {
  readonly size: number;
  readonly state: Float64Array;
  /** In units of the variance of one measurement. */
  readonly covariance: Float64Array;
  readonly design: Float64Array;
  readonly gain: Float64Array;
  variance: number;
  count = 0;
  readonly settings: StructuralSettings;

  constructor(settings: StructuralSettings, { level, noise }: Guess) {
    this.settings = settings;
    const base = settings.trend ? 2 : 1;
    this.size = base + settings.regressors.length;
    this.state = new Float64Array(this.size);
    this.covariance = new Float64Array(this.size * this.size);
    this.design = new Float64Array(this.size);
    this.gain = new Float64Array(this.size);
    this.state[0] = level;
    this.variance = noise * noise;
    const share = Math.abs(level) / noise;
    for (let index = 0; index < this.size; index++) {
      const prior = index === 0 ? 1 : index < base ? 0.01 * share : settings.coefficientSd * share;
      this.covariance[index * this.size + index] =
        index === 0 ? Math.max(1, 0.01 * share * share) : prior * prior;
    }
  }

  /** The level moves on by one step. */
  predict(): void {
    const { size, covariance, state, settings } = this;
    if (settings.trend) {
      state[0] = (state[0] as number) + (state[1] as number);
      for (let column = 0; column < size; column++)
        covariance[column] = (covariance[column] as number) + (covariance[size + column] as number);
      for (let row = 0; row < size; row++)
        covariance[row * size] = (covariance[row * size] as number) + (covariance[row * size + 1] as number);
      covariance[size + 1] = (covariance[size + 1] as number) + settings.signalToNoise * SLOPE_SHARE;
    }
    covariance[0] = (covariance[0] as number) + settings.signalToNoise;
  }

  /** Learns from one measurement; what is far out of line is clipped. */
  update(value: number, at: number): void {
    const { size, covariance, state, design, gain, settings } = this;
    const base = settings.trend ? 2 : 1;
    design[0] = 1;
    for (let index = base; index < size; index++)
      design[index] = settings.regressors[index - base]?.[at] as number;
    let expected = 0;
    let innovationVariance = 1;
    for (let row = 0; row < size; row++) {
      let sum = 0;
      for (let column = 0; column < size; column++)
        sum += (covariance[row * size + column] as number) * (design[column] as number);
      gain[row] = sum;
      expected += (state[row] as number) * (design[row] as number);
      innovationVariance += sum * (design[row] as number);
    }
    const innovation = value - expected;
    const sd = Math.sqrt(this.variance * innovationVariance);
    const clipped = Math.max(-CLIP_SD * sd, Math.min(CLIP_SD * sd, innovation));
    for (let row = 0; row < size; row++)
      state[row] = (state[row] as number) + ((gain[row] as number) / innovationVariance) * clipped;
    for (let row = 0; row < size; row++)
      for (let column = 0; column < size; column++)
        covariance[row * size + column] =
          (covariance[row * size + column] as number) -
          ((gain[row] as number) * (gain[column] as number)) / innovationVariance;
    this.count += 1;
    const weight = Math.max(VARIANCE_GAIN, 1 / (this.count + 10));
    this.variance =
      (1 - weight) * this.variance + (weight * CLIP_CORRECTION * clipped * clipped) / innovationVariance;
  }
}

/**
 * Structural time series by a Kalman filter: a level that wanders (with a slope, if asked), waves of the calendar and
 * controls as regressors whose coefficients it learns as it goes, so that no origin knows what came after it.
 * @see Durbin and Koopman, Time Series Analysis by State Space Methods (2012), 4.3; clipping: Masreliez and Martin (1977)
 */
export const structuralForecaster = (values: Float64Array, settings: StructuralSettings): Forecaster => {
  const { id, method, regressors, warmUp, signalToNoise } = settings;
  const guess = firstGuess(values, warmUp);
  const unknown: Forecaster = { id, method, forecast: () => Number.NaN, spread: () => Number.NaN };
  if (guess === undefined) return unknown;
  const filter = new Filter(settings, guess);
  const { size } = filter;
  const base = settings.trend ? 2 : 1;
  const states = new Float64Array((values.length + 1) * size);
  const levelVariances = new Float64Array(values.length + 1);
  for (let at = 0; at <= values.length; at++) {
    states.set(filter.state, at * size);
    levelVariances[at] = filter.covariance[0] as number;
    if (at === values.length) break;
    filter.predict();
    const value = values[at] as number;
    if (!isGap(value)) filter.update(value, at);
  }
  return {
    id,
    method,
    forecast: (origin, at) => {
      if (origin < warmUp) return Number.NaN;
      const own = origin * size;
      let sum = states[own] as number;
      if (settings.trend) sum += (states[own + 1] as number) * (at - origin + 1);
      for (let index = base; index < size; index++)
        sum += (states[own + index] as number) * (regressors[index - base]?.[at] as number);
      return sum;
    },
    spread: (origin, steps, observed) =>
      Math.sqrt((levelVariances[origin] as number) + (signalToNoise * steps) / 3 + 1 / observed),
  };
};

/**
 * One way to say what would have been. What it says at an origin rests on the series before the origin, and on the
 * controls (and the calendar) at the moment it speaks of.
 */
export interface Forecaster {
  readonly id: string;
  /** In words, for the report. */
  readonly method: string;
  /** What it expects at step `at` (≥ `origin`), knowing the series before `origin`; NaN where it knows too little. */
  forecast(origin: number, at: number): number;
  /**
   * How far the mean of the first `observed` measurements in `steps` steps strays from the forecast, in units of the
   * noise of one measurement: the shape of a boundary, whose height placebo dates give.
   */
  spread(origin: number, steps: number, observed: number): number;
}

import type { Assessment } from "./assess.ts";
import { placebosBefore } from "./assess.ts";
import { quantile } from "./order-statistics.ts";
import type { WindowStudy } from "./study-change.ts";
import { isGap } from "./time-series.ts";

/** One step of the plot; null where nothing was measured or can be said. */
export interface PlotPoint {
  readonly step: number;
  readonly actual: number | null;
  readonly counterfactual: number | null;
  /** Holds a single step of an unchanged series in 95 of 100 cases. */
  readonly low: number | null;
  readonly high: number | null;
}

const STEPS_BEFORE = 56;

/** How far single steps strayed, as a share of the forecast, so many steps after placebo dates. */
const strayAt = (study: WindowStudy, change: number, lag: number): number | null => {
  const { values, trials, settings } = study;
  const strays = placebosBefore(trials, change, settings).flatMap(({ origin, forecaster }) => {
    const value = values[origin + lag] as number;
    const expected = forecaster.forecast(origin, origin + lag);
    return isGap(value) || isGap(expected) || expected === 0 ? [] : [Math.abs(value / expected - 1)];
  });
  return quantile(strays, 0.95);
};

/** The change's window with what would have been, and the steps before it with what was expected one step ahead. */
export const plotData = (
  study: WindowStudy,
  change: number,
  assessment: Extract<Assessment, { kind: "assessed" }>,
): readonly PlotPoint[] => {
  const { values, horizon } = study;
  const { forecaster } = assessment.trial;
  const from = Math.max(0, change - STEPS_BEFORE);
  const nextStep = strayAt(study, change, 0);
  return Array.from({ length: change + horizon - from }, (_, index) => {
    const step = from + index;
    const value = values[step] as number;
    const expected = forecaster.forecast(Math.min(step, change), step);
    const stray = step < change ? nextStep : strayAt(study, change, step - change);
    const band = isGap(expected) || stray === null ? null : Math.abs(expected) * stray;
    return {
      step,
      actual: isGap(value) ? null : value,
      counterfactual: isGap(expected) ? null : expected,
      low: band === null ? null : expected - band,
      high: band === null ? null : expected + band,
    };
  });
};

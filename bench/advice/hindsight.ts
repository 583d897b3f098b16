import { candidatesFor } from "../../packages/platform/src/ledger/verify/candidates.ts";
import { WARM_UP_DAYS } from "../../packages/platform/src/ledger/verify/study-change.ts";
import { DAY_MS, isGap, toSteps, withGaps } from "../../packages/platform/src/ledger/verify/time-series.ts";
import { isFound, shareFound } from "./judge-noise.ts";
import type { NoiseSeries } from "./vm-noise.ts";

/** A window counts if this share of its days was measured. */
const LEAST_SHARE = 0.4;
const ALLOWED_WRONG = 0.05;

export interface Hindsight {
  readonly dates: number;
  /** Share of injected changes that are found. */
  readonly found: number;
}

/** What each forecaster missed by in every window of a series. */
const errorsOf = ({ points }: NoiseSeries, horizon: number): readonly (readonly number[])[] => {
  const values = withGaps(toSteps(points, DAY_MS).values);
  const forecasters = candidatesFor(values, { stepMs: DAY_MS, warmUp: WARM_UP_DAYS, controls: [] });
  const origins = Array.from(
    { length: Math.max(0, values.length - horizon - WARM_UP_DAYS + 1) },
    (_, index) => WARM_UP_DAYS + index,
  );
  const measuredAfter = (origin: number) =>
    Array.from({ length: horizon }, (_, day) => origin + day).filter((at) => !isGap(values[at] as number));
  const windows = origins
    .map((origin) => ({ origin, days: measuredAfter(origin) }))
    .filter(({ days }) => days.length > 0 && days.length >= LEAST_SHARE * horizon);
  const sum = (days: readonly number[], of: (at: number) => number) =>
    days.reduce((total, at) => total + of(at), 0);
  return forecasters.map((forecaster) =>
    windows.map(({ origin, days }) => {
      const expected = sum(days, (at) => forecaster.forecast(origin, at));
      const error = sum(days, (at) => values[at] as number) / expected - 1;
      return Number.isFinite(error) ? error : Number.POSITIVE_INFINITY;
    }),
  );
};

const foundOf = (errors: readonly number[]): number => {
  const sizes = errors.map(Math.abs).toSorted((a, b) => a - b);
  const halfWidth = sizes[Math.ceil((1 - ALLOWED_WRONG) * sizes.length) - 1] ?? 0;
  return errors.reduce(
    (total, effect) => total + shareFound((injected) => isFound({ effect, halfWidth }, injected)),
    0,
  );
};

/**
 * How much could be found by somebody who knows each series' whole future: of the forecasters that are tried the one that finds most
 * there, and the very bar that is wrong on 5 % of its dates. Nobody who has to judge on the day has either.
 */
export const judgeInHindsight = (all: readonly NoiseSeries[], horizon: number): Hindsight => {
  const series = all.map((one) => errorsOf(one, horizon)).filter(([first = []]) => first.length > 0);
  const dates = series.reduce((total, [first = []]) => total + first.length, 0);
  const found = series.reduce((total, errors) => total + Math.max(...errors.map(foundOf)), 0);
  return { dates, found: found / dates };
};

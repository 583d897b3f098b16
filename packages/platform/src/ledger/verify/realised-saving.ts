import { add, type Decimal, decimal, type Estimate, estimate, subtract } from "@trimtab/domain";
import type { Assessment } from "./assess.ts";
import type { SplitChange } from "./split-change.ts";
import type { WindowStudy } from "./study-change.ts";

/** What was saved in the window: use that would have been, less use that was, both at the frozen prices. */
export interface RealisedSaving {
  readonly saving: Estimate;
  /** What use would have cost. */
  readonly counterfactual: Decimal;
  /** What it did cost at the prices of before. */
  readonly actual: Decimal;
  /** How use would have changed anyway: with it and the saving, the effect of use is told exactly. */
  readonly drift: Decimal;
}

/** A model's figure as money: it is no more exact than this. */
const modelled = (value: number): Decimal => decimal(value.toFixed(6));

export const forecastSum = (
  { trial }: Extract<Assessment, { kind: "assessed" }>,
  from: number,
  to: number,
): number => {
  let sum = 0;
  for (let at = from; at < to; at++) sum += trial.forecaster.forecast(trial.origin, at);
  return sum;
};

/**
 * The realised saving of a window. `usage effect = drift − saving` holds to the last digit, so that saving, drift and
 * the other effects together are the change of the bill.
 */
export const realisedSaving = (
  assessed: Extract<Assessment, { kind: "assessed" }>,
  { horizon }: Pick<WindowStudy, "horizon">,
  split: SplitChange,
): RealisedSaving => {
  const { origin } = assessed.trial;
  const expected = forecastSum(assessed, origin, origin + horizon);
  const counterfactual = modelled(expected);
  const actual = add(split.usedBefore, split.effects.usage);
  const around = modelled(Math.abs(expected) * assessed.halfWidth);
  const mid = subtract(counterfactual, actual);
  return {
    saving: estimate(subtract(mid, around), mid, add(mid, around)),
    counterfactual,
    actual,
    drift: subtract(counterfactual, split.usedBefore),
  };
};

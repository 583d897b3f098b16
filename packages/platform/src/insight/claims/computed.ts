import type { Days } from "./days.ts";
import type { Operator } from "./expression.ts";
import { minus, NOTHING, plus } from "./fraction.ts";
import { type Interval, isContaining, overInterval, timesInterval } from "./interval.ts";
import { halfStep, type Quantity } from "./quantity.ts";
import { isAlike, isPure, productUnit, type Unit } from "./unit.ts";

/** A worked-out figure: `nominal` from the figures as given, `wide` from all that would round to them. */
export interface Computed {
  readonly kind: "number";
  readonly nominal: Interval;
  readonly wide: Interval;
  readonly unit: Unit;
}

export type Operand =
  | Computed
  | { readonly kind: "change"; readonly before: Computed; readonly after: Computed }
  | { readonly kind: "days"; readonly days: Days }
  | { readonly kind: "text" };

export type Evaluation<T = Operand> =
  | { readonly status: "known"; readonly value: T }
  | { readonly status: "units"; readonly reason: string }
  | { readonly status: "unknown"; readonly reason: string };

export const knownValue = <T>(value: T): Evaluation<T> => ({ status: "known", value });
export const noValue = (reason: string): Evaluation<never> => ({ status: "unknown", reason });

/** A figure of a formula itself, such as 12 months: no rounding in it. */
export function exactly(quantity: Quantity): Computed {
  const interval = { low: quantity.low, high: quantity.high };
  return { kind: "number", nominal: interval, wide: interval, unit: quantity.unit };
}

/** A figure of a paper, which may have been rounded to the digits given. */
export function rounded(quantity: Quantity): Computed {
  const half = halfStep(quantity);
  const { low, high, unit } = quantity;
  return {
    kind: "number",
    nominal: { low, high },
    wide: { low: minus(low, half), high: plus(high, half) },
    unit,
  };
}

export function arithmetic(operator: Operator, left: Computed, right: Computed): Evaluation<Computed> {
  if (operator === "+" || operator === "-") return sum(operator, left, right);
  if (operator === "*") {
    const unit = productUnit(left.unit, right.unit, 1);
    return knownValue(both(timesInterval, left, right, unit));
  }
  if (isContaining(right.nominal, NOTHING)) return { status: "unknown", reason: "it divides by zero" };
  const unit = productUnit(left.unit, right.unit, -1);
  const divisor = isContaining(right.wide, NOTHING) ? { ...right, wide: right.nominal } : right;
  return knownValue(both(overInterval, left, divisor, unit));
}

function sum(operator: "+" | "-", left: Computed, right: Computed): Evaluation<Computed> {
  if (!isAlike(left.unit, right.unit)) {
    const verb = operator === "+" ? "adds" : "subtracts";
    return { status: "units", reason: `it ${verb} ${unitName(left.unit)} and ${unitName(right.unit)}` };
  }
  // What is subtracted counts with its other end: the best case less the worst and the worst less the best.
  const combine = (a: Interval, b: Interval): Interval =>
    operator === "+"
      ? { low: plus(a.low, b.low), high: plus(a.high, b.high) }
      : { low: minus(a.low, b.high), high: minus(a.high, b.low) };
  const unit = isPure(left.unit.dimension) ? right.unit : left.unit;
  return knownValue(both(combine, left, right, isPure(right.unit.dimension) ? left.unit : unit));
}

function both(
  combine: (a: Interval, b: Interval) => Interval,
  left: Computed,
  right: Computed,
  unit: Unit,
): Computed {
  return {
    kind: "number",
    nominal: combine(left.nominal, right.nominal),
    wide: combine(left.wide, right.wide),
    unit,
  };
}

function unitName(unit: Unit): string {
  return `${unit.prefix}${unit.suffix}`.trim() || "a plain number";
}

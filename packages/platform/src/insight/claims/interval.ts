import { compareFractions, dividedBy, type Fraction, greatest, least, times } from "./fraction.ts";

/** From one value to another, both included; a point has equal ends. */
export interface Interval {
  readonly low: Fraction;
  readonly high: Fraction;
}

export function timesInterval(a: Interval, b: Interval): Interval {
  return spanning([a.low, a.high].flatMap((x) => [times(x, b.low), times(x, b.high)]));
}

/** a ÷ b, for a b without zero. */
export function overInterval(a: Interval, b: Interval): Interval {
  return spanning([a.low, a.high].flatMap((x) => [dividedBy(x, b.low), dividedBy(x, b.high)]));
}

function spanning(ends: readonly Fraction[]): Interval {
  return { low: least(ends), high: greatest(ends) };
}

export function isContaining({ low, high }: Interval, value: Fraction): boolean {
  return compareFractions(low, value) <= 0 && compareFractions(value, high) <= 0;
}

export function isPoint({ low, high }: Interval): boolean {
  return compareFractions(low, high) === 0;
}

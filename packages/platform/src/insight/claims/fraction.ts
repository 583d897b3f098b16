import {
  add as addDecimals,
  compare as compareDecimals,
  type Decimal,
  decimal,
  divide as divideDecimals,
  equals,
  isZero,
  multiply as multiplyDecimals,
  negate as negateDecimal,
  sign,
  ZERO,
} from "@trimtab/domain";

/** An exact quotient of two decimals: ratios such as 1/3 keep no rounding of their own. */
export interface Fraction {
  readonly over: Decimal;
  /** Above zero. */
  readonly under: Decimal;
}

const ONE_DECIMAL = decimal("1");

export const NOTHING: Fraction = { over: ZERO, under: ONE_DECIMAL };
export const ONE: Fraction = { over: ONE_DECIMAL, under: ONE_DECIMAL };

export function fraction(text: string, under = "1"): Fraction {
  return { over: decimal(text), under: decimal(under) };
}

export function fromDecimal(value: Decimal): Fraction {
  return { over: value, under: ONE_DECIMAL };
}

export function plus(a: Fraction, b: Fraction): Fraction {
  if (equals(a.under, b.under)) return { over: addDecimals(a.over, b.over), under: a.under };
  return {
    over: addDecimals(multiplyDecimals(a.over, b.under), multiplyDecimals(b.over, a.under)),
    under: multiplyDecimals(a.under, b.under),
  };
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return plus(a, negative(b));
}

export function negative(a: Fraction): Fraction {
  return { over: negateDecimal(a.over), under: a.under };
}

export function times(a: Fraction, b: Fraction): Fraction {
  return { over: multiplyDecimals(a.over, b.over), under: multiplyDecimals(a.under, b.under) };
}

/** a ÷ b; b is not zero: ask `isNothing` first. */
export function dividedBy(a: Fraction, b: Fraction): Fraction {
  const inverse =
    sign(b.over) < 0
      ? { over: negateDecimal(b.under), under: negateDecimal(b.over) }
      : { over: b.under, under: b.over };
  return times(a, inverse);
}

export function compareFractions(a: Fraction, b: Fraction): -1 | 0 | 1 {
  return compareDecimals(multiplyDecimals(a.over, b.under), multiplyDecimals(b.over, a.under));
}

export function isNothing(a: Fraction): boolean {
  return isZero(a.over);
}

export function size(a: Fraction): Fraction {
  return sign(a.over) < 0 ? negative(a) : a;
}

export function least(list: readonly Fraction[]): Fraction {
  return list.reduce((a, b) => (compareFractions(b, a) < 0 ? b : a));
}

export function greatest(list: readonly Fraction[]): Fraction {
  return list.reduce((a, b) => (compareFractions(b, a) > 0 ? b : a));
}

/** The value at `scale` places, halves away from zero as people round. */
export function atScale(a: Fraction, scale: number): Decimal {
  return divideDecimals(a.over, a.under, scale, "half-away");
}

import { domainErrors } from "./domain-errors.ts";

export type Rounding = "half-even" | "half-away" | "down";

declare const brand: unique symbol;

/**
 * An exact decimal number, units × 10^-scale, in lowest terms: equal values are equal objects.
 * It becomes a string in JSON and in texts; the operators `+` and `<` refuse it.
 */
class ExactDecimal {
  declare readonly [brand]: "Decimal";
  readonly units: bigint;
  readonly scale: number;

  constructor(units: bigint, scale: number) {
    this.units = units;
    this.scale = scale;
    Object.freeze(this);
  }

  toString(): string {
    return formatDecimal(this);
  }

  toJSON(): string {
    return formatDecimal(this);
  }

  [Symbol.toPrimitive](hint: string): string {
    if (hint === "string") return formatDecimal(this);
    throw new TypeError("Use add, compare and the other functions on decimals, not operators");
  }
}

export type Decimal = ExactDecimal;

/** Exponents beyond decimal128's are no amounts of anything, and would need gigabytes. */
const MAX_EXPONENT = 6144;
const NUMBER = /^([+-]?)(\d+\.?\d*|\.\d+)(?:[eE]([+-]?\d{1,5}))?$/;

export const ZERO: Decimal = new ExactDecimal(0n, 0);

/**
 * Reads a decimal number exactly: sign, leading or trailing point and exponent are fine.
 * @throws DECIMAL_INVALID for anything else (NaN, empty, grouping or decimal commas, hex, spaces)
 */
export function decimal(text: string | bigint): Decimal {
  const value = tryDecimal(text);
  if (value === undefined) throw domainErrors.create("DECIMAL_INVALID", { text: excerpt(String(text)) });
  return value;
}

/** As `decimal`, with undefined for what is not a decimal number. */
export function tryDecimal(text: string | bigint): Decimal | undefined {
  if (typeof text === "bigint") return reduced(text, 0);
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign, digits = "", exponentText = "0"] = match;
  const exponent = Number(exponentText);
  if (Math.abs(exponent) > MAX_EXPONENT || digits.length > MAX_EXPONENT) return undefined;
  const point = digits.indexOf(".");
  const fraction = point < 0 ? 0 : digits.length - point - 1;
  const units = BigInt(digits.replace(".", ""));
  return reduced(sign === "-" ? -units : units, fraction - exponent);
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return reduced(unitsAt(a, scale) + unitsAt(b, scale), scale);
}

export function subtract(a: Decimal, b: Decimal): Decimal {
  return add(a, negate(b));
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return reduced(a.units * b.units, a.scale + b.scale);
}

export function negate(d: Decimal): Decimal {
  return new ExactDecimal(-d.units, d.scale);
}

export function abs(d: Decimal): Decimal {
  return d.units < 0n ? negate(d) : d;
}

/** Below zero where a < b, above zero where a > b: fit for `Array.prototype.sort`. */
export function compare(a: Decimal, b: Decimal): -1 | 0 | 1 {
  const scale = Math.max(a.scale, b.scale);
  return signOf(unitsAt(a, scale) - unitsAt(b, scale));
}

export function equals(a: Decimal, b: Decimal): boolean {
  return a.units === b.units && a.scale === b.scale;
}

export function isZero(d: Decimal): boolean {
  return d.units === 0n;
}

export function sign(d: Decimal): -1 | 0 | 1 {
  return signOf(d.units);
}

/** The exact sum; of nothing, zero. */
export function sumDecimals(list: Iterable<Decimal>): Decimal {
  let units = 0n;
  let scale = 0;
  for (const d of list) {
    if (d.scale > scale) {
      units *= 10n ** BigInt(d.scale - scale);
      scale = d.scale;
    }
    units += unitsAt(d, scale);
  }
  return reduced(units, scale);
}

/**
 * a ÷ b, rounded to `scale` decimal places.
 * @throws DECIMAL_DIVISION_BY_ZERO, DECIMAL_SCALE_INVALID
 */
export function divide(a: Decimal, b: Decimal, scale: number, rounding: Rounding = "half-even"): Decimal {
  requireScale(scale);
  if (isZero(b))
    throw domainErrors.create("DECIMAL_DIVISION_BY_ZERO", { dividend: excerpt(formatDecimal(a)) });
  const shift = scale + b.scale - a.scale;
  const numerator = shift > 0 ? a.units * 10n ** BigInt(shift) : a.units;
  const denominator = shift < 0 ? b.units * 10n ** BigInt(-shift) : b.units;
  return reduced(roundedQuotient(numerator, denominator, rounding), scale);
}

/**
 * The nearest decimal with at most `scale` places: halves to even, halves away from zero, or cut off.
 * @throws DECIMAL_SCALE_INVALID
 */
export function roundTo(d: Decimal, scale: number, rounding: Rounding): Decimal {
  requireScale(scale);
  if (d.scale <= scale) return d;
  return reduced(roundedQuotient(d.units, 10n ** BigInt(d.scale - scale), rounding), scale);
}

/** The one canonical text of a value: no exponent, no trailing zeros, no minus before zero. */
export function formatDecimal(d: Decimal): string {
  return placePoint(d.units, d.scale);
}

/**
 * The value with exactly `scale` places, halves rounded to even.
 * @throws DECIMAL_SCALE_INVALID
 */
export function formatFixed(d: Decimal, scale: number): string {
  return placePoint(unitsAt(roundTo(d, scale, "half-even"), scale), scale);
}

/**
 * Shares `total` out in proportion to `weights` by largest remainder, equal remainders to the earlier one.
 * The parts sum to the total exactly; they have `scale` places, or as many as the total where it has more.
 * @throws ALLOCATION_NO_WEIGHT, ALLOCATION_NEGATIVE_WEIGHT, DECIMAL_SCALE_INVALID
 */
export function allocateByWeight(total: Decimal, weights: readonly Decimal[], scale: number): Decimal[] {
  requireScale(scale);
  const negative = weights.find((weight) => weight.units < 0n);
  if (negative)
    throw domainErrors.create("ALLOCATION_NEGATIVE_WEIGHT", { weight: excerpt(formatDecimal(negative)) });
  const weightScale = weights.reduce((places, weight) => Math.max(places, weight.scale), 0);
  const shares = weights.map((weight) => unitsAt(weight, weightScale));
  const sum = shares.reduce((a, b) => a + b, 0n);
  if (sum === 0n) {
    throw domainErrors.create("ALLOCATION_NO_WEIGHT", {
      total: excerpt(formatDecimal(total)),
      count: weights.length,
    });
  }

  const partScale = Math.max(scale, total.scale);
  const units = unitsAt(abs(total), partScale);
  const parts = shares.map((share) => (units * share) / sum);
  const byRemainder = shares
    .map((share, index) => ({ index, remainder: (units * share) % sum }))
    .sort((a, b) => signOf(b.remainder - a.remainder));
  const left = units - parts.reduce((a, b) => a + b, 0n);
  const favoured = new Set(byRemainder.slice(0, Number(left)).map(({ index }) => index));
  const direction = total.units < 0n ? -1n : 1n;
  return parts.map((part, index) => reduced(direction * (favoured.has(index) ? part + 1n : part), partScale));
}

function reduced(units: bigint, scale: number): Decimal {
  if (units === 0n) return ZERO;
  let [u, s] = scale < 0 ? [units * 10n ** BigInt(-scale), 0] : [units, scale];
  while (s > 0 && u % 10n === 0n) {
    u /= 10n;
    s -= 1;
  }
  return new ExactDecimal(u, s);
}

function unitsAt(d: Decimal, scale: number): bigint {
  return d.scale === scale ? d.units : d.units * 10n ** BigInt(scale - d.scale);
}

function signOf(units: bigint): -1 | 0 | 1 {
  if (units === 0n) return 0;
  return units < 0n ? -1 : 1;
}

function roundedQuotient(numerator: bigint, denominator: bigint, rounding: Rounding): bigint {
  const quotient = numerator / denominator;
  const remainder = numerator % denominator;
  if (remainder === 0n || rounding === "down") return quotient;
  const awayFromZero = numerator < 0n === denominator < 0n ? 1n : -1n;
  const toHalf = signOf(2n * magnitude(remainder) - magnitude(denominator));
  const isUp = toHalf > 0 || (toHalf === 0 && (rounding === "half-away" || quotient % 2n !== 0n));
  return isUp ? quotient + awayFromZero : quotient;
}

function magnitude(units: bigint): bigint {
  return units < 0n ? -units : units;
}

function placePoint(units: bigint, scale: number): string {
  const digits = String(magnitude(units)).padStart(scale + 1, "0");
  const minus = units < 0n ? "-" : "";
  if (scale === 0) return minus + digits;
  return `${minus}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function requireScale(scale: number): void {
  if (!Number.isInteger(scale) || scale < 0 || scale > MAX_EXPONENT) {
    throw domainErrors.create("DECIMAL_SCALE_INVALID", { scale });
  }
}

function excerpt(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

import { dividedBy, type Fraction, fraction, ONE, times } from "./fraction.ts";

/** Exponents by base: `{USD: 1, time: -1}` is dollars per time; `{}` a pure number. */
export type Dimension = Readonly<Record<string, number>>;

export interface Unit {
  readonly dimension: Dimension;
  /** How much of the base one of this unit is; base: 1, milliseconds, bytes. */
  readonly scale: Fraction;
  readonly prefix: string;
  readonly suffix: string;
}

const millis = (count: string): Fraction => fraction(count);

/** One year is 12 months and 8,760 hours, so a month is 730 hours. */
const TIMES: ReadonlyMap<string, Fraction> = new Map([
  ["ms", millis("1")],
  ["s", millis("1000")],
  ["min", millis("60000")],
  ["hour", millis("3600000")],
  ["day", millis("86400000")],
  ["week", millis("604800000")],
  ["month", millis("2628000000")],
  ["year", millis("31536000000")],
]);

const TIME_NAMES: ReadonlyMap<string, string> = new Map([
  ["second", "s"],
  ["seconds", "s"],
  ["minute", "min"],
  ["minutes", "min"],
  ["h", "hour"],
  ["hr", "hour"],
  ["hours", "hour"],
  ["days", "day"],
  ["weeks", "week"],
  ["mo", "month"],
  ["months", "month"],
  ["yr", "year"],
  ["years", "year"],
]);

const PURE: ReadonlyMap<string, Fraction> = new Map([
  ["", ONE],
  ["x", ONE],
  ["%", fraction("0.01")],
  ["points", fraction("0.01")],
]);

const BYTES: ReadonlyMap<string, Fraction> = new Map([
  ["MB", fraction("1000000")],
  ["GB", fraction("1000000000")],
  ["TB", fraction("1000000000000")],
  ["Mi", fraction("1048576")],
  ["Gi", fraction("1073741824")],
  ["MiB", fraction("1048576")],
  ["GiB", fraction("1073741824")],
]);

const SYMBOLS: ReadonlyMap<string, string> = new Map([
  ["€", "EUR"],
  ["£", "GBP"],
  ["¥", "JPY"],
]);

export const NUMBER_UNIT: Unit = { dimension: {}, scale: ONE, prefix: "", suffix: "" };
export const PERCENT: Unit = unitOf("%", undefined, "USD");
export const POINTS: Unit = unitOf("points", undefined, "USD");
export const RATIO: Unit = unitOf("x", undefined, "USD");
export const DAYS: Unit = unitOf("days", undefined, "USD");
export const MONTHS: Unit = unitOf("months", undefined, "USD");

/**
 * The unit of a figure, from the words after its number and the currency sign before it.
 * Words it does not know are what is counted: `16 indexes`, `9,270 req/s`.
 */
export function unitOf(words: string, sign: string | undefined, currency: string): Unit {
  if (sign !== undefined) return moneyUnit(signCurrency(sign, currency), sign, "", words);
  const code = /^([A-Z]{3})(\/.*)?$/.exec(words);
  if (code?.[1] !== undefined) return moneyUnit(code[1], "", ` ${code[1]}`, code[2] ?? "");
  const pure = PURE.get(words);
  if (pure) return { dimension: {}, scale: pure, prefix: "", suffix: words === "points" ? " points" : words };
  const time = timeScale(words);
  if (time) return { dimension: { time: 1 }, scale: time, prefix: "", suffix: ` ${words}` };
  const bytes = BYTES.get(words);
  if (bytes) return { dimension: { bytes: 1 }, scale: bytes, prefix: "", suffix: ` ${words}` };
  return { dimension: { [words]: 1 }, scale: ONE, prefix: "", suffix: ` ${words}` };
}

function moneyUnit(currency: string, prefix: string, suffix: string, per: string): Unit {
  const time = per.startsWith("/") ? timeScale(per.slice(1)) : undefined;
  if (time) {
    const dimension = { [currency]: 1, time: -1 };
    return { dimension, scale: dividedBy(ONE, time), prefix, suffix: suffix + per };
  }
  if (per === "") return { dimension: { [currency]: 1 }, scale: ONE, prefix, suffix };
  return { dimension: { [currency]: 1, [per]: 1 }, scale: ONE, prefix, suffix: suffix + per };
}

function signCurrency(sign: string, currency: string): string {
  return SYMBOLS.get(sign) ?? currency;
}

function timeScale(words: string): Fraction | undefined {
  return TIMES.get(TIME_NAMES.get(words) ?? words);
}

/** The dimension of a product (`power` 1) or a quotient (`power` -1). */
function combined(a: Dimension, b: Dimension, power: 1 | -1): Dimension {
  const result: Record<string, number> = { ...a };
  for (const [base, exponent] of Object.entries(b)) {
    const sum = (result[base] ?? 0) + power * exponent;
    if (sum === 0) delete result[base];
    else result[base] = sum;
  }
  return result;
}

/** A unit without a name of its own, for products and quotients. */
function plainUnit(dimension: Dimension): Unit {
  const bases = Object.entries(dimension);
  const [only] = bases;
  if (bases.length === 1 && only?.[0] === "time" && only[1] === 1) return DAYS;
  const rate = bases.length === 2 && dimension.time === -1;
  const currency = bases.find(([base]) => /^[A-Z]{3}$/.test(base))?.[0];
  if (currency && bases.length === 1) return unitOf(currency, undefined, currency);
  if (currency && rate) return unitOf(`${currency}/month`, undefined, currency);
  const suffix = bases.map(([base, exponent]) => (exponent === 1 ? base : `${base}^${exponent}`)).join("·");
  return { dimension, scale: ONE, prefix: "", suffix: suffix === "" ? "" : ` ${suffix}` };
}

/** The unit of a times b, scaled alike where one of them is a pure number. */
export function productUnit(a: Unit, b: Unit, power: 1 | -1): Unit {
  const dimension = combined(a.dimension, b.dimension, power);
  if (isPure(b.dimension)) return isPure(a.dimension) ? (power === 1 ? a : RATIO) : a;
  if (isPure(a.dimension) && power === 1) return b;
  if (isPure(dimension)) return RATIO;
  return plainUnit(dimension);
}

export function isPure(dimension: Dimension): boolean {
  return Object.keys(dimension).length === 0;
}

export function isMoney(unit: Unit): boolean {
  return Object.keys(unit.dimension).some((base) => /^[A-Z]{3}$/.test(base));
}

/** What is counted in words, such as indexes or people, and pure numbers: exact by nature. */
export function isCount(unit: Unit): boolean {
  const bases = Object.keys(unit.dimension);
  if (bases.length === 0) return unit.suffix === "";
  return bases.every((base) => base !== "time" && base !== "bytes" && !/^[A-Z]{3}$/.test(base));
}

/** May the two be added and compared? A pure number stands for a count of anything. */
export function isAlike(a: Unit, b: Unit): boolean {
  const keysA = Object.keys(a.dimension);
  const keysB = Object.keys(b.dimension);
  if (keysA.length === keysB.length && keysA.every((key) => a.dimension[key] === b.dimension[key]))
    return true;
  return isCount(a) && isCount(b) && (keysA.length === 0 || keysB.length === 0);
}

/** A figure in the unit's own scale, as a base value. */
export function toBase(value: Fraction, unit: Unit): Fraction {
  return times(value, unit.scale);
}

export function fromBase(value: Fraction, unit: Unit): Fraction {
  return dividedBy(value, unit.scale);
}

import { type Decimal, decimal, formatDecimal } from "@trimtab/domain";
import {
  atScale,
  compareFractions,
  dividedBy,
  type Fraction,
  fraction,
  fromDecimal,
  NOTHING,
  negative,
  times,
} from "./fraction.ts";
import { fromBase, isCount, toBase, type Unit, unitOf } from "./unit.ts";

export type Bound = "exact" | "about" | "at-least" | "above" | "at-most" | "below";

/** A figure as somebody wrote it: `$4-6K/month`, `<50 ms`, `~31,000 lines`, `87%+`. Values are in the unit's base. */
export interface Quantity {
  readonly low: Fraction;
  readonly high: Fraction;
  readonly bound: Bound;
  readonly unit: Unit;
  /** Value of the last digit given; of `about`, of the last digit that is not zero. */
  readonly step: Fraction;
  /** Decimal places to show in the figure's own unit. */
  readonly places: number;
}

const LEADS: readonly (readonly [RegExp, Bound])[] = [
  [/^(?:<=|≤|at most\b|up to\b)\s*/i, "at-most"],
  [/^(?:<|less than\b|under\b|below\b)\s*/i, "below"],
  [/^(?:>=|≥|at least\b)\s*/i, "at-least"],
  [/^(?:>|more than\b|over\b|above\b)\s*/i, "above"],
  [/^(?:~|≈|about\b|around\b)\s*/i, "about"],
];

const NUMBER = String.raw`(\d[\d,]*(?:\.\d+)?|\.\d+)(?:\s?([KMB])(?![A-Za-z]))?`;
const FIGURE = new RegExp(
  String.raw`^([+-]?)([$€£¥]?)${NUMBER}(?:\s*(?:-|–|\.\.|to\s)\s*[$€£¥]?${NUMBER})?(\+?)\s*(.*?)(\+?)$`,
);
const MULTIPLIERS: Readonly<Record<string, string>> = { "": "1", K: "1000", M: "1000000", B: "1000000000" };

/** Reads a figure; undefined for what is none. `currency` is what a `$` means. */
export function parseQuantity(text: string, currency: string): Quantity | undefined {
  const trimmed = text.trim();
  const lead = LEADS.find(([pattern]) => pattern.test(trimmed));
  const body = lead ? trimmed.replace(lead[0], "") : trimmed;
  const match = FIGURE.exec(body);
  if (match === null) return undefined;
  const [, sign = "", symbol = "", first = "", firstK = "", second, secondK = "", plusA, words = "", plusB] =
    match;
  if (/[=<>~]/.test(words)) return undefined;
  const unit = unitOf(words.trim(), symbol === "" ? undefined : symbol, currency);
  const bound = plusA === "+" || plusB === "+" ? "at-least" : (lead?.[1] ?? "exact");
  const low = numeral(first, firstK === "" && second !== undefined ? secondK : firstK, bound);
  const high = second === undefined ? low : numeral(second, secondK, bound);
  const finer = compareFractions(low.step, high.step) <= 0 ? low : high;
  const negated =
    sign === "-"
      ? { low: negative(high.value), high: negative(low.value) }
      : { low: low.value, high: high.value };
  return {
    low: toBase(negated.low, unit),
    high: toBase(negated.high, unit),
    bound,
    unit,
    step: toBase(finer.step, unit),
    places: Math.max(low.places, high.places),
  };
}

function numeral(
  digits: string,
  suffix: string,
  bound: Bound,
): { value: Fraction; step: Fraction; places: number } {
  const plain = digits.replaceAll(",", "");
  const multiplier = fraction(MULTIPLIERS[suffix] ?? "1");
  const places = plain.includes(".") ? plain.length - plain.indexOf(".") - 1 : 0;
  const zeros = bound === "about" && places === 0 ? (/0*$/.exec(plain)?.[0].length ?? 0) : 0;
  const step = fraction(`1e${zeros - places}`);
  return {
    value: times(fromDecimal(decimal(plain)), multiplier),
    step: times(step, multiplier),
    places: suffix === "" ? places : 0,
  };
}

/** How far the true value may lie from a figure that was rounded; counts are exact. */
export function halfStep(quantity: Quantity): Fraction {
  return isCount(quantity.unit) && quantity.bound === "exact"
    ? NOTHING
    : dividedBy(quantity.step, fraction("2"));
}

const BOUND_SIGNS: Readonly<Record<Bound, string>> = {
  exact: "",
  about: "~",
  "at-least": "≥ ",
  above: "> ",
  "at-most": "≤ ",
  below: "< ",
};

export function formatQuantity(quantity: Quantity): string {
  const range = formatRange(quantity.low, quantity.high, quantity.unit, quantity.places);
  return `${BOUND_SIGNS[quantity.bound]}${range}`;
}

/** A base value or range in a unit, at most `places` decimals, thousands grouped. */
export function formatRange(low: Fraction, high: Fraction, unit: Unit, places: number): string {
  const lowText = grouped(atScale(fromBase(low, unit), places));
  if (compareFractions(low, high) === 0) return signed(lowText, unit);
  const to = lowText.startsWith("-") ? " to " : "–";
  return signed(`${lowText}${to}${grouped(atScale(fromBase(high, unit), places))}`, unit);
}

function signed(digits: string, unit: Unit): string {
  const isNegative = digits.startsWith("-") && unit.prefix !== "";
  return isNegative
    ? `-${unit.prefix}${digits.slice(1)}${unit.suffix}`
    : `${unit.prefix}${digits}${unit.suffix}`;
}

function grouped(value: Decimal): string {
  const [whole = "", rest] = formatDecimal(value).split(".");
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return rest === undefined ? groups : `${groups}.${rest}`;
}

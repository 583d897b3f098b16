import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  type Estimate,
  estimate,
  multiply,
  negate,
} from "@trimtab/domain";
import type { Change } from "../waterfall/effect.ts";

export type ParsedChange =
  | { readonly status: "parsed"; readonly change: Exclude<Change, { kind: "resource" }> }
  | { readonly status: "unreadable"; readonly problem: string };

const FIGURE = /^([+-])(\d[\d,]*(?:\.\d+)?)(%?)$/;
const TWO = decimal("2");
const HUNDREDTH = decimal("0.01");

/** Why a change can't be read, as a sentence without its beginning. */
const unreadable = (problem: string): ParsedChange => ({ status: "unreadable", problem });

/**
 * Reads what a task does to a cost: `-250`, `-30%`, `+15`; as a range `-20%..-30%`, whose likely value is its middle; or as
 * the least, the likely and the most that it saves, `-0/-250/-300`.
 */
export function parseChange(text: string): ParsedChange {
  const parts = text.split(text.includes("/") ? "/" : "..").map((part) => part.trim().replaceAll("−", "-"));
  const figures = parts.map((part) => FIGURE.exec(part));
  if (figures.includes(null) || parts.length > 3 || (parts.length === 2 && text.includes("/")))
    return unreadable(
      `${text} is no change such as -250, -30%, +15, -20%..-30% or -0/-250/-300 (in YAML a plus needs quotes)`,
    );
  const units = new Set(figures.map((match) => match?.[3] ?? ""));
  if (units.size > 1) return unreadable(`${text} mixes an amount and a percentage`);
  const kind = units.has("%") ? "share" : "amount";
  const savings = figures.map((match) => savingOf(match?.[1] ?? "", match?.[2] ?? "0", kind));
  const by = estimateOf(savings);
  if (by === undefined) return unreadable(`${text} has to go from the least to the most that it saves`);
  const isMore = kind === "share" && compare(by.high, decimal("1")) > 0;
  return isMore
    ? unreadable("a cost can't fall by more than 100 %")
    : { status: "parsed", change: { kind, by } };
}

function savingOf(sign: string, digits: string, kind: "share" | "amount"): Decimal {
  const figure = decimal(digits.replaceAll(",", ""));
  const size = kind === "share" ? multiply(figure, HUNDREDTH) : figure;
  return sign === "-" ? size : negate(size);
}

function estimateOf([first, second, third]: readonly Decimal[]): Estimate | undefined {
  if (first === undefined) return undefined;
  const [low, high] = [first, third ?? second ?? first];
  const mid = third === undefined ? middle(low, high) : (second ?? low);
  return compare(low, mid) <= 0 && compare(mid, high) <= 0 ? estimate(low, mid, high) : undefined;
}

/** Halves end after one more place. */
const middle = (low: Decimal, high: Decimal): Decimal => {
  const sum = add(low, high);
  return divide(sum, TWO, sum.scale + 1);
};

/** Reads `-250 on Cloud Run, Cloud SQL` into its two parts. */
export function splitEffect(
  text: string,
): { readonly change: string; readonly on: readonly string[] } | undefined {
  const match = /^(\S+(?:\s*(?:\.\.|\/)\s*\S+)*)\s+(?:on|of)\s+(.+)$/.exec(text.trim());
  if (match === null) return undefined;
  const on = (match[2] ?? "").split(",").map((line) => line.trim());
  return on.includes("") ? undefined : { change: match[1] ?? "", on };
}

const HOURS = /^\d+(?:\.\d+)?$/;

/** Reads hours of work: `2`, `2..4` or `2/3/6`. */
export function parseHours(text: string): Estimate | undefined {
  const parts = text.split(text.includes("/") ? "/" : "..").map((part) => part.trim());
  if (parts.length > 3 || !parts.every((part) => HOURS.test(part))) return undefined;
  return parts.length === 2 && text.includes("/")
    ? undefined
    : estimateOf(parts.map((part) => decimal(part)));
}

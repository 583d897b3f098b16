import type { Agreement } from "./compare.ts";
import type { Computed } from "./computed.ts";
import type { Fraction } from "./fraction.ts";
import { formatRange, type Quantity } from "./quantity.ts";
import type { Claim, Severity } from "./sheet.ts";
import { isAlike, isMoney, isPure, type Unit } from "./unit.ts";

/** What a check looks at; docs/reference/claims.md has a paragraph on each. */
export type RuleName =
  | "sum"
  | "difference"
  | "percentage"
  | "before-after"
  | "range"
  | "average"
  | "product"
  | "ratio"
  | "annualised"
  | "return"
  | "schedule"
  | "progress"
  | "same-figure"
  | "derived"
  | "units"
  | "points"
  | "saving-above-cost"
  | "saving-counted-twice"
  | "opportunity-listed-again"
  | "avoided-as-saving"
  | "cost-as-saving"
  | "discount-base"
  | "return-without-cost"
  | "target"
  | "complete-over-open"
  | "complete-on-simulated"
  | "done-before-its-time"
  | "date"
  | "order"
  | "weekday"
  | "weekend"
  | "count"
  | "lake"
  | "unsupported"
  | "remark"
  | "not-computable";

export type Agreed = Exclude<Agreement["result"], "off" | "units"> | "met" | "done" | "ordered";

/** One look at one claim: it held, or there is something to say. */
export type Check =
  | {
      readonly status: "held";
      readonly rule: RuleName;
      readonly claim: Claim;
      readonly how: Agreed;
      readonly computed: string;
    }
  | {
      readonly status: "found";
      readonly rule: RuleName;
      readonly severity: Severity;
      readonly claim: Claim;
      /** Other claims that the finding rests on. */
      readonly others: readonly string[];
      readonly computed: string | null;
      readonly difference: string | null;
      readonly explanation: string;
    };

export function held(rule: RuleName, claim: Claim, how: Agreed, computed = ""): Check {
  return { status: "held", rule, claim, how, computed };
}

export function found(
  rule: RuleName,
  severity: Severity,
  claim: Claim,
  explanation: string,
  rest: { others?: readonly string[]; computed?: string | null; difference?: string | null } = {},
): Check {
  return {
    status: "found",
    rule,
    severity,
    claim,
    explanation,
    others: rest.others ?? [],
    computed: rest.computed ?? null,
    difference: rest.difference ?? null,
  };
}

/** A worked-out figure in the unit of the claim it answers, with one decimal more than the claim has. */
export function inUnitOf(computed: Computed, claimed: Quantity | undefined): string {
  const unit = displayUnit(computed, claimed);
  return formatRange(computed.nominal.low, computed.nominal.high, unit, shownPlaces(unit, claimed));
}

function displayUnit(computed: Computed, claimed: Quantity | undefined): Unit {
  if (!claimed || !isAlike(claimed.unit, computed.unit)) return computed.unit;
  const isPlainCount = isPure(claimed.unit.dimension) && !isPure(computed.unit.dimension);
  return isPlainCount ? computed.unit : claimed.unit;
}

/** One decimal more than claimed shows what was rounded away; money shows its cents. */
function shownPlaces(unit: Unit, claimed: Quantity | undefined): number {
  if (claimed === undefined) return 2;
  return isMoney(unit) && claimed.places < 2 ? 2 : claimed.places + 1;
}

export function differenceIn(difference: Fraction, claimed: Quantity): string {
  const text = formatRange(
    difference,
    difference,
    differenceUnit(claimed.unit),
    shownPlaces(claimed.unit, claimed),
  );
  return text.startsWith("-") ? text : `+${text}`;
}

/** Percentages differ by points. */
function differenceUnit(unit: Unit): Unit {
  return unit.suffix === "%" ? { ...unit, suffix: " points" } : unit;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

export function listed(items: readonly string[]): string {
  if (items.length <= 1) return items.join("");
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`;
}

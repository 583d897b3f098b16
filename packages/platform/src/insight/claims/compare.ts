import type { Computed } from "./computed.ts";
import {
  compareFractions,
  dividedBy,
  type Fraction,
  fraction,
  isNothing,
  minus,
  plus,
  size,
} from "./fraction.ts";
import { isContaining, isPoint } from "./interval.ts";
import type { Quantity } from "./quantity.ts";
import { isAlike } from "./unit.ts";

/**
 * How a figure agrees with what it was worked out from.
 * - exact: they are equal, or the bound (`87%+`, `<50 ms`) holds
 * - rounded: the true value rounds to the digits given
 * - inputs-rounded: it does for some of the values that the inputs may have been rounded from
 * - within: one is a range and the other a point in it
 */
export type Agreement =
  | { readonly result: "exact" | "rounded" | "inputs-rounded" | "within" }
  | { readonly result: "off"; readonly difference: Fraction }
  | { readonly result: "units" };

const AT_LEAST_AS_GOOD = ["exact", "rounded", "inputs-rounded", "off"] as const;

/** Compares a claimed figure with a worked-out one, at the digits that the claim is given to. */
export function agreement(claimed: Quantity, computed: Computed): Agreement {
  if (!isAlike(claimed.unit, computed.unit)) return { result: "units" };
  const { nominal } = computed;
  if (claimed.bound !== "exact" && claimed.bound !== "about") return boundAgreement(claimed, computed);
  const isPointIn = isPoint(claimed) && !isPoint(nominal) && isContaining(nominal, claimed.low);
  const isRangeAround = !isPoint(claimed) && isPoint(nominal) && isContaining(claimed, nominal.low);
  if (isPointIn || isRangeAround) return { result: "within" };
  const half = dividedBy(claimed.step, fraction("2"));
  const low = endAgreement(claimed.low, nominal.low, half, margin(computed, "low"));
  const high = endAgreement(claimed.high, nominal.high, half, margin(computed, "high"));
  const worst =
    AT_LEAST_AS_GOOD[Math.max(AT_LEAST_AS_GOOD.indexOf(low), AT_LEAST_AS_GOOD.indexOf(high))] ?? "off";
  if (worst !== "off") return { result: worst };
  const [atLow, atHigh] = [minus(claimed.low, nominal.low), minus(claimed.high, nominal.high)];
  return { result: "off", difference: compareFractions(size(atLow), size(atHigh)) > 0 ? atLow : atHigh };
}

function boundAgreement({ bound, low, high }: Quantity, { nominal }: Computed): Agreement {
  const holds = {
    "at-least": compareFractions(nominal.low, low) >= 0,
    above: compareFractions(nominal.low, low) > 0,
    "at-most": compareFractions(nominal.high, high) <= 0,
    below: compareFractions(nominal.high, high) < 0,
    exact: false,
    about: false,
  }[bound];
  if (holds) return { result: "exact" };
  const isFloor = bound === "at-least" || bound === "above";
  return { result: "off", difference: isFloor ? minus(low, nominal.low) : minus(high, nominal.high) };
}

function margin({ nominal, wide }: Computed, end: "low" | "high"): Fraction {
  return size(minus(nominal[end], wide[end]));
}

function endAgreement(
  claimed: Fraction,
  nominal: Fraction,
  half: Fraction,
  inputs: Fraction,
): (typeof AT_LEAST_AS_GOOD)[number] {
  const distance = size(minus(claimed, nominal));
  if (isNothing(distance)) return "exact";
  if (compareFractions(distance, half) <= 0) return "rounded";
  if (compareFractions(distance, plus(half, inputs)) < 0) return "inputs-rounded";
  return "off";
}

/** Does an observed figure meet a target? Ranges and plain figures are read as written. */
export function meets(observed: Quantity, target: Quantity): boolean | undefined {
  if (!isAlike(observed.unit, target.unit)) return undefined;
  const { low, high } = observed;
  switch (target.bound) {
    case "at-least":
      return compareFractions(low, target.low) >= 0;
    case "above":
      return compareFractions(low, target.low) > 0;
    case "at-most":
      return compareFractions(high, target.high) <= 0;
    case "below":
      return compareFractions(high, target.high) < 0;
    default:
      return isPoint(target)
        ? compareFractions(low, target.low) === 0
        : isContaining(target, low) && isContaining(target, high);
  }
}

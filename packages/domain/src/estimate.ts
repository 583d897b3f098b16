import { compare, type Decimal } from "./decimal.ts";
import { domainErrors } from "./domain-errors.ts";
import type { CurrencyCode } from "./money.ts";

/** A figure that is not known exactly: the likely one, and how far down and up it may be. */
export interface Estimate {
  readonly low: Decimal;
  readonly mid: Decimal;
  readonly high: Decimal;
}

/** An estimate of money. */
export interface MoneyEstimate extends Estimate {
  readonly currency: CurrencyCode;
}

/** @throws ESTIMATE_UNORDERED unless low ≤ mid ≤ high */
export function estimate(low: Decimal, mid: Decimal, high: Decimal): Estimate {
  if (compare(low, mid) > 0 || compare(mid, high) > 0) {
    const details = { low: String(low), mid: String(mid), high: String(high) };
    throw domainErrors.create("ESTIMATE_UNORDERED", details);
  }
  return { low, mid, high };
}

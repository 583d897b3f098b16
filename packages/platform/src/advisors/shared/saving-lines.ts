import {
  compare,
  type Decimal,
  decimal,
  divide,
  type Estimate,
  estimate,
  exactly,
  HOURS_PER_MONTH,
  isZero,
  type Known,
  known,
  multiply,
  type ResourceCost,
  type SavingLine,
  type UnitPrice,
  unknown,
  ZERO,
} from "@trimtab/domain";

/** Seconds of a month of {@link HOURS_PER_MONTH} hours. */
export const SECONDS_PER_MONTH: Decimal = multiply(decimal(HOURS_PER_MONTH), decimal("3600"));

/** A line over units that are known exactly. */
export function lineOf(about: string, units: Decimal, price: UnitPrice): SavingLine {
  return { about, units: exactly(units), price };
}

/** A month of so many units an hour. */
export function hourly(units: Decimal): Decimal {
  return multiply(units, decimal(HOURS_PER_MONTH));
}

/** Mebibytes as gibibytes, exactly. */
export function gibibytes(mebibytes: number): Decimal {
  return divide(decimal(BigInt(mebibytes)), decimal("1024"), 10);
}

/**
 * Between nothing and what the bill charges for a resource: for what shares its storage with others, so that nobody knows
 * beforehand what deleting it frees.
 */
export function upToBilled(about: string, cost: ResourceCost, price: UnitPrice): Known<SavingLine> {
  if (cost.currency !== price.currency)
    return unknown(`its cost is in ${cost.currency} and its price in ${price.currency}`);
  if (isZero(price.price)) return unknown("its price is zero");
  const most = divide(cost.effectiveMonthly, price.price, 12, "down");
  if (compare(most, ZERO) <= 0) return unknown("the bill charges nothing for it");
  return known({ about, units: estimate(ZERO, divide(most, decimal("2"), 12, "down"), most), price });
}

/** The value of all, or the reason of the first that is missing. */
export function allKnown<T extends Readonly<Record<string, Known<unknown>>>>(
  parts: T,
): Known<{ readonly [K in keyof T]: T[K] extends Known<infer V> ? V : never }> {
  for (const part of Object.values(parts)) if (part.status === "unknown") return part;
  const values = Object.entries(parts).map(([name, part]) => [
    name,
    part.status === "known" ? part.value : undefined,
  ]);
  return known(Object.fromEntries(values));
}

/** Hours of work, from the shortest to the longest. */
export function workHours(low: string, mid: string, high: string): Estimate {
  return estimate(decimal(low), decimal(mid), decimal(high));
}

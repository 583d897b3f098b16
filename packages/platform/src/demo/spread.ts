import { add, addDays, allocateByWeight, type Day, type Decimal, daysBetween, ZERO } from "@trimtab/domain";

/** Decimal places of a generated amount: as fine as providers bill, coarse enough for a JSON number to hold it. */
export const PLACES = 6;

const dayLists = new Map<string, readonly Day[]>();

/** Every day of `[from, until)`. */
export function eachDay(from: Day, until: Day): readonly Day[] {
  const key = `${from}/${until}`;
  const known = dayLists.get(key);
  if (known !== undefined) return known;
  const days = Array.from({ length: daysBetween(from, until) }, (_, index) => addDays(from, index));
  dayLists.set(key, days);
  return days;
}

/** Gives each item its part of the total, in proportion to its weight; the parts sum to the total exactly. */
export function spread<T extends { readonly weight: Decimal }>(
  total: Decimal,
  items: readonly T[],
): (T & { readonly amount: Decimal })[] {
  const parts = allocateByWeight(
    total,
    items.map(({ weight }) => weight),
    PLACES,
  );
  return items.map((item, index) => ({ ...item, amount: parts[index] ?? ZERO }));
}

export const sumOf = <T>(items: readonly T[], amount: (item: T) => Decimal): Decimal =>
  items.reduce((sum, item) => add(sum, amount(item)), ZERO);

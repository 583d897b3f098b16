import type { CommitmentEffect, Saving, SavingLine } from "./advice.ts";
import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  isZero,
  multiply,
  subtract,
  sumDecimals,
  ZERO,
} from "./decimal.ts";
import { domainErrors } from "./domain-errors.ts";
import { type Estimate, estimate, type MoneyEstimate } from "./estimate.ts";
import { addMoney, type CurrencyCode, type Money, money } from "./money.ts";

/** Units are cut off here where they have to be scaled: far below what any price tells apart. */
const UNIT_PLACES = 12;

/** The same figure at all three: what is known exactly. */
export function exactly(value: Decimal): Estimate {
  return { low: value, mid: value, high: value };
}

/**
 * What lines of one currency sum to, exactly; of none, zero.
 * @throws CURRENCY_MIXED
 */
export function grossOf(lines: readonly SavingLine[], currency: CurrencyCode): MoneyEstimate {
  const sum = (pick: (units: Estimate) => Decimal): Decimal =>
    lines
      .map(({ units, price }) => money(multiply(pick(units), price.price), price.currency))
      .reduce(addMoney, money(ZERO, currency)).amount;
  return { ...estimate(sum(low), sum(mid), sum(high)), currency };
}

const low = (of: Estimate): Decimal => of.low;
const mid = (of: Estimate): Decimal => of.mid;
const high = (of: Estimate): Decimal => of.high;

/**
 * Lines that together save no more than the resource costs: scaled down in proportion where they would. Their sum is then
 * the cost, short of at most a rounding of units at the twelfth place.
 * @throws CURRENCY_MIXED
 */
export function capLines(lines: readonly SavingLine[], cost: Money): readonly SavingLine[] {
  const gross = grossOf(lines, cost.currency);
  if (compare(gross.high, cost.amount) <= 0) return lines;
  const scale = (value: Decimal): Decimal => {
    const scaled = divide(multiply(value, cost.amount), gross.high, UNIT_PLACES, "down");
    // Cut off towards zero, what the change adds would shrink and the sum pass the cost.
    const isAdded = compare(value, ZERO) < 0 && !isZero(scaled);
    return isAdded ? subtract(scaled, decimal("1e-12")) : scaled;
  };
  return lines.map((line) => ({
    ...line,
    units: estimate(scale(line.units.low), scale(line.units.mid), scale(line.units.high)),
  }));
}

/**
 * The saving that the bill will show: gross − covered + reused, at each of low, mid and high.
 * @throws SAVING_EFFECT_INVALID unless 0 ≤ reused ≤ covered ≤ gross; CURRENCY_MIXED
 */
export function savingOf(
  lines: readonly SavingLine[],
  currency: CurrencyCode,
  commitment?: CommitmentEffect,
): Saving {
  const gross = grossOf(lines, currency);
  if (commitment === undefined) return { net: gross, gross, lines };
  const { covered, reused } = commitment;
  for (const { currency: other } of [covered, reused])
    if (other !== currency) throw domainErrors.create("CURRENCY_MIXED", { left: currency, right: other });
  const net = (pick: (of: Estimate) => Decimal): Decimal => {
    const parts = [ZERO, pick(reused), pick(covered), pick(gross)];
    const isOrdered = parts.every(
      (part, index) => index === 0 || compare(parts[index - 1] ?? ZERO, part) <= 0,
    );
    if (!isOrdered) {
      const details = { reused: String(parts[1]), covered: String(parts[2]), gross: String(parts[3]) };
      throw domainErrors.create("SAVING_EFFECT_INVALID", details);
    }
    return add(subtract(pick(gross), pick(covered)), pick(reused));
  };
  const nets = [net(low), net(mid), net(high)].toSorted(compare);
  const [least = ZERO, likely = ZERO, most = ZERO] = nets;
  return { net: { low: least, mid: likely, high: most, currency }, gross, lines, commitment };
}

/** Sums estimates as if all came out low, or likely, or high together. */
export function addEstimates(list: Iterable<Estimate>): Estimate {
  const all = [...list];
  return {
    low: sumDecimals(all.map(low)),
    mid: sumDecimals(all.map(mid)),
    high: sumDecimals(all.map(high)),
  };
}

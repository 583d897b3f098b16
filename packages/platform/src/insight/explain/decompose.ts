import {
  add,
  type Decimal,
  decimal,
  divide,
  equals,
  isZero,
  multiply,
  subtract,
  ZERO,
} from "@trimtab/domain";
import type { PartId } from "./explained.ts";

/** What a charge is, for the purpose of why it changed. */
export type CellKind = "usage" | "unused" | "credit" | "purchase" | "adjustment" | "tax";
/** In which of the two periods the resource is billed at all; `both` too where charges name no resource. */
export type Presence = "both" | "new" | "gone";

export interface CellSide {
  readonly cost: Decimal;
  /** Null where some charge has no list cost. */
  readonly list: Decimal | null;
  /** Null where some charge has no quantity. */
  readonly quantity: Decimal | null;
}

/** Charges that share service, SKU, unit, kind and the dimensions asked for. */
export interface Cell {
  readonly kind: CellKind;
  readonly presence: Presence;
  readonly service: string | null;
  readonly sku: string | null;
  /** What the bill calls it. */
  readonly label: string | null;
  readonly unit: string | null;
  readonly dimensions: readonly (string | null)[];
  readonly before: CellSide;
  readonly after: CellSide;
}

export interface PeriodLengths {
  readonly before: number;
  readonly after: number;
}

const SCALE = 12;
/** Quotients keep more places, so that products of them are right to the last of {@link SCALE}. */
const QUOTIENT_SCALE = 30;

const kindParts: Readonly<Record<Exclude<CellKind, "usage">, PartId>> = {
  unused: "unused-commitments",
  credit: "credits",
  purchase: "purchases",
  adjustment: "adjustments",
  tax: "tax",
};

const scaled = (amount: Decimal, by: Decimal, over: Decimal): Decimal =>
  divide(multiply(amount, by), over, SCALE);

type Effects = Partial<Record<PartId, Decimal>>;

/** Average cost per unit of all continuing use of a service and unit, for telling mix from volume. */
export type AveragePrices = ReadonlyMap<string, Decimal>;

const groupKey = ({ service, unit }: Cell): string => JSON.stringify([service, unit]);

const isSplittable = ({ kind, presence, before, after }: Cell): boolean =>
  kind === "usage" &&
  presence === "both" &&
  before.quantity !== null &&
  after.quantity !== null &&
  !isZero(before.quantity) &&
  !isZero(after.quantity);

export const averagePrices = (cells: readonly Cell[]): AveragePrices => {
  const prices = new Map<string, Decimal>();
  for (const [key, own] of Map.groupBy(cells.filter(isSplittable), groupKey)) {
    const cost = own.reduce((sum, { before }) => add(sum, before.cost), ZERO);
    const quantity = own.reduce((sum, { before }) => add(sum, before.quantity ?? ZERO), ZERO);
    if (!isZero(quantity)) prices.set(key, divide(cost, quantity, QUOTIENT_SCALE));
  }
  return prices;
};

/** Price and discount apart where list costs are known on both sides; else the whole rate change is a price change. */
const rateEffects = ({ before, after }: Cell, costAtOldRate: Decimal): Effects => {
  const rate = subtract(after.cost, costAtOldRate);
  const { quantity: q0, list: l0 } = before;
  const { quantity: q1, list: l1 } = after;
  if (q0 === null || q1 === null || l0 === null || l1 === null || isZero(l0) || isZero(q0))
    return { price: rate };
  const listAtOldPrice = scaled(l0, q1, q0);
  const price = scaled(subtract(l1, listAtOldPrice), before.cost, l0);
  return { price, discounts: subtract(rate, price) };
};

const splitUsage = (cell: Cell, days: PeriodLengths, prices: AveragePrices): Effects => {
  const { before, after } = cell;
  const q0 = before.quantity ?? ZERO;
  const q1 = after.quantity ?? ZERO;
  const daysBefore = decimal(BigInt(days.before));
  const daysAfter = decimal(BigInt(days.after));
  const sameDaily = days.before === days.after ? before.cost : scaled(before.cost, daysAfter, daysBefore);
  const costAtOldRate = scaled(before.cost, q1, q0);
  const all = subtract(costAtOldRate, sameDaily);
  const average = prices.get(groupKey(cell));
  const expected = days.before === days.after ? q0 : scaled(q0, daysAfter, daysBefore);
  const usage =
    average === undefined ? all : divide(multiply(subtract(q1, expected), average), decimal("1"), SCALE);
  return {
    "month-length": subtract(sameDaily, before.cost),
    usage,
    mix: subtract(all, usage),
    ...rateEffects(cell, costAtOldRate),
  };
};

const effectsOf = (cell: Cell, days: PeriodLengths, prices: AveragePrices): Effects => {
  const change = subtract(cell.after.cost, cell.before.cost);
  if (cell.kind !== "usage") return { [kindParts[cell.kind]]: change };
  if (cell.presence === "new") return { "new-resources": change };
  if (cell.presence === "gone") return { "gone-resources": change };
  if (isSplittable(cell)) return splitUsage(cell, days, prices);
  // Nothing was used on one side: all of it is use that began or ended.
  const began = isZero(cell.before.cost) || isZero(cell.after.cost);
  return began ? { usage: change } : { "rate-or-usage": change };
};

/**
 * Splits a cell's change into parts. They sum to the change exactly: what rounding leaves over is the part `division`.
 *
 * With quantity q, list price p, paid share of list r (cost = q·p·r) and days d:
 * month length = c₀·(d₁/d₀ − 1); usage and mix = (q₁ − q₀·d₁/d₀)·c₀/q₀, of which usage is priced at the average of
 * service and unit; price = q₁·(p₁ − p₀)·r₀; discounts = q₁·p₁·(r₁ − r₀).
 */
export const decompose = (cell: Cell, days: PeriodLengths, prices: AveragePrices): Effects => {
  const effects = effectsOf(cell, days, prices);
  const sum = Object.values(effects).reduce((total, effect) => add(total, effect), ZERO);
  const change = subtract(cell.after.cost, cell.before.cost);
  return equals(sum, change) ? effects : { ...effects, division: subtract(change, sum) };
};

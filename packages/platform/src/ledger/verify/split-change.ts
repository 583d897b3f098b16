import { add, type Decimal, subtract, ZERO } from "@trimtab/domain";
import {
  averagePrices,
  type Cell,
  type CellSide,
  decompose,
  type PeriodLengths,
} from "../../insight/explain/decompose.ts";
import type { PartId } from "../../insight/explain/explained.ts";
import type { BilledCell } from "./billed-cells.ts";

/** Why a bill changed, as the ledger tells it; together the parts are the change, to the last digit. */
export const EFFECTS = {
  usage: "more or less use, at the prices of before",
  rate: "list prices",
  commitment:
    "commitments and negotiated discounts: what is paid of the list price, what is bought or left unused",
  credit: "credits and promotions",
  tax: "tax",
  correction: "corrections, refunds and adjustments",
  "month-length": "the same use a day over more or fewer days",
  rounding: "what rounding the divisions to 12 places left over",
} as const;

export type EffectId = keyof typeof EFFECTS;
export type Effects = Readonly<Record<EffectId, Decimal>>;

const EFFECT_OF: Readonly<Record<PartId, EffectId>> = {
  "new-resources": "usage",
  "gone-resources": "usage",
  "month-length": "month-length",
  usage: "usage",
  mix: "usage",
  price: "rate",
  discounts: "commitment",
  "unused-commitments": "commitment",
  credits: "credit",
  purchases: "commitment",
  adjustments: "correction",
  tax: "tax",
  // Charges without a quantity have no price to freeze: their cost counts as use.
  "rate-or-usage": "usage",
  division: "rounding",
};

const EFFECT_IDS = Object.keys(EFFECTS) as EffectId[];

const NO_EFFECTS: Effects = Object.fromEntries(EFFECT_IDS.map((id) => [id, ZERO])) as Effects;

const addEffects = (a: Effects, b: Effects): Effects =>
  Object.fromEntries(EFFECT_IDS.map((id) => [id, add(a[id], b[id])])) as Effects;

const EMPTY: CellSide = { cost: ZERO, list: ZERO, quantity: ZERO };

const plus = (side: CellSide, { cost, list, quantity }: BilledCell): CellSide => ({
  cost: add(side.cost, cost),
  list: side.list === null || list === null ? null : add(side.list, list),
  quantity: side.quantity === null || quantity === null ? null : add(side.quantity, quantity),
});

/** Same things in one cell. */
export const cellKey = ({ kind, service, sku, unit }: BilledCell): string =>
  JSON.stringify([kind, service, sku, unit]);

const paired = (before: readonly BilledCell[], after: readonly BilledCell[]): readonly Cell[] => {
  const cells = new Map<string, Cell>();
  const fold = (own: readonly BilledCell[], side: "before" | "after") => {
    for (const cell of own) {
      const { kind, service, sku, unit } = cell;
      const known = cells.get(cellKey(cell)) ?? {
        ...{ kind, service, sku, unit, label: sku, dimensions: [] },
        ...{ presence: "both" as const, before: EMPTY, after: EMPTY },
      };
      cells.set(cellKey(cell), { ...known, [side]: plus(known[side], cell) });
    }
  };
  fold(before, "before");
  fold(after, "after");
  return [...cells.values()];
};

export interface SplitChange {
  readonly before: Decimal;
  readonly after: Decimal;
  readonly change: Decimal;
  readonly effects: Effects;
  /** What use cost before. */
  readonly usedBefore: Decimal;
}

const costOf = (cells: readonly BilledCell[]): Decimal =>
  cells.reduce((sum, { cost }) => add(sum, cost), ZERO);

/** Splits the change between two sets of charges exactly, by the arithmetic of `trimtab explain`. */
export const splitChange = (
  before: readonly BilledCell[],
  after: readonly BilledCell[],
  days: PeriodLengths,
): SplitChange => {
  const cells = paired(before, after);
  const prices = averagePrices(cells);
  const effects = cells.reduce((sum, cell) => {
    const own: Record<EffectId, Decimal> = { ...NO_EFFECTS };
    for (const [part, amount] of Object.entries(decompose(cell, days, prices)) as [PartId, Decimal][])
      own[EFFECT_OF[part]] = add(own[EFFECT_OF[part]], amount);
    return addEffects(sum, own);
  }, NO_EFFECTS);
  const [first, last] = [costOf(before), costOf(after)];
  const usedBefore = costOf(before.filter(({ kind }) => kind === "usage"));
  return { before: first, after: last, change: subtract(last, first), effects, usedBefore };
};

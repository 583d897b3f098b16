import {
  addDays,
  type Day,
  type Decimal,
  daysBetween,
  divide,
  isZero,
  sumDecimals,
  ZERO,
} from "@trimtab/domain";
import type { BilledCell } from "./billed-cells.ts";
import { cellKey } from "./split-change.ts";
import { DAY_MS, type TimeSeries } from "./time-series.ts";

const PRICE_SCALE = 30;

const priceOf = (cells: readonly BilledCell[]): Decimal | undefined => {
  if (cells.length === 0 || cells.some(({ quantity }) => quantity === null)) return undefined;
  const quantity = sumDecimals(cells.map((cell) => cell.quantity ?? ZERO));
  return isZero(quantity)
    ? undefined
    : divide(sumDecimals(cells.map(({ cost }) => cost)), quantity, PRICE_SCALE);
};

/** Unit prices that count for the whole series: those of the reference days; of what was not used then, its own mean. */
const frozenPrices = (
  usage: readonly BilledCell[],
  isReference: (day: Day) => boolean,
): ReadonlyMap<string, Decimal | undefined> =>
  new Map(
    [...Map.groupBy(usage, cellKey)].map(([key, own]) => [
      key,
      priceOf(own.filter(({ day }) => isReference(day))) ?? priceOf(own),
    ]),
  );

export interface FrozenQuestion {
  readonly cells: readonly BilledCell[];
  /** Half-open days of the series. */
  readonly start: Day;
  readonly end: Day;
  /** Half-open days whose unit prices are frozen. */
  readonly reference: { readonly start: Day; readonly end: Day };
  /** Days of which the lake holds no bill: gaps, not days without use. */
  readonly isMissing: (day: Day) => boolean;
}

/**
 * What use would have cost each day at the frozen unit prices: a change of price, discount or commitment does not show
 * in it. Only for the model of what would have been: amounts that are reported come from exact decimals.
 */
export const frozenSeries = ({ cells, start, end, reference, isMissing }: FrozenQuestion): TimeSeries => {
  const usage = cells.filter(({ kind, day }) => kind === "usage" && day >= start && day < end);
  const prices = frozenPrices(usage, (day) => day >= reference.start && day < reference.end);
  const totals = new Map<Day, number>();
  for (const cell of usage) {
    const price = prices.get(cellKey(cell));
    const frozen =
      price === undefined || cell.quantity === null
        ? Number(cell.cost.toString())
        : Number(price.toString()) * Number(cell.quantity.toString());
    totals.set(cell.day, (totals.get(cell.day) ?? 0) + frozen);
  }
  const values = Array.from({ length: daysBetween(start, end) }, (_, index) => {
    const at = addDays(start, index);
    return totals.get(at) ?? (isMissing(at) ? null : 0);
  });
  return { startMs: Date.parse(`${start}T00:00:00Z`), stepMs: DAY_MS, values };
};

import { type Decimal, divide, isZero, ZERO } from "@trimtab/domain";
import type { CostName, PartId, QuantityName } from "./parts.ts";

/** Scale of ratios (shares, rates) and of prices per unit; both are rounded half-even, once, from exact sums. */
export const RATIO_SCALE = 6;
export const PRICE_SCALE = 12;

/** What SQL summed for one cell. A null sum had no known value at all. */
export interface PartValues {
  decimal(id: PartId): Decimal | null;
  text(id: PartId): string | null;
}

/** A cell: its exact value, or why there is none. */
export type MeasureValue =
  | { readonly value: Decimal; readonly unit?: string }
  | { readonly value: null; readonly reason: string };

export interface Measure {
  readonly id: string;
  readonly title: string;
  readonly kind: "money" | "quantity" | "price" | "ratio" | "count";
  readonly parts: readonly PartId[];
  /** The count of the charges that it measures at all. */
  readonly over: "rows" | "usage";
  /** The part that the measure equals, where it can be added up: SQL may order by it. */
  readonly additive?: PartId;
  /** The part that a `top` ranks by where the measure can't be added up; absent: it can't rank. */
  readonly rank?: PartId;
  /** Counts the rows that tell the measure; the others are reported as unknown, with this reason. */
  readonly known?: { readonly part: PartId; readonly reason: string; readonly amount?: PartId };
  /** Column of its own for the unit of each row. */
  readonly hasUnit?: boolean;
  /** Cost per unit of this metric; the value also needs the metric's. */
  readonly metric?: string;
  evaluate(parts: PartValues): MeasureValue;
}

const unknown = (reason: string): MeasureValue => ({ value: null, reason });

/** No charges cost exactly nothing; charges without the value are unknown. */
const sumOf = (
  parts: PartValues,
  part: PartId,
  reason: string,
  over: Measure["over"] = "rows",
): MeasureValue => {
  const value = parts.decimal(part);
  if (value !== null) return { value };
  return isZero(parts.decimal(over) ?? ZERO) ? { value: ZERO } : unknown(reason);
};

const costMeasure = (id: string, title: string, name: CostName): Measure => {
  const reason = `the bill does not tell ${name}`;
  return {
    id,
    title,
    kind: "money",
    parts: [`sum:${name}`, `known:${name}`, "rows"],
    over: "rows",
    additive: `sum:${name}`,
    rank: `sum:${name}`,
    known: { part: `known:${name}`, reason },
    evaluate: (parts) => sumOf(parts, `sum:${name}`, reason),
  };
};

type UnitName = "ConsumedUnit" | "PricingUnit";

const mixedUnits = (parts: PartValues, unitName: UnitName): string | undefined => {
  const least = parts.text(`least:${unitName}`);
  const greatest = parts.text(`greatest:${unitName}`);
  return least === greatest
    ? undefined
    : `units differ (${least || "none"}, ${greatest || "none"}); group by ${unitName}`;
};

const quantityMeasure = (id: string, title: string, name: QuantityName, unitName: UnitName): Measure => {
  const reason = `the charge has no ${name}`;
  return {
    id,
    title,
    kind: "quantity",
    parts: [`sum:${name}`, `known:${name}`, `least:${unitName}`, `greatest:${unitName}`, "rows"],
    over: "rows",
    rank: `sum:${name}`,
    known: { part: `known:${name}`, reason },
    hasUnit: true,
    evaluate: (parts) => {
      const mixed = mixedUnits(parts, unitName);
      if (mixed !== undefined) return unknown(mixed);
      const value = sumOf(parts, `sum:${name}`, reason);
      return value.value === null ? value : { ...value, unit: parts.text(`least:${unitName}`) ?? "" };
    },
  };
};

const ratio = (top: Decimal | null, bottom: Decimal | null, scale: number, reason: string): MeasureValue =>
  top === null || bottom === null || isZero(bottom)
    ? unknown(reason)
    : { value: divide(top, bottom, scale, "half-even") };

const noListPrice = "no list price is known";

const all: readonly Measure[] = [
  costMeasure("effective", "Effective cost", "EffectiveCost"),
  costMeasure("billed", "Billed cost", "BilledCost"),
  costMeasure("list", "List cost", "ListCost"),
  costMeasure("contracted", "Contracted cost", "ContractedCost"),
  {
    id: "savings",
    title: "Savings of usage against list (list − effective)",
    kind: "money",
    parts: ["savings", "known:savings", "unlisted", "usage", "mixed"],
    over: "usage",
    additive: "savings",
    rank: "savings",
    known: { part: "known:savings", reason: noListPrice, amount: "unlisted" },
    evaluate: (parts) => sumOf(parts, "savings", noListPrice, "usage"),
  },
  {
    id: "savings-rate",
    title: "Savings ÷ list cost, of usage with a list price",
    kind: "ratio",
    parts: ["savings", "listed", "known:savings", "unlisted", "usage", "mixed"],
    over: "usage",
    rank: "savings",
    known: { part: "known:savings", reason: noListPrice, amount: "unlisted" },
    evaluate: (parts) => ratio(parts.decimal("savings"), parts.decimal("listed"), RATIO_SCALE, noListPrice),
  },
  {
    id: "unlisted",
    title: "Effective cost of usage without a list price",
    kind: "money",
    parts: ["unlisted", "usage", "mixed"],
    over: "usage",
    additive: "unlisted",
    rank: "unlisted",
    evaluate: (parts) => ({ value: parts.decimal("unlisted") ?? ZERO }),
  },
  quantityMeasure("consumed", "Consumed quantity", "ConsumedQuantity", "ConsumedUnit"),
  quantityMeasure("priced", "Pricing quantity", "PricingQuantity", "PricingUnit"),
  {
    id: "unit-price",
    title: "Effective cost ÷ pricing quantity, of the charges with a quantity",
    kind: "price",
    parts: ["priced-cost", "sum:PricingQuantity", "least:PricingUnit", "greatest:PricingUnit"],
    over: "rows",
    rank: "priced-cost",
    hasUnit: true,
    evaluate: (parts) => {
      const mixed = mixedUnits(parts, "PricingUnit");
      if (mixed !== undefined) return unknown(mixed);
      const quantity = parts.decimal("sum:PricingQuantity");
      const price = ratio(parts.decimal("priced-cost"), quantity, PRICE_SCALE, "no quantity was priced");
      return price.value === null ? price : { ...price, unit: parts.text("least:PricingUnit") ?? "" };
    },
  },
  {
    id: "rows",
    title: "Charge rows",
    kind: "count",
    parts: ["rows"],
    over: "rows",
    additive: "rows",
    rank: "rows",
    evaluate: (parts) => ({ value: parts.decimal("rows") ?? ZERO }),
  },
];

export const MEASURES: ReadonlyMap<string, Measure> = new Map(all.map((measure) => [measure.id, measure]));

/** Effective cost divided by a registered metric's value of the same time and dimensions. */
export const costPerMetric = (metric: string, unit: string): Measure => ({
  id: `cost-per:${metric}`,
  title: `Effective cost per ${unit}`,
  kind: "price",
  parts: ["sum:EffectiveCost", "known:EffectiveCost", "rows"],
  over: "rows",
  rank: "sum:EffectiveCost",
  known: { part: "known:EffectiveCost", reason: "the bill does not tell EffectiveCost" },
  metric,
  evaluate: (parts) => sumOf(parts, "sum:EffectiveCost", "the bill does not tell EffectiveCost"),
});

/** `value ÷ units` at the scale of prices. */
export const perUnit = (value: Decimal, units: Decimal | undefined): MeasureValue =>
  units === undefined || isZero(units)
    ? unknown("the metric has no value here")
    : { value: divide(value, units, PRICE_SCALE, "half-even") };

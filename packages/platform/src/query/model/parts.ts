import {
  and,
  call,
  cases,
  coalesce,
  column,
  eq,
  gt,
  isNotNull,
  isNull,
  isOneOf,
  lit,
  lt,
  minus,
  not,
  or,
  type QueryExpr,
  text,
  zero,
} from "../../sql/expr.ts";

export type CostName = "BilledCost" | "EffectiveCost" | "ListCost" | "ContractedCost";
export type QuantityName = "ConsumedQuantity" | "PricingQuantity";
type UnitName = "ConsumedUnit" | "PricingUnit";

/** One aggregate that SQL computes; everything that measures show is made of these. */
export type PartId =
  | "rows"
  | "usage"
  | `sum:${CostName | QuantityName}`
  | `known:${CostName | QuantityName}`
  | "savings"
  | "known:savings"
  | "listed"
  | "unlisted"
  | "priced-cost"
  | `least:${UnitName}`
  | `greatest:${UnitName}`
  | "mixed";

export interface Aggregate {
  readonly fn: "sum" | "count" | "min" | "max";
  readonly of: QueryExpr;
  /** Only rows where this holds. */
  readonly where?: QueryExpr<"boolean">;
}

export interface Part {
  readonly id: PartId;
  readonly kind: "money" | "quantity" | "count" | "text";
  /** Over charge rows. */
  readonly charges: Aggregate;
  /** Over rows of the daily rollup; absent: the rollup can't tell. */
  readonly daily?: Aggregate;
  /** Columns that a rollup must have for `daily`, whatever it is grouped by. */
  readonly reads?: readonly string[];
  /** The same over charge rows where they are grouped by `column`: then a group has one value, and texts need no comparing. */
  readonly grouped?: { readonly column: string; readonly value: QueryExpr };
}

const one = lit("bigint", 1);
const none = lit("bigint", 0);
const rollupRows = column("charge_rows", "bigint");
const cost = (name: CostName): QueryExpr<"decimal"> => column(name, "decimal");
const nulls = (name: CostName): QueryExpr<"bigint"> => column(`${name}_nulls`, "bigint");

const sum = (of: QueryExpr, where?: QueryExpr<"boolean">): Aggregate =>
  where === undefined ? { fn: "sum", of } : { fn: "sum", of, where };
const count = (of: QueryExpr, where?: QueryExpr<"boolean">): Aggregate =>
  where === undefined ? { fn: "count", of } : { fn: "count", of, where };

const costParts = (name: CostName): Part[] => [
  { id: `sum:${name}`, kind: "money", charges: sum(cost(name)), daily: sum(cost(name)) },
  {
    id: `known:${name}`,
    kind: "count",
    charges: count(cost(name)),
    daily: sum(minus(rollupRows, nulls(name))),
  },
];

const quantityParts = (name: QuantityName, unitName: UnitName): Part[] => {
  const quantity = column(name, "decimal");
  // A quantity without a unit is a unit of its own: it can't be added to gigabytes.
  const unit = coalesce(column(unitName, "text"), text(""));
  const has = isNotNull(quantity);
  const known = gt(call("bigint", "count", quantity), none);
  const grouped = { column: unitName, value: cases("text", [[known, unit]]) };
  return [
    { id: `sum:${name}`, kind: "quantity", charges: sum(quantity) },
    { id: `known:${name}`, kind: "count", charges: count(quantity) },
    { id: `least:${unitName}`, kind: "text", charges: { fn: "min", of: unit, where: has }, grouped },
    { id: `greatest:${unitName}`, kind: "text", charges: { fn: "max", of: unit, where: has }, grouped },
  ];
};

/** What FOCUS has besides usage. A charge whose bill does not tell its category counts as usage. */
export const OTHER_THAN_USAGE = ["Purchase", "Tax", "Credit", "Adjustment"] as const;

const category = column("ChargeCategory", "text");
const isUsage = or(isNull(category), not(isOneOf(category, ...OTHER_THAN_USAGE)));

const onlyUsage = ({ where, ...rest }: Aggregate): Aggregate => ({
  ...rest,
  where: where === undefined ? isUsage : and(where, isUsage),
});

const ofUsage = ({ charges, daily, ...part }: Part): Part => ({
  ...part,
  charges: onlyUsage(charges),
  ...(daily === undefined ? {} : { daily: onlyUsage(daily) }),
  reads: ["ChargeCategory"],
});

const list = cost("ListCost");
const effective = cost("EffectiveCost");
const saved = minus(list, effective);

/** Σ EffectiveCost of the listed charges; with every effective cost known it is the other half of savings. */
const listedEffective = column("EffectiveCost_listed", "decimal");
const allEffective = eq(nulls("EffectiveCost"), none);
const someListed = lt(nulls("ListCost"), rollupRows);

/** Rollup rows that can't tell their savings: some listed charges lack an effective cost. */
const isMixed = and(gt(nulls("EffectiveCost"), none), lt(nulls("EffectiveCost"), rollupRows), someListed);

/**
 * Of usage only: a commitment's purchase has a list cost and an effective cost of 0, and the usage that it covers has
 * its list cost again.
 * @see https://focus.finops.org/use-case/effective-savings-rate/ and EffectiveCost of FOCUS 1.2 ("MUST be 0 when
 *   ChargeCategory is Purchase and the purchase is intended to cover future eligible charges"; read 2026-11-23)
 */
const savingsParts: Part[] = [
  {
    id: "savings",
    kind: "money",
    charges: sum(saved),
    daily: sum(minus(list, listedEffective), and(allEffective, someListed)),
  },
  {
    id: "known:savings",
    kind: "count",
    charges: count(saved),
    daily: sum(minus(rollupRows, nulls("ListCost")), allEffective),
  },
  {
    id: "listed",
    kind: "money",
    charges: sum(list, isNotNull(effective)),
    daily: sum(list, allEffective),
  },
  {
    id: "unlisted",
    kind: "money",
    // Never null, as the measure is not: engines and we sort it alike.
    charges: sum(cases("decimal", [[isNull(list), coalesce(effective, zero)]], zero)),
    daily: sum(minus(coalesce(effective, zero), coalesce(listedEffective, zero))),
  },
  { id: "mixed", kind: "count", charges: sum(none), daily: count(one, isMixed) },
];

const all: readonly Part[] = [
  { id: "rows", kind: "count", charges: count(one), daily: sum(rollupRows) },
  ...costParts("BilledCost"),
  ...costParts("EffectiveCost"),
  ...costParts("ListCost"),
  ...costParts("ContractedCost"),
  {
    id: "usage",
    kind: "count",
    charges: count(one, isUsage),
    // 0, not null, where none is: a sort key asks for it.
    daily: sum(cases("bigint", [[isUsage, rollupRows]], none)),
    reads: ["ChargeCategory"],
  },
  ...savingsParts.map(ofUsage),
  {
    id: "priced-cost",
    kind: "money",
    charges: sum(effective, isNotNull(column("PricingQuantity", "decimal"))),
  },
  ...quantityParts("ConsumedQuantity", "ConsumedUnit"),
  ...quantityParts("PricingQuantity", "PricingUnit"),
];

const byId: ReadonlyMap<PartId, Part> = new Map(all.map((part) => [part.id, part]));

export const partOf = (id: PartId): Part => {
  const part = byId.get(id);
  if (part === undefined) throw new TypeError(`No part ${id}`);
  return part;
};

import {
  and,
  coalesce,
  column,
  type Expr,
  eq,
  gt,
  isNotNull,
  isNull,
  lit,
  lt,
  minus,
  text,
  zero,
} from "../../sql/expr.ts";

export type CostName = "BilledCost" | "EffectiveCost" | "ListCost" | "ContractedCost";
export type QuantityName = "ConsumedQuantity" | "PricingQuantity";
type UnitName = "ConsumedUnit" | "PricingUnit";

/** One aggregate that SQL computes; everything that measures show is made of these. */
export type PartId =
  | "rows"
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
  readonly of: Expr;
  /** Only rows where this holds. */
  readonly where?: Expr<"boolean">;
}

export interface Part {
  readonly id: PartId;
  readonly kind: "money" | "quantity" | "count" | "text";
  /** Over charge rows. */
  readonly charges: Aggregate;
  /** Over rows of the daily rollup; absent: the rollup can't tell. */
  readonly daily?: Aggregate;
}

const one = lit("bigint", 1);
const none = lit("bigint", 0);
const rollupRows = column("charge_rows", "bigint");
const cost = (name: CostName): Expr<"decimal"> => column(name, "decimal");
const nulls = (name: CostName): Expr<"bigint"> => column(`${name}_nulls`, "bigint");

const sum = (of: Expr, where?: Expr<"boolean">): Aggregate =>
  where === undefined ? { fn: "sum", of } : { fn: "sum", of, where };
const count = (of: Expr, where?: Expr<"boolean">): Aggregate =>
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
  return [
    { id: `sum:${name}`, kind: "quantity", charges: sum(quantity) },
    { id: `known:${name}`, kind: "count", charges: count(quantity) },
    { id: `least:${unitName}`, kind: "text", charges: { fn: "min", of: unit, where: has } },
    { id: `greatest:${unitName}`, kind: "text", charges: { fn: "max", of: unit, where: has } },
  ];
};

const list = cost("ListCost");
const effective = cost("EffectiveCost");
const saved = minus(list, effective);

/** Σ EffectiveCost of the listed charges; with every effective cost known it is the other half of savings. */
const listedEffective = column("EffectiveCost_listed", "decimal");
const allEffective = eq(nulls("EffectiveCost"), none);
const someListed = lt(nulls("ListCost"), rollupRows);

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
    charges: sum(effective, isNull(list)),
    daily: sum(minus(effective, coalesce(listedEffective, zero)), gt(nulls("ListCost"), none)),
  },
];

/** Rollup rows that can't tell their savings: some listed charges lack an effective cost. */
const isMixed = and(gt(nulls("EffectiveCost"), none), lt(nulls("EffectiveCost"), rollupRows), someListed);

const all: readonly Part[] = [
  { id: "rows", kind: "count", charges: count(one), daily: sum(rollupRows) },
  ...costParts("BilledCost"),
  ...costParts("EffectiveCost"),
  ...costParts("ListCost"),
  ...costParts("ContractedCost"),
  ...savingsParts,
  {
    id: "priced-cost",
    kind: "money",
    charges: sum(effective, isNotNull(column("PricingQuantity", "decimal"))),
  },
  ...quantityParts("ConsumedQuantity", "ConsumedUnit"),
  ...quantityParts("PricingQuantity", "PricingUnit"),
  { id: "mixed", kind: "count", charges: sum(none), daily: count(one, isMixed) },
];

const byId: ReadonlyMap<PartId, Part> = new Map(all.map((part) => [part.id, part]));

export const partOf = (id: PartId): Part => {
  const part = byId.get(id);
  if (part === undefined) throw new TypeError(`No part ${id}`);
  return part;
};

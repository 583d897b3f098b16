import {
  call,
  cases,
  coalesce,
  concat,
  type Expr,
  eq,
  isNotNull,
  lit,
  ne,
  nullIf,
  text,
  times,
  tryCast,
  zero,
} from "../../sql/expr.ts";
import { lookUp } from "../shared/lookup.ts";
import type { AzureColumns } from "./azure-columns.ts";
import { BLOCKS, UNITS } from "./data/pricing-units.ts";

export interface AzurePricing {
  readonly consumedQuantity: Expr<"decimal">;
  readonly consumedUnit: Expr<"text">;
  readonly pricingQuantity: Expr<"decimal">;
  readonly pricingUnit: Expr<"text">;
  readonly listUnitPrice: Expr<"decimal">;
  readonly contractedUnitPrice: Expr<"decimal">;
  readonly listCost: Expr<"decimal">;
  readonly contractedCost: Expr<"decimal">;
  /** Prices before conversion, where the price list has a currency of its own. */
  readonly inPricingCurrency: { readonly list: Expr<"decimal">; readonly contracted: Expr<"decimal"> };
}

const decimalOf = (value: string): Expr<"decimal"> => lit("decimal", value);

const scaled = (value: Expr<"decimal">, factor: Expr<"decimal">): Expr<"decimal"> =>
  cases("decimal", [[isNotNull(factor), times(value, factor)]], value);

/** 1 ÷ size; every block size of the table has an end within 12 places. */
const reciprocal = (size: string): string => {
  const digits = (10n ** 12n / BigInt(size)).toString().padStart(13, "0");
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`;
};

const SEPARATOR = "\t";

/** UnitOfMeasure → unit, units per counted block, block size of the price list, its reciprocal. */
const unitTable = (): readonly (readonly [string, string])[] => {
  const counted = new Map<string, string>();
  const priced = new Map<string, string>();
  for (const [size, units] of BLOCKS.quantityInBlocks) for (const unit of units) counted.set(unit, size);
  for (const [size, units] of BLOCKS.quantityInUnits) for (const unit of units) priced.set(unit, size);
  return Object.entries(UNITS).flatMap(([name, units]) =>
    units.map((unit) => {
      const size = priced.get(unit);
      const parts = [name, counted.get(unit) ?? "", size ?? "", size === undefined ? "" : reciprocal(size)];
      return [unit, parts.join(SEPARATOR)] as const;
    }),
  );
};

const known = (price: Expr<"decimal">): Expr<"decimal"> => nullIf(price, zero);

/**
 * Quantities and prices. Cost = Quantity × price in every row, so costs need no block size. PricingQuantity is
 * ConsumedQuantity ÷ block size of UnitOfMeasure. Of "100 Hours" the Quantity counts hours and the price is per hour;
 * of "10K" both are of the block: list prices of such meters are published per 10,000 operations.
 * A price of 0 is no price.
 * @see https://learn.microsoft.com/azure/cost-management-billing/automate/automation-ingest-usage-details-overview
 *   pricing behaviour: PayGPrice is filled only for on-demand usage (read 2026-11-21)
 */
export const azurePricing = (columns: AzureColumns): AzurePricing => {
  const { input } = columns;
  const unit = input.define("unit", call("text", "trim", columns.text("unit")));
  const entry = input.define("unitEntry", lookUp(unit, unitTable()));
  const entryPart = (index: number) =>
    nullIf(call("text", "splitPart", entry, text(SEPARATOR), lit("bigint", index)), text(""));
  const factor = (name: string, index: number) => input.define(name, tryCast("decimal", entryPart(index)));
  const counted = factor("countedBlock", 2);
  const priced = factor("pricedBlock", 3);
  const shrink = factor("perBlock", 4);
  const consumedUnit = coalesce(entryPart(1), unit);
  const block = coalesce(entryPart(2), entryPart(3));
  const quantity = columns.decimal("quantity");
  const rate = exchangeRate(columns);
  const converted = (price: Expr<"decimal">) => (rate === undefined ? price : times(price, rate));
  const listPrice = known(columns.decimal("listPrice"));
  const unitPrice = known(columns.decimal("unitPrice"));
  const list = input.define("listPrice", converted(listPrice));
  const contracted = input.define("unitPrice", converted(unitPrice));
  const perBlock = (price: Expr<"decimal">) => scaled(price, priced);
  return {
    consumedQuantity: scaled(quantity, counted),
    consumedUnit,
    pricingQuantity: scaled(quantity, shrink),
    pricingUnit: cases("text", [[isNotNull(block), concat(block, text(" "), consumedUnit)]], consumedUnit),
    listUnitPrice: perBlock(list),
    contractedUnitPrice: perBlock(contracted),
    listCost: coalesce(known(columns.decimal("listCost")), times(list, quantity)),
    contractedCost: times(contracted, quantity),
    inPricingCurrency: { list: perBlock(listPrice), contracted: perBlock(unitPrice) },
  };
};

/** Billing currency per unit of pricing currency; undefined where prices already are in the billing currency. */
const exchangeRate = (columns: AzureColumns): Expr<"decimal"> | undefined => {
  if (!columns.has("pricingCurrency")) return undefined;
  const sameCurrency = eq(columns.text("pricingCurrency"), columns.text("currency"));
  const stated = cases("decimal", [
    [ne(columns.decimal("exchangeRate"), zero), columns.decimal("exchangeRate")],
  ]);
  return columns.input.define(
    "exchangeRate",
    coalesce(stated, cases("decimal", [[sameCurrency, decimalOf("1")]])),
  );
};

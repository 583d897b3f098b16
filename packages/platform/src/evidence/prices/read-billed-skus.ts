import {
  addMonths,
  type Decimal,
  dayOf,
  decimal,
  firstDayOf,
  type Instant,
  type Month,
  monthOf,
  type Period,
} from "@trimtab/domain";
import { coverageOf } from "../../query/coverage.ts";
import type { EngineSnapshot, QueryEngine } from "../../query/engines/engine.ts";
import { startOf, timestampText } from "../../query/periods.ts";
import type { Segment } from "../../query/segments.ts";
import type { QueryContext } from "../../query/types.ts";
import {
  and,
  cases,
  column,
  ge,
  gt,
  isNotNull,
  isNull,
  isOneOf,
  or,
  param,
  type QueryExpr,
  text,
  zero,
} from "../../sql/expr.ts";
import {
  type ChargeQuestion,
  extraColumn,
  inScope,
  isUsage,
  segmentIn,
  selectCharges,
  within,
} from "../charges/select-charges.ts";
import type { Sku } from "./sku.ts";

/** How much was used of a SKU at one price in one month. */
export interface BilledSku extends Sku {
  readonly billingAccount: string | null;
  readonly currency: string;
  readonly region: string | null;
  readonly skuId: string | null;
  readonly skuPriceId: string | null;
  readonly unit: string | null;
  /** `Dynamic` is spot. */
  readonly pricingCategory: string | null;
  readonly contractedUnitPrice: Decimal | null;
  /** Credits that these rows carry: `free` tiers and other discounts, or `sustained` use. */
  readonly credit: "none" | "free" | "sustained";
  readonly month: Month;
  readonly effective: Decimal | null;
  readonly quantity: Decimal;
  readonly rows: number;
  /** Newest moment of use. */
  readonly lastUsed: Instant;
}

/** Months of usage that are looked at, and up to where they are complete. */
export interface BilledSkus {
  readonly skus: readonly BilledSku[];
  /** Newest first; the first of these that has an item's usage tells its price. */
  readonly months: readonly { readonly month: Month; readonly isComplete: boolean }[];
  /** Which billing account pays for an account or project. */
  readonly billingAccounts: ReadonlyMap<string, string>;
}

/** How many complete months back a price may be found. */
const MONTHS_BACK = 3;

const SERVICES = [
  "Cloud Run",
  "Cloud SQL",
  "Compute Engine",
  "Networking",
  "Amazon Elastic Compute Cloud",
  "Amazon Virtual Private Cloud",
  "Elastic Load Balancing",
  "Amazon Relational Database Service",
];

/** On-demand usage of the services that have items, by SKU and price. What commitments cover has no on-demand price. */
export const readBilledSkus = async (engine: QueryEngine, context: QueryContext): Promise<BilledSkus> => {
  const snapshot = await engine.snapshot(context.lakeVersion);
  const months = monthsOf(snapshot, context.now);
  const newest = months[0];
  const oldest = months.at(-1);
  if (newest === undefined || oldest === undefined) return { skus: [], months, billingAccounts: new Map() };
  const period = { start: firstDayOf(oldest.month), end: firstDayOf(addMonths(newest.month, 1)) };
  const question = { engine, context, snapshot };
  const segment = segmentIn(question, period);
  if (segment.loads.length === 0) return { skus: [], months, billingAccounts: new Map() };
  const skus = await readSkuRows(question, segment, period, months);
  const accounts = await readAccountRows(question, segment, period);
  const complete = months.filter(({ isComplete }) => isComplete);
  const order = [...complete, ...months.filter(({ isComplete }) => !isComplete)];
  return {
    skus: skus.map(toSku),
    months: order,
    billingAccounts: new Map(accounts.map(([account, billing]) => [String(account), String(billing)])),
  };
};

const monthsOf = (snapshot: EngineSnapshot, now: Instant): BilledSkus["months"] => {
  const { completeTo } = coverageOf(snapshot.manifest.loads, [], now);
  if (completeTo === null) return [];
  const running = monthOf(dayOf(completeTo));
  const back = Array.from({ length: MONTHS_BACK }, (_, index) => ({
    month: addMonths(running, -index - 1),
    isComplete: true,
  }));
  return [{ month: running, isComplete: false }, ...back];
};

const monthExpr = (months: BilledSkus["months"]): QueryExpr<"text"> =>
  cases(
    "text",
    months.map(({ month }) => [
      ge(
        column("ChargePeriodStart", "timestamp"),
        param("timestamp", timestampText(startOf(firstDayOf(month)))),
      ),
      text(month),
    ]),
  );

const onDemandUsage = (): QueryExpr<"boolean"> => {
  const pricing = column("PricingCategory", "text");
  return and(
    isUsage(),
    isNull(column("ChargeClass", "text")),
    isNull(column("CommitmentDiscountId", "text")),
    or(isNull(pricing), isOneOf(pricing, "Standard", "Dynamic")),
    gt(column("PricingQuantity", "decimal"), zero),
    isOneOf(column("ServiceName", "text"), ...SERVICES),
  );
};

const readSkuRows = (
  question: ChargeQuestion,
  segment: Segment,
  period: Period,
  months: BilledSkus["months"],
) => {
  const leaf = (key: string) => extraColumn(segment, key);
  const credit = cases(
    "text",
    [
      [isNotNull(leaf("x_SustainedUseCredit")), text("sustained")],
      [isNotNull(leaf("x_DiscountCredit")), text("free")],
    ],
    text("none"),
  );
  const keys: readonly QueryExpr[] = [
    column("ServiceName", "text"),
    column("SkuMeter", "text"),
    column("ChargeDescription", "text"),
    leaf("x_Operation"),
    column("SkuPriceDetails", "text"),
    column("BillingAccountId", "text"),
    column("BillingCurrency", "text"),
    column("RegionId", "text"),
    column("SkuId", "text"),
    column("SkuPriceId", "text"),
    column("PricingUnit", "text"),
    column("PricingCategory", "text"),
    column("ContractedUnitPrice", "decimal"),
    credit,
    monthExpr(months),
  ];
  const { aggregate, quoteIdent } = question.engine.dialect;
  const cost = quoteIdent("EffectiveCost");
  const sums = [
    aggregate("sum", cost),
    aggregate("count", "*", `${cost} IS NULL`),
    aggregate("sum", quoteIdent("PricingQuantity")),
    aggregate("count", "*"),
    aggregate("max", quoteIdent("ChargePeriodStart")),
  ];
  const where = and(within(period), onDemandUsage(), ...inScope(question, segment));
  return selectCharges(question, { segment, keys, sums, where });
};

const readAccountRows = (question: ChargeQuestion, segment: Segment, period: Period) => {
  const keys = [column("SubAccountId", "text"), column("BillingAccountId", "text")] as const;
  const known = keys.map((key) => isNotNull(key));
  const where = and(within(period), ...known, ...inScope(question, segment));
  return selectCharges(question, { segment, keys, sums: [], where });
};

const toSku = (row: readonly unknown[]): BilledSku => {
  const cell = (index: number): string | null => {
    const value = row[index];
    return value === null || value === undefined || value === "" ? null : String(value);
  };
  const price = cell(12);
  const hasCost = Number(row[16]) === 0;
  return {
    service: cell(0),
    meter: cell(1),
    description: cell(2),
    operation: cell(3),
    details: cell(4),
    billingAccount: cell(5),
    currency: cell(6) ?? "",
    region: cell(7),
    skuId: cell(8),
    skuPriceId: cell(9),
    unit: cell(10),
    pricingCategory: cell(11),
    contractedUnitPrice: price === null ? null : decimal(price),
    credit: (cell(13) ?? "none") as BilledSku["credit"],
    month: (cell(14) ?? "") as Month,
    effective: hasCost ? decimal(cell(15) ?? "0") : null,
    quantity: decimal(cell(17) ?? "0"),
    rows: Number(row[18]),
    lastUsed: `${String(row[19]).slice(0, 19).replace(" ", "T")}Z` as Instant,
  };
};

import type { ChargeColumns } from "../../lake/source-definition.ts";
import {
  and,
  call,
  cases,
  coalesce,
  type Expr,
  eq,
  isNotNull,
  isNull,
  lit,
  ne,
  not,
  nullOf,
  or,
  text,
  zero,
} from "../../sql/expr.ts";
import { jsonObject, type Pairs } from "../../sql/mapping-expr.ts";
import type { CurColumn, CurColumns } from "./cur-columns.ts";
import { chargeCategory, chargeClass, chargeFrequency, pricingCategory } from "./kinds.ts";
import type { LineItem } from "./line-item.ts";
import {
  COVERED_BY_RESERVATION,
  COVERED_BY_SAVINGS_PLAN,
  DISCOUNTS,
  FEE,
  RESERVATION_FEE,
  SAVINGS_PLAN_FEE,
  SAVINGS_PLAN_UPFRONT,
  USAGE,
} from "./line-item-types.ts";
import type { Money } from "./money.ts";
import { readService } from "./services.ts";
import { readTags } from "./tags.ts";

const MARKETPLACE = "AWS Marketplace";

export const hasListPrices = (cur: CurColumns): boolean => cur.has("pricing/publicOnDemandCost");

/** The list price's amount, or null where AWS gives none: Parquet reports write 0 for "no value". */
const listCost = (cur: CurColumns, row: LineItem, money: Money): Expr<"decimal"> => {
  const amount = cur.decimal("pricing/publicOnDemandCost");
  const isFree = and(row.is(USAGE), eq(money.cash.value, zero));
  const isKnown = or(ne(amount, zero), isNotNull(cur.text("pricing/publicOnDemandRate")), isFree);
  const isUsage = row.is(USAGE, COVERED_BY_RESERVATION, COVERED_BY_SAVINGS_PLAN);
  return cases(
    "decimal",
    [
      [and(isUsage, isKnown), amount],
      [isUsage, nullOf("decimal")],
      // A discount takes off a list price, it has none.
      [row.is(...DISCOUNTS), zero],
    ],
    money.billed.value,
  );
};

/**
 * The cost at the negotiated price, commitments left out. On-demand and plan-covered rows carry it as their own cost;
 * of reservation-covered rows the report tells only the list price, which is the contracted one without discounts.
 */
const contractedCost = (row: LineItem, money: Money, list: Expr<"decimal">): Expr<"decimal"> =>
  cases(
    "decimal",
    [
      [row.is(USAGE, COVERED_BY_SAVINGS_PLAN), money.cash.value],
      [row.is(COVERED_BY_RESERVATION), money.isNet ? nullOf("decimal") : list],
    ],
    money.billed.value,
  );

const resourceType = (id: Expr<"text">): Expr<"text"> => {
  const startsWith = (prefix: string) => call("boolean", "startsWith", id, text(prefix));
  const piece = (value: Expr<"text">, by: string, position: number) =>
    call("text", "splitPart", value, text(by), lit("bigint", position));
  return cases("text", [
    [startsWith("arn:"), piece(piece(id, ":", 6), "/", 1)],
    [startsWith("i-"), text("instance")],
    [startsWith("vol-"), text("volume")],
  ]);
};

const commitment = (row: LineItem, currency: Expr<"text">, cur: CurColumns, money: Money): ChargeColumns => {
  const isReservation = and(
    isNotNull(row.reservationArn),
    row.is(COVERED_BY_RESERVATION, RESERVATION_FEE, FEE),
  );
  const isPlan = and(
    isNotNull(row.savingsPlanArn),
    row.is(COVERED_BY_SAVINGS_PLAN, SAVINGS_PLAN_FEE, SAVINGS_PLAN_UPFRONT),
  );
  const either = <T extends Expr>(plan: T, reservation: T) =>
    cases(plan.type, [
      [isPlan, plan],
      [isReservation, reservation],
    ]);
  const usage = cur.decimal("lineItem/UsageAmount");
  const planQuantity = cases(
    "decimal",
    [[row.is(COVERED_BY_SAVINGS_PLAN), money.effective.value]],
    cur.decimal("savingsPlan/TotalCommitmentToDate"),
  );
  return {
    CommitmentDiscountId: either(row.savingsPlanArn, row.reservationArn),
    CommitmentDiscountCategory: either(text("Spend"), text("Usage")),
    CommitmentDiscountType: either(text("Savings Plan"), text("Reserved Instance")),
    CommitmentDiscountStatus: cases("text", [
      [row.is(COVERED_BY_SAVINGS_PLAN, COVERED_BY_RESERVATION), text("Used")],
    ]),
    CommitmentDiscountQuantity: either(planQuantity, usage),
    CommitmentDiscountUnit: either(currency, coalesce(cur.text("pricing/unit"), text("Hrs"))),
  };
};

/** @see https://focus.finops.org, column SkuPriceDetails of 1.4: keys in Pascal case (read 2026-11-21) */
const skuPriceDetails = (cur: CurColumns): Expr<"text"> => {
  const instanceType = cur.product("instanceType");
  const details = jsonObject({
    InstanceType: instanceType,
    InstanceSeries: cur.product("instanceTypeFamily"),
    CoreCount: cur.product("vcpu"),
    MemorySize: cur.product("memory"),
    OperatingSystem: cur.product("operatingSystem"),
    x_DatabaseEngine: cur.product("databaseEngine"),
    x_DeploymentOption: cur.product("deploymentOption"),
  });
  return cases("text", [[isNotNull(instanceType), details]]);
};

const parties = (cur: CurColumns): ChargeColumns => {
  const seller = cur.text("lineItem/LegalEntity");
  const isMarketplace = and(
    isNotNull(seller),
    eq(coalesce(cur.text("bill/BillingEntity"), text("AWS")), text(MARKETPLACE)),
  );
  return {
    InvoiceIssuerName: coalesce(cur.text("bill/InvoicingEntity"), seller, text("Amazon Web Services, Inc.")),
    ServiceProviderName: cases("text", [[isMarketplace, seller]], text("AWS")),
    HostProviderName: cases("text", [[not(isMarketplace), text("AWS")]]),
  };
};

const capacity = (cur: CurColumns): ChargeColumns => {
  const id = cur.text("capacityReservation/CapacityReservationArn");
  const isUnused = eq(coalesce(cur.product("capacitystatus"), text("")), text("UnusedCapacityReservation"));
  return {
    CapacityReservationId: id,
    CapacityReservationStatus: cases(
      "text",
      [
        [isNull(id), nullOf("text")],
        [isUnused, text("Unused")],
      ],
      text("Used"),
    ),
  };
};

const quantities = (cur: CurColumns, row: LineItem, money: Money): ChargeColumns => {
  const isUsage = row.is(USAGE, COVERED_BY_RESERVATION, COVERED_BY_SAVINGS_PLAN);
  const isPriced = or(isUsage, row.is(FEE, RESERVATION_FEE, SAVINGS_PLAN_FEE, SAVINGS_PLAN_UPFRONT));
  const amount = cur.decimal("lineItem/UsageAmount");
  const unit = cur.text("pricing/unit");
  const rate = money.isNet
    ? coalesce(cur.decimal("lineItem/NetUnblendedRate"), cur.decimal("lineItem/UnblendedRate"))
    : cur.decimal("lineItem/UnblendedRate");
  return {
    PricingQuantity: cases("decimal", [[isPriced, amount]]),
    PricingUnit: cases("text", [[isPriced, unit]]),
    ConsumedQuantity: cases("decimal", [[isUsage, amount]]),
    ConsumedUnit: cases("text", [[isUsage, unit]]),
    ListUnitPrice: cases("decimal", [[isUsage, cur.decimal("pricing/publicOnDemandRate")]]),
    ContractedUnitPrice: cases("decimal", [[row.is(USAGE, COVERED_BY_SAVINGS_PLAN), rate]]),
  };
};

/**
 * What FOCUS has no column for and a reader may still ask. The rest of a report, a hundred attributes of the product,
 * follows from the SKU; as map entries of every row they would cost many times the load itself.
 */
const KEPT = [
  ["x_LineItemType", "lineItem/LineItemType"],
  ["x_Operation", "lineItem/Operation"],
  ["x_ProductFamily", "product/productFamily"],
  ["x_TaxType", "lineItem/TaxType"],
  ["x_PurchaseOption", "pricing/PurchaseOption"],
  ["x_PaymentOption", "savingsPlan/PaymentOption"],
  ["x_SavingsPlanEnd", "savingsPlan/EndTime"],
  ["x_ReservationEnd", "reservation/EndTime"],
] as const satisfies readonly (readonly [string, CurColumn])[];

/** Cost categories and discounts are a customer's own: all of them are kept, under their own names. */
const ownColumn = /^(?:costCategory\/|cost_?category(?:_|$)|discount(?:[/_]|$))/i;

const extraColumns = (cur: CurColumns): Pairs => {
  const kept = KEPT.filter(([, column]) => cur.mayHold(column)).map(
    ([name, column]) => [name, cur.text(column)] as const,
  );
  const own = cur.input.header.columns
    .filter(({ name, empty }) => ownColumn.test(name) && empty !== true)
    .map(({ name }) => [name, cur.input.text(name)] as const);
  return Object.fromEntries([...kept, ...own]);
};

/** The columns of an ordinary line item; other branches change what differs. */
export const chargeColumns = (cur: CurColumns, row: LineItem, money: Money): ChargeColumns => {
  const service = readService(cur, row);
  const list = cur.input.define("list", listCost(cur, row, money));
  return {
    BillingAccountName: cur.text("bill/PayerAccountName"),
    BillingPeriodEnd: row.billingPeriodEnd,
    SubAccountId: row.usageAccount,
    SubAccountName: cur.text("lineItem/UsageAccountName"),
    InvoiceId: cur.text("bill/InvoiceId"),
    ...parties(cur),
    ChargePeriodStart: row.start,
    ChargePeriodEnd: row.end,
    ChargeCategory: chargeCategory(row),
    ChargeClass: chargeClass(row),
    ChargeFrequency: chargeFrequency(row),
    ChargeDescription: cur.text("lineItem/LineItemDescription"),
    PricingCategory: pricingCategory(cur, row),
    ServiceName: service.name,
    ServiceCategory: service.category,
    ServiceSubcategory: service.subcategory,
    SkuId: cur.product("sku"),
    SkuMeter: row.usageType,
    SkuPriceId: coalesce(cur.text("pricing/RateCode"), cur.text("pricing/RateId")),
    SkuPriceDetails: skuPriceDetails(cur),
    RegionId: coalesce(cur.product("regionCode"), cur.product("region")),
    RegionName: cur.product("location"),
    AvailabilityZone: cur.text("lineItem/AvailabilityZone"),
    ResourceId: row.resourceId,
    ResourceType: resourceType(row.resourceId),
    ...commitment(row, row.currency, cur, money),
    ...capacity(cur),
    ...quantities(cur, row, money),
    BilledCost: money.billed.value,
    EffectiveCost: money.effective.value,
    ListCost: hasListPrices(cur) ? list : nullOf("decimal"),
    ContractedCost: contractedCost(row, money, list),
    Tags: readTags(cur),
    extra: extraColumns(cur),
  };
};

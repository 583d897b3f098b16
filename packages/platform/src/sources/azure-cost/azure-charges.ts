import type { ChargeColumns } from "../../lake/source-definition.ts";
import {
  and,
  call,
  cases,
  coalesce,
  concat,
  type Expr,
  eq,
  isNotNull,
  isNull,
  isOneOf,
  lit,
  lower,
  not,
  nullOf,
  or,
  text,
} from "../../sql/expr.ts";
import type { Pairs } from "../../sql/mapping-expr.ts";
import { lookUp } from "../shared/lookup.ts";
import { type AzureColumns, type AzureField, spellingOf } from "./azure-columns.ts";
import { azurePricing } from "./azure-pricing.ts";
import { azureResource, stated } from "./azure-resources.ts";
import type { RowKinds } from "./azure-roles.ts";

const days = (count: number) => lit("bigint", count);
const nextDay = (time: Expr<"timestamp">): Expr<"timestamp"> => call("timestamp", "addDays", time, days(1));
const month = (time: Expr<"timestamp">): Expr<"timestamp"> =>
  call("timestamp", "dateTrunc", text("month"), time);
const has = (value: Expr<"text">, piece: string): Expr<"boolean"> =>
  call("boolean", "contains", value, text(piece));

/**
 * Who bills, and since when: the replacement key. Microsoft Customer Agreements bill per billing profile, Enterprise
 * Agreements per enrolment, pay-as-you-go per subscription.
 */
export const azureAccount = (columns: AzureColumns): Expr<"text"> => {
  const billing = isCustomerAgreement(columns) ? columns.text("profile") : columns.text("account");
  return coalesce(
    billing,
    columns.text("account"),
    columns.text("profile"),
    columns.text("subscription"),
    text("unknown"),
  );
};

const isCustomerAgreement = (columns: AzureColumns): boolean => columns.has("costInPricingCurrency");

/** Older pay-as-you-go schemas say no billing period; it is then the calendar month. */
export const azureBillingPeriod = (columns: AzureColumns): Expr<"timestamp"> =>
  coalesce(columns.date("periodStart"), month(columns.date("date", true)));

const billingPeriodEnd = (columns: AzureColumns): Expr<"timestamp"> =>
  coalesce(
    nextDay(columns.date("periodEnd")),
    call("timestamp", "addMonths", azureBillingPeriod(columns), days(1)),
  );

/** Tags may lack their braces. What then is no JSON object is kept whole under one key. */
const azureTags = (columns: AzureColumns): Expr<"map"> => {
  if (columns.typeOf("tags") !== "VARCHAR") return columns.map("tags");
  const raw = call("text", "trim", columns.text("tags"));
  const braced = cases(
    "text",
    [[call("boolean", "startsWith", raw, text("{")), raw]],
    concat(text("{"), raw, text("}")),
  );
  const parsed = columns.input.define("tags", call("map", "jsonToMap", braced));
  const kept = call("map", "mapFromPairs", text("x_unreadable"), raw);
  return coalesce(parsed, cases("map", [[isNotNull(raw), kept]]));
};

const commitment = (columns: AzureColumns, kinds: RowKinds): ChargeColumns => {
  const id = coalesce(columns.text("benefit"), columns.text("reservation"));
  const path = lower(coalesce(columns.text("benefit"), columns.text("resource"), text("")));
  const model = lower(coalesce(columns.text("pricingModel"), text("")));
  const isSpend = or(has(path, "/microsoft.billingbenefits/"), eq(model, text("savingsplan")));
  const when = (value: Expr<"text">) => cases("text", [[kinds.committed, value]]);
  return {
    CommitmentDiscountId: when(id),
    CommitmentDiscountName: when(coalesce(columns.text("benefitName"), columns.text("reservationName"))),
    CommitmentDiscountCategory: when(cases("text", [[isSpend, text("Spend")]], text("Usage"))),
    CommitmentDiscountType: when(cases("text", [[isSpend, text("Savings Plan")]], text("Reservation"))),
    CommitmentDiscountStatus: cases("text", [
      [kinds.unused, text("Unused")],
      [kinds.covered, text("Used")],
    ]),
  };
};

/** @see https://learn.microsoft.com/cloud-computing/finops/focus/convert (read 2026-11-21) */
const classification = (columns: AzureColumns, kinds: RowKinds): ChargeColumns => {
  const chargeType = lower(coalesce(columns.text("chargeType"), text("usage")));
  const frequency = lower(coalesce(columns.text("frequency"), text("usagebased")));
  const model = lower(coalesce(columns.text("pricingModel"), text("")));
  const category = [
    ["usage", "Usage"],
    ["unusedreservation", "Usage"],
    ["unusedsavingsplan", "Usage"],
    ["purchase", "Purchase"],
    ["refund", "Purchase"],
    ["tax", "Tax"],
    ["credit", "Credit"],
  ] as const;
  const priced = isOneOf(chargeType, "usage", "unusedreservation", "unusedsavingsplan", "purchase", "refund");
  return {
    ChargeCategory: coalesce(lookUp(chargeType, category), text("Adjustment")),
    ChargeClass: cases("text", [[eq(chargeType, text("refund")), text("Correction")]]),
    ChargeDescription: coalesce(
      stated(columns, "product"),
      stated(columns, "meterName"),
      columns.text("benefitName"),
    ),
    ChargeFrequency: lookUp(frequency, [
      ["usagebased", "Usage-Based"],
      ["recurring", "Recurring"],
      ["onetime", "One-Time"],
    ]),
    PricingCategory: cases("text", [
      [not(priced), nullOf("text")],
      [kinds.bought, text("Standard")],
      [kinds.committed, text("Committed")],
      [eq(model, text("spot")), text("Dynamic")],
      [isOneOf(model, "ondemand", "on demand", ""), text("Standard")],
      [isNotNull(model), text("Other")],
    ]),
  };
};

const parties = (columns: AzureColumns): ChargeColumns => {
  const isMarketplace = eq(lower(coalesce(columns.text("publisherType"), text(""))), text("marketplace"));
  const seller = coalesce(stated(columns, "publisher"), text("Microsoft"));
  return {
    ServiceProviderName: cases("text", [[isMarketplace, seller]], text("Microsoft")),
    HostProviderName: text("Microsoft"),
    InvoiceIssuerName: coalesce(columns.text("partner"), text("Microsoft")),
  };
};

const prices = (columns: AzureColumns, kinds: RowKinds): ChargeColumns => {
  const pricing = azurePricing(columns);
  const isUsage = and(
    not(kinds.unused),
    eq(lower(coalesce(columns.text("chargeType"), text("usage"))), text("usage")),
  );
  const whenUsage = <T extends "decimal" | "text">(value: Expr<T>) => cases(value.type, [[isUsage, value]]);
  return {
    ConsumedQuantity: whenUsage(pricing.consumedQuantity),
    ConsumedUnit: whenUsage(pricing.consumedUnit),
    PricingQuantity: pricing.pricingQuantity,
    PricingUnit: pricing.pricingUnit,
    ListUnitPrice: pricing.listUnitPrice,
    ContractedUnitPrice: pricing.contractedUnitPrice,
    ListCost: pricing.listCost,
    ContractedCost: pricing.contractedCost,
    ...(isCustomerAgreement(columns)
      ? {
          PricingCurrency: columns.text("pricingCurrency"),
          PricingCurrencyListUnitPrice: pricing.inPricingCurrency.list,
          PricingCurrencyContractedUnitPrice: pricing.inPricingCurrency.contracted,
        }
      : {}),
  };
};

/** Read for FOCUS columns or for comparing rows, and still kept as they are. */
const KEPT: readonly AzureField[] = [
  "chargeType",
  "pricingModel",
  "unit",
  "meterCategory",
  "consumedService",
  "publisherType",
  "publisher",
  "partNumber",
  "additionalInfo",
  "serviceInfo",
  "offer",
  "invoiceSection",
  "costCenter",
];

/** What no FOCUS column holds. Call it after everything else has been asked for. */
export const azureExtra = ({ input }: AzureColumns): Pairs =>
  input.rest(...KEPT.flatMap((field) => spellingOf(input.header, field) ?? []));

/** All columns of a charge but its four costs' meaning: BilledCost and EffectiveCost depend on the export. */
export const azureCharge = (columns: AzureColumns, kinds: RowKinds): ChargeColumns => {
  const resource = azureResource(columns);
  const date = columns.date("date", true);
  const customerAgreement = isCustomerAgreement(columns);
  const subscription = stated(columns, "subscription");
  return {
    BillingAccountId: azureAccount(columns),
    BillingAccountName: columns.text(customerAgreement ? "profileName" : "accountName"),
    BillingAccountType: text(customerAgreement ? "Billing Profile" : "Billing Account"),
    BillingCurrency: columns.text("currency"),
    BillingPeriodStart: azureBillingPeriod(columns),
    BillingPeriodEnd: billingPeriodEnd(columns),
    ChargePeriodStart: date,
    ChargePeriodEnd: nextDay(date),
    InvoiceId: columns.text("invoice"),
    SubAccountId: subscription,
    SubAccountName: stated(columns, "subscriptionName"),
    SubAccountType: cases("text", [[isNull(subscription), nullOf("text")]], text("Subscription")),
    AvailabilityZone: stated(columns, "zone"),
    RegionId: resource.regionId,
    RegionName: resource.regionName,
    ResourceId: columns.text("resource"),
    ResourceName: resource.name,
    ResourceType: resource.type,
    ServiceName: resource.serviceName,
    ServiceCategory: resource.serviceCategory,
    ServiceSubcategory: resource.serviceSubcategory,
    SkuId: stated(columns, columns.has("productId") ? "productId" : "partNumber"),
    SkuMeter: stated(columns, "meterName"),
    SkuPriceId: stated(columns, "meterId"),
    Tags: azureTags(columns),
    ...classification(columns, kinds),
    ...commitment(columns, kinds),
    ...parties(columns),
    ...prices(columns, kinds),
  };
};

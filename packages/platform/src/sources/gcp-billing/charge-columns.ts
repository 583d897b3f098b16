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
  lit,
  lower,
  nullIf,
  nullOf,
  or,
  text,
  times,
} from "../../sql/expr.ts";
import { lookUp } from "../shared/lookup.ts";
import { GCP_REGIONS } from "./data/regions.ts";
import { GCP_SERVICE_CATEGORIES } from "./data/service-categories.ts";
import type { ExportRow } from "./rows.ts";

const GOOGLE = text("Google Cloud");

/** Columns that every charge of a row has. */
export const placeColumns = (row: ExportRow): ChargeColumns => {
  const { columns, currency, billingPeriod, usageStart, usageEnd, tags } = row;
  const { input } = columns;
  const service = coalesce(columns.text("service.description"), columns.text("service.id"), GOOGLE);
  const categories = GCP_SERVICE_CATEGORIES.map(([name, ...rest]) => [name, rest.join("|")] as const);
  const found = lookUp(input.define("service key", lower(service)), categories);
  const category = input.define("category", coalesce(found, text("Other|Other (Other)")));
  const region = coalesce(columns.text("location.region"), columns.text("location.location"));
  const regionKey = input.define("region key", lower(region));
  const globalName = columns.text("resource.global_name");
  const reservation = call("text", "mapGet", tags.map, text("compute.googleapis.com/reservation_name"));
  const unused = call("text", "mapGet", tags.map, text("compute.googleapis.com/is_unused_reservation"));
  const thirdParty = call("boolean", "startsWith", columns.text("transaction_type"), text("THIRD_PARTY"));
  return {
    BillingAccountId: row.account,
    BillingAccountType: text("Billing Account"),
    BillingCurrency: currency,
    PricingCurrency: currency,
    BillingPeriodStart: billingPeriod,
    BillingPeriodEnd: call("timestamp", "addMonths", billingPeriod, lit("bigint", 1)),
    ChargePeriodStart: usageStart,
    ChargePeriodEnd: usageEnd,
    ServiceName: service,
    ServiceCategory: call("text", "splitPart", category, text("|"), lit("bigint", 1)),
    ServiceSubcategory: call("text", "splitPart", category, text("|"), lit("bigint", 2)),
    ServiceProviderName: cases("text", [[thirdParty, coalesce(columns.text("seller_name"), GOOGLE)]], GOOGLE),
    HostProviderName: GOOGLE,
    InvoiceIssuerName: GOOGLE,
    SubAccountId: coalesce(columns.text("project.id"), columns.text("project.number")),
    SubAccountName: columns.text("project.name"),
    SubAccountType: cases("text", [[isNotNull(columns.text("project.id")), text("Project")]]),
    RegionId: region,
    RegionName: input.define("region name", coalesce(lookUp(regionKey, Object.entries(GCP_REGIONS)), region)),
    AvailabilityZone: columns.text("location.zone"),
    ResourceId: coalesce(globalName, columns.text("resource.name")),
    ResourceName: columns.text("resource.name"),
    ResourceType: nullIf(
      call("text", "regexpExtract", globalName, text("/([^/]+)/[^/]+$"), lit("bigint", 1)),
      text(""),
    ),
    CapacityReservationId: reservation,
    CapacityReservationStatus: cases("text", [
      [and(isNotNull(reservation), eq(lower(unused), text("true"))), text("Unused")],
      [isNotNull(reservation), text("Used")],
    ]),
    ChargeClass: cases("text", [[row.isCorrection, text("Correction")]]),
    Tags: tags.map,
  };
};

/** Prices are per `pricing_unit_quantity` units; SQL only adds, so a price per several units stays in `x_extra`. */
const unitPrice = (row: ExportRow, path: string): Expr<"decimal"> => {
  const quantity = row.columns.decimal("price.pricing_unit_quantity");
  const one = or(isNull(quantity), eq(quantity, lit("decimal", "1")));
  return cases("decimal", [[one, row.columns.decimal(path)]]);
};

export const priceColumns = (row: ExportRow): ChargeColumns => {
  const { columns, commitments } = row;
  const sku = columns.text("sku.id");
  const tier = columns.text("price.tier_start_amount");
  const model = columns.text("consumption_model.id");
  const spot = call(
    "boolean",
    "regexpMatches",
    lower(columns.text("sku.description")),
    text("\\b(spot|preemptible)\\b"),
  );
  const contracted = columns.has("price.effective_price_default")
    ? unitPrice(row, "price.effective_price_default")
    : unitPrice(row, "price.effective_price");
  return {
    SkuId: sku,
    SkuMeter: columns.text("sku.description"),
    SkuPriceId: concat(sku, text("/"), coalesce(tier, text("")), text("/"), coalesce(model, text(""))),
    ListUnitPrice: unitPrice(row, "price.list_price"),
    ContractedUnitPrice: contracted,
    PricingQuantity: columns.decimal("usage.amount_in_pricing_units"),
    PricingUnit: columns.text("usage.pricing_unit"),
    PricingCategory: cases(
      "text",
      [
        [commitments.isCovered, text("Committed")],
        [commitments.otherModel, text("Other")],
        [spot, text("Dynamic")],
      ],
      text("Standard"),
    ),
  };
};

/** Where the export knows no list price at all, no charge of it has a list cost. */
export const ifListed = (row: ExportRow, value: Expr<"decimal">): Expr<"decimal"> =>
  row.columns.has("cost_at_list", "price.list_price") ? value : nullOf("decimal");

/** Cost at list, and how it was found where the export has no such column. */
export const listCost = (row: ExportRow) => {
  const { columns } = row;
  const exported = columns.decimal("cost_at_list");
  if (!columns.has("price.list_price")) return { value: exported, source: nullOf("text") };
  const computed = times(
    unitPrice(row, "price.list_price"),
    columns.decimal("usage.amount_in_pricing_units"),
  );
  const usable = and(isNull(exported), isNotNull(computed), eq(row.costType, text("regular")));
  return {
    value: coalesce(exported, cases("decimal", [[usable, computed]])),
    source: cases("text", [[usable, text("price.list_price x usage")]]),
  };
};

/** The cost at contracted prices without commitments; before July 2025 `cost` itself. */
export const contractedCost = (row: ExportRow): Expr<"decimal"> => {
  const exported = row.columns.decimal("cost_at_effective_price_default");
  const modelPrice = and(row.commitments.isCovered, isNotNull(row.columns.text("consumption_model.id")));
  return coalesce(exported, cases("decimal", [[modelPrice, nullOf("decimal")]], row.cost));
};

export const commitmentColumns = (row: ExportRow, status: Expr<"text">): ChargeColumns => {
  const { id, name, category } = row.commitments;
  return {
    CommitmentDiscountId: id,
    CommitmentDiscountName: name,
    CommitmentDiscountCategory: category,
    CommitmentDiscountType: cases("text", [
      [eq(category, text("Spend")), text("Spend-based CUD")],
      [eq(category, text("Usage")), text("Resource-based CUD")],
    ]),
    CommitmentDiscountStatus: cases("text", [[isNotNull(id), status]]),
  };
};

/** Spend commitments are counted in money, resource commitments in their own unit. */
export const commitmentQuantity = (row: ExportRow, money: Expr<"decimal">): ChargeColumns => {
  const isSpend = eq(row.commitments.category, text("Spend"));
  const { columns } = row;
  return {
    CommitmentDiscountQuantity: cases(
      "decimal",
      [[isSpend, money]],
      columns.decimal("usage.amount_in_pricing_units"),
    ),
    CommitmentDiscountUnit: cases("text", [[isSpend, row.currency]], columns.text("usage.pricing_unit")),
  };
};

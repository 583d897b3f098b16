import type { Branch, ChargeColumns } from "../../lake/source-definition.ts";
import {
  and,
  call,
  cases,
  coalesce,
  column,
  concat,
  type Expr,
  eq,
  isNotNull,
  isNull,
  isOneOf,
  lit,
  lower,
  ne,
  not,
  nullIf,
  nullOf,
  or,
  text,
  times,
  zero,
} from "../../sql/expr.ts";
import { lookUp } from "../shared/lookup.ts";
import { creditField } from "./credits.ts";
import { GCP_REGIONS } from "./data/regions.ts";
import { GCP_SERVICE_CATEGORIES } from "./data/service-categories.ts";
import { creditSums, type Extra, readExtra } from "./extra.ts";
import type { ExportRow } from "./rows.ts";

const GOOGLE = text("Google Cloud");

/** Columns that several kinds of charge of a row have. */
interface Shared {
  readonly place: ChargeColumns;
  readonly price: ChargeColumns;
  readonly extra: Extra;
}

/** Columns that every charge of a row has. */
const placeColumns = (row: ExportRow): ChargeColumns => {
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

const priceColumns = (row: ExportRow): ChargeColumns => {
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
const ifListed = (row: ExportRow, value: Expr<"decimal">): Expr<"decimal"> =>
  row.columns.has("cost_at_list", "price.list_price") ? value : nullOf("decimal");

/** Cost at list, and how it was found where the export has no such column. */
const listCost = (row: ExportRow) => {
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
const contractedCost = (row: ExportRow): Expr<"decimal"> => {
  const exported = row.columns.decimal("cost_at_effective_price_default");
  const modelPrice = and(row.commitments.isCovered, isNotNull(row.columns.text("consumption_model.id")));
  return coalesce(exported, cases("decimal", [[modelPrice, nullOf("decimal")]], row.cost));
};

const commitmentColumns = (row: ExportRow, status: Expr<"text">): ChargeColumns => {
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
const commitmentQuantity = (row: ExportRow, money: Expr<"decimal">): ChargeColumns => {
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

/** Usage, tax, adjustments and rounding: the row as it is billed, its discounts taken off. */
const chargeBranch = (row: ExportRow, shared: Shared): Branch => {
  const { columns, commitments, costType, net } = row;
  const isUsage = eq(costType, text("regular"));
  const list = listCost(row);
  const priced = cases("boolean", [[isUsage, lit("boolean", true)]], lit("boolean", false));
  const onUsage = <E extends Expr>(value: E): E => cases(value.type, [[priced, value]]) as E;
  const prices = Object.fromEntries(
    Object.entries(shared.price).map(([name, value]) => [name, onUsage(value as Expr)]),
  );
  return {
    name: "charge",
    when: not(commitments.isFee),
    columns: {
      ...shared.place,
      ...prices,
      ...commitmentColumns(row, text("Used")),
      ChargeCategory: cases(
        "text",
        [
          [isUsage, text("Usage")],
          [eq(costType, text("tax")), text("Tax")],
        ],
        text("Adjustment"),
      ),
      ChargeDescription: columns.text("sku.description"),
      ChargeFrequency: cases(
        "text",
        [[isOneOf(costType, "regular", "tax"), text("Usage-Based")]],
        text("One-Time"),
      ),
      ConsumedQuantity: onUsage(columns.decimal("usage.amount")),
      ConsumedUnit: onUsage(columns.text("usage.unit")),
      BilledCost: net,
      EffectiveCost: net,
      ListCost: list.value,
      ContractedCost: contractedCost(row),
      extra: shared.extra.with({ ...creditSums(row), x_ListCostSource: list.source }),
    },
  };
};

/** The fee of a commitment as it stays on the invoice: Effective 0, its cost is carried by other rows. */
const purchaseBranch = (row: ExportRow, shared: Shared): Branch => ({
  name: "commitment purchase",
  when: row.commitments.isFee,
  columns: {
    ...shared.place,
    ...shared.price,
    ...commitmentColumns(row, nullOf("text")),
    ...commitmentQuantity(row, row.cost),
    PricingCategory: text("Standard"),
    ChargeCategory: text("Purchase"),
    ChargeDescription: row.columns.text("sku.description"),
    ChargeFrequency: text("Recurring"),
    BilledCost: row.net,
    EffectiveCost: zero,
    ListCost: ifListed(row, row.net),
    ContractedCost: row.net,
    extra: shared.extra.with(creditSums(row)),
  },
});

/**
 * What the fee buys, Billed 0. New model: usage carries its own discounted cost and the fee less its offset is unused.
 * Legacy model: the credits made usage free, so the fee is the effective cost of what was covered; rows that Google
 * attributed name the SKU, of the others an export does not say whether they were used.
 */
const amortisedBranch = (row: ExportRow, shared: Shared): Branch => {
  const { commitments, net } = row;
  const attributed = isNotNull(commitments.originatingSku);
  const status = cases("text", [
    [commitments.isOffsetModel, text("Unused")],
    [attributed, text("Used")],
  ]);
  return {
    name: "commitment cost",
    when: and(commitments.isFee, ne(net, zero)),
    columns: {
      ...shared.place,
      ...commitmentColumns(row, status),
      ...commitmentQuantity(row, net),
      SkuId: row.columns.text("sku.id"),
      SkuMeter: row.columns.text("sku.description"),
      PricingCategory: text("Committed"),
      ChargeCategory: text("Usage"),
      ChargeDescription: row.columns.text("sku.description"),
      ChargeFrequency: text("Usage-Based"),
      BilledCost: zero,
      EffectiveCost: net,
      ListCost: ifListed(row, zero),
      ContractedCost: zero,
      extra: shared.extra.with({
        x_CommitmentUse: cases(
          "text",
          [
            [commitments.isOffsetModel, text("unused")],
            [attributed, text("used")],
          ],
          text("not told by this export"),
        ),
      }),
    },
  };
};

/** Promotions pay for usage: each is a charge of its own. */
const creditBranch = (row: ExportRow, shared: Shared, list: Expr<"list">): Branch => {
  const credit = column("credit", "struct");
  const amount = creditField(credit, "amount", "decimal");
  return {
    name: "credit",
    each: { list, as: "credit" },
    columns: {
      ...shared.place,
      ChargeClass: nullOf("text"),
      ChargeCategory: text("Credit"),
      ChargeDescription: creditField(credit, "name", "text"),
      ChargeFrequency: text("One-Time"),
      SkuId: row.columns.text("sku.id"),
      BilledCost: amount,
      EffectiveCost: amount,
      ListCost: ifListed(row, amount),
      ContractedCost: amount,
      extra: shared.extra.with({
        x_CreditId: creditField(credit, "id", "text"),
        x_CreditType: nullIf(creditField(credit, "type", "text"), text("")),
        x_CreditFlag: cases("text", [
          [eq(creditField(credit, "kind", "text"), text("unknown")), text("unknown credit type")],
        ]),
      }),
    },
  };
};

/** The kinds of charge that a row of the export becomes. */
export const chargeBranches = (row: ExportRow): readonly Branch[] => {
  const shared: Shared = { place: placeColumns(row), price: priceColumns(row), extra: readExtra(row) };
  const payments = row.credits.payments();
  const own = [chargeBranch(row, shared), purchaseBranch(row, shared), amortisedBranch(row, shared)];
  return payments === undefined ? own : [...own, creditBranch(row, shared, payments)];
};

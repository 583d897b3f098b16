import { call, cases, cast, type Expr, isOneOf, ne, not, nullIf, text, zero } from "../../sql/expr.ts";
import type { CreditKind } from "./credits.ts";
import { ancestorNames, type ExportRow } from "./rows.ts";

/** Google's enumeration; Koku's and other generators add their own. @see detailed-usage `cost_type` (read 2026-11-21) */
const KNOWN_COST_TYPES = ["regular", "tax", "adjustment", "rounding_error"];

/** Columns of the export by the name they have in `x_extra`. */
const PLAIN: Readonly<Record<string, string>> = {
  x_CostType: "cost_type",
  x_ExportTime: "export_time",
  x_CurrencyConversionRate: "currency_conversion_rate",
  x_ServiceId: "service.id",
  x_Location: "location.location",
  x_Country: "location.country",
  x_ProjectNumber: "project.number",
  x_ProjectAncestryNumbers: "project.ancestry_numbers",
  x_InvoicePublisherType: "invoice.publisher_type",
  x_TransactionType: "transaction_type",
  x_SellerName: "seller_name",
  x_AdjustmentId: "adjustment_info.id",
  x_AdjustmentDescription: "adjustment_info.description",
  x_AdjustmentMode: "adjustment_info.mode",
  x_AdjustmentType: "adjustment_info.type",
  x_ConsumptionModelId: "consumption_model.id",
  x_ConsumptionModelDescription: "consumption_model.description",
  x_SubscriptionId: "subscription.instance_id",
  x_CostAtListConsumptionModel: "cost_at_list_consumption_model",
  x_EffectivePrice: "price.effective_price",
  x_ListPrice: "price.list_price",
  x_ListPriceConsumptionModel: "price.list_price_consumption_model",
  x_PriceUnit: "price.unit",
  x_PriceUnitQuantity: "price.pricing_unit_quantity",
  x_PriceTierStartAmount: "price.tier_start_amount",
};

/** What the FOCUS columns are made of. */
const MAPPED_PATHS = [
  ...[
    "billing_account_id",
    "currency",
    "cost",
    "credits",
    "usage_start_time",
    "usage_end_time",
    "invoice.month",
  ],
  ...["service.description", "sku.id", "sku.description", "project.id", "project.name", "project.labels"],
  ...["project.ancestors", "labels", "system_labels", "tags", "location.region", "location.zone"],
  ...["resource.name", "resource.global_name", "usage.amount", "usage.unit", "usage.amount_in_pricing_units"],
  ...[
    "usage.pricing_unit",
    "price.effective_price_default",
    "cost_at_list",
    "cost_at_effective_price_default",
  ],
];

/** Columns that tools write beside the flattened ones; what they hold is read from those. */
const RECORD_COLUMNS = [
  ...["service", "sku", "project", "location", "resource", "price", "usage", "invoice", "subscription"],
  ...["adjustment_info", "consumption_model", "ancestors_resource_name", "ancestors_display_name"],
  ...[
    "labels_key",
    "labels_value",
    "labels_1_key",
    "labels_1_value",
    "system_labels_key",
    "system_labels_value",
  ],
  ...["tags_key", "tags_value", "tags_inherited", "tags_namespace"],
  ...["credits_name", "credits_amount", "credits_full_name", "credits_id", "credits_type"],
];

const SUMS: Readonly<Record<string, readonly CreditKind[]>> = {
  x_CommittedUseCredit: ["resource commitment", "spend commitment"],
  x_FeeUtilizationOffset: ["fee offset"],
  x_SustainedUseCredit: ["sustained use"],
  x_DiscountCredit: ["discount"],
};

/** What the row's credits took off by kind; only the charge that they lower carries it. */
export const creditSums = ({ credits }: ExportRow): Readonly<Record<string, Expr<"text">>> => {
  if (credits.of() === undefined) return {};
  const sums = Object.entries(SUMS).map(([name, kinds]) => {
    const sum = credits.sum(...kinds);
    return [name, cases("text", [[ne(sum, zero), cast("text", sum)]])] as const;
  });
  return Object.fromEntries(sums);
};

const ancestry = ({ ancestors }: ExportRow): Readonly<Record<string, Expr<"text">>> => {
  if (ancestors === undefined) return {};
  const path = (kind: string, name: "resource_name" | "display_name"): Expr<"text"> => {
    const fromTheTop = call("list", "listReverse", ancestorNames(ancestors, kind, name));
    return nullIf(call("text", "listJoin", fromTheTop, text("/")), text(""));
  };
  return {
    x_Folders: path("folders/", "display_name"),
    x_FolderIds: path("folders/", "resource_name"),
    x_Organization: path("organizations/", "display_name"),
    x_OrganizationId: path("organizations/", "resource_name"),
  };
};

const pairsOf = (pairs: Readonly<Record<string, Expr<"text">>>): Expr<"map"> =>
  call("map", "mapFromPairs", ...Object.entries(pairs).flatMap(([name, value]) => [text(name), value]));

/** `x_extra` of all charges of a row: what FOCUS has no column for, flags, and columns that this source does not know. */
export const extraColumns = (row: ExportRow): Expr<"map"> => {
  const { columns, costType } = row;
  const { input } = columns;
  const plain = Object.entries(PLAIN)
    .filter(([, path]) => columns.has(path))
    .map(([name, path]) => [name, columns.text(path)] as const);
  const unknownType = not(isOneOf(costType, ...KNOWN_COST_TYPES));
  columns.touch(...MAPPED_PATHS, ...RECORD_COLUMNS);
  const pairs = pairsOf({
    ...Object.fromEntries(plain),
    ...ancestry(row),
    x_UnreadableLabels: row.tags.unreadable,
    x_BillingPeriodSource: row.periodSource,
    x_Flag: cases("text", [[unknownType, text("unknown cost_type")]]),
  });
  return input.define("extra", call("map", "mapConcat", input.rest(), pairs));
};

/** `x_extra` of one kind of charge. */
export const withMore = (extra: Expr<"map">, more: Readonly<Record<string, Expr<"text">>>): Expr<"map"> =>
  call("map", "mapConcat", extra, pairsOf(more));

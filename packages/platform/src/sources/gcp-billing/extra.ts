import { call, cases, cast, type Expr, isOneOf, ne, not, nullIf, text, zero } from "../../sql/expr.ts";
import type { Pairs } from "../../sql/mapping-expr.ts";
import type { CreditKind } from "./credits.ts";
import type { ExportColumns } from "./export-columns.ts";
import { ancestorNames, type ExportRow } from "./rows.ts";

/** Google's enumeration; Koku's and other generators add their own. @see detailed-usage `cost_type` (read 2026-11-21) */
const KNOWN_COST_TYPES = ["regular", "tax", "adjustment", "rounding_error"];

/** Columns of the export by the name they have in `x_extra`. */
const PLAIN: Readonly<Record<string, string>> = {
  x_CostType: "cost_type",
  x_ExportTime: "export_time",
  x_CurrencyConversionRate: "currency_conversion_rate",
  x_ServiceId: "service.id",
  x_ProjectNumber: "project.number",
  x_ProjectAncestryNumbers: "project.ancestry_numbers",
  x_SellerName: "seller_name",
  x_AdjustmentId: "adjustment_info.id",
  x_AdjustmentDescription: "adjustment_info.description",
  x_AdjustmentMode: "adjustment_info.mode",
  x_AdjustmentType: "adjustment_info.type",
  x_SubscriptionId: "subscription.instance_id",
  x_EffectivePrice: "price.effective_price",
  x_PriceTierStartAmount: "price.tier_start_amount",
};

/** Columns that say something only where they are not what nearly every row has. */
const UNUSUAL: Readonly<Record<string, readonly [path: string, usual: string]>> = {
  x_InvoicePublisherType: ["invoice.publisher_type", "GOOGLE"],
  x_TransactionType: ["transaction_type", "GOOGLE"],
  x_ConsumptionModelDescription: ["consumption_model.description", "Default"],
  x_PriceUnitQuantity: ["price.pricing_unit_quantity", "1"],
};

/** Columns whose value another one has already told, unless it differs. */
const TOLD: Readonly<Record<string, readonly [path: string, by: string]>> = {
  x_Location: ["location.location", "location.region"],
  x_PriceUnit: ["price.unit", "usage.pricing_unit"],
  x_ListPriceConsumptionModel: ["price.list_price_consumption_model", "price.list_price"],
  x_CostAtListConsumptionModel: ["cost_at_list_consumption_model", "cost_at_list"],
};

const columnPairs = (columns: ExportColumns): Readonly<Record<string, Expr<"text">>> => {
  const pairs: Record<string, Expr<"text">> = {};
  for (const [name, path] of Object.entries(PLAIN)) if (columns.has(path)) pairs[name] = columns.text(path);
  for (const [name, [path, usual]] of Object.entries(UNUSUAL))
    if (columns.has(path)) pairs[name] = nullIf(columns.text(path), text(usual));
  for (const [name, [path, by]] of Object.entries(TOLD))
    if (columns.has(path)) pairs[name] = nullIf(columns.text(path), columns.text(by));
  return pairs;
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

/** What is in `x_extra` of all charges of a row, and of one kind of charge beside it. */
export interface Extra {
  with(more: Pairs): Pairs;
}

/** `x_extra`: what FOCUS has no column for, flags, and columns that this source does not know. */
export const readExtra = (row: ExportRow): Extra => {
  const { columns, costType } = row;
  const unknownType = not(isOneOf(costType, ...KNOWN_COST_TYPES));
  const known = columnPairs(columns);
  columns.touch(...MAPPED_PATHS, ...RECORD_COLUMNS);
  const shared: Pairs = {
    ...columns.input.rest(),
    ...known,
    ...ancestry(row),
    x_UnreadableLabels: row.tags.unreadable,
    x_BillingPeriodSource: row.periodSource,
    x_Flag: cases("text", [[unknownType, text("unknown cost_type")]]),
  };
  return { with: (more) => ({ ...shared, ...more }) };
};

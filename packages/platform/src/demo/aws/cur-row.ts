import type { Decimal } from "@trimtab/domain";
import { ACCOUNT, type CurLine, MONTH, PRODUCT_NAMES, REGION } from "../data/securebase.ts";
import { seededHex } from "../random.ts";

export type CurValue = string | Decimal | Readonly<Record<string, string>>;
/** Columns with a value; all others are null. Decimals become numbers of the column's type. */
export type CurRow = Readonly<Record<string, CurValue>>;

export interface CurWindow {
  readonly start: string;
  readonly end: string;
}

const PERIOD = { start: `${MONTH.from}T00:00:00Z`, end: `${MONTH.until}T00:00:00Z` } as const;

/** What every row has: whose bill it is, of which product, and when. */
export function curRow(
  type: string,
  productCode: string,
  window: CurWindow,
  cost: Decimal,
  more: Readonly<Record<string, CurValue | undefined>>,
): CurRow {
  const identity = `${type}/${productCode}/${more.line_item_resource_id ?? ""}/${more.line_item_usage_type ?? ""}/${window.start}`;
  const row = {
    bill_bill_type: type === "Refund" ? "Refund" : "Anniversary",
    bill_billing_entity: "AWS",
    bill_billing_period_end_date: PERIOD.end,
    bill_billing_period_start_date: PERIOD.start,
    bill_invoicing_entity: "Amazon Web Services, Inc.",
    bill_payer_account_id: ACCOUNT,
    bill_payer_account_name: "SecureBase",
    cost_category: {},
    discount: {},
    identity_line_item_id: seededHex(identity, 52),
    identity_time_interval: `${window.start}/${window.end}`,
    line_item_blended_cost: cost,
    line_item_currency_code: "USD",
    line_item_legal_entity: "Amazon Web Services, Inc.",
    line_item_line_item_type: type,
    line_item_product_code: productCode,
    line_item_unblended_cost: cost,
    line_item_usage_account_id: ACCOUNT,
    line_item_usage_account_name: "SecureBase",
    line_item_usage_end_date: window.end,
    line_item_usage_start_date: window.start,
    pricing_currency: "USD",
    product: { product_name: PRODUCT_NAMES[productCode] ?? productCode },
    product_servicecode: productCode,
    resource_tags: {},
    ...more,
  };
  const entries = Object.entries(row).filter((entry): entry is [string, CurValue] => entry[1] !== undefined);
  return Object.fromEntries(entries);
}

/** Columns that tell what was used, by the line it belongs to. */
export function lineColumns(line: CurLine, quantity: Decimal, onDemandCost: Decimal): CurRow {
  const sku = seededHex(`sku/${line.key}`, 16).toUpperCase();
  return {
    line_item_line_item_description: line.description,
    line_item_operation: line.operation,
    line_item_resource_id: line.resource,
    line_item_unblended_rate: line.rate,
    line_item_blended_rate: line.rate,
    line_item_usage_amount: quantity,
    line_item_usage_type: line.usageType,
    pricing_public_on_demand_cost: onDemandCost,
    pricing_public_on_demand_rate: line.rate,
    pricing_rate_code: `${sku}.JRTCKXETXF.6YS6EN2CT7`,
    pricing_term: "OnDemand",
    pricing_unit: line.unit,
    product_location: "US East (N. Virginia)",
    product_location_type: "AWS Region",
    product_operation: line.operation,
    product_product_family: line.family,
    product_region_code: REGION,
    product_sku: sku,
    product_usagetype: line.usageType,
    resource_tags: line.tags,
  };
}

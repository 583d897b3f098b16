/**
 * The columns of the standard and the detailed export as newline-delimited JSON has them. Numbers are read as text, so
 * that a float keeps its shortest decimal and NUMERIC (a JSON string) every digit. Repeated records are read as JSON
 * text: a value that is no list then shows, instead of being null.
 * @see https://docs.cloud.google.com/billing/docs/how-to/export-data-bigquery-tables/detailed-usage (read 2026-11-21)
 */
export const NDJSON_COLUMNS = {
  billing_account_id: "VARCHAR",
  service: "STRUCT(id VARCHAR, description VARCHAR)",
  sku: "STRUCT(id VARCHAR, description VARCHAR)",
  usage_start_time: "VARCHAR",
  usage_end_time: "VARCHAR",
  project:
    'STRUCT(id VARCHAR, "number" VARCHAR, name VARCHAR, labels VARCHAR, ancestry_numbers VARCHAR, ancestors VARCHAR)',
  labels: "VARCHAR",
  system_labels: "VARCHAR",
  location: "STRUCT(location VARCHAR, country VARCHAR, region VARCHAR, zone VARCHAR)",
  resource: "STRUCT(name VARCHAR, global_name VARCHAR)",
  tags: "VARCHAR",
  price:
    "STRUCT(effective_price VARCHAR, tier_start_amount VARCHAR, unit VARCHAR, pricing_unit_quantity VARCHAR, " +
    "list_price VARCHAR, effective_price_default VARCHAR, list_price_consumption_model VARCHAR)",
  transaction_type: "VARCHAR",
  seller_name: "VARCHAR",
  export_time: "VARCHAR",
  cost: "VARCHAR",
  currency: "VARCHAR",
  currency_conversion_rate: "VARCHAR",
  usage: "STRUCT(amount VARCHAR, unit VARCHAR, amount_in_pricing_units VARCHAR, pricing_unit VARCHAR)",
  credits: "VARCHAR",
  invoice: 'STRUCT("month" VARCHAR, publisher_type VARCHAR)',
  cost_type: "VARCHAR",
  adjustment_info: 'STRUCT(id VARCHAR, description VARCHAR, mode VARCHAR, "type" VARCHAR)',
  cost_at_list: "VARCHAR",
  cost_at_effective_price_default: "VARCHAR",
  cost_at_list_consumption_model: "VARCHAR",
  consumption_model: "STRUCT(id VARCHAR, description VARCHAR)",
  subscription: "STRUCT(instance_id VARCHAR)",
} as const satisfies Readonly<Record<string, string>>;

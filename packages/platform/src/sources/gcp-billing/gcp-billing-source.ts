import {
  defineSource,
  type InputTable,
  type Mapping,
  type UnknownMeasure,
} from "../../lake/source-definition.ts";
import { coalesce, lit, plus } from "../../sql/expr.ts";
import { NULL_TEXTS } from "../shared/null-texts.ts";
import { chargeBranches } from "./charges.ts";
import { NDJSON_COLUMNS } from "./data/ndjson-columns.ts";
import { recogniseExport } from "./recognise-export.ts";
import { type ExportRow, readRow } from "./rows.ts";

const noListCost = (row: ExportRow): readonly UnknownMeasure[] =>
  row.columns.has("cost_at_list", "price.list_price")
    ? []
    : [{ column: "ListCost", reason: "this export has neither cost_at_list nor price.list_price" }];

const notes = (row: ExportRow): readonly string[] => {
  const { columns } = row;
  return [
    ...(columns.has("subscription.instance_id")
      ? []
      : ["no subscription column: commitments are told by credits and SKUs"]),
    ...(columns.has("credits", "credits.amount")
      ? []
      : ["no credits column: BilledCost is cost before credits"]),
    ...(columns.has("invoice.month")
      ? []
      : ["no invoice month: billing periods are usage months in Pacific time"]),
  ];
};

const mapExport = (input: InputTable, variant: string): Mapping => {
  const row = readRow(input);
  const none = lit("exact", "0");
  const total = {
    input: plus(row.cost, row.credits.sum()),
    residue: plus(coalesce(input.residue("cost"), none), coalesce(row.credits.residue(), none)),
  };
  return {
    account: row.account,
    billingPeriod: row.billingPeriod,
    currency: row.currency,
    branches: chargeBranches(row),
    equations: [
      { name: "cost and credits are billed", ...total, output: "BilledCost" },
      // Every commitment is paid monthly, so what is billed in a month is also what it costs.
      { name: "cost and credits are effective", ...total, output: "EffectiveCost" },
    ],
    unknown: noListCost(row),
    workedOutOnce: true,
    detailRank: variant === "detailed" ? 2 : 1,
    notes: notes(row),
  };
};

/** Google Cloud Billing's standard and detailed usage cost export, as BigQuery holds it or as files of it. */
export const gcpBillingSource = defineSource({
  apiVersion: 1,
  id: "gcp-billing",
  title: "Google Cloud Billing export, standard and detailed",
  specification: [
    "https://docs.cloud.google.com/billing/docs/how-to/export-data-bigquery-tables/detailed-usage (read 2026-11-21)",
    "https://docs.cloud.google.com/billing/docs/how-to/export-data-bigquery-tables/standard-usage (read 2026-11-21)",
    "https://docs.cloud.google.com/docs/cuds-multiprice-datamodel (read 2026-11-21)",
  ],
  formats: ["ndjson", "parquet", "csv"],
  csv: { delimiter: ",", nullTexts: NULL_TEXTS },
  ndjsonColumns: NDJSON_COLUMNS,
  delivery: "period",
  detailRank: 1,
  variants: ["standard", "detailed"],
  recognise: recogniseExport,
  map: mapExport,
});

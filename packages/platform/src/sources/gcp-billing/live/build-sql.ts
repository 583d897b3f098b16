import { addDays, addMonths, type Day, firstDayOf, type Month } from "@trimtab/domain";
import { quoteText } from "../../../sql/dialect.ts";
import { NDJSON_COLUMNS } from "../data/ndjson-columns.ts";
import type { TableName } from "./table-name.ts";

/** The columns of Google's schema that this source reads, by name; BigQuery bills for those that a query names. */
export const WANTED_COLUMNS: readonly string[] = Object.keys(NDJSON_COLUMNS);

/** Without these no row is a charge. */
export const NEEDED_COLUMNS: readonly string[] = [
  ...["billing_account_id", "service", "sku", "usage_start_time", "usage_end_time", "cost", "currency"],
  ...["credits", "invoice", "cost_type"],
];

/** Rows of an invoice month go on arriving after its end: late usage, taxes, corrections before the invoice is closed. */
const LATE_DAYS = 31;

/** Invoice months are Pacific and partitions are UTC days: one day of slack covers the difference. */
const EARLY_DAYS = 1;

/** The partitions, by day of export, in which rows of these invoice months can be; half-open. */
const partitionsOf = (months: readonly Month[]): { readonly start: Day; readonly end: Day } => {
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) throw new TypeError("At least one month is asked for");
  return {
    start: addDays(firstDayOf(first), -EARLY_DAYS),
    end: addDays(firstDayOf(addMonths(last, 1)), LATE_DAYS),
  };
};

const identifier = (name: string): string => `\`${name}\``;

/**
 * The query that reads whole invoice months: named columns, pruned to the partitions that can hold them. All names and
 * values come from checked patterns, so that the text has no parameters and EXPORT DATA takes it as it is.
 * @see https://docs.cloud.google.com/bigquery/docs/querying-partitioned-tables (read 2026-11-21)
 */
export const selectSql = (
  { project, dataset, table }: TableName,
  columns: readonly string[],
  months: readonly Month[],
): string => {
  const { start, end } = partitionsOf(months);
  const invoiceMonths = months.map((month) => quoteText(month.replace("-", ""))).join(", ");
  return [
    `SELECT ${columns.map(identifier).join(", ")}`,
    `FROM ${identifier(`${project}.${dataset}.${table}`)}`,
    `WHERE _PARTITIONTIME >= TIMESTAMP(${quoteText(start)}) AND _PARTITIONTIME < TIMESTAMP(${quoteText(end)})`,
    `AND invoice.month IN (${invoiceMonths})`,
  ].join("\n");
};

/**
 * The same rows written to Cloud Storage as Parquet, by BigQuery itself.
 * @see https://docs.cloud.google.com/bigquery/docs/reference/standard-sql/export-statements (read 2026-11-21)
 */
export const exportSql = (select: string, folderUri: string): string =>
  [
    "EXPORT DATA OPTIONS (",
    `  uri = ${quoteText(`${folderUri}part-*.parquet`)}, format = 'PARQUET', compression = 'SNAPPY', overwrite = false`,
    ") AS",
    select,
  ].join("\n");

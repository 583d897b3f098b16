import { CONTRACT_COMMITMENT_FIELDS } from "../../lake/contract-commitments.ts";
import { fileText } from "../../lake/database.ts";
import type { InspectedFile } from "../../lake/input/inspect-file.ts";
import { quoteIdent, quoteText } from "../../sql/dialect.ts";

const DATES: readonly string[] = ["starts", "ends"];

/** Commitments of contracts as rows of text, of a CSV, JSON-lines or Parquet file with these columns. */
export const contractCommitmentsSelect = (file: InspectedFile, columns: readonly string[]): string => {
  const compression = quoteText(file.compression === "none" ? "uncompressed" : file.compression);
  // By position where the header's names are the file's, and may be anything.
  const names = file.format === "csv" ? columns.map((_, index) => `c${index}`) : columns;
  const types = names.map((name) => `${quoteIdent(name)}: 'VARCHAR'`).join(", ");
  const tables = {
    parquet: () => `read_parquet(${fileText(file.path)})`,
    ndjson: () =>
      `read_json(${fileText(file.path)}, format='newline_delimited', columns={${types}}, compression=${compression})`,
    csv: () =>
      `read_csv(${fileText(file.path)}, auto_detect=false, header=true, delim=',', quote='"', escape='"', ` +
      `columns={${types}}, compression=${compression})`,
  };
  const fields = Object.entries(CONTRACT_COMMITMENT_FIELDS).map(([field, focus]) => {
    const at = columns.findIndex((name) => name.toLowerCase() === focus.toLowerCase());
    const name = names[at];
    const read = name === undefined ? "NULL" : `NULLIF(CAST(${quoteIdent(name)} AS VARCHAR), '')`;
    const value = DATES.includes(field) ? `CAST(TRY_CAST(${read} AS TIMESTAMPTZ) AS TIMESTAMP)` : read;
    return `CAST(${value} AS ${DATES.includes(field) ? "TIMESTAMP" : "VARCHAR"}) AS ${field}`;
  });
  return `SELECT * FROM (SELECT ${fields.join(", ")} FROM ${tables[file.format]()}) WHERE id IS NOT NULL`;
};

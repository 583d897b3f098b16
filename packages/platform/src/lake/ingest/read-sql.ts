import { quoteIdent, quoteText } from "../../sql/dialect.ts";
import { fileList } from "../database.ts";
import type { Compression } from "../input/inspect-file.ts";
import { csvColumnName, FILE_COLUMN, LINE_COLUMN, STRUCT_COLUMN } from "../input/physical-columns.ts";
import type { SourceDefinition } from "../source-definition.ts";
import type { InputGroup } from "./input-group.ts";

/** A longer line is a damaged file; it goes to quarantine. */
const MAX_LINE_BYTES = 16_000_000;

/** A file as its bytes are, whatever its name says. */
export interface ReadableFile {
  readonly path: string;
  readonly compression: Compression;
}

/** By default it is sixteen of the longest lines, 256 MB: that much is unpacked before any of it is read. */
const BUFFER_BYTES = 2 * MAX_LINE_BYTES;

const csvOptions = (
  delimiter: string,
  quote: string,
  names: readonly string[],
  rejects: string | undefined,
  compression: Compression,
): string => {
  // Told to store them, the engine fails within where a statement that reads a few columns meets text that is no UTF-8.
  const refused =
    rejects === undefined
      ? "ignore_errors=true"
      : `store_rejects=true, rejects_table=${quoteText(rejects)}, rejects_scan=${quoteText(`${rejects}_scans`)}`;
  const columns = names.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(", ");
  return (
    `auto_detect=false, delim=${quoteText(delimiter)}, quote=${quoteText(quote)}, escape=${quoteText(quote)}, ` +
    `columns={${columns}}, compression=${quoteText(compression)}, hive_partitioning=false, strict_mode=true, max_line_size=${MAX_LINE_BYTES}, buffer_size=${BUFFER_BYTES}, filename=${quoteText(FILE_COLUMN)}, ` +
    refused
  );
};

const structType = (source: SourceDefinition): string => {
  const fields = Object.entries(source.ndjsonColumns ?? {}).map(
    ([name, type]) => `${quoteIdent(name)} ${type}`,
  );
  return `STRUCT(${fields.join(", ")})`;
};

/**
 * FROM-able SQL over the files as they are: CSV columns by position, NDJSON as line and struct, Parquet by name. Names
 * of folders (`source=x`) are no columns.
 * @param inputs compressed alike
 * @param rejects name of the temporary table that gets the lines which are no records; all columns must be read then.
 *   Absent: such lines are passed over, for statements that only want to know what a file is
 */
export const readSql = (
  group: Pick<InputGroup, "source" | "header">,
  inputs: readonly ReadableFile[],
  rejects?: string,
): string => {
  const { source, header } = group;
  const files = fileList(inputs.map(({ path }) => path));
  const compression = inputs[0]?.compression ?? "none";
  if (header.format === "parquet")
    return `read_parquet(${files}, filename=${quoteText(FILE_COLUMN)}, hive_partitioning=false)`;
  if (header.format === "csv") {
    const names = header.columns.map((_, index) => csvColumnName(index));
    const { delimiter, nullTexts, skipLines = 0 } = source.csv;
    const nulls = `[${["", ...nullTexts].map(quoteText).join(", ")}]`;
    const more = `, header=true, nullstr=${nulls}, skip=${header.linesBefore ?? skipLines}`;
    return `read_csv(${files}, ${csvOptions(delimiter, '"', names, rejects, compression)}${more})`;
  }
  const line = quoteIdent(LINE_COLUMN);
  const lines = `read_csv(${files}, ${csvOptions("\u0001", "", [LINE_COLUMN], rejects, compression)}, header=false)`;
  const struct = `TRY_CAST(TRY_CAST(${line} AS JSON) AS ${structType(source)})`;
  const columns = `${quoteIdent(FILE_COLUMN)}, ${line}, ${struct} AS ${quoteIdent(STRUCT_COLUMN)}`;
  return `(SELECT ${columns} FROM ${lines} WHERE ${line} IS NOT NULL)`;
};

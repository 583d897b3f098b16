import { isUtf8 } from "node:buffer";
import { type CsvError, parse } from "csv-parse";
import type { CsvDialect } from "../source-definition.ts";
import { decompressed } from "./decompress.ts";
import type { InspectedFile } from "./inspect-file.ts";

interface Row {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

/** What is wrong with a row, read as Latin-1, so that every byte is a character. */
const faultOf = ({ record, raw }: Row, fields: number): string | undefined => {
  if (!isUtf8(Buffer.from(raw, "latin1"))) return "its text is not UTF-8";
  return record.length === fields ? undefined : `it has ${record.length} fields, not ${fields}`;
};

/**
 * The first line of a CSV file that breaks its format, as `line 7: it has 12 fields, not 11`; undefined where none does.
 * For files that the engine refuses as a whole.
 */
export const firstFault = async (
  file: InspectedFile,
  dialect: CsvDialect,
  fields: number,
): Promise<string | undefined> => {
  const parser = parse({
    delimiter: dialect.delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    encoding: "latin1",
    info: true,
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    from_line: 1 + (dialect.skipLines ?? 0),
  });
  const source = decompressed(file);
  source.on("error", (error) => parser.destroy(error));
  let before = dialect.skipLines ?? 0;
  try {
    for await (const row of source.pipe(parser) as AsyncIterable<Row>) {
      const fault = faultOf(row, fields);
      if (fault !== undefined) return `line ${before + 1}: ${fault}`;
      before = row.info.lines;
    }
    return undefined;
  } catch (error) {
    const { lines, message } = error as CsvError & { lines?: number };
    return `line ${lines ?? before + 1}: ${message}`;
  } finally {
    source.destroy();
  }
};

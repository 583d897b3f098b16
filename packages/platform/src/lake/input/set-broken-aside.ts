import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { finished } from "node:stream/promises";
import type { CsvDialect } from "../source-definition.ts";
import type { InspectedFile } from "./inspect-file.ts";
import { fieldsOf, rawText, scanRecords, type TextRecord } from "./scan-records.ts";

/** A record that breaks the rules of its format. */
export interface BrokenRecord {
  readonly line: number;
  readonly reason: string;
  readonly raw: string;
}

export interface TextFormat {
  /** Absent: one record a line. */
  readonly csv: CsvDialect | undefined;
  /** Fields of every record. */
  readonly fields: number;
  /** Lines before the header. */
  readonly linesBefore: number;
}

const NEWLINE = Buffer.from("\n");
/** The reader of lines parts them at this character; JSON allows it nowhere. */
const NO_JSON = 0x01;

/** The bytes of the fields that count, or why the record is broken. Separators after the last field say nothing. */
export const judge = (record: TextRecord, { csv, fields }: TextFormat): Buffer | string => {
  if (record.fault !== undefined) return record.fault;
  if (csv === undefined) return record.bytes.includes(NO_JSON) ? "a control character" : record.bytes;
  const { ends, bytes } = record;
  if (ends.length === fields) return bytes;
  const wrong = `it has ${ends.length} fields, not ${fields}`;
  if (ends.length < fields) return wrong;
  const more = fieldsOf(record).slice(fields);
  const isNothing = more.every((value) => /^\0*$/.test(value) || csv.nullTexts.includes(value));
  return isNothing ? bytes.subarray(0, ends[fields - 1]) : wrong;
};

/**
 * Copies a text file as plain text with one kind of line end and without its broken records, for the engine, which
 * mistakes one line for another where it tells what it could not read.
 */
export const setBrokenAside = async (
  file: Pick<InspectedFile, "path" | "compression">,
  target: string,
  format: TextFormat,
): Promise<readonly BrokenRecord[]> => {
  const broken: BrokenRecord[] = [];
  const out = createWriteStream(target, { highWaterMark: 1 << 20 });
  const written = finished(out);
  // Awaited at the end; a full disk must not count as unhandled until then.
  written.catch(() => undefined);
  const skipped = format.linesBefore;
  // The lines before the header are no data, but the engine is told to skip as many.
  if (skipped > 0) out.write("\n".repeat(skipped));
  let isHeader = format.csv !== undefined;
  for await (const record of scanRecords(file, format)) {
    if (record.line <= skipped) continue;
    const kept = isHeader ? record.bytes : judge(record, format);
    isHeader = false;
    if (typeof kept === "string") broken.push({ line: record.line, reason: kept, raw: rawText(record) });
    else if (out.errored === null && !out.write(Buffer.concat([kept, NEWLINE])))
      await Promise.race([once(out, "drain"), written]);
  }
  out.end();
  await written;
  return broken;
};

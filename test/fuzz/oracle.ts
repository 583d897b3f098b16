import { gunzipSync, zstdDecompressSync } from "node:zlib";
import { add, type Decimal, roundTo, tryDecimal, ZERO } from "@trimtab/domain";
import { parse } from "csv-parse/sync";
import type { RowReader } from "../../packages/platform/src/testing/source-fixtures.ts";
import { repeatedKeys } from "./repeated-keys.ts";

/** Amounts by currency. */
export type Sums = ReadonlyMap<string, Decimal>;

export interface ReadBill {
  readonly rows: number;
  readonly sums: Sums;
  /** Readers may differ in what it says: only that nothing breaks can be asked. */
  readonly isAmbiguous: boolean;
  /** Rows that no honest reading accepts, as they are written. */
  readonly unreadable: readonly string[];
}

/** The bytes of a text file, or undefined where its compression is damaged. */
export const decompress = (bytes: Buffer): Buffer | undefined => {
  try {
    if (bytes[0] === 0x1f && bytes[1] === 0x8b) return gunzipSync(bytes);
    if (bytes.length >= 4 && bytes.readUInt32LE(0) === 0xfd2fb528) return zstdDecompressSync(bytes);
    return bytes;
  } catch {
    return undefined;
  }
};

const MAX_EXPONENT = 60;
/** DECIMAL(38,12) has 26 digits before the point. */
const MAX_WHOLE_DIGITS = 26;

/** The amount that a text means, rounded half away from zero to 12 places; undefined where it is no number. */
const amountOf = (text: string): Decimal | undefined => {
  const exponent = Number(/[eE]([-+]?\d+)$/.exec(text)?.[1] ?? 0);
  if (Math.abs(exponent) > MAX_EXPONENT) return undefined;
  const value = tryDecimal(text.replace(/^[\t\n\v\f\r]+|[\t\n\v\f\r]+$/g, ""));
  if (value === undefined) return undefined;
  const rounded = roundTo(value, 12, "half-away");
  return String(rounded).replace(/^-|\..*$/g, "").length > MAX_WHOLE_DIGITS ? undefined : rounded;
};

class Reading {
  rows = 0;
  isAmbiguous = false;
  readonly sums = new Map<string, Decimal>();
  readonly unreadable: string[] = [];

  add(currency: string, amount: Decimal): void {
    // A byte order mark before it can't be seen, so that it is the same currency.
    const name = currency.replace(/^\uFEFF+/, "");
    this.sums.set(name, add(this.sums.get(name) ?? ZERO, amount));
  }
}

const columnIndex = (header: readonly string[], names: readonly string[]): number => {
  for (const name of names) {
    const exact = header.indexOf(name);
    if (exact >= 0) return exact;
    const folded = header.findIndex((own) => own.toLowerCase() === name.toLowerCase());
    if (folded >= 0) return folded;
  }
  return -1;
};

const readCsv = (text: string, reader: RowReader): ReadBill => {
  const records: string[][] = parse(text, {
    delimiter: reader.delimiter,
    record_delimiter: ["\r\n", "\n", "\r"],
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const reading = new Reading();
  const header = (records[0] ?? []).map((name) => name.replace(/^\uFEFF/, "").trim());
  const cost = columnIndex(header, reader.cost);
  const currency = columnIndex(header, reader.currency);
  for (const record of records.slice(1)) {
    reading.rows += 1;
    const isNull = (value: string) => value === "" || reader.nullTexts.includes(value);
    const written = record[cost] ?? "";
    const isEmpty = isNull(written) && reader.costMayBeEmpty === true;
    const amount = isEmpty ? ZERO : amountOf(reader.plain?.(written) ?? written);
    const more = record.slice(header.length);
    // Separators after the last field say nothing.
    if (
      record.length < header.length ||
      !more.every((value) => isNull(value.replaceAll("\0", ""))) ||
      amount === undefined
    )
      reading.unreadable.push(record.join(reader.delimiter));
    else reading.add(record[currency] ?? "", amount);
  }
  return reading;
};

/** A JSON number holds what a double holds, as its shortest text. */
const jsonAmount = (value: unknown): Decimal | undefined => {
  if (typeof value === "number") return amountOf(String(value));
  return typeof value === "string" ? amountOf(value) : undefined;
};

/** A nested value where a text belongs is its JSON. */
const textOf = (value: unknown): string =>
  typeof value === "object" && value !== null ? JSON.stringify(value) : String(value);

const readObject = (reading: Reading, line: string): boolean => {
  let row: unknown;
  try {
    // Files that were put one behind the other have a mark within; a reader may ignore it (RFC 8259, 8.1).
    row = JSON.parse(line.replace(/^\uFEFF/, ""));
  } catch {
    return false;
  }
  if (typeof row !== "object" || row === null || Array.isArray(row)) return false;
  const repeated = repeatedKeys(line);
  if (repeated === "outermost") return false;
  if (repeated === "within") reading.isAmbiguous = true;
  const { cost, credits = [], currency } = row as Record<string, unknown>;
  const list =
    credits === null || credits === "" ? [] : typeof credits === "string" ? safeList(credits) : credits;
  if (!Array.isArray(list)) return false;
  const amounts = [cost, ...list.map((credit: { amount?: unknown } | null) => credit?.amount)].map(
    jsonAmount,
  );
  if (amounts.includes(undefined)) return false;
  for (const amount of amounts) reading.add(textOf(currency), amount ?? ZERO);
  return true;
};

const safeList = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const readNdjson = (text: string): ReadBill => {
  const reading = new Reading();
  for (const line of text.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/)) {
    if (line === "") continue;
    reading.rows += 1;
    if (!readObject(reading, line)) reading.unreadable.push(line);
  }
  return reading;
};

/** What a bill says, read by other means than the program's: csv-parse, JSON.parse and exact decimals. */
export const readBill = (text: Buffer, reader: RowReader): ReadBill => {
  const decoded = text.toString("utf8");
  return reader.format === "csv" ? readCsv(decoded, reader) : readNdjson(decoded);
};

import { isUtf8 } from "node:buffer";
import { lakeErrors } from "../errors.ts";
import type { CsvDialect } from "../source-definition.ts";
import { decompressed } from "./decompress.ts";
import type { InspectedFile } from "./inspect-file.ts";

const LF = 0x0a;
const CR = 0x0d;
const QUOTE = 0x22;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** A longer record is a damaged one. */
const MAX_RECORD_BYTES = 16_000_000;
/** Nothing that is longer is held in memory. */
const MAX_HELD_BYTES = 4 * MAX_RECORD_BYTES;

/** A record of a text file with the line ends that it has inside, without the one that ends it. */
export interface TextRecord {
  /** The line, counted from 1, that it begins on. `\n`, `\r\n` and a lone `\r` end a line. */
  readonly line: number;
  readonly bytes: Buffer;
  /** Where each field ends. */
  readonly ends: readonly number[];
  /** Why it is no record. */
  readonly fault: string | undefined;
}

/** How a format divides its text: CSV by RFC 4180, a quote within an unquoted field being itself; else by lines. */
export interface Division {
  readonly csv: CsvDialect | undefined;
}

/** Follows one record byte by byte. */
class Scanner {
  line = 1;
  #ends: number[] = [];
  #fault: string | undefined;
  #isQuoted = false;
  #afterQuote = false;
  #atFieldStart = true;
  #afterCr = false;
  #linesWithin = 0;
  readonly #delimiter: number;

  constructor({ csv }: Division) {
    this.#delimiter = csv === undefined ? -1 : csv.delimiter.charCodeAt(0);
  }

  /** Whether this byte ends the record. */
  take(byte: number, position: number): boolean {
    if (this.#isQuoted) {
      if (byte === QUOTE) {
        this.#isQuoted = false;
        this.#afterQuote = true;
      } else if (byte === CR || (byte === LF && !this.#afterCr)) this.#linesWithin += 1;
      this.#afterCr = byte === CR;
      return false;
    }
    if (this.#afterQuote) {
      this.#afterQuote = false;
      if (byte === QUOTE) {
        this.#isQuoted = true;
        return false;
      }
      if (byte !== this.#delimiter && byte !== CR && byte !== LF)
        this.#fault ??= "text after a closing quote";
    }
    if (byte === CR || byte === LF) return true;
    if (byte === this.#delimiter && this.#fault === undefined) {
      this.#ends.push(position);
      this.#atFieldStart = true;
    } else {
      this.#isQuoted =
        byte === QUOTE && this.#atFieldStart && this.#delimiter >= 0 && this.#fault === undefined;
      this.#atFieldStart = false;
    }
    return false;
  }

  /** The record that ends here; the next one begins. */
  finish(bytes: Buffer): TextRecord {
    if (this.#isQuoted) this.#fault ??= "a quote is never closed";
    if (bytes.length > MAX_RECORD_BYTES) this.#fault ??= "longer than 16 MB";
    if (!isUtf8(bytes)) this.#fault ??= "its text is not UTF-8";
    this.#ends.push(bytes.length);
    const record = { line: this.line, bytes, ends: this.#ends, fault: this.#fault };
    this.line += this.#linesWithin + 1;
    this.#ends = [];
    this.#fault = undefined;
    this.#isQuoted = false;
    this.#afterQuote = false;
    this.#atFieldStart = true;
    this.#linesWithin = 0;
    return record;
  }
}

/**
 * The records of a text file, empty lines left out. After a fault the next record begins on the next line.
 * @throws LAKE_INPUT_CORRUPT for a record that is too long to be held
 */
export async function* scanRecords(
  file: Pick<InspectedFile, "path" | "compression">,
  division: Division,
): AsyncGenerator<TextRecord> {
  const scanner = new Scanner(division);
  let held: Buffer = Buffer.alloc(0);
  let position = 0;
  let skipLf = false;
  let isFirst = true;
  for await (const chunk of decompressed(file) as AsyncIterable<Buffer>) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    if (isFirst && held.length < BYTE_ORDER_MARK.length) continue;
    if (isFirst && held.subarray(0, 3).equals(BYTE_ORDER_MARK)) held = held.subarray(3);
    isFirst = false;
    let start = 0;
    for (; start + position < held.length; ) {
      const byte = held[start + position] ?? 0;
      if (skipLf && byte === LF && position === 0) {
        start += 1;
        skipLf = false;
        continue;
      }
      skipLf = false;
      if (!scanner.take(byte, position)) {
        position += 1;
        continue;
      }
      const record = scanner.finish(held.subarray(start, start + position));
      if (record.bytes.length > 0) yield record;
      start += position + 1;
      position = 0;
      skipLf = byte === CR;
    }
    held = held.subarray(start);
    if (held.length > MAX_HELD_BYTES)
      throw lakeErrors.create("LAKE_INPUT_CORRUPT", {
        file: file.path,
        reason: `line ${scanner.line}: longer than ${MAX_HELD_BYTES / 1_000_000} MB`,
      });
  }
  if (held.length > 0 && position > 0) yield scanner.finish(held);
}

/** The values of a record's fields. */
export const fieldsOf = ({ bytes, ends }: TextRecord): string[] =>
  ends.map((end, index) => {
    const text = bytes.toString("utf8", index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end);
    return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text;
  });

/** Text in whatever encoding shows every byte: what is not UTF-8 is told as Latin-1. */
export const rawText = ({ bytes }: TextRecord): string => bytes.toString(isUtf8(bytes) ? "utf8" : "latin1");

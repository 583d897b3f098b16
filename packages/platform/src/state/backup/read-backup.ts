import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { TrimtabError } from "@trimtab/domain";
import type { z } from "zod";
import { stateErrors } from "../errors.ts";
import {
  type BackupHeader,
  type BackupRow,
  type BackupTable,
  footerSchema,
  headerSchema,
  rowSchema,
  tableSchema,
} from "./backup-format.ts";

/** What is done with the parts of a backup as they come. */
export interface BackupReader {
  header?(header: BackupHeader): Promise<void> | void;
  rows?(table: BackupTable, rows: readonly BackupRow[]): Promise<void>;
}

const ROWS_AT_ONCE = 500;

/**
 * Reads a backup from its first line to its digest.
 * @returns its header and how many rows it holds
 * @throws STATE_BACKUP_INVALID for whatever is no whole backup; by then the reader has seen a part of it
 */
export const readBackup = async (
  file: string,
  reader: BackupReader = {},
): Promise<{ readonly header: BackupHeader; readonly rows: number }> => {
  const state = new Reading(reader);
  try {
    await pipeline(createReadStream(file), createGunzip(), async (source: AsyncIterable<Buffer>) => {
      for await (const line of linesOf(source)) await state.line(line);
    });
    return state.end();
  } catch (error) {
    if (error instanceof TrimtabError) throw error;
    const isUnread = error instanceof Invalid || isZlibError(error) || isFileError(error);
    if (!isUnread) throw error;
    throw stateErrors.create("STATE_BACKUP_INVALID", { file, reason: error.message }, { cause: error });
  }
};

/** Why a file is no whole backup. */
class Invalid extends Error {}

const isZlibError = (error: unknown): error is Error =>
  error instanceof Error && "code" in error && String(error.code).startsWith("Z_");
const isFileError = (error: unknown): error is Error =>
  error instanceof Error &&
  "syscall" in error &&
  ["ENOENT", "EISDIR", "EACCES"].includes(String((error as NodeJS.ErrnoException).code));

async function* linesOf(source: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let rest = "";
  for await (const chunk of source) {
    const lines = `${rest}${decode(decoder, chunk)}`.split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") throw new Invalid("its last line is cut off");
}

const decode = (decoder: InstanceType<typeof TextDecoder>, chunk: Buffer): string => {
  try {
    return decoder.decode(chunk, { stream: true });
  } catch {
    throw new Invalid("it is not UTF-8");
  }
};

class Reading {
  readonly #reader: BackupReader;
  readonly #hash = createHash("sha256");
  #header: BackupHeader | undefined;
  #table: BackupTable | undefined;
  #pending: BackupRow[] = [];
  #rows = 0;
  #isWhole = false;

  constructor(reader: BackupReader) {
    this.#reader = reader;
  }

  async line(text: string): Promise<void> {
    if (this.#isWhole) throw new Invalid("it goes on after its end");
    const value = parse(text);
    if (this.#header === undefined) {
      this.#header = check(headerSchema, value, "its first line");
      await this.#reader.header?.(this.#header);
    } else if (Array.isArray(value)) await this.#addRow(check(rowSchema, value, `row ${this.#rows + 1}`));
    else if (typeof value === "object" && value !== null && "sha256" in value)
      return await this.#close(value);
    else {
      await this.#flush();
      this.#table = check(tableSchema, value, "a table");
    }
    this.#hash.update(`${text}\n`);
  }

  async #addRow(row: BackupRow): Promise<void> {
    const columns = this.#table?.columns.length;
    if (row.length !== columns) throw new Invalid(`row ${this.#rows + 1} has not the columns of its table`);
    this.#rows += 1;
    this.#pending.push(row);
    if (this.#pending.length >= ROWS_AT_ONCE) await this.#flush();
  }

  async #flush(): Promise<void> {
    const rows = this.#pending;
    this.#pending = [];
    if (this.#table !== undefined && rows.length > 0) await this.#reader.rows?.(this.#table, rows);
  }

  async #close(value: unknown): Promise<void> {
    await this.#flush();
    const { rows, sha256 } = check(footerSchema, value, "its last line");
    if (rows !== this.#rows) throw new Invalid(`it holds ${this.#rows} rows and not ${rows}`);
    if (sha256 !== this.#hash.digest("hex")) throw new Invalid("its digest is another: it was changed");
    this.#isWhole = true;
  }

  end(): { readonly header: BackupHeader; readonly rows: number } {
    if (this.#header === undefined || !this.#isWhole) throw new Invalid("its end is missing");
    return { header: this.#header, rows: this.#rows };
  }
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Invalid("a line is no JSON");
  }
};

const check = <T>(schema: z.ZodType<T>, value: unknown, what: string): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  throw new Invalid(`${what}: ${first?.path.join(".") || "value"}: ${first?.message ?? "unreadable"}`);
};

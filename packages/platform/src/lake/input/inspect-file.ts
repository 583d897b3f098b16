import { type FileHandle, open } from "node:fs/promises";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { parse } from "csv-parse/sync";
import { quoteText } from "../../sql/dialect.ts";
import { type Database, fileText } from "../database.ts";
import { lakeErrors } from "../errors.ts";
import type { CsvDialect, InputColumn, InputFormat, InputHeader } from "../source-definition.ts";
import { documentKeys } from "./json-document.ts";

export type Compression = "none" | "gzip" | "zstd";

/** What a file is by its first bytes, never by its name. */
export interface InspectedFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly format: InputFormat;
  readonly compression: Compression;
  /** Decompressed beginning of a text file; empty for Parquet. */
  readonly head: string;
  /** Only the ends of it are here; its rows can't be read. */
  readonly isStandIn?: true;
}

const HEAD_BYTES = 1 << 20;
const SAMPLE_ROWS = 20;

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const readStart = async (handle: FileHandle, bytes: number): Promise<Buffer> => {
  const buffer = Buffer.alloc(bytes);
  const { bytesRead } = await handle.read(buffer, 0, bytes, 0);
  return buffer.subarray(0, bytesRead);
};

const compressionOf = (start: Buffer): Compression => {
  if (start[0] === 0x1f && start[1] === 0x8b) return "gzip";
  if (start.length >= 4 && start.readUInt32LE(0) === 0xfd2fb528) return "zstd";
  return "none";
};

const decompressStart = (start: Buffer, compression: Compression): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const stream = compression === "gzip" ? createGunzip() : createZstdDecompress();
    const chunks: Buffer[] = [];
    let size = 0;
    const finish = () => resolve(Buffer.concat(chunks).subarray(0, HEAD_BYTES));
    stream.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size >= HEAD_BYTES) {
        finish();
        stream.destroy();
      }
    });
    stream.on("end", finish);
    // The start of a longer file ends in the middle of a block: what came out until then is what we want.
    stream.on("error", (error) => (size > 0 ? finish() : reject(error)));
    stream.end(start);
  });

/**
 * Looks at the first bytes of a file.
 * @throws LAKE_INPUT_UNREADABLE, LAKE_INPUT_CORRUPT, LAKE_INPUT_EMPTY
 */
export const inspectFile = async (path: string): Promise<InspectedFile> => {
  const handle = await open(path, "r").catch((error: unknown) => {
    throw lakeErrors.create(
      "LAKE_INPUT_UNREADABLE",
      { file: path, reason: reasonOf(error) },
      { cause: error },
    );
  });
  try {
    const { size } = await handle.stat();
    const start = await readStart(handle, Math.min(size, HEAD_BYTES));
    if (start.length === 0) throw lakeErrors.create("LAKE_INPUT_EMPTY", { file: path });
    if (start.subarray(0, 4).toString("latin1") === "PAR1")
      return { path, sizeBytes: size, format: "parquet", compression: "none", head: "" };
    const compression = compressionOf(start);
    const bytes =
      compression === "none"
        ? start
        : await decompressStart(start, compression).catch((error: unknown) => {
            throw lakeErrors.create("LAKE_INPUT_CORRUPT", { file: path, reason: reasonOf(error) });
          });
    const head = bytes.toString("utf8").replace(/^\uFEFF/, "");
    if (head.trim() === "") throw lakeErrors.create("LAKE_INPUT_EMPTY", { file: path });
    return {
      path,
      sizeBytes: size,
      format: head.trimStart().startsWith("{") ? "ndjson" : "csv",
      compression,
      head,
    };
  } finally {
    await handle.close();
  }
};

/** Records of the head's complete lines; a record that the cut went through is left out. */
const headRecords = (file: InspectedFile, dialect: CsvDialect, count: number): string[][] => {
  const lines = file.head.split("\n").slice(dialect.skipLines ?? 0);
  const cut = file.head.length >= HEAD_BYTES ? lines.slice(0, -1) : lines;
  const options = { delimiter: dialect.delimiter, relax_column_count: true, skip_empty_lines: true } as const;
  return parse(cut.join("\n"), { ...options, to: count, relax_quotes: true });
};

/** A broken row is judged when the rows are read; here it only means that there is no sample. */
const tryRecords = (file: InspectedFile, dialect: CsvDialect): string[][] => {
  try {
    return headRecords(file, dialect, SAMPLE_ROWS + 1);
  } catch {
    try {
      return headRecords(file, dialect, 1);
    } catch (error) {
      const reason = reasonOf(error);
      throw lakeErrors.create("LAKE_INPUT_HEADER", { file: file.path, reason }, { cause: error });
    }
  }
};

/** Empty lines above the header are none; the engine would take the first of them for it. */
const linesBefore = ({ head }: InspectedFile, { skipLines = 0 }: CsvDialect): number => {
  const lines = head.split(/\r\n|\n|\r/);
  const header = lines.findIndex((line, index) => index >= skipLines && line !== "");
  return Math.max(skipLines, header);
};

const csvHeader = (file: InspectedFile, dialect: CsvDialect): InputHeader => {
  const records = tryRecords(file, dialect);
  const names = (records[0] ?? []).map((name) => name.replace(/^\uFEFF/, "").trim());
  const columns: InputColumn[] = names.map((name) => ({ name, type: "VARCHAR" }));
  const sample = records
    .slice(1)
    .map((record) => Object.fromEntries(names.map((name, index) => [name, record[index] || null])));
  return { format: "csv", columns, linesBefore: linesBefore(file, dialect), sample };
};

const asText = (value: unknown): string | null => {
  if (value === null || value === undefined) return null;
  return typeof value === "string" ? value : JSON.stringify(value);
};

const ndjsonHeader = (file: InspectedFile): InputHeader => {
  const sample: Record<string, string | null>[] = [];
  for (const line of file.head.split("\n")) {
    if (sample.length >= SAMPLE_ROWS) break;
    try {
      const row: unknown = JSON.parse(line);
      if (typeof row !== "object" || row === null) continue;
      sample.push(Object.fromEntries(Object.entries(row).map(([key, value]) => [key, asText(value)])));
    } catch {
      // A line that is no JSON is judged when the rows are read; the header only needs some that are.
    }
  }
  // No line is a record: the file may be one document.
  if (sample.length === 0) sample.push(documentKeys(file.head));
  const names = [...new Set(sample.flatMap((row) => Object.keys(row)))];
  return { format: "ndjson", columns: names.map((name) => ({ name, type: "JSON" })), sample };
};

/**
 * What the file's statistics tell of its columns; a nested one is empty where all its leaves are. A least value may be
 * cut short, so that it is a lower bound.
 */
const statistics = async (
  path: string,
  database: Database,
): Promise<ReadonlyMap<string, Pick<InputColumn, "empty" | "noEmptyText">>> => {
  const isEmpty = "COALESCE(stats_null_count = num_values, false)";
  const { rows } = await database.run({
    text:
      `SELECT split_part(path_in_schema, ', ', 1), bool_and(${isEmpty}), bool_and(${isEmpty} OR COALESCE(stats_min_value > '', false)) ` +
      `FROM parquet_metadata(${fileText(path)}) GROUP BY 1`,
  });
  const told = (empty: boolean, noEmptyText: boolean) => ({
    ...(empty ? { empty } : {}),
    ...(noEmptyText ? { noEmptyText } : {}),
  });
  return new Map(rows.map(([name, empty, noText]) => [String(name), told(empty === true, noText === true)]));
};

const parquetHeader = async (file: InspectedFile, database: Database): Promise<InputHeader> => {
  const from = `read_parquet(${fileText(file.path)}, hive_partitioning=false)`;
  try {
    const { rows } = await database.run({ text: `DESCRIBE SELECT * FROM ${from}` });
    const told = await statistics(file.path, database);
    const columns = rows.map((row) => {
      const name = String(row[0]);
      return { name, type: String(row[1]), ...told.get(name) };
    });
    if (file.isStandIn) return { format: "parquet", columns, sample: [] };
    const text = columns.map((column) => `CAST(COLUMNS(c -> c = ${quoteText(column.name)}) AS VARCHAR)`);
    const first = await database.run({ text: `SELECT ${text.join(", ")} FROM ${from} LIMIT ${SAMPLE_ROWS}` });
    const sample = first.rows.map((row) =>
      Object.fromEntries(columns.map((column, index) => [column.name, asText(row[index])])),
    );
    return { format: "parquet", columns, sample };
  } catch (error) {
    throw lakeErrors.create(
      "LAKE_INPUT_CORRUPT",
      { file: file.path, reason: reasonOf(error) },
      { cause: error },
    );
  }
};

/**
 * The header of a file as a format of this CSV dialect would have it.
 * @throws LAKE_INPUT_HEADER, LAKE_INPUT_CORRUPT
 */
export const readHeader = (
  file: InspectedFile,
  dialect: CsvDialect,
  database: Database,
): Promise<InputHeader> => {
  if (file.format === "parquet") return parquetHeader(file, database);
  return Promise.resolve(file.format === "csv" ? csvHeader(file, dialect) : ndjsonHeader(file));
};

import { createReadStream } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { PassThrough } from "node:stream";
import { createGunzip, createZstdDecompress } from "node:zlib";
import { parse } from "csv-parse";
import { quoteIdent, quoteText } from "../../sql/dialect.ts";
import type { InspectedFile } from "../input/inspect-file.ts";
import { csvColumnName, LINE_COLUMN } from "../input/physical-columns.ts";
import { baseSql, REJECTED, readSql, WORK } from "./relation-sql.ts";
import { type BrokenLine, PARQUET_OPTIONS, type Run, type StagedGroup } from "./stage.ts";

/** A row that could not be read: where it stands, what is wrong, and the row as it was. */
export interface QuarantinedRow extends BrokenLine {
  readonly source: string;
}

/** Line numbers are looked up for this many rows of a file; past it a file is plainly not what its header says. */
const MAX_LOOKED_UP = 100_000;

const SEPARATOR = "\u001f";

interface Rejected {
  readonly file: string;
  readonly reason: string;
  readonly raw: string | null;
  /** The whole row, to be found again in its file. */
  readonly key: string;
}

const keySql = ({ group }: StagedGroup): string => {
  if (group.header.format === "ndjson") return quoteIdent(LINE_COLUMN);
  if (group.header.format === "parquet") return "CAST(NULL AS VARCHAR)";
  const parts = group.header.columns.map((_, index) => `COALESCE(${quoteIdent(csvColumnName(index))}, '')`);
  return `concat_ws(${quoteText(SEPARATOR)}, ${parts.join(", ")})`;
};

const readRejected = async (run: Run, staged: StagedGroup): Promise<readonly Rejected[]> => {
  const { group, originals } = staged;
  const plain = [...originals.keys()].map((path) => ({ path, compression: "none" as const }));
  const files = plain.length > 0 ? plain : group.files;
  await run({ text: "DROP TABLE IF EXISTS again; DROP TABLE IF EXISTS again_scans" });
  const base = baseSql(group, readSql(group, files, "again"));
  const columns = [WORK.file, WORK.reject, WORK.raw].map(quoteIdent).join(", ");
  const { rows } = await run({
    text: `SELECT ${columns}, ${keySql(staged)} FROM ${base} WHERE ${quoteIdent(WORK.class)} = ${quoteText(REJECTED)}`,
  });
  return rows.map(([file, reason, raw, key]) => ({
    file: originals.get(String(file)) ?? String(file),
    reason: String(reason),
    raw: raw === null ? null : String(raw),
    key: key === null ? "" : String(key),
  }));
};

const open = (file: InspectedFile) =>
  createReadStream(file.path).pipe(
    file.compression === "gzip"
      ? createGunzip()
      : file.compression === "zstd"
        ? createZstdDecompress()
        : new PassThrough(),
  );

/** Finds rows again in their file: row text → lines, in the order of the file. */
const findLines = async (
  staged: StagedGroup,
  file: InspectedFile,
  wanted: ReadonlySet<string>,
): Promise<Map<string, number[]>> => {
  const { group } = staged;
  const isCsv = group.header.format === "csv";
  const nulls = new Set(group.source.csv.nullTexts);
  const parser = parse({
    delimiter: isCsv ? group.source.csv.delimiter : "\u0001",
    quote: isCsv ? '"' : null,
    bom: true,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
  });
  const found = new Map<string, number[]>();
  const records = open(file).pipe(parser) as AsyncIterable<{ record: string[]; info: { lines: number } }>;
  for await (const { record, info } of records) {
    const key = record.map((value) => (nulls.has(value) ? "" : value)).join(isCsv ? SEPARATOR : "\u0001");
    if (!wanted.has(key)) continue;
    const breaks = record.reduce((count, value) => count + value.split("\n").length - 1, 0);
    const lines = found.get(key) ?? [];
    lines.push(info.lines - breaks);
    found.set(key, lines);
  }
  return found;
};

const withLines = async (staged: StagedGroup, rejected: readonly Rejected[]): Promise<QuarantinedRow[]> => {
  const source = staged.group.source.id;
  const rows: QuarantinedRow[] = [];
  for (const [path, own] of Map.groupBy(rejected, ({ file }) => file)) {
    const file = staged.group.files.find((candidate) => candidate.path === path);
    const known =
      file === undefined || file.format === "parquet" || own.length > MAX_LOOKED_UP
        ? new Map<string, number[]>()
        : await findLines(staged, file, new Set(own.map(({ key }) => key)));
    for (const { reason, raw, key } of own) {
      const [column = null] = reason.includes(": ") ? reason.split(": ") : [];
      const line = known.get(key)?.shift() ?? null;
      const whole = key === "" ? raw : key.replaceAll(SEPARATOR, staged.group.source.csv.delimiter);
      rows.push({ source, file: path, line, column, reason, raw: whole });
    }
  }
  return rows;
};

/** Everything of a group that could not be read, with line numbers from a second pass over its files. */
export const collectRejected = async (
  run: Run,
  staged: StagedGroup,
  rejectedRows: number,
): Promise<readonly QuarantinedRow[]> => {
  const broken = staged.brokenLines.map((line) => ({
    ...line,
    file: staged.originals.get(line.file) ?? line.file,
    source: staged.group.source.id,
  }));
  if (rejectedRows === 0) return broken;
  return [...broken, ...(await withLines(staged, await readRejected(run, staged)))];
};

/** Writes quarantined rows as Parquet at `target`. */
export const writeQuarantine = async (
  run: Run,
  rows: readonly QuarantinedRow[],
  temporary: string,
  target: string,
): Promise<void> => {
  await writeFile(temporary, rows.map((row) => JSON.stringify(row)).join("\n"));
  await mkdir(dirname(target), { recursive: true });
  const columns =
    "{source: 'VARCHAR', file: 'VARCHAR', line: 'BIGINT', 'column': 'VARCHAR', reason: 'VARCHAR', raw: 'VARCHAR'}";
  const read = `read_json(${quoteText(temporary)}, format='newline_delimited', columns=${columns}, maximum_object_size=67108864)`;
  await run({ text: `COPY (SELECT * FROM ${read}) TO ${quoteText(target)} (${PARQUET_OPTIONS})` });
};

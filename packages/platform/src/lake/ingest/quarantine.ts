import { isUtf8 } from "node:buffer";
import { parse } from "csv-parse";
import { quoteIdent, quoteText } from "../../sql/dialect.ts";
import { decompressed } from "../input/decompress.ts";
import type { InspectedFile } from "../input/inspect-file.ts";
import { findPlaces } from "../input/line-numbers.ts";
import { csvColumnName, LINE_COLUMN } from "../input/physical-columns.ts";
import { baseSql, REJECTED, readSql, WORK } from "./relation-sql.ts";
import type { Run, StagedGroup } from "./stage.ts";

/** A row that could not be read: where it stands, what is wrong, and the row as it was. */
export interface QuarantinedRow {
  readonly source: string;
  readonly file: string;
  /** The line that the row begins on; null in Parquet, and past {@link MAX_LOOKED_UP} rows. */
  readonly line: number | null;
  readonly column: string | null;
  readonly reason: string;
  readonly raw: string | null;
}

/** Line numbers are looked up for this many rows of a file; past it a file is plainly not what its header says. */
const MAX_LOOKED_UP = 100_000;

const SEPARATOR = "\u001f";
const NO_DELIMITER = "\u0001";

interface Rejected {
  readonly file: string;
  readonly reason: string;
  readonly raw: string | null;
  /** The values of the whole row, to be found again in its file. */
  readonly key: string;
}

interface FoundRow {
  readonly offset: number;
  readonly raw: string;
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

/** Finds rows again in their file: values of the row → where such rows begin, in the order of the file. */
const findRows = async (
  { group }: StagedGroup,
  file: InspectedFile,
  wanted: ReadonlySet<string>,
): Promise<Map<string, FoundRow[]>> => {
  const isCsv = group.header.format === "csv";
  const nulls = new Set(group.source.csv.nullTexts);
  const parser = parse({
    delimiter: isCsv ? group.source.csv.delimiter : NO_DELIMITER,
    quote: isCsv ? '"' : null,
    record_delimiter: ["\r\n", "\n", "\r"],
    bom: true,
    info: true,
    raw: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
  });
  const source = decompressed(file);
  source.on("error", (error) => parser.destroy(error));
  const found = new Map<string, FoundRow[]>();
  const records = source.pipe(parser) as AsyncIterable<{
    record: string[];
    raw: string;
    info: { bytes: number; lines: number };
  }>;
  let offset = 0;
  let isData = !isCsv;
  for await (const { record, raw, info } of records) {
    const isHeader = !isData && info.lines > (group.source.csv.skipLines ?? 0) && raw.trim() !== "";
    if (!isData) {
      isData = isHeader;
      offset = info.bytes;
      continue;
    }
    const key = record.map((value) => (nulls.has(value) ? "" : value)).join(isCsv ? SEPARATOR : NO_DELIMITER);
    if (wanted.has(key))
      found.set(key, [...(found.get(key) ?? []), { offset, raw: raw.replace(/[\r\n]+$/, "") }]);
    offset = info.bytes;
  }
  return found;
};

/** Rows that are records of their format but hold a value that can't be read. */
const unreadableRows = async (run: Run, staged: StagedGroup): Promise<readonly QuarantinedRow[]> => {
  const source = staged.group.source.id;
  const rows: QuarantinedRow[] = [];
  for (const [path, own] of Map.groupBy(await readRejected(run, staged), ({ file }) => file)) {
    const file = staged.group.files.find((candidate) => candidate.path === path);
    const known =
      file === undefined || file.format === "parquet" || own.length > MAX_LOOKED_UP
        ? new Map<string, FoundRow[]>()
        : await findRows(staged, file, new Set(own.map(({ key }) => key)));
    const places = [...known.values()].flat().map(({ offset }) => ({ offset }));
    const found = file === undefined || places.length === 0 ? undefined : await findPlaces(file, places);
    for (const { reason, raw, key } of own) {
      const [column = null] = reason.includes(": ") ? reason.split(": ") : [];
      const at = known.get(key)?.shift();
      const whole = key === "" ? raw : key.replaceAll(SEPARATOR, staged.group.source.csv.delimiter);
      const line = at === undefined ? null : (found?.get(at.offset)?.line ?? null);
      rows.push({ source, file: path, line, column, reason, raw: at?.raw ?? whole });
    }
  }
  return rows;
};

/** Text in whatever encoding shows every byte: what is not UTF-8 is told as Latin-1. */
const textOf = (bytes: Buffer): string => bytes.toString(isUtf8(bytes) ? "utf8" : "latin1");

/** Lines that are no records of their format. The reader counts records where these tell lines. */
const brokenRows = async ({
  group,
  brokenLines,
  originals,
}: StagedGroup): Promise<readonly QuarantinedRow[]> => {
  const rows: QuarantinedRow[] = [];
  for (const [path, own] of Map.groupBy(brokenLines, ({ file }) => file)) {
    const compression = originals.has(path) ? "none" : (group.files[0]?.compression ?? "none");
    const found = await findPlaces({ path, compression }, own);
    const file = originals.get(path) ?? path;
    for (const { offset, column, reason } of own) {
      const at = found.get(offset);
      const raw = at === undefined ? null : textOf(at.bytes);
      rows.push({ source: group.source.id, file, line: at?.line ?? null, column, reason, raw });
    }
  }
  return rows;
};

/** Everything of a group that could not be read, with line numbers from a second pass over its files. */
export const collectRejected = async (
  run: Run,
  staged: StagedGroup,
  rejectedRows: number,
): Promise<readonly QuarantinedRow[]> => [
  ...(await brokenRows(staged)),
  ...(rejectedRows === 0 ? [] : await unreadableRows(run, staged)),
];

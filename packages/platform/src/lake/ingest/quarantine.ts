import { quoteIdent, quoteText } from "../../sql/dialect.ts";
import type { InspectedFile } from "../input/inspect-file.ts";
import { csvColumnName, LINE_COLUMN } from "../input/physical-columns.ts";
import { fieldsOf, rawText, scanRecords } from "../input/scan-records.ts";
import { judge } from "../input/set-broken-aside.ts";
import { readSql } from "./read-sql.ts";
import { baseSql, REJECTED, WORK } from "./relation-sql.ts";
import { originalPath, type Run, type StagedGroup, textFormat } from "./stage.ts";

/** A row that could not be read: where it stands, what is wrong, and the row as it was. */
export interface QuarantinedRow {
  readonly source: string;
  readonly file: string;
  /** The line that the row begins on; null in Parquet, and past {@link MAX_LOOKED_UP} rows. */
  readonly line: number | null;
  readonly column: string | null;
  readonly reason: string;
  readonly raw: string | null;
  /** Where there is no line to name: SHA-256 in hex of the row's text, which finds it again. */
  readonly rowHash?: string | null;
}

/** Line numbers are looked up for this many rows of a file; past it a file is plainly not what its header says. */
const MAX_LOOKED_UP = 100_000;

const SEPARATOR = "\u001f";

interface Rejected {
  readonly file: string;
  readonly reason: string;
  readonly raw: string | null;
  /** The values of the whole row, to be found again in its file. */
  readonly key: string;
}

interface FoundRow {
  readonly line: number;
  readonly raw: string;
}

const keySql = ({ group }: StagedGroup): string => {
  if (group.header.format === "ndjson") return quoteIdent(LINE_COLUMN);
  if (group.header.format === "parquet") return "CAST(NULL AS VARCHAR)";
  const parts = group.header.columns.map((_, index) => `COALESCE(${quoteIdent(csvColumnName(index))}, '')`);
  return `concat_ws(${quoteText(SEPARATOR)}, ${parts.join(", ")})`;
};

const readRejected = async (run: Run, staged: StagedGroup): Promise<readonly Rejected[]> => {
  const { group, files } = staged;
  await run({ text: "DROP TABLE IF EXISTS again; DROP TABLE IF EXISTS again_scans" });
  const base = baseSql(group, readSql(group, files, "again"));
  const columns = [WORK.file, WORK.reject, WORK.raw].map(quoteIdent).join(", ");
  const { rows } = await run({
    text: `SELECT ${columns}, ${keySql(staged)} FROM ${base} WHERE ${quoteIdent(WORK.class)} = ${quoteText(REJECTED)}`,
  });
  return rows.map(([file, reason, raw, key]) => ({
    file: originalPath(staged, String(file)),
    reason: String(reason),
    raw: raw === null ? null : String(raw),
    key: key === null ? "" : String(key),
  }));
};

/** Finds rows again in their file: values of the row → the records that have them, in the order of the file. */
const findRows = async (
  { group }: StagedGroup,
  file: InspectedFile,
  wanted: ReadonlySet<string>,
): Promise<Map<string, FoundRow[]>> => {
  const format = textFormat(group);
  const { csv, fields, linesBefore } = format;
  const nulls = new Set(csv?.nullTexts);
  const found = new Map<string, FoundRow[]>();
  let isHeader = csv !== undefined;
  for await (const record of scanRecords(file, { csv })) {
    if (record.line <= linesBefore) continue;
    // A header can have faults of its own, such as a letter that is no UTF-8; the row below it is none. A broken record
    // may begin with the very fields of a row.
    const isRow = !isHeader && typeof judge(record, format) !== "string";
    isHeader = false;
    if (!isRow) continue;
    const values = csv === undefined ? [rawText(record)] : fieldsOf(record).slice(0, fields);
    // The engine's client takes a byte order mark off the keys it tells.
    const key = values
      .map((value) => (nulls.has(value) ? "" : value))
      .join(SEPARATOR)
      .replace(/^\uFEFF/, "");
    if (wanted.has(key)) {
      const rows = found.get(key) ?? [];
      rows.push({ line: record.line, raw: rawText(record) });
      found.set(key, rows);
    }
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
    for (const { reason, raw, key } of own) {
      const [column = null] = reason.includes(": ") ? reason.split(": ") : [];
      const at = known.get(key)?.shift();
      const whole = key === "" ? raw : key.replaceAll(SEPARATOR, staged.group.source.csv.delimiter);
      rows.push({ source, file: path, line: at?.line ?? null, column, reason, raw: at?.raw ?? whole });
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
  ...staged.brokenLines.map((broken) => ({ ...broken, source: staged.group.source.id, column: null })),
  ...(rejectedRows === 0 ? [] : await unreadableRows(run, staged)),
];

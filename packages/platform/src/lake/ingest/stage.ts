import { join } from "node:path";
import { quoteIdent, quoteText } from "../../sql/dialect.ts";
import { parquetOf, type RunOptions, type Statement } from "../database.ts";
import { lakeErrors } from "../errors.ts";
import { toInputFailure } from "../input/input-failure.ts";
import type { InspectedFile } from "../input/inspect-file.ts";
import { csvColumnName } from "../input/physical-columns.ts";
import { type BrokenRecord, setBrokenAside, type TextFormat } from "../input/set-broken-aside.ts";
import type { ResultSet } from "../result-set.ts";
import { type InputGroup, isOneToOne } from "./input-group.ts";
import { type ReadableFile, readSql } from "./read-sql.ts";
import { baseSql, chargesSql, stagedWorkColumns, totalsSql, totalsTable } from "./relation-sql.ts";

/** A record of a text file that breaks the rules of its format. */
export interface BrokenLine extends BrokenRecord {
  /** Path that the user gave. */
  readonly file: string;
}

/** A group's rows, ready to be asked and copied as often as needed without reading text again. */
export interface StagedGroup {
  readonly group: InputGroup;
  /** FROM-able: the file's columns alone, unless `chargesFile` is set. */
  readonly from: string;
  /** FROM-able: one row per input row, with the working columns. */
  readonly base: string;
  /** Whether the files are asked as they are: nothing of them is staged or compared with other files. */
  readonly readAsIs?: true;
  /** Set when `base` already is a Parquet file of charges, one per input row. */
  readonly chargesFile?: string;
  readonly brokenLines: readonly BrokenLine[];
  /** What was read in place of each file of the group, in their order: the file itself, or its text without broken records. */
  readonly files: readonly ReadableFile[];
}

export type Run = (statement: Statement, options?: RunOptions) => Promise<ResultSet>;

export interface StageContext {
  readonly run: Run;
  readonly folder: string;
  readonly tagColumns: ReadonlyMap<string, string>;
  readonly signal: AbortSignal | undefined;
  /** Whether the file's text is UTF-8, once it is found whole. */
  isUtf8(file: InspectedFile): Promise<boolean>;
}

/** Path that the user gave of a file that the engine read. */
export const originalPath = ({ group, files }: StagedGroup, path: string): string =>
  group.files[files.findIndex((file) => file.path === path)]?.path ?? path;

export const PARQUET_OPTIONS = "FORMAT parquet, COMPRESSION zstd";
/** Staged rows are wide (whole lines, nested values, all that was computed) and short-lived: small groups bound the memory. */
const STAGE_OPTIONS = "FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE 20480";

/** Whether the reader met a line that is no record. */
const hasRejects = async (run: Run, table: string): Promise<boolean> =>
  Number((await run({ text: `SELECT count(*) FROM ${quoteIdent(table)}` })).rows[0]?.[0] ?? 0) > 0;

/** Whether one row tells all of its own computed values, so that they can be staged with it. */
const isSelfContained = ({ mapping, columns }: InputGroup): boolean =>
  mapping.twinKey === undefined && columns.joinedTotals.length === 0;

const copyText = (
  group: InputGroup,
  read: string,
  tagColumns: ReadonlyMap<string, string>,
  isDirect: boolean,
): string => {
  if (isDirect)
    return chargesSql(group, baseSql(group, read), tagColumns, { work: stagedWorkColumns(group) });
  // Every load and branch asks these rows again: what they need is computed once.
  return `SELECT * FROM ${isSelfContained(group) ? baseSql(group, read) : read}`;
};

/**
 * Whether the group's charges can be written in one pass. They need not have every column of their files, but text that
 * is no UTF-8 is only read safely where all are read.
 */
const isDirectlyRead = async (context: StageContext, group: InputGroup): Promise<boolean> => {
  if (!isOneToOne(group)) return false;
  const text = copyText(group, "input", context.tagColumns, true);
  if (group.header.columns.every((_, index) => text.includes(quoteIdent(csvColumnName(index))))) return true;
  const utf8 = await Promise.all(group.files.map((file) => context.isUtf8(file)));
  return utf8.every(Boolean);
};

/** Reads text once, into Parquet in the temporary folder; files with broken records are read again without those. */
const stageText = async (context: StageContext, group: InputGroup, index: number): Promise<StagedGroup> => {
  const { run, folder, tagColumns, signal } = context;
  const target = join(folder, `stage-${index}.parquet`);
  const rejects = `rejects_${index}`;
  const paths = group.files.map(({ path }) => path);
  const copy = async (files: readonly ReadableFile[], isDirect: boolean): Promise<boolean> => {
    await run({ text: `DROP TABLE IF EXISTS ${rejects}; DROP TABLE IF EXISTS ${rejects}_scans` });
    const select = copyText(group, readSql(group, files, rejects), tagColumns, isDirect);
    const options = isDirect ? PARQUET_OPTIONS : STAGE_OPTIONS;
    await run({ text: `COPY (${select}) TO ${quoteText(target)} (${options})` }, { signal });
    return !(await hasRejects(run, rejects));
  };
  const files: ReadableFile[] = [...group.files];
  const isDirect = await isDirectlyRead(context, group);
  const isWhole = await copy(files, isDirect).catch((error: unknown) => {
    // It refuses files as a whole that mix line ends, among others.
    if (toInputFailure(error, paths) === error) throw error;
    return false;
  });
  const brokenLines: BrokenLine[] = [];
  if (!isWhole) {
    // A damaged file says so here.
    for (const file of group.files) await context.isUtf8(file);
    for (const [position, file] of group.files.entries()) {
      const path = join(folder, `records-${index}-${position}`);
      const broken = await setBrokenAside(file, path, textFormat(group));
      brokenLines.push(...broken.map((record) => ({ ...record, file: paths[position] ?? "" })));
      files[position] = { path, compression: "none" };
    }
    if (!(await copy(files, isDirect))) {
      const reason = "its records follow no rule of CSV (RFC 4180)";
      throw lakeErrors.create("LAKE_INPUT_CORRUPT", { file: fileNames(group.files), reason });
    }
  }
  const staged = parquetOf([target]);
  await makeTotals(context, group, staged);
  if (isDirect) return { group, from: staged, base: staged, chargesFile: target, brokenLines, files };
  const base = isSelfContained(group) ? staged : baseSql(group, staged);
  return { group, from: staged, base, brokenLines, files };
};

export const textFormat = ({ source, header }: InputGroup): TextFormat =>
  header.format === "csv"
    ? { csv: source.csv, fields: header.columns.length, linesBefore: header.linesBefore ?? 0 }
    : { csv: undefined, fields: 1, linesBefore: 0 };

/** Fills the tables of the group's totals, so that surveys and branches join them instead of computing them again. */
const makeTotals = async ({ run, signal }: StageContext, group: InputGroup, from: string): Promise<void> => {
  for (const totals of group.columns.joinedTotals) {
    const table = quoteIdent(totalsTable(group, totals));
    const text = `CREATE OR REPLACE TEMPORARY TABLE ${table} AS ${totalsSql(group, totals, from)}`;
    await run({ text }, { signal });
    const { rows } = await run({ text: `SELECT 1 FROM ${table} LIMIT 1` });
    if (rows.length === 0) group.columns.emptyTotals.add(totals.table);
  }
};

const fileNames = (files: readonly InspectedFile[]): string => {
  const [first] = files;
  return files.length === 1 ? (first?.path ?? "") : `one of ${files.length} files such as ${first?.path}`;
};

/** Makes a group's rows askable: Parquet as it is, text through one reading pass. */
export const stageGroup = async (
  context: StageContext,
  group: InputGroup,
  index: number,
): Promise<StagedGroup> => {
  if (group.header.format !== "parquet") return stageText(context, group, index);
  const read = readSql(group, group.files);
  await makeTotals(context, group, read);
  const staged = { group, from: read, base: baseSql(group, read), brokenLines: [], files: group.files };
  if (group.mapping.workedOutOnce !== true || !isSelfContained(group))
    return group.mapping.twinKey === undefined ? { ...staged, readAsIs: true } : staged;
  const target = join(context.folder, `stage-${index}.parquet`);
  const copy = `COPY (SELECT * FROM ${staged.base}) TO ${quoteText(target)} (${STAGE_OPTIONS})`;
  await context.run({ text: copy }, { signal: context.signal });
  const from = parquetOf([target]);
  return { ...staged, from, base: from };
};

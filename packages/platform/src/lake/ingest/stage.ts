import { join } from "node:path";
import { TrimtabError } from "@trimtab/domain";
import { quoteIdent, quoteText } from "../../sql/dialect.ts";
import { fileList, type RunOptions, type Statement } from "../database.ts";
import { lakeErrors } from "../errors.ts";
import { firstFault } from "../input/first-fault.ts";
import type { InspectedFile } from "../input/inspect-file.ts";
import { normaliseLineEnds } from "../input/normalise-line-ends.ts";
import type { ResultSet } from "../result-set.ts";
import { type InputGroup, isOneToOne } from "./input-group.ts";
import {
  baseSql,
  chargesSql,
  type ReadableFile,
  readSql,
  stagedWorkColumns,
  totalsSql,
} from "./relation-sql.ts";

/** A line that is no record of its format, as the reader saw it. */
export interface BrokenLine {
  /** Path that was read. */
  readonly file: string;
  /** Byte of the decompressed file that it begins at. */
  readonly offset: number;
  /** Bytes of the broken record as far as the reader tells; it may have several lines. */
  readonly atLeast: number;
  readonly column: string | null;
  readonly reason: string;
}

/** A group's rows, ready to be asked and copied as often as needed without reading text again. */
export interface StagedGroup {
  readonly group: InputGroup;
  /** FROM-able: the file's columns alone, unless `chargesFile` is set. */
  readonly from: string;
  /** FROM-able: one row per input row, with the working columns. */
  readonly base: string;
  /** Set when `base` already is a Parquet file of charges, one per input row. */
  readonly chargesFile?: string;
  readonly brokenLines: readonly BrokenLine[];
  /** Path that was read → path the user gave, where they differ. */
  readonly originals: ReadonlyMap<string, string>;
}

export type Run = (statement: Statement, options?: RunOptions) => Promise<ResultSet>;

export interface StageContext {
  readonly run: Run;
  readonly folder: string;
  readonly tagColumns: ReadonlyMap<string, string>;
  readonly signal: AbortSignal | undefined;
  /** The file as plain text, once it is found whole. */
  unpacked(file: InspectedFile): Promise<ReadableFile>;
}

export const PARQUET_OPTIONS = "FORMAT parquet, COMPRESSION zstd";
/** Staged rows are wide (whole lines, nested values, all that was computed) and short-lived: small groups bound the memory. */
const STAGE_OPTIONS = "FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE 20480";

const readBrokenLines = async (run: Run, table: string): Promise<readonly BrokenLine[]> => {
  const scans = `${table}_scans`;
  const { rows } = await run({
    text:
      // A line may have several faults; it is one line. Positions count from 1.
      "SELECT s.file_path, e.line_byte_position - 1, first(e.column_name ORDER BY e.byte_position), " +
      "first(e.error_type ORDER BY e.byte_position), first(e.csv_line ORDER BY e.byte_position) " +
      `FROM ${quoteIdent(table)} e JOIN ${quoteIdent(scans)} s USING (scan_id, file_id) GROUP BY 1, 2 ORDER BY 1, 2`,
  });
  return rows.map(([file, offset, column, reason, line]) => {
    // After \r\n the reader takes the \n for the beginning of the line. It blurs and cuts what it shows of a line.
    const shown = String(line ?? "");
    const early = shown.startsWith("\n") ? 1 : 0;
    return {
      file: String(file),
      offset: Number(offset) + early,
      atLeast: Buffer.byteLength(shown) - early,
      column: column === null ? null : String(column),
      reason: String(reason).toLowerCase(),
    };
  });
};

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

const isMixedLineEnds = (error: unknown): boolean =>
  error instanceof Error && /state machine reached an invalid state/.test(error.message);

/** The engine refused a file as a whole: says which line may be why, if one breaks the rules of its format. */
const toLineFault = async (error: unknown, group: InputGroup): Promise<unknown> => {
  const isCause = error instanceof TrimtabError && /LAKE_(QUERY_FAILED|INPUT_CORRUPT)/.test(error.code);
  if (!isCause || group.header.format !== "csv") return error;
  for (const file of group.files) {
    const reason = await firstFault(file, group.source.csv, group.header.columns.length);
    if (reason !== undefined)
      return lakeErrors.create("LAKE_INPUT_CORRUPT", { file: file.path, reason }, { cause: error });
  }
  return error;
};

/** Reads text once, into Parquet in the temporary folder. */
const stageText = async (context: StageContext, group: InputGroup, index: number): Promise<StagedGroup> => {
  const { run, folder, tagColumns, signal } = context;
  const target = join(folder, `stage-${index}.parquet`);
  const rejects = `rejects_${index}`;
  const copy = async (files: readonly ReadableFile[], isDirect: boolean): Promise<void> => {
    await run({ text: `DROP TABLE IF EXISTS ${rejects}; DROP TABLE IF EXISTS ${rejects}_scans` });
    const select = copyText(group, readSql(group, files, rejects), tagColumns, isDirect);
    const options = isDirect ? PARQUET_OPTIONS : STAGE_OPTIONS;
    await run({ text: `COPY (${select}) TO ${quoteText(target)} (${options})` }, { signal });
  };
  const originals = new Map<string, string>();
  const files: ReadableFile[] = [];
  for (const file of group.files) {
    const plain = await context.unpacked(file);
    if (plain.path !== file.path) originals.set(plain.path, file.path);
    files.push(plain);
  }
  // Charges need not have every column, but text that is no UTF-8 is only read safely where all are read.
  const isDirect = isOneToOne(group) && files.every(({ isUtf8 }) => isUtf8 !== false);
  try {
    await copy(files, isDirect);
  } catch (error) {
    if (!isMixedLineEnds(error)) throw await toLineFault(error, group);
    originals.clear();
    for (const [position, file] of group.files.entries()) {
      const path = join(folder, `lines-${index}-${position}`);
      await normaliseLineEnds(file, path);
      originals.set(path, file.path);
    }
    const mended = [...originals.keys()].map((path) => ({ path, compression: "none" as const }));
    await copy(mended, isDirect).catch(async (cause: unknown) => {
      const reason = "its quotes and line ends follow no CSV rule (RFC 4180)";
      const refused = { file: fileNames(group.files), reason };
      throw await toLineFault(lakeErrors.create("LAKE_INPUT_CORRUPT", refused, { cause }), group);
    });
  }
  const brokenLines = await readBrokenLines(run, rejects);
  const staged = `read_parquet(${fileList([target])})`;
  await makeTotals(context, group, staged);
  if (isDirect) return { group, from: staged, base: staged, chargesFile: target, brokenLines, originals };
  const base = isSelfContained(group) ? staged : baseSql(group, staged);
  return { group, from: staged, base, brokenLines, originals };
};

/** Fills the tables of the group's totals, so that surveys and branches join them instead of computing them again. */
const makeTotals = async ({ run, signal }: StageContext, group: InputGroup, from: string): Promise<void> => {
  for (const totals of group.columns.joinedTotals)
    await run(
      {
        text: `CREATE OR REPLACE TEMPORARY TABLE ${quoteIdent(totals.table)} AS ${totalsSql(group, totals, from)}`,
      },
      { signal },
    );
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
  const staged = { group, from: read, base: baseSql(group, read), brokenLines: [], originals: new Map() };
  if (group.mapping.workedOutOnce !== true || !isSelfContained(group)) return staged;
  const target = join(context.folder, `stage-${index}.parquet`);
  const copy = `COPY (SELECT * FROM ${staged.base}) TO ${quoteText(target)} (${STAGE_OPTIONS})`;
  await context.run({ text: copy }, { signal: context.signal });
  const from = `read_parquet(${fileList([target])})`;
  return { ...staged, from, base: from };
};

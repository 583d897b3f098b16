import { writeFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { quoteText } from "../../sql/dialect.ts";
import { fileText } from "../database.ts";
import { lakeErrors } from "../errors.ts";
import { newId } from "../layout.ts";
import type { LoadEntry } from "../manifest.ts";
import type { IngestContext } from "./ingest.ts";
import type { PreparedLoad } from "./prepare-load.ts";
import { collectRejected, type QuarantinedRow } from "./quarantine.ts";
import { MAPPED, REJECTED } from "./relation-sql.ts";
import { PARQUET_OPTIONS, type Run, type StageContext, type StagedGroup } from "./stage.ts";
import type { SurveyLine } from "./survey.ts";

/** Writes quarantined rows as Parquet at `target`. */
const writeQuarantine = async (
  run: Run,
  rows: readonly QuarantinedRow[],
  temporary: string,
  target: string,
): Promise<void> => {
  const texts = rows.map(({ rowHash = null, ...row }) => JSON.stringify({ ...row, row_hash: rowHash }));
  await writeFile(temporary, texts.join("\n"));
  const columns =
    "{source: 'VARCHAR', file: 'VARCHAR', line: 'BIGINT', 'column': 'VARCHAR', reason: 'VARCHAR', raw: 'VARCHAR', row_hash: 'VARCHAR'}";
  const read = `read_json(${fileText(temporary)}, format='newline_delimited', columns=${columns}, maximum_object_size=134217728)`;
  await run({ text: `COPY (SELECT * FROM ${read}) TO ${quoteText(target)} (${PARQUET_OPTIONS})` });
};

export interface Quarantined {
  readonly rows: readonly QuarantinedRow[];
  /** Absent: every row could be read. */
  readonly path?: string;
}

/**
 * Writes all rows of an ingest that can't be read.
 * @throws LAKE_ALL_REJECTED
 */
export const quarantine = async (
  context: IngestContext,
  stage: StageContext,
  staged: readonly StagedGroup[],
  survey: readonly SurveyLine[],
): Promise<Quarantined> => {
  const all: QuarantinedRow[] = [];
  for (const group of staged) {
    const rejected = survey.filter((line) => line.staged === group && line.fate === REJECTED);
    all.push(
      ...(await collectRejected(
        stage.run,
        group,
        rejected.reduce((sum, { rows }) => sum + rows, 0),
      )),
    );
  }
  return keepQuarantined(context, stage, all, survey);
};

/**
 * As {@link quarantine}, of rows that were collected before.
 * @throws LAKE_ALL_REJECTED
 */
export const keepQuarantined = async (
  context: IngestContext,
  stage: Pick<StageContext, "run" | "folder">,
  all: readonly QuarantinedRow[],
  survey: readonly SurveyLine[],
): Promise<Quarantined> => {
  const [first] = all;
  if (first === undefined) return { rows: all };
  const accepted = survey.filter(({ fate }) => fate === MAPPED).reduce((sum, { rows }) => sum + rows, 0);
  if (accepted === 0)
    throw lakeErrors.create("LAKE_ALL_REJECTED", {
      rows: all.length,
      file: first.file,
      line: first.line ?? "?",
      column: first.column ?? "?",
      reason: first.reason,
    });
  const folder = posix.join("quarantine", `source=${first.source}`, `load=${newId(context.clock())}`);
  const path = posix.join(folder, "part-0.parquet");
  await context.place(folder);
  const draft = join(stage.folder, "quarantine.parquet");
  await writeQuarantine(stage.run, all, join(stage.folder, "quarantine.ndjson"), draft);
  await context.storage.put(path, draft);
  return { rows: all, path };
};

/** Rows that can't be read often lack a period; they count with the loads of the files they stand in. */
export const quarantinedOf = (
  { planned }: PreparedLoad,
  { rows, path }: Quarantined,
): LoadEntry["quarantined"] => {
  if (path === undefined) return { rows: 0 };
  const files = new Set(planned.lines.map(({ file }) => file));
  return { rows: rows.filter(({ file }) => files.has(file)).length, path };
};

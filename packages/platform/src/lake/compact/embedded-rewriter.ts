import { mkdir, readdir, rename, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { quoteIdent, quoteText } from "../../sql/dialect.ts";
import { duckdbDialect } from "../../sql/duckdb-dialect.ts";
import { CHARGE_COLUMNS, EXTRA_COLUMN } from "../charge-columns.ts";
import { parquetOf } from "../database.ts";
import { DAY_TOTALS, makeDayTotals } from "../ingest/measure-load.ts";
import { rollupDimensions } from "../ingest/rollup.ts";
import { PARQUET_OPTIONS, type Run } from "../ingest/stage.ts";
import { writeRollups } from "../ingest/write-rollups.ts";
import { loadFolder } from "../layout.ts";
import type { LakeFile } from "../manifest.ts";
import type { LakeStorage } from "../storage/storage.ts";
import type { PlannedCompaction } from "./plan-compaction.ts";
import type { Rewriter, RewriterSurroundings, RewriteWork, Rewritten } from "./rewriter.ts";
import { digestOf } from "./row-digest.ts";
import { requireSameRows } from "./same-rows.ts";

/** The embedded engine writes loads again, by way of the temporary folder. */
export const openEmbeddedRewriter = async (surroundings: RewriterSurroundings): Promise<Rewriter> => ({
  rewrite: (work) => rewrite(surroundings, work),
});

const rewrite = async (
  { run, storage, folder, signal }: RewriterSurroundings,
  { planned, id }: RewriteWork,
): Promise<Rewritten> => {
  const { load, tagColumns } = planned;
  const old = parquetOf(
    load.files.map(({ path }) => storage.localPath(path)),
    { byName: load.files.length > 1 },
  );
  const columns = await columnsOf(run, old, planned);
  const select = `SELECT ${columns.map(({ sql, name }) => `${sql} AS ${quoteIdent(name)}`).join(", ")} FROM ${old}`;
  const drafts = await copyCharges(run, { select, planned, folder: join(folder, id), signal });
  const names = columns.map(({ name }) => name);
  const written = parquetOf(drafts);
  requireSameRows(
    load,
    await digestOf(run, `(${select})`, names, signal),
    await digestOf(run, written, names, signal),
  );
  const tags = new Map(Object.entries(tagColumns));
  await makeDayTotals(run, drafts, rollupDimensions(tags));
  const files = await placeCharges(run, storage, drafts, loadFolder("charges", load, id));
  const daily = loadFolder("charges_daily", load, id);
  const target = { storage, folder: daily, drafts: join(folder, id) };
  const rollups = await writeRollups(run, { rows: load.rows, tags }, target);
  await run({ text: `DROP TABLE ${DAY_TOTALS}` });
  return { files, rollups };
};

interface Column {
  readonly name: string;
  readonly sql: string;
}

/**
 * What the new files hold: the fixed columns and the promoted tags in the lake's order and spelling, a cluster writes them
 * in another, then whatever else a newer program may have put there.
 */
const columnsOf = async (
  run: Run,
  old: string,
  { load, tagColumns }: PlannedCompaction,
): Promise<readonly Column[]> => {
  const { rows } = await run({ text: `DESCRIBE SELECT * FROM ${old}` });
  const there = new Map(rows.map(([name]) => [String(name).toLowerCase(), String(name)]));
  const fixed = [...CHARGE_COLUMNS, { name: EXTRA_COLUMN, type: "text" } as const].map(({ name, type }) => {
    const found = there.get(name.toLowerCase());
    return { name, sql: found === undefined ? duckdbDialect.literal(type, null) : quoteIdent(found) };
  });
  const tags = Object.entries(tagColumns).map(([key, name]) => ({
    name,
    sql: load.tagColumns[key] === undefined ? `${quoteIdent("Tags")}[${quoteText(key)}]` : quoteIdent(name),
  }));
  const own = new Set([...fixed, ...tags].map(({ name }) => name.toLowerCase()));
  const others = [...there].flatMap(([small, name]) =>
    own.has(small) ? [] : [{ name, sql: quoteIdent(name) }],
  );
  return [...fixed, ...tags, ...others];
};

/** Writes the charges below the temporary folder; several files where they are to be several. */
const copyCharges = async (
  run: Run,
  {
    select,
    planned,
    folder,
    signal,
  }: {
    readonly select: string;
    readonly planned: PlannedCompaction;
    readonly folder: string;
    readonly signal: AbortSignal | undefined;
  },
): Promise<readonly string[]> => {
  await mkdir(folder, { recursive: true });
  if (planned.filesAfter === 1) {
    const target = join(folder, "part-0.parquet");
    await run({ text: `COPY (${select}) TO ${quoteText(target)} (${PARQUET_OPTIONS})` }, { signal });
    return [target];
  }
  const parts = join(folder, "parts");
  const size = `FILE_SIZE_BYTES ${Math.ceil(planned.bytes / planned.filesAfter)}`;
  await run({ text: `COPY (${select}) TO ${quoteText(parts)} (${PARQUET_OPTIONS}, ${size})` }, { signal });
  const made = (await readdir(parts)).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const drafts: string[] = [];
  for (const [index, name] of made.entries()) {
    const draft = join(folder, `part-${index}.parquet`);
    await rename(join(parts, name), draft);
    drafts.push(draft);
  }
  return drafts;
};

const placeCharges = async (
  run: Run,
  storage: LakeStorage,
  drafts: readonly string[],
  folder: string,
): Promise<readonly LakeFile[]> => {
  const files: LakeFile[] = [];
  for (const draft of drafts) {
    const { rows } = await run({ text: `SELECT count(*) FROM ${parquetOf([draft])}` });
    const count = Number(rows[0]?.[0] ?? 0);
    // The engine opens the next file before it knows whether there is anything to put in.
    if (count === 0 && drafts.length > 1) continue;
    const path = posix.join(folder, `part-${files.length}.parquet`);
    files.push({ path, rows: count, bytes: (await stat(draft)).size });
    await storage.put(path, draft);
  }
  return files;
};

import { mkdir, rm, stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { readDigest } from "../lake/compact/same-rows.ts";
import { parquetOf } from "../lake/database.ts";
import { readLoadRecord, recordPath } from "../lake/ingest/coverage.ts";
import type { Lake } from "../lake/lake.ts";
import { loadFolder, newId } from "../lake/layout.ts";
import { COST_COLUMNS, type LakeFile, type LoadEntry } from "../lake/manifest.ts";
import { quoteIdent, quoteText } from "../sql/dialect.ts";

export interface RemakeOptions {
  /** How many files it has. */
  readonly parts?: number;
  /** Its rows, out of those it had. */
  readonly select?: (from: string) => string;
  readonly tagColumns?: LoadEntry["tagColumns"];
  readonly change?: Partial<LoadEntry>;
}

/** Puts another load in a load's place, as a slow writer would have made it: files as asked for, no rollups, true sums. */
export const remakeLoad = async (
  lake: Lake,
  load: LoadEntry,
  { parts = 1, select = (from) => `SELECT * FROM ${from}`, tagColumns = {}, change = {} }: RemakeOptions,
): Promise<LoadEntry> => {
  const id = newId(new Date());
  const { storage } = lake;
  const drafts = join(storage.scratch, "_tmp", `remake-${id}`);
  await mkdir(drafts, { recursive: true });
  const dropped = Object.entries(load.tagColumns).filter(([key]) => tagColumns[key] === undefined);
  const exclude = ["part_number", ...dropped.map(([, name]) => name)].map(quoteIdent).join(", ");
  const numbered = `SELECT *, row_number() OVER () % ${parts} AS part_number FROM (${select(lake.scanCharges([load]))})`;
  const files: LakeFile[] = [];
  for (let part = 0; part < parts; part += 1) {
    const draft = join(drafts, `${part}.parquet`);
    await lake.run({
      text:
        `COPY (SELECT * EXCLUDE (${exclude}) FROM (${numbered}) WHERE part_number = ${part}) ` +
        `TO ${quoteText(draft)} (FORMAT parquet, COMPRESSION zstd)`,
    });
    const { rows } = await lake.run({ text: `SELECT count(*) FROM ${parquetOf([draft])}` });
    const path = posix.join(loadFolder("charges", load, id), `slow-${part}.parquet`);
    files.push({ path, rows: Number(rows[0]?.[0]), bytes: (await stat(draft)).size });
    await storage.put(path, draft);
  }
  await rm(drafts, { recursive: true });
  const { rollupsWeighed: _, ...rest } = load;
  const entry: LoadEntry = {
    ...rest,
    ...(await measured(lake, files)),
    id,
    files,
    rollups: [],
    tagColumns,
    ...change,
  };
  const record = await readLoadRecord(storage, load);
  if (record !== undefined) await storage.putText(recordPath(entry), JSON.stringify({ ...record, entry }));
  await lake.store.commit((current) => ({
    reason: "test",
    loads: current.loads.map((own) => (own.id === load.id ? entry : own)),
    tagColumns: current.tagColumns,
  }));
  return entry;
};

const measured = async (
  lake: Lake,
  files: readonly LakeFile[],
): Promise<Pick<LoadEntry, "rows" | "sums">> => {
  const sums = COST_COLUMNS.map((name) => `sum(${name})`).join(", ");
  const from = parquetOf(files.map(({ path }) => lake.storage.localPath(path)));
  const { rows } = await lake.run({
    text: `SELECT BillingCurrency, count(*), ${sums} FROM ${from} GROUP BY 1`,
  });
  const found = readDigest(rows);
  return { rows: found.rows, sums: found.sums };
};

/** How many rows of each side the other has not, over the columns of `names`. */
export const differingRows = async (
  lake: Lake,
  a: readonly LoadEntry[],
  b: readonly LoadEntry[],
  names: readonly string[],
): Promise<readonly [number, number]> => {
  const list = names.map(quoteIdent).join(", ");
  const count = async (from: readonly LoadEntry[], other: readonly LoadEntry[]): Promise<number> => {
    const { rows } = await lake.run({
      text:
        `SELECT count(*) FROM (SELECT ${list} FROM ${lake.scanCharges(from)} EXCEPT ALL ` +
        `SELECT ${list} FROM ${lake.scanCharges(other)})`,
    });
    return Number(rows[0]?.[0]);
  };
  return [await count(a, b), await count(b, a)];
};

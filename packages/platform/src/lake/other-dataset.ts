import { mkdir, readdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { quoteText } from "../sql/dialect.ts";
import { parquetOf, type RunOptions } from "./database.ts";
import type { Lake } from "./lake.ts";
import { newId, syncFile } from "./layout.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";

/** Data sets that hold no charges: `datasets/<name>/load=<id>/part-0.parquet`, one folder a load. */
const DATASETS_FOLDER = "datasets";
const PART = "part-0.parquet";

/** Column of a stored data set that names its load; later loads sort after earlier ones. */
export const LOAD_COLUMN = "load_id";

export interface StoredDataset {
  readonly dataset: string;
  readonly id: string;
  /** Relative to the lake's root. */
  readonly path: string;
  readonly rows: number;
}

export interface StoreRequest {
  /** Lower-case letters, digits and hyphens. */
  readonly dataset: string;
  /** SQL whose rows are kept. */
  readonly select: string;
  readonly clock: () => Date;
}

/**
 * Keeps rows beside the charges, in no total. The load appears whole or not at all: its folder is renamed into place.
 * Which of several loads counts is for the reader of the data set to say, by {@link LOAD_COLUMN}.
 */
export const storeOtherDataset = async (
  lake: Lake,
  { dataset, select, clock }: StoreRequest,
  options: RunOptions = {},
): Promise<StoredDataset> => {
  const id = newId(clock());
  const path = join(DATASETS_FOLDER, dataset, `load=${id}`, PART);
  return withTemporaryFolder(lake.root, clock(), async (folder) => {
    const draft = join(folder, "dataset", PART);
    await mkdir(dirname(draft), { recursive: true });
    const rows = `SELECT *, ${quoteText(id)} AS ${LOAD_COLUMN} FROM (${select})`;
    await lake.run(
      { text: `COPY (${rows}) TO ${quoteText(draft)} (FORMAT parquet, COMPRESSION zstd)` },
      options,
    );
    const count = await lake.run({ text: `SELECT count(*) FROM ${parquetOf([draft])}` });
    const target = join(lake.root, path);
    await mkdir(dirname(dirname(target)), { recursive: true });
    await syncFile(draft, folder);
    await rename(dirname(draft), dirname(target));
    await syncFile(target, lake.root);
    return { dataset, id, path, rows: Number(count.rows[0]?.[0] ?? 0) };
  });
};

/** FROM-able SQL over all loads of a data set, or undefined where there is none. */
export const scanOtherDataset = async (lake: Lake, dataset: string): Promise<string | undefined> => {
  const folder = join(lake.root, DATASETS_FOLDER, dataset);
  const loads = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith("load=")).sort();
  if (loads.length === 0) return undefined;
  return parquetOf(
    loads.map((name) => join(folder, name, PART)),
    { byName: true },
  );
};

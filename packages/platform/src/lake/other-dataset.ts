import { join, posix } from "node:path";
import { quoteText } from "../sql/dialect.ts";
import { parquetOf, type RunOptions } from "./database.ts";
import type { Lake } from "./lake.ts";
import { newId } from "./layout.ts";
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
 * Keeps rows beside the charges, in no total. The load appears whole or not at all.
 * Which of several loads counts is for the reader of the data set to say, by {@link LOAD_COLUMN}.
 */
export const storeOtherDataset = async (
  lake: Lake,
  { dataset, select, clock }: StoreRequest,
  options: RunOptions = {},
): Promise<StoredDataset> => {
  const id = newId(clock());
  const path = posix.join(DATASETS_FOLDER, dataset, `load=${id}`, PART);
  return withTemporaryFolder(lake.storage, clock(), async (folder) => {
    const draft = join(folder, PART);
    const rows = `SELECT *, ${quoteText(id)} AS ${LOAD_COLUMN} FROM (${select})`;
    await lake.run(
      { text: `COPY (${rows}) TO ${quoteText(draft)} (FORMAT parquet, COMPRESSION zstd)` },
      options,
    );
    const count = await lake.run({ text: `SELECT count(*) FROM ${parquetOf([draft])}` });
    await lake.storage.put(path, draft);
    return { dataset, id, path, rows: Number(count.rows[0]?.[0] ?? 0) };
  });
};

/** FROM-able SQL over all loads of a data set, or undefined where there is none. */
export const scanOtherDataset = async (lake: Lake, dataset: string): Promise<string | undefined> => {
  const files = await lake.storage.files(posix.join(DATASETS_FOLDER, dataset));
  const parts = files.filter((path) => path.endsWith(`/${PART}`));
  if (parts.length === 0) return undefined;
  return parquetOf(parts.map(lake.storage.localPath), { byName: true });
};

import { join, posix } from "node:path";
import { quoteText } from "../../sql/dialect.ts";
import { type Database, parquetOf } from "../database.ts";
import { newId, slug } from "../layout.ts";
import type { LakeStorage } from "../storage/storage.ts";
import { withTemporaryFolder } from "../temporary-folder.ts";
import type { Change } from "../versioned-index.ts";
import { openPointIndex, POINT_FOLDER } from "./list-point-files.ts";
import { POINT_COLUMNS, POINT_KEY, POINT_ORDER, type PointFile, type PointIndex } from "./point.ts";
import { openStage, type PointStage, type StagedPart } from "./stage.ts";

/** Files of a metric and month are made one when there are so many: daily loads would leave thirty. */
const MAX_FILES = 8;

/** What a write did. */
export interface PointsWritten {
  /** Of the lake's resource metrics; the same as before where nothing changed. */
  readonly version: number;
  /** Points that were given, each once. */
  readonly given: number;
  readonly added: number;
  /** Points that were there with another value. */
  readonly changed: number;
}

/** Files of resource metrics below `resource_metrics/` of the lake's root: what they are is the business of `evidence`. */
export interface ResourceMetricFiles {
  /**
   * Takes in all that `fill` stages, or nothing. A point that is there already is replaced.
   * @throws LAKE_POINTS_CONTRADICT, LAKE_BUSY, LAKE_NOT_WRITABLE, LAKE_DISK_FULL, and what `fill` throws
   */
  write(fill: (stage: PointStage) => Promise<void>): Promise<PointsWritten>;
  /** What there is in the newest version. */
  files(): Promise<readonly PointFile[]>;
  /** FROM-able SQL over these files, with the columns of `POINT_COLUMNS`. */
  scan(files: readonly PointFile[]): string;
}

export const openResourceMetricFiles = (
  storage: LakeStorage,
  database: Pick<Database, "session">,
  clock: () => Date,
): ResourceMetricFiles => {
  const index = openPointIndex(storage, clock);
  const scan = (files: readonly PointFile[]): string =>
    files.length === 0 ? noPoints() : parquetOf(files.map(({ path }) => storage.localPath(path)));
  return {
    files: async () => (await index.newest()).content.files,
    scan,
    write: async (fill) => {
      await storage.prepare();
      return withTemporaryFolder(storage, clock(), (folder) =>
        database.session(async (run) => {
          const { stage, parts } = openStage(run, folder);
          await fill(stage);
          const staged = await parts();
          const given = staged.reduce((sum, { rows }) => sum + rows, 0);
          let counts = { added: 0, changed: 0 };
          const put = async (path: string, draft: string) => storage.put(path, draft);
          const { version } = await index.commit(async (current) => {
            const merged = await mergeAll({ run, folder, scan, put, clock }, current, staged);
            counts = merged.counts;
            return merged.change;
          }, folder);
          return { version, given, ...counts };
        }),
      );
    },
  };
};

/** A relation without rows. */
const noPoints = (): string =>
  `(SELECT ${Object.entries(POINT_COLUMNS)
    .map(([name, type]) => `CAST(NULL AS ${type}) AS ${name}`)
    .join(", ")} WHERE false)`;

interface Merging {
  readonly run: Database["run"];
  readonly folder: string;
  readonly scan: (files: readonly PointFile[]) => string;
  readonly put: (path: string, draft: string) => Promise<void>;
  readonly clock: () => Date;
}

interface Merged {
  readonly counts: { readonly added: number; readonly changed: number };
  readonly change: Change<PointIndex> | undefined;
}

const mergeAll = async (
  merging: Merging,
  current: PointIndex,
  parts: readonly StagedPart[],
): Promise<Merged> => {
  let files: readonly PointFile[] = current.files;
  const counts = { added: 0, changed: 0 };
  const added: string[] = [];
  for (const part of parts) {
    const own = files.filter(({ metric, month }) => metric === part.metric && month === part.month);
    const known = await compare(merging, own, part);
    counts.added += part.rows - known.there;
    counts.changed += known.there - known.same;
    if (known.same === part.rows) continue;
    const isMerged = known.there > known.same || own.length + 1 >= MAX_FILES;
    const file = await writeFile(merging, part, own, isMerged);
    added.push(file.path);
    files = [...files.filter((one) => !(isMerged && own.includes(one))), file];
  }
  return {
    counts,
    change: added.length === 0 ? undefined : { content: { schemaVersion: 1, files: [...files] }, added },
  };
};

const SAME_KEY = POINT_KEY.map((name) => `o.${name} = f.${name}`).join(" AND ");

/** How many of the points are there already, and how many with the same value. */
const compare = async (
  { run, scan }: Merging,
  own: readonly PointFile[],
  { from }: StagedPart,
): Promise<{ readonly there: number; readonly same: number }> => {
  if (own.length === 0) return { there: 0, same: 0 };
  const same = ["value", "bounds", "counts"].map((name) => `o.${name} IS NOT DISTINCT FROM f.${name}`);
  const { rows } = await run({
    text: `SELECT count(*), count(*) FILTER (${same.join(" AND ")}) FROM ${scan(own)} AS o JOIN ${from} AS f ON ${SAME_KEY}`,
  });
  return { there: Number(rows[0]?.[0]), same: Number(rows[0]?.[1]) };
};

/** The points in a file of their own without those that are there; or, merged, all of the month, the new ones first. */
const writeFile = async (
  { run, folder, scan, put, clock }: Merging,
  { metric, month, from }: StagedPart,
  own: readonly PointFile[],
  isMerged: boolean,
): Promise<PointFile> => {
  const name = `${newId(clock())}.parquet`;
  const draft = join(folder, name);
  const columns = Object.keys(POINT_COLUMNS);
  const pick = (alias: string) => columns.map((column) => `${alias}.${column}`).join(", ");
  const old = `${scan(own)} AS o`;
  const points = isMerged
    ? `SELECT ${columns.join(", ")} FROM ${from} UNION ALL SELECT ${pick("o")} FROM ${old} ANTI JOIN ${from} AS f ON ${SAME_KEY}`
    : `SELECT ${pick("f")} FROM ${from} AS f ANTI JOIN ${old} ON ${SAME_KEY}`;
  await run({
    text: `COPY (${points} ORDER BY ${POINT_ORDER}) TO ${quoteText(draft)} (FORMAT parquet, COMPRESSION zstd)`,
  });
  const { rows } = await run({
    text: `SELECT count(*), CAST(min(time) AS VARCHAR), CAST(max(time) AS VARCHAR) FROM ${parquetOf([draft])}`,
  });
  const [count, start, end] = rows[0] ?? [];
  const path = posix.join(POINT_FOLDER, `month=${month}`, slug(metric), name);
  await put(path, draft);
  return { path, metric, month, rows: Number(count), start: String(start), end: String(end) };
};

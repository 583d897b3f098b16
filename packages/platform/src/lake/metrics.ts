import { join, posix } from "node:path";
import { z } from "zod";
import { quoteText } from "../sql/dialect.ts";
import { type Database, parquetOf } from "./database.ts";
import { newId, slug } from "./layout.ts";
import type { LakeStorage } from "./storage/storage.ts";
import { withTemporaryFolder } from "./temporary-folder.ts";
import { type Change, openVersionedIndex } from "./versioned-index.ts";

const FOLDER = "metrics";

/** One value of a business metric. Grain: metric × time × labels. */
export interface StoredPoint {
  /** UTC, `YYYY-MM-DD HH:mm:ss`. */
  readonly time: string;
  /** Decimal text of at most 12 places. */
  readonly value: string;
  readonly labels: Readonly<Record<string, string>>;
}

const entryShape = z.object({ path: z.string(), rows: z.number(), start: z.string(), end: z.string() });
const indexShape = z.object({ schemaVersion: z.literal(1), metrics: z.record(z.string(), entryShape) });

type Index = z.output<typeof indexShape>;

/** Business metrics beside the charges, below `metrics/` of the lake's root. */
export interface MetricStore {
  /** Goes up with every write. */
  version(): Promise<number>;
  /** Ids of all metrics with the time they cover. */
  list(): Promise<
    ReadonlyMap<string, { readonly rows: number; readonly start: string; readonly end: string }>
  >;
  /** Points in `[start, end)`; null is unbounded. None for a metric that is not there. */
  read(metric: string, start: string | null, end: string | null): Promise<readonly StoredPoint[]>;
  /**
   * Adds points; one of the same time and labels is replaced, so that loading again changes nothing.
   * @throws LAKE_BUSY, LAKE_NOT_WRITABLE, LAKE_DISK_FULL
   */
  write(metric: string, points: readonly StoredPoint[]): Promise<void>;
}

export const openMetricStore = (
  storage: LakeStorage,
  database: Pick<Database, "run">,
  clock: () => Date,
): MetricStore => {
  const index = openVersionedIndex<Index>(
    storage,
    {
      folder: FOLDER,
      schema: indexShape,
      empty: { schemaVersion: 1, metrics: {} },
      filesOf: ({ metrics }) => Object.values(metrics).map(({ path }) => path),
    },
    clock,
  );
  const metricsNow = async () => (await index.newest()).content.metrics;

  const writeInto = async (
    metrics: Index["metrics"],
    metric: string,
    points: readonly StoredPoint[],
    folder: string,
  ): Promise<Change<Index>> => {
    const id = newId(clock());
    const path = posix.join(FOLDER, slug(metric), `${id}.parquet`);
    const draft = join(folder, `${id}.parquet`);
    const old = metrics[metric];
    const replaced = old === undefined ? undefined : storage.localPath(old.path);
    await database.run(writeSql(draft, points, replaced));
    const facts = await database.run({
      text: `SELECT count(*), CAST(min(time) AS VARCHAR), CAST(max(time) AS VARCHAR) FROM ${parquetOf([draft])}`,
    });
    const [row = []] = facts.rows;
    const [rows, start, end] = row;
    await storage.put(path, draft);
    const entry = { path, rows: Number(rows), start: String(start), end: String(end) };
    return { content: { schemaVersion: 1, metrics: { ...metrics, [metric]: entry } }, added: [path] };
  };

  return {
    version: async () => (await index.versions()).at(-1) ?? 0,
    list: async () => new Map(Object.entries(await metricsNow())),
    read: async (metric, start, end) => {
      const entry = (await metricsNow())[metric];
      if (entry === undefined) return [];
      const { rows } = await database.run({
        text:
          `SELECT CAST(time AS VARCHAR), CAST(value AS VARCHAR), labels FROM ${parquetOf([storage.localPath(entry.path)])} ` +
          "WHERE time >= CAST(COALESCE($1, '0001-01-01') AS TIMESTAMP) AND time < CAST(COALESCE($2, '9999-12-31') AS TIMESTAMP) " +
          "ORDER BY time, CAST(labels AS VARCHAR)",
        params: [start, end],
      });
      return rows.map(([time, value, labels]) => ({
        time: String(time),
        value: String(value),
        labels: (labels ?? {}) as Record<string, string>,
      }));
    },
    write: async (metric, points) => {
      if (points.length === 0) return;
      await withTemporaryFolder(storage, clock(), (folder) =>
        index.commit(({ metrics }) => writeInto(metrics, metric, points, folder), folder),
      );
    },
  };
};

const POINTS = 'STRUCT("time" TIMESTAMP, "value" DECIMAL(38,12), labels MAP(VARCHAR, VARCHAR))[]';

/** Copies the new points and those old ones that none of them replaces. */
const writeSql = (target: string, points: readonly StoredPoint[], old: string | undefined) => {
  const fresh = `SELECT p.time, p.value, p.labels FROM (SELECT UNNEST(CAST(CAST($1 AS JSON) AS ${POINTS})) AS p)`;
  const kept =
    old === undefined
      ? ""
      : ` UNION ALL SELECT o.time, o.value, o.labels FROM ${parquetOf([old])} AS o ` +
        "ANTI JOIN fresh AS f ON o.time = f.time AND CAST(o.labels AS VARCHAR) = CAST(f.labels AS VARCHAR)";
  return {
    text:
      `COPY (WITH fresh AS MATERIALIZED (${fresh}) SELECT * FROM fresh${kept} ORDER BY time) ` +
      `TO ${quoteText(target)} (FORMAT parquet, COMPRESSION zstd)`,
    params: [
      JSON.stringify(points.map(({ labels, ...point }) => ({ ...point, labels: sortedLabels(labels) }))),
    ],
  };
};

/** Labels are compared as text, so their order must not matter. */
const sortedLabels = (labels: StoredPoint["labels"]): StoredPoint["labels"] =>
  Object.fromEntries(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));

import { link, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { quoteText } from "../sql/dialect.ts";
import { type Database, parquetOf } from "./database.ts";
import { lakeErrors } from "./errors.ts";
import { newId, slug, syncFile } from "./layout.ts";

const FOLDER = "metrics";
const INDEX = join(FOLDER, "index");
const MAX_ATTEMPTS = 20;
/** Readers hold a version for one statement; this many stay for those that are slow. */
const KEPT_VERSIONS = 10;

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
  /** Ids of all metrics with the time they cover. */
  list(): Promise<
    ReadonlyMap<string, { readonly rows: number; readonly start: string; readonly end: string }>
  >;
  /** Points in `[start, end)`; null is unbounded. None for a metric that is not there. */
  read(metric: string, start: string | null, end: string | null): Promise<readonly StoredPoint[]>;
  /**
   * Adds points; one of the same time and labels is replaced, so that loading again changes nothing.
   * @throws LAKE_BUSY, LAKE_NOT_WRITABLE
   */
  write(metric: string, points: readonly StoredPoint[]): Promise<void>;
}

export const openMetricStore = (
  root: string,
  database: Pick<Database, "run">,
  clock: () => Date,
): MetricStore => {
  const newest = async (): Promise<{ readonly version: number; readonly index: Index }> => {
    const names = await readdir(join(root, INDEX)).catch(() => []);
    const version = Math.max(0, ...names.flatMap((name) => Number(/^(\d{10})\.json$/.exec(name)?.[1] ?? 0)));
    if (version === 0) return { version, index: { schemaVersion: 1, metrics: {} } };
    const file = join(root, indexPath(version));
    try {
      return { version, index: indexShape.parse(JSON.parse(await readFile(file, "utf8"))) };
    } catch (error) {
      const reason = error instanceof Error ? error.message.slice(0, 200) : String(error);
      throw lakeErrors.create("LAKE_MANIFEST_BROKEN", { file, reason }, { cause: error });
    }
  };

  const attempt = async (metric: string, points: readonly StoredPoint[]): Promise<boolean> => {
    const { version, index } = await newest();
    const path = join(FOLDER, slug(metric), `${newId(clock())}.parquet`);
    await mkdir(join(root, FOLDER, slug(metric)), { recursive: true });
    const old = index.metrics[metric];
    await database.run(writeSql(root, path, points, old?.path));
    await syncFile(join(root, path), root);
    const file = parquetOf([join(root, path)]);
    const facts = await database.run({
      text: `SELECT count(*), CAST(min(time) AS VARCHAR), CAST(max(time) AS VARCHAR) FROM ${file}`,
    });
    const [row = []] = facts.rows;
    const [rows, start, end] = row;
    const entry = { path, rows: Number(rows), start: String(start), end: String(end) };
    const next: Index = { schemaVersion: 1, metrics: { ...index.metrics, [metric]: entry } };
    if (await commitIndex(root, version + 1, next, newId(clock()))) {
      await tidy(root, version + 1);
      return true;
    }
    await rm(join(root, path), { force: true });
    return false;
  };

  return {
    list: async () => new Map(Object.entries((await newest()).index.metrics)),
    read: async (metric, start, end) => {
      const entry = (await newest()).index.metrics[metric];
      if (entry === undefined) return [];
      const { rows } = await database.run({
        text:
          `SELECT CAST(time AS VARCHAR), CAST(value AS VARCHAR), labels FROM ${parquetOf([join(root, entry.path)])} ` +
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
      try {
        for (let tries = 0; tries < MAX_ATTEMPTS; tries += 1) if (await attempt(metric, points)) return;
      } catch (error) {
        if (!(error instanceof Error && "code" in error && typeof error.code === "string")) throw error;
        if (!/^E[A-Z]+$/.test(error.code)) throw error;
        throw lakeErrors.create("LAKE_NOT_WRITABLE", { root, reason: error.message }, { cause: error });
      }
      throw lakeErrors.create("LAKE_BUSY", { attempts: MAX_ATTEMPTS });
    },
  };
};

const indexPath = (version: number): string => join(INDEX, `${String(version).padStart(10, "0")}.json`);

/** The exclusive creation of the version's file is the commit; false where another writer was first. */
const commitIndex = async (root: string, version: number, index: Index, id: string): Promise<boolean> => {
  await mkdir(join(root, INDEX), { recursive: true });
  const temporary = join(root, INDEX, `.${id}.tmp`);
  const target = join(root, indexPath(version));
  await writeFile(temporary, JSON.stringify(index));
  try {
    await syncFile(temporary, root);
    await link(temporary, target);
    await syncFile(target, root);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  } finally {
    await rm(temporary, { force: true });
  }
};

const POINTS = 'STRUCT("time" TIMESTAMP, "value" DECIMAL(38,12), labels MAP(VARCHAR, VARCHAR))[]';

/** Copies the new points and those old ones that none of them replaces. */
const writeSql = (root: string, path: string, points: readonly StoredPoint[], old: string | undefined) => {
  const fresh = `SELECT p.time, p.value, p.labels FROM (SELECT UNNEST(CAST(CAST($1 AS JSON) AS ${POINTS})) AS p)`;
  const kept =
    old === undefined
      ? ""
      : ` UNION ALL SELECT o.time, o.value, o.labels FROM ${parquetOf([join(root, old)])} AS o ` +
        "ANTI JOIN fresh AS f ON o.time = f.time AND CAST(o.labels AS VARCHAR) = CAST(f.labels AS VARCHAR)";
  return {
    text:
      `COPY (WITH fresh AS MATERIALIZED (${fresh}) SELECT * FROM fresh${kept} ORDER BY time) ` +
      `TO ${quoteText(join(root, path))} (FORMAT parquet, COMPRESSION zstd)`,
    params: [
      JSON.stringify(points.map(({ labels, ...point }) => ({ ...point, labels: sortedLabels(labels) }))),
    ],
  };
};

/** Labels are compared as text, so their order must not matter. */
const sortedLabels = (labels: StoredPoint["labels"]): StoredPoint["labels"] =>
  Object.fromEntries(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Removes indexes that nobody reads any more and the files that only they name. */
const tidy = async (root: string, newest: number): Promise<void> => {
  const names = (await readdir(join(root, INDEX))).filter((name) => /^\d{10}\.json$/.test(name));
  const isOld = (name: string) => Number(name.slice(0, 10)) <= newest - KEPT_VERSIONS;
  const filesOf = async (name: string): Promise<readonly string[]> => {
    const index = indexShape.parse(JSON.parse(await readFile(join(root, INDEX, name), "utf8")));
    return Object.values(index.metrics).map(({ path }) => path);
  };
  const kept = new Set((await Promise.all(names.filter((name) => !isOld(name)).map(filesOf))).flat());
  for (const name of names.filter(isOld)) {
    for (const path of await filesOf(name)) if (!kept.has(path)) await rm(join(root, path), { force: true });
    await rm(join(root, INDEX, name), { force: true });
  }
};

import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { quoteText } from "../../sql/dialect.ts";
import { type Database, parquetOf, type Statement } from "../database.ts";
import { lakeErrors } from "../errors.ts";
import { POINT_COLUMNS, POINT_KEY, type StagedPoint } from "./point.ts";

type Run = Database["run"];

/** Points on their way into the lake. They stand aside until all of them are there. */
export interface PointStage {
  add(points: readonly StagedPoint[]): Promise<void>;
  /** Adds the rows of a SELECT that has the columns of {@link POINT_COLUMNS}. */
  addSelect(select: Statement): Promise<void>;
}

/** Points of one metric and month, aside. */
export interface StagedPart {
  readonly metric: string;
  readonly month: string;
  /** FROM-able. */
  readonly from: string;
  readonly rows: number;
}

/** More than this in one statement would need too much memory. */
const BATCH = 20_000;
const PARTS = "parts";

const ROWS =
  'STRUCT(resource VARCHAR, metric VARCHAR, statistic VARCHAR, "time" BIGINT, "intervalSeconds" INTEGER, ' +
  '"value" DOUBLE, bounds DOUBLE[], counts DOUBLE[], labels VARCHAR)[]';

export const openStage = (run: Run, folder: string) => {
  const drafts: string[] = [];
  const copy = async ({ text, params = [] }: Statement): Promise<void> => {
    const draft = join(folder, `draft-${drafts.length}.parquet`);
    await run({ text: `COPY (${text}) TO ${quoteText(draft)} (FORMAT parquet, COMPRESSION lz4)`, params });
    drafts.push(draft);
  };
  const stage: PointStage = {
    add: async (points) => {
      for (let start = 0; start < points.length; start += BATCH)
        await copy(unnested(points.slice(start, start + BATCH)));
    },
    addSelect: async ({ text, params }) => {
      const columns = Object.entries(POINT_COLUMNS).map(
        ([name, type]) => `CAST(${name} AS ${type}) AS ${name}`,
      );
      await copy({ text: `SELECT ${columns.join(", ")} FROM (${text})`, ...(params ? { params } : {}) });
    },
  };
  return { stage, parts: () => splitUp(run, folder, drafts) };
};

const unnested = (points: readonly StagedPoint[]): Statement => ({
  text:
    "SELECT p.resource, p.metric, p.statistic, make_timestamp(p.time * 1000000) AS time, " +
    'p."intervalSeconds" AS interval_seconds, p.value, p.bounds, p.counts, p.labels ' +
    `FROM (SELECT UNNEST(CAST(CAST($1 AS JSON) AS ${ROWS})) AS p)`,
  params: [JSON.stringify(points.map(({ labels, ...point }) => ({ ...point, labels: labelText(labels) })))],
});

/** Labels as they are stored. */
const labelText = (labels: StagedPoint["labels"]): string =>
  JSON.stringify(Object.fromEntries(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1))));

/** By metric and month, the same point once. @throws LAKE_POINTS_CONTRADICT */
const splitUp = async (
  run: Run,
  folder: string,
  drafts: readonly string[],
): Promise<readonly StagedPart[]> => {
  if (drafts.length === 0) return [];
  const parts = join(folder, PARTS);
  await run({
    text:
      `COPY (SELECT *, strftime(time, '%Y-%m') AS month FROM ${parquetOf(drafts)}) TO ${quoteText(parts)} ` +
      "(FORMAT parquet, COMPRESSION lz4, PARTITION_BY (month, metric), WRITE_PARTITION_COLUMNS true)",
  });
  const files = await readdir(parts, { recursive: true, withFileTypes: true });
  const byFolder = Map.groupBy(
    files.filter((entry) => entry.isFile()).map((entry) => ({ parent: entry.parentPath, name: entry.name })),
    ({ parent }) => parent,
  );
  const found: StagedPart[] = [];
  for (const own of byFolder.values()) {
    const from = parquetOf(own.map(({ parent, name }) => join(parent, name)));
    const { rows } = await run({ text: `SELECT any_value(metric), any_value(month), count(*) FROM ${from}` });
    const [metric, month, count] = rows[0] ?? [];
    const part = { metric: String(metric), month: String(month), rows: Number(count), from };
    found.push(await withoutRepeats(run, part));
  }
  return found.filter(({ rows }) => rows > 0).toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
};

const orderOf = ({ month, metric }: StagedPart): string => `${month} ${metric}`;

const KEY = POINT_KEY.join(", ");
const VALUES = "value, bounds, counts";

/** Hashes first: the keys themselves of a month of many resources would not fit into memory. */
const withoutRepeats = async (run: Run, part: StagedPart): Promise<StagedPart> => {
  const repeats =
    `SELECT ${KEY}, count(DISTINCT (${VALUES})) AS ways FROM ${part.from} ` +
    `WHERE hash(${KEY}) IN (SELECT hash(${KEY}) FROM ${part.from} GROUP BY 1 HAVING count(*) > 1) ` +
    `GROUP BY ${KEY} HAVING count(*) > 1`;
  const { rows } = await run({
    text: `SELECT count(*), max(ways), min_by(resource, -ways), min_by(CAST(time AS VARCHAR), -ways), min_by(statistic, -ways) FROM (${repeats})`,
  });
  const [count, ways, resource, time, statistic] = rows[0] ?? [];
  if (Number(count) === 0) return part;
  if (Number(ways) > 1)
    throw lakeErrors.create("LAKE_POINTS_CONTRADICT", {
      resource: String(resource),
      metric: part.metric,
      statistic: String(statistic),
      time: String(time),
    });
  const from = `(SELECT DISTINCT * FROM ${part.from})`;
  const counted = await run({ text: `SELECT count(*) FROM ${from}` });
  return { ...part, from, rows: Number(counted.rows[0]?.[0]) };
};

import { isDeepStrictEqual } from "node:util";
import { decimal, formatDecimal, type Instant } from "@trimtab/domain";
import { fileList } from "../packages/platform/src/lake/database.ts";
import { type Lake, openLake } from "../packages/platform/src/lake/lake.ts";
import type { Manifest } from "../packages/platform/src/lake/manifest.ts";
import type { ResultSet } from "../packages/platform/src/lake/result-set.ts";
import { openDuckdbEngine } from "../packages/platform/src/query/engines/duckdb.ts";
import type { QueryEngine } from "../packages/platform/src/query/engines/engine.ts";
import { runQuery } from "../packages/platform/src/query/run-query.ts";
import type { QueryRequest, QueryResult } from "../packages/platform/src/query/types.ts";
import { type Charges, DASHBOARDS, type Dashboard } from "./dashboard.ts";
import { keptLake } from "./data/lake.ts";
import { atMost, type Figure, median } from "./figure.ts";

const ROWS = Number(process.env.BENCH_QUERY_ROWS ?? 10_000_000);
const ROUNDS = 5;
const RATIO_GOAL = 1.15;
const ROLLUP_GOAL_MS = 50;

/** A query as the program runs it, the look at what the lake holds included. */
export const ask = (engine: QueryEngine, request: QueryRequest): Promise<QueryResult> =>
  runQuery(engine, request, {
    scope: "unrestricted",
    currency: "each",
    timeZone: "UTC",
    now: new Date().toISOString() as Instant,
    signal: new AbortController().signal,
  });

export const timed = async <T>(
  work: () => Promise<T>,
): Promise<{ readonly ms: number; readonly result: T }> => {
  const start = performance.now();
  const result = await work();
  return { ms: performance.now() - start, result };
};

const chargesOf = ({ root }: Lake, { loads }: Manifest): Charges => {
  const read = (isRead: (billingPeriod: string) => boolean): string => {
    const files = loads
      .filter(({ billingPeriod }) => isRead(billingPeriod))
      .flatMap((load) => load.files.map(({ path }) => `${root}/${path}`));
    return `read_parquet(${fileList(files)}, hive_partitioning = false)`;
  };
  return {
    all: read(() => true),
    month: (name) => read((period) => period.startsWith(name)),
    months: (...names) => read((period) => names.includes(period.slice(0, 7))),
  };
};

/** The first measure of all rows, sorted, then of the total: the same whatever the rows are called. */
const valuesOf = (rows: readonly unknown[], total: unknown): readonly string[] => {
  const text = (value: unknown) => (value === null ? "unknown" : formatDecimal(decimal(String(value))));
  return [...rows.map(text).sort(), text(total)];
};

export const ownValues = ({ columns, rows, total }: QueryResult): readonly string[] => {
  const at = columns.findIndex(({ role }) => role === "measure");
  return valuesOf(
    rows.map((row) => row[at]),
    total[at],
  );
};

export const peerValues = ({ columns, rows }: ResultSet): readonly string[] => {
  const at = columns.findIndex(({ name }) => name === "value");
  const isTotal = (row: ResultSet["rows"][number]) => Number(row[0]) === 2;
  return valuesOf(
    rows.filter((row) => !isTotal(row)).map((row) => row[at]),
    rows.find(isTotal)?.[at],
  );
};

interface Rounds {
  readonly answer: QueryResult;
  readonly ours: readonly number[];
  readonly peer: readonly number[];
}

/** Who goes first changes, so that neither always finds the other's caches. @throws Error where the answers differ */
const compareOnce = async (
  engine: QueryEngine,
  lake: Lake,
  charges: Charges,
  { name, request, sql }: Dashboard,
): Promise<Rounds> => {
  const text = sql(charges);
  const runOurs = () => timed(() => ask(engine, request));
  const runPeer = () => timed(() => lake.database.run({ text }));
  const { result: answer } = await runOurs();
  const { result: expected } = await runPeer();
  if (answer.rows.length === 0) throw new Error(`${name}: the query found nothing`);
  if (!isDeepStrictEqual(ownValues(answer), peerValues(expected)))
    throw new Error(`${name}: the answer differs from that of the hand-written SQL`);
  const ours: number[] = [];
  const peer: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    if (round % 2 === 0) ours.push((await runOurs()).ms);
    peer.push((await runPeer()).ms);
    if (round % 2 === 1) ours.push((await runOurs()).ms);
  }
  return { answer, ours, peer };
};

const figuresOf = ({ name }: Dashboard, { answer, ours, peer }: Rounds): readonly Figure[] => {
  const isDaily = answer.answeredBy === "daily";
  const ratio = median(ours.map((ms, round) => ms / (peer[round] ?? Number.NaN)));
  const note =
    `${median(ours).toFixed(1)} ms against ${median(peer).toFixed(1)} ms${isDaily ? " on the charges" : ""}, ` +
    `${answer.rows.length} rows and their total, equal; ${ROUNDS} pairs`;
  const against = atMost(`query ${name}: against SQL`, ratio, "ratio", isDaily ? null : RATIO_GOAL, note);
  if (!isDaily) return [against];
  return [atMost(`query ${name}: rollup`, median(ours), "ms", ROLLUP_GOAL_MS, ""), against];
};

/**
 * Twelve queries of a dashboard against hand-written SQL on the same files, by the same engine in the same process.
 * The SQL returns what ours does: rows, totals, the rest of a top, and how many charges lack the amount.
 */
export const benchQuery = async (out: (figure: Figure) => void): Promise<void> => {
  const lake = await openLake({ root: await keptLake(ROWS) });
  const engine = openDuckdbEngine(lake);
  const charges = chargesOf(lake, (await lake.snapshot()).manifest);
  for (const dashboard of DASHBOARDS)
    for (const figure of figuresOf(dashboard, await compareOnce(engine, lake, charges, dashboard)))
      out(figure);
  lake.close();
};

import { basename, dirname } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { TrimtabError } from "@trimtab/domain";
import { CHARGES_TABLE } from "../packages/platform/src/lake/cluster-tables.ts";
import { openLake } from "../packages/platform/src/lake/lake.ts";
import type { Manifest } from "../packages/platform/src/lake/manifest.ts";
import { trinoName } from "../packages/platform/src/lake/trino-ddl.ts";
import type { QueryEngine } from "../packages/platform/src/query/engines/engine.ts";
import { publishToTrino } from "../packages/platform/src/query/engines/trino/publish.ts";
import {
  openTrinoClient,
  type TrinoClient,
} from "../packages/platform/src/query/engines/trino/trino-client.ts";
import { openTrinoEngine } from "../packages/platform/src/query/engines/trino/trino-engine.ts";
import { readTrinoSettings } from "../packages/platform/src/query/engines/trino/trino-settings.ts";
import { quoteText } from "../packages/platform/src/sql/dialect.ts";
import { startCluster } from "../scripts/cluster/start-cluster.ts";
import { stopCluster } from "../scripts/cluster/stop-cluster.ts";
import { type NodeWork, readWorkSpread } from "../scripts/cluster/work-spread.ts";
import { type Charges, DASHBOARDS, type Dashboard } from "./dashboard.ts";
import { TRINO_SQL } from "./dashboard-trino.ts";
import { keptLake } from "./data/lake.ts";
import { atMost, type Figure, median, type PrintTable } from "./figure.ts";
import { ask, ownValues, peerValues, timed } from "./query.ts";

const ROWS = Number(process.env.BENCH_QUERY_ROWS ?? 10_000_000);
/** Even, so that each of the two statements is asked first as often as the other. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 6);
/** Pairs that don't count: Java compiles what a question runs while it is asked the first times. */
const WARM_UPS = 3;
const RATIO_GOAL = 1.15;
const PLANNING_GOAL_MS = 20;

type Report = (figure: Figure) => void;

interface Cluster {
  readonly client: TrinoClient;
  readonly engine: QueryEngine;
  readonly charges: Charges;
}

const MIB = 2 ** 20;

const chargesOf = ({ settings }: TrinoClient, { loads }: Manifest): Charges => {
  const read = (isRead: (billingPeriod: string) => boolean): string => {
    const ids = loads.filter(({ billingPeriod }) => isRead(billingPeriod)).map(({ id }) => quoteText(id));
    return `(SELECT * FROM ${trinoName(CHARGES_TABLE.name, settings)} WHERE "load" IN (${ids.join(", ")}))`;
  };
  return {
    all: read(() => true),
    month: (name) => read((period) => period.startsWith(name)),
    months: (...names) => read((period) => names.includes(period.slice(0, 7))),
  };
};

interface Planned {
  /** What the engine was given to run. */
  readonly statement: string;
  /** Of the whole question, without what the cluster took to answer. */
  readonly planningMs: number;
  /** Looking at what the cluster shows. */
  readonly snapshotMs: number;
  readonly values: readonly string[];
  readonly isDaily: boolean;
}

/** Asks as the program does, and tells what was asked of the cluster and what that took besides. */
const plan = async (engine: QueryEngine, { request }: Dashboard): Promise<Planned> => {
  const statements: string[] = [];
  let awayMs = 0;
  let snapshotMs = 0;
  const watched: QueryEngine = {
    ...engine,
    snapshot: async (version) => {
      const { ms, result } = await timed(() => engine.snapshot(version));
      snapshotMs += ms;
      return result;
    },
    run: async (sql, options) => {
      statements.push(sql.text);
      const { ms, result } = await timed(() => engine.run(sql, options));
      awayMs += ms;
      return result;
    },
  };
  const { ms, result } = await timed(() => ask(watched, request));
  const isDaily = result.answeredBy === "daily";
  const statement = statements.at(-1) ?? "";
  return { statement, planningMs: ms - awayMs - snapshotMs, snapshotMs, values: ownValues(result), isDaily };
};

/** How the cluster spread a statement that is run once more for it. */
const spreadOf = async (client: TrinoClient, statement: string): Promise<readonly NodeWork[]> => {
  let queryId = "";
  await client.run(statement, {
    onQueryId: (id) => {
      queryId = id;
    },
  });
  return readWorkSpread(client, queryId);
};

/** The largest part of the bytes that one worker read: 0.5 is an even spread over two. */
const largestShare = (spread: readonly NodeWork[]): number => {
  const read = spread.map(({ physicalInputBytes }) => physicalInputBytes);
  return Math.max(...read) / read.reduce((sum, bytes) => sum + bytes, 0);
};

const workText = ({ splits, physicalInputBytes, inputRows }: NodeWork): string =>
  `${splits} splits, ${(physicalInputBytes / MIB).toFixed(1)} MiB, ${inputRows.toLocaleString("en")} rows`;

/** One question of the dashboard, measured. */
interface Compared extends Planned {
  readonly name: string;
  readonly oursMs: number;
  readonly peerMs: number;
  readonly ratio: number;
  readonly spread: readonly NodeWork[];
  /** Of SQL by hand, as `spread` tells it of ours. */
  readonly peerCpuMs: number;
}

const cpuOf = (spread: readonly NodeWork[]): number => spread.reduce((sum, { cpuMs }) => sum + cpuMs, 0);

const compareOne = async (
  { client, engine, charges }: Cluster,
  dashboard: Dashboard,
  out: Report,
): Promise<Compared> => {
  const { name } = dashboard;
  const peerSql = TRINO_SQL[name]?.(charges);
  if (peerSql === undefined) throw new Error(`${name}: nobody wrote its SQL for Trino`);
  const planned = await plan(engine, dashboard);
  const runOurs = () => timed(() => client.run(planned.statement));
  const runPeer = () => timed(() => client.run(peerSql));
  const { result: expected } = await runPeer();
  if (!isDeepStrictEqual(planned.values, peerValues(expected)))
    throw new Error(`${name}: the answer differs from that of the hand-written SQL`);
  const ours: number[] = [];
  const peer: number[] = [];
  for (let round = -WARM_UPS; round < ROUNDS; round++) {
    const isOursFirst = round % 2 === 0;
    const first = (await (isOursFirst ? runOurs() : runPeer())).ms;
    const second = (await (isOursFirst ? runPeer() : runOurs())).ms;
    if (round < 0) continue;
    ours.push(isOursFirst ? first : second);
    peer.push(isOursFirst ? second : first);
  }
  const ratios = ours.map((ms, round) => ms / (peer[round] ?? Number.NaN));
  const ratio = median(ratios);
  const [oursMs, peerMs] = [median(ours), median(peer)];
  const times = `${oursMs.toFixed(0)} ms against ${peerMs.toFixed(0)} ms${planned.isDaily ? " on the charges" : ""}`;
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)].map((pair) => pair.toFixed(2));
  const note = `${times}, equal; ${ROUNDS} pairs from ${least} to ${most}`;
  out(atMost(`cluster ${name}: against SQL`, ratio, "ratio", planned.isDaily ? null : RATIO_GOAL, note));
  const spread = await spreadOf(client, planned.statement);
  const work = spread.map((one) => `${one.node} ${workText(one)}`).join("; ");
  out(atMost(`cluster ${name}: largest share of bytes`, largestShare(spread), "ratio", null, work));
  const peerCpuMs = cpuOf(await spreadOf(client, peerSql));
  const cpuNote = `${cpuOf(spread)} ms against ${peerCpuMs} ms; one run each, all workers`;
  out(atMost(`cluster ${name}: CPU against SQL`, cpuOf(spread) / peerCpuMs, "ratio", null, cpuNote));
  return { ...planned, name, oursMs, peerMs, ratio, spread, peerCpuMs };
};

/** A line for each question, for the guides. */
const printSpread = (compared: readonly Compared[], table: PrintTable): void => {
  const nodes = [...new Set(compared.flatMap(({ spread }) => spread.map(({ node }) => node)))].toSorted();
  const rows = compared.map(({ name, isDaily, oursMs, peerMs, ratio, spread, peerCpuMs }) => [
    `${name}${isDaily ? " (from rollups)" : ""}`,
    `${oursMs.toFixed(0)} ms`,
    `${peerMs.toFixed(0)} ms`,
    ratio.toFixed(2),
    `${cpuOf(spread).toFixed(0)} ms`,
    `${peerCpuMs.toFixed(0)} ms`,
    ...nodes.map((node) => {
      const work = spread.find((one) => one.node === node);
      return work === undefined ? "nothing" : workText(work);
    }),
  ]);
  table(
    `${ROWS.toLocaleString("en")} charges on a cluster`,
    ["Question", "Ours", "SQL by hand", "Ratio", "CPU", "CPU by hand", ...nodes],
    rows,
  );
};

const bytesRead = async (client: TrinoClient, sql: string): Promise<number> =>
  (await spreadOf(client, sql)).reduce((sum, { physicalInputBytes }) => sum + physicalInputBytes, 0);

/** The same question of one month and of all: what is read must shrink with the months. */
const prunedShare = async ({ client, engine }: Cluster, months: number, out: Report): Promise<void> => {
  const during = (name: string, start: string, end: string) =>
    plan(engine, { name, request: { by: ["ResourceId"], period: { start, end } }, sql: () => "" });
  const one = await during("one month", "2026-09", "2026-10");
  const all = await during("all months", "2026-05", "2026-10");
  const [few, many] = [await bytesRead(client, one.statement), await bytesRead(client, all.statement)];
  const note = `${(few / MIB).toFixed(1)} of ${(many / MIB).toFixed(1)} MiB for 1 of ${months} months`;
  out(atMost("cluster partition pruning: bytes read", few / many, "ratio", 1.25 / months, note));
};

const measure = async (client: TrinoClient, root: string, out: Report, table: PrintTable): Promise<void> => {
  const lake = await openLake({ root });
  const location = client.settings.location ?? "";
  const { ms } = await timed(() => publishToTrino({ client, store: lake.store, location }));
  const engine = openTrinoEngine(client, lake.store);
  const { manifest } = await engine.snapshot();
  const cluster: Cluster = { client, engine, charges: chargesOf(client, manifest) };
  out(atMost("cluster publish", ms, "ms", null, `${manifest.loads.length} loads, counted on the cluster`));
  const planned: Compared[] = [];
  for (const dashboard of DASHBOARDS) planned.push(await compareOne(cluster, dashboard, out));
  printSpread(planned, table);
  const plannings = planned.map(({ planningMs }) => planningMs);
  const largest = `median of ${plannings.length}; ${Math.max(...plannings).toFixed(1)} ms at most`;
  out(atMost("cluster planning of ours", median(plannings), "ms", PLANNING_GOAL_MS, largest));
  const looks = planned.map(({ snapshotMs }) => snapshotMs);
  out(atMost("cluster look at what it shows", median(looks), "ms", null, "before each question"));
  await prunedShare(cluster, new Set(manifest.loads.map(({ billingPeriod }) => billingPeriod)).size, out);
  lake.close();
};

/**
 * The dashboard's queries on a Trino cluster: our compiled SQL against SQL written by hand for it, on the same tables, and
 * how each spread over the workers. `TRIMTAB_TRINO_URL` names a cluster that sees the benchmarks' folder as
 * `TRIMTAB_TRINO_LAKE_LOCATION`; else one of this machine is started, and stopped again.
 */
export const benchCluster = async (out: Report, table: PrintTable): Promise<void> => {
  const root = await keptLake(ROWS);
  const clientAt = (url: string): TrinoClient =>
    openTrinoClient(
      readTrinoSettings({
        ...process.env,
        TRIMTAB_TRINO_URL: url,
        TRIMTAB_TRINO_SCHEMA: `bench_${ROWS}`,
        TRIMTAB_TRINO_LOCATION: `${process.env.TRIMTAB_TRINO_LAKE_LOCATION ?? "local:///lake"}/${basename(root)}`,
      }),
    );
  const given = process.env.TRIMTAB_TRINO_URL;
  if (given) return measure(clientAt(given), root, out, table);
  const name = `bench-${process.pid}`;
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  try {
    const asked = { lake: dirname(root) };
    const { state } = await startCluster({ name, asked, timeoutMs: 300_000, say, ownedByThisProcess: true });
    await measure(clientAt(state.url), root, out, table);
  } catch (error) {
    if (!(error instanceof TrimtabError) || !SKIPPED.has(error.code)) throw error;
    console.log(`cluster: skipped: no Java/Maven (${error.message})`);
  } finally {
    await stopCluster({ name, purge: true });
  }
};

const SKIPPED = new Set(["CLUSTER_NO_JAVA", "CLUSTER_NO_MAVEN"]);

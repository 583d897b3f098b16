import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Database, openDatabase } from "../../packages/platform/src/lake/database.ts";
import type { ClusterNode, ClusterState } from "../../scripts/cluster/cluster-state.ts";
import { killNode, launchNode } from "../../scripts/cluster/launch-node.ts";
import { runStatement, type StatementResult } from "../../scripts/cluster/run-statement.ts";
import { countRunningTasks } from "../../scripts/cluster/running-tasks.ts";
import { startCluster } from "../../scripts/cluster/start-cluster.ts";
import { stopCluster } from "../../scripts/cluster/stop-cluster.ts";
import { waitUntilActive } from "../../scripts/cluster/wait-until-active.ts";
import { readQueryFigures } from "../../scripts/cluster/work-spread.ts";
import { type ChargeTable, registerCharges, writeChargeTable } from "./charge-table.ts";

/** One query may use this much of a worker; the large question below needs more. */
const QUERY_MEMORY_MIB = 64;
const MONTHS = 6;
const ROWS_PER_MONTH = 200_000;
const TIMEOUT_MS = 300_000;
/** In how many of the twenty questions a worker is killed; they are taken from all kinds. */
const KILLS = Math.min(20, Number(process.env.TRIMTAB_CLUSTER_KILLS ?? 20));
const many = `many-${process.pid}`;
const single = `single-${process.pid}`;
const folder = mkdtempSync(join(tmpdir(), "trimtab-fault-lake-"));
const lake = { folder, location: "local:///lake" };

let database: Database;
let cluster: ClusterState;
let table: ChargeTable;

const start = async (name: string, asked: Parameters<typeof startCluster>[0]["asked"]) =>
  (
    await startCluster({
      name,
      asked: { lake: folder, quickStart: true, queryMemoryPerNodeMiB: QUERY_MEMORY_MIB, ...asked },
      timeoutMs: TIMEOUT_MS,
      say: () => undefined,
      ownedByThisProcess: true,
    })
  ).state;

beforeAll(async () => {
  database = await openDatabase();
  cluster = await start(many, { faultTolerant: true });
  const size = { schema: "faults", months: MONTHS, rowsPerMonth: ROWS_PER_MONTH };
  table = await writeChargeTable(cluster.url, database, lake, size);
});

afterAll(async () => {
  await stopCluster({ name: many, purge: true });
  await stopCluster({ name: single, purge: true });
  database.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Twenty questions, in words that both engines read the same way. */
const questions = (from: string): readonly string[] => {
  const sum = `CAST(sum("BilledCost") AS VARCHAR), CAST(count(*) AS VARCHAR)`;
  const dimensions: readonly (readonly string[])[] = [
    [`"ServiceName"`],
    [`"RegionName"`],
    ["billing_period"],
    [`"ServiceName"`, `"RegionName"`],
    [`CAST(CAST(date_trunc('day', "ChargePeriodStart") AS DATE) AS VARCHAR)`],
  ];
  return dimensions.flatMap((columns) => {
    const keys = columns.map((_, index) => index + 1).join(", ");
    const named = columns.join(", ");
    return [
      `SELECT ${named}, ${sum} FROM ${from} GROUP BY ${keys} ORDER BY ${keys}`,
      `SELECT ${named}, CAST(count(DISTINCT "ResourceId") AS VARCHAR), CAST(max("BilledCost") AS VARCHAR)
        FROM ${from} GROUP BY ${keys} ORDER BY ${keys}`,
      `SELECT ${named}, ${sum} FROM ${from} WHERE "ResourceId" LIKE '%7%' AND "BilledCost" > 0
        GROUP BY ${keys} ORDER BY ${keys}`,
      `SELECT ${named}, ${sum} FROM ${from} charge JOIN (SELECT "ResourceId" AS id, max("BilledCost") AS most
          FROM ${from} GROUP BY 1) largest ON charge."ResourceId" = largest.id AND charge."BilledCost" = largest.most
        GROUP BY ${keys} ORDER BY ${keys}`,
    ];
  });
};

/** Small tasks, one for each file and few rows a task, so that there is work on both workers to lose. */
const SMALL_TASKS = {
  fault_tolerant_execution_max_task_split_count: "1",
  fault_tolerant_execution_hash_distribution_compute_task_target_size: "4MB",
};

interface Ordeal {
  readonly rows: StatementResult["rows"];
  readonly seconds: number;
  readonly failedTasks: number;
}

/** Asks the question, kills the worker while it runs tasks of it, and starts it again while the rest goes on. */
const askAndKill = async (question: string, worker: ClusterNode): Promise<Ordeal> => {
  const known = Promise.withResolvers<string>();
  let isOver = false;
  const answer = runStatement(cluster.url, question, {
    session: SMALL_TASKS,
    onQueryId: known.resolve,
  }).finally(() => {
    isOver = true;
  });
  const kill = known.promise.then(async (queryId) => {
    while (!isOver && (await countRunningTasks(cluster.url, queryId, worker.id)) === 0) await sleep(20);
    await killNode(cluster, worker);
    await launchNode(cluster, worker);
  });
  const [{ rows, queryId }] = await Promise.all([answer, kill]);
  const { queryStats, retryPolicy } = await readQueryFigures(cluster.url, queryId);
  expect(retryPolicy).toBe("TASK");
  await waitUntilActive(cluster, TIMEOUT_MS);
  return { rows, seconds: queryStats.elapsedTime / 1000, failedTasks: queryStats.failedTasks };
};

/** Keeps a row for each resource in memory: the more resources, the more memory. */
const LARGE = (from: string) =>
  `SELECT CAST(count(*) AS VARCHAR), CAST(sum(most) AS VARCHAR)
  FROM (SELECT "ResourceId", max("BilledCost") AS most, min("ChargePeriodStart") AS first FROM ${from} GROUP BY 1)`;

const toMiB = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

it("answers a question that is larger than a worker's memory by smaller tasks, where one worker alone fails", async () => {
  const right = (await database.run({ text: LARGE(table.files) })).rows;
  const tolerant = await runStatement(cluster.url, LARGE(table.name), { session: SMALL_TASKS });
  expect(tolerant.rows).toEqual(right);
  const { queryStats } = await readQueryFigures(cluster.url, tolerant.queryId);
  expect(queryStats.peakTaskTotalMemory).toBeLessThan(QUERY_MEMORY_MIB * 2 ** 20);
  console.log(
    `limit of a worker ${QUERY_MEMORY_MIB} MiB, tasks ${queryStats.completedTasks}, ` +
      `the largest ${toMiB(queryStats.peakTaskTotalMemory)} MiB`,
  );

  const one = await start(single, { workers: 1 });
  // The same files: tables are registered in each cluster's own metastore.
  await registerCharges(one.url, "local:///lake", "faults");
  const alone = await runStatement(one.url, LARGE(table.name)).then(
    () => "an answer",
    (error: Error) => error.message,
  );
  expect(alone).toContain("EXCEEDED_LOCAL_MEMORY_LIMIT");
  console.log(`one worker: ${alone.slice(0, 200)}`);
  await stopCluster({ name: single, purge: true });
});

it(`answers ${KILLS} questions right, each with a worker killed in the middle of it`, {
  timeout: 3_600_000,
}, async () => {
  const workers = cluster.nodes.filter(({ role }) => role === "worker");
  const asked = questions(table.name);
  const expected = questions(table.files);
  expect(new Set(asked).size).toBe(20);
  for (let kill = 0; kill < KILLS; kill++) {
    const index = Math.floor((kill * asked.length) / KILLS);
    const question = asked[index] ?? "";
    const worker = workers[kill % workers.length];
    if (worker === undefined) throw new Error("The cluster has no worker");
    const right = await database.run({ text: expected[index] ?? "" });
    expect(right.rows.length).toBeGreaterThan(0);
    // A question whose tasks on that worker were done before it died proves nothing: it is asked again.
    let ordeal: Ordeal;
    let tries = 0;
    do {
      ordeal = await askAndKill(question, worker);
      expect(ordeal.rows, question).toEqual(right.rows);
      tries += 1;
    } while (ordeal.failedTasks === 0 && tries < 5);
    expect(ordeal.failedTasks).toBeGreaterThan(0);
    console.log(
      `question ${index + 1}: ${ordeal.seconds.toFixed(1)} s, tasks that failed and were done again: ${ordeal.failedTasks}`,
    );
  }
});

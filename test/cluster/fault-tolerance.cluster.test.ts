import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Database, openDatabase } from "../../packages/platform/src/lake/database.ts";
import type { TrinoClient } from "../../packages/platform/src/query/engines/trino/trino-client.ts";
import type { ClusterNode } from "../../scripts/cluster/cluster-state.ts";
import { endNode, killNode, launchNode } from "../../scripts/cluster/launch-node.ts";
import { localClient, type Session } from "../../scripts/cluster/local-client.ts";
import { countRunningTasks } from "../../scripts/cluster/running-tasks.ts";
import { waitUntilActive, waitUntilGone } from "../../scripts/cluster/wait-until-active.ts";
import { type QueryFigures, readQueryFigures } from "../../scripts/cluster/work-spread.ts";
import { type ChargeTable, writeChargeTable } from "./charge-table.ts";
import { openTestCluster, type TestCluster } from "./test-cluster.ts";

/** One query may use this much of a worker; the large question below needs more. What can't be spilled fits into it. */
const QUERY_MEMORY_MIB = 192;
const MONTHS = 6;
const ROWS_PER_MONTH = 200_000;
const TIMEOUT_MS = 600_000;
/** In how many of the twenty questions a worker is killed; they are taken from all kinds. */
const KILLS = Math.min(20, Number(process.env.TRIMTAB_CLUSTER_KILLS ?? 20));

/** Small tasks, one for each file and few rows a task, so that there is work on both workers to lose. */
const BY_TASKS: Session = {
  retry_policy: "TASK",
  spill_enabled: "false",
  query_max_memory_per_node: `${QUERY_MEMORY_MIB}MB`,
  fault_tolerant_execution_max_task_split_count: "1",
  fault_tolerant_execution_hash_distribution_compute_task_target_size: "4MB",
};
/** As little as possible besides the state that is spilled or not: it is kept once, and in few parts. */
const ALONE: Session = {
  retry_policy: "NONE",
  prefer_partial_aggregation: "false",
  task_concurrency: "2",
  query_max_memory_per_node: `${QUERY_MEMORY_MIB}MB`,
};

let database: Database;
let cluster: TestCluster;
let workers: readonly ClusterNode[];
let table: ChargeTable;

beforeAll(async () => {
  database = await openDatabase();
  cluster = await openTestCluster(TIMEOUT_MS);
  workers = cluster.state.nodes.filter(({ role }) => role === "worker");
  const size = { schema: `faults_${process.pid}`, months: MONTHS, rowsPerMonth: ROWS_PER_MONTH };
  table = await writeChargeTable(localClient(cluster.state.url), database, cluster, size);
});

afterAll(async () => {
  await cluster.close();
  database.close();
});

interface Answered extends Pick<QueryFigures, "queryStats" | "retryPolicy"> {
  readonly rows: Awaited<ReturnType<TrinoClient["run"]>>["rows"];
}

/** The answer, and what Trino tells of how it came about. */
const ask = async (
  question: string,
  session: Session,
  onQueryId?: (id: string) => void,
): Promise<Answered> => {
  const client = localClient(cluster.state.url, session);
  let queryId = "";
  const { rows } = await client.run(question, {
    onQueryId: (id) => {
      queryId = id;
      onQueryId?.(id);
    },
  });
  return { rows, ...(await readQueryFigures(client, queryId)) };
};

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

interface Ordeal {
  readonly rows: Answered["rows"];
  readonly seconds: number;
  readonly failedTasks: number;
}

/** Asks the question, kills the worker while it runs tasks of it, and starts it again while the rest goes on. */
const askAndKill = async (question: string, worker: ClusterNode): Promise<Ordeal> => {
  const known = Promise.withResolvers<string>();
  let isOver = false;
  const answer = ask(question, BY_TASKS, known.resolve).finally(() => {
    isOver = true;
  });
  const kill = known.promise.then(async (queryId) => {
    while (!isOver && (await countRunningTasks(cluster.state.url, queryId, worker.id)) === 0) await sleep(20);
    await killNode(cluster.state, worker);
    await launchNode(cluster.state, worker);
  });
  const [{ rows, queryStats, retryPolicy }] = await Promise.all([answer, kill]);
  expect(retryPolicy).toBe("TASK");
  return { rows, seconds: queryStats.elapsedTime / 1000, failedTasks: queryStats.failedTasks };
};

/** Keeps a row for each resource in memory, under a name as long as a cloud's often is. */
const LARGE = (from: string) =>
  `SELECT CAST(count(*) AS VARCHAR), CAST(sum(most) AS VARCHAR)
  FROM (SELECT '${"arn:aws:ecs:us-east-1:123456789012:task/".repeat(4)}' || "ResourceId" AS name,
    max("BilledCost") AS most, min("ChargePeriodStart") AS first FROM ${from} GROUP BY 1)`;

const toMiB = (bytes: number): string => (bytes / 2 ** 20).toFixed(1);

it("fails at a question larger than its memory on one worker alone, and answers it there by spilling to disk", async () => {
  const [, other] = workers;
  if (other === undefined) throw new Error("The cluster has not two workers");
  await endNode(cluster.state, other);
  await waitUntilGone(cluster.state, other, TIMEOUT_MS);
  try {
    await expect(ask(LARGE(table.name), { ...ALONE, spill_enabled: "false" })).rejects.toMatchObject({
      code: "CLUSTER_OUT_OF_MEMORY",
      message: expect.stringContaining(`per-node memory limit of ${QUERY_MEMORY_MIB}MB`),
    });
    const { rows, queryStats, retryPolicy } = await ask(LARGE(table.name), {
      ...ALONE,
      spill_enabled: "true",
    });
    expect(rows).toEqual((await database.run({ text: LARGE(table.files) })).rows);
    expect(retryPolicy).toBe("NONE");
    expect(queryStats.spilledDataSize).toBeGreaterThan(0);
    expect(queryStats.peakUserMemoryReservation).toBeLessThan(QUERY_MEMORY_MIB * 2 ** 20);
    console.log(
      `one worker, limit ${QUERY_MEMORY_MIB} MiB: spilled ${toMiB(queryStats.spilledDataSize)} MiB, ` +
        `held ${toMiB(queryStats.peakUserMemoryReservation)} MiB, ${(queryStats.elapsedTime / 1000).toFixed(1)} s`,
    );
  } finally {
    await launchNode(cluster.state, other);
  }
});

// Meanwhile the other worker starts again: the tasks of one that comes and of one that stays are equally small.
it("answers such a question by smaller tasks", async () => {
  const right = (await database.run({ text: LARGE(table.files) })).rows;
  const { rows, queryStats, retryPolicy } = await ask(LARGE(table.name), BY_TASKS);
  expect(rows).toEqual(right);
  expect(retryPolicy).toBe("TASK");
  expect(queryStats.spilledDataSize).toBe(0);
  expect(queryStats.peakTaskTotalMemory).toBeLessThan(QUERY_MEMORY_MIB * 2 ** 20);
  console.log(
    `limit of a worker ${QUERY_MEMORY_MIB} MiB, tasks ${queryStats.completedTasks}, ` +
      `the largest ${toMiB(queryStats.peakTaskTotalMemory)} MiB`,
  );
});

it(`answers ${KILLS} questions right, each with a worker killed in the middle of it`, {
  timeout: 3_600_000,
}, async () => {
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
      await waitUntilActive(cluster.state, TIMEOUT_MS);
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

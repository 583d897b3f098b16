import { z } from "zod";
import { clusterErrors } from "../../packages/platform/src/query/engines/trino/errors.ts";
import type { TrinoClient } from "../../packages/platform/src/query/engines/trino/trino-client.ts";

/** What one node did for one query. */
export interface NodeWork {
  readonly node: string;
  readonly tasks: number;
  readonly splits: number;
  /** Read from files by scans. */
  readonly physicalInputBytes: number;
  /** Rows and bytes that its tasks took in, from files and from other tasks. */
  readonly inputRows: number;
  readonly inputBytes: number;
  readonly cpuMs: number;
}

const QUERY_ID = /^\d{8}_\d{6}_\d{5}_[a-z0-9]{5}$/;

const checkedId = (queryId: string): string => {
  if (!QUERY_ID.test(queryId)) throw new TypeError(`${queryId} is no query id of Trino`);
  return queryId;
};

/**
 * How the work of one query spread over the nodes, by Trino's own table of tasks, in order of the nodes' names. Trino
 * forgets tasks some minutes after the query, and those of a killed node at once.
 * @throws CLUSTER_*
 */
export const readWorkSpread = async (client: TrinoClient, queryId: string): Promise<readonly NodeWork[]> => {
  const { rows } = await client.run(
    `SELECT node_id, count(*), sum(splits), sum(physical_input_bytes), sum(processed_input_rows),
      sum(processed_input_bytes), sum(split_cpu_time_ms)
    FROM system.runtime.tasks WHERE query_id = '${checkedId(queryId)}' GROUP BY node_id ORDER BY node_id`,
  );
  return rows.map(([node, tasks, splits, physicalInputBytes, inputRows, inputBytes, cpuMs]) => ({
    node: String(node),
    tasks: Number(tasks),
    splits: Number(splits),
    physicalInputBytes: Number(physicalInputBytes),
    inputRows: Number(inputRows),
    inputBytes: Number(inputBytes),
    cpuMs: Number(cpuMs),
  }));
};

/** Trino writes sizes in bytes here, `123B`, and times with a unit, `7.11s`. */
const bytes = z.string().transform((text) => Number.parseInt(text, 10));
const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};
const milliseconds = z
  .string()
  .transform((text) => Number.parseFloat(text) * (UNIT_MS[/[a-z]+$/.exec(text)?.[0] ?? ""] ?? Number.NaN));

const querySchema = z.object({
  state: z.string(),
  retryPolicy: z.string(),
  queryStats: z.object({
    elapsedTime: milliseconds,
    analysisTime: milliseconds,
    planningTime: milliseconds,
    totalCpuTime: milliseconds,
    totalTasks: z.number(),
    completedTasks: z.number(),
    failedTasks: z.number(),
    physicalInputDataSize: bytes,
    peakUserMemoryReservation: bytes,
    peakTaskTotalMemory: bytes,
    spilledDataSize: bytes,
  }),
});

/** What Trino tells of one query: times in ms, sizes in bytes. */
export type QueryFigures = Readonly<z.infer<typeof querySchema>>;

/** @throws CLUSTER_UNREACHABLE also when Trino no longer knows the query */
export const readQueryFigures = async ({ settings }: TrinoClient, queryId: string): Promise<QueryFigures> => {
  const reply = await fetch(new URL(`/v1/query/${checkedId(queryId)}`, settings.url), {
    headers: { "X-Trino-User": settings.user },
  });
  if (!reply.ok)
    throw clusterErrors.create("CLUSTER_UNREACHABLE", {
      url: settings.url.origin,
      reason: `HTTP ${reply.status} for ${queryId}`,
    });
  return querySchema.parse(await reply.json());
};

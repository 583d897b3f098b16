import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type { ClusterNode, ClusterState } from "./cluster-state.ts";
import { clusterErrors } from "./errors.ts";
import { localClient } from "./local-client.ts";
import { nodeLog } from "./node-files.ts";
import { isRunning } from "./process-identity.ts";

const lastLines = async (file: string, count: number): Promise<string> =>
  (await readFile(file, "utf8").catch(() => "")).trimEnd().split("\n").slice(-count).join("\n");

/** @throws CLUSTER_NODE_ENDED */
const checkProcesses = async (state: ClusterState): Promise<void> => {
  for (const node of state.nodes) {
    if (node.process !== null && (await isRunning(node.process))) continue;
    const file = nodeLog(state, node);
    throw clusterErrors.create("CLUSTER_NODE_ENDED", { node: node.id, log: await lastLines(file, 15), file });
  }
};

/** Whether the node at this port says that it has started. A coordinator still lists a worker that was killed a while. */
const hasStarted = async (port: number): Promise<boolean> => {
  const url = `http://127.0.0.1:${port}/v1/info`;
  const told = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
  if (told?.ok !== true) return false;
  const info = (await told.json()) as { readonly starting?: unknown };
  return info.starting === false;
};

/** The ids of the nodes that Trino itself counts as active. */
const activeNodes = async (url: string): Promise<readonly string[] | undefined> => {
  const signal = AbortSignal.timeout(20_000);
  const statement = "SELECT node_id FROM system.runtime.nodes WHERE state = 'active'";
  // Right after the start it may still refuse; the next look tells.
  const result = await localClient(url)
    .run(statement, { signal })
    .catch(() => undefined);
  return result?.rows.map(([id]) => String(id));
};

/** A node counts as active a moment before work is given to it. */
const takesWork = (url: string): Promise<boolean> =>
  localClient(url)
    .run("SELECT count(*) FROM tpch.tiny.nation", { signal: AbortSignal.timeout(20_000) })
    .then(
      () => true,
      () => false,
    );

/**
 * Waits till all nodes of the cluster take work.
 * @throws CLUSTER_NODE_ENDED, CLUSTER_NOT_READY
 */
export const waitUntilActive = async (state: ClusterState, timeoutMs: number): Promise<void> => {
  const end = performance.now() + timeoutMs;
  for (;;) {
    await checkProcesses(state);
    const started = await Promise.all(state.nodes.map(({ port }) => hasStarted(port)));
    const active = started.every(Boolean) ? ((await activeNodes(state.url)) ?? []) : [];
    if (state.nodes.every(({ id }) => active.includes(id)) && (await takesWork(state.url))) return;
    if (performance.now() > end) {
      const details = {
        seconds: Math.round(timeoutMs / 1000),
        active: Math.max(active.length, started.filter(Boolean).length),
        expected: state.nodes.length,
        folder: state.folder,
      };
      throw clusterErrors.create("CLUSTER_NOT_READY", details);
    }
    await sleep(500);
  }
};

/** Waits till the coordinator gives a node that was ended no more work. */
export const waitUntilGone = async (
  { url }: ClusterState,
  node: ClusterNode,
  timeoutMs: number,
): Promise<void> => {
  const signal = AbortSignal.timeout(timeoutMs);
  for (;;) {
    const active = await activeNodes(url);
    if (active !== undefined && !active.includes(node.id)) return;
    await sleep(500, undefined, { signal });
  }
};

import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { type ClusterState, readState, removeState } from "./cluster-state.ts";
import { withLock } from "./file-lock.ts";
import { clustersFolder, stateFolder } from "./folders.ts";
import { endProcess, isRunning } from "./process-identity.ts";

/** Trino ends in a second or two; one that hangs is killed. */
const GRACE_MS = 20_000;

/** Ends exactly the processes that were started for this cluster; says how many still ran. */
export const endNodes = async (state: ClusterState): Promise<number> => {
  const identities = state.nodes.map((node) => node.process).filter((process) => process !== null);
  const running = await Promise.all(identities.map(isRunning));
  // Workers first: a coordinator that is gone would only make them complain.
  await Promise.all(identities.toReversed().map((identity) => endProcess(identity, GRACE_MS)));
  await removeState(state.folder);
  return running.filter(Boolean).length;
};

export interface StopContext {
  readonly name: string;
  /** Removes its metastore, warehouse and logs, too; never what the lake's folder holds. */
  readonly purge: boolean;
}

/**
 * Stops the cluster of this name; says how many processes it ended.
 * @throws CLUSTER_STATE_INVALID
 */
export const stopCluster = async ({ name, purge }: StopContext): Promise<number> => {
  const folder = stateFolder(name);
  return withLock(`${folder}.lock`, async () => {
    const state = await readState(folder);
    const ended = state === undefined ? 0 : await endNodes(state);
    // The lake is a link in there: rm removes the link and does not follow it.
    if (purge) await rm(folder, { recursive: true, force: true });
    return ended;
  });
};

/** Stops and removes the clusters of test runs that were killed. */
export const stopAbandonedClusters = async (): Promise<void> => {
  for (const name of await readdir(clustersFolder()).catch(() => [])) {
    const state = await readState(join(clustersFolder(), name)).catch(() => undefined);
    if (!state?.owner || (await isRunning(state.owner))) continue;
    await stopCluster({ name, purge: true });
  }
};

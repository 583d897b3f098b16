import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { type ClusterState, readState } from "../../scripts/cluster/cluster-state.ts";
import { stateFolder } from "../../scripts/cluster/folders.ts";
import { launchNode } from "../../scripts/cluster/launch-node.ts";
import { startCluster } from "../../scripts/cluster/start-cluster.ts";
import { stopCluster } from "../../scripts/cluster/stop-cluster.ts";

/** A cluster whose workers a test may kill: it can do tasks again and spill. */
export interface TestCluster {
  readonly state: ClusterState;
  /** An empty folder, as this machine has it and as the cluster sees it. */
  readonly root: string;
  readonly location: string;
  /** Starts again what was ended of a shared cluster, and stops one of its own. */
  close(): Promise<void>;
}

/** That of `npm run test:cluster`; where a user named another one, whose workers are not ours to kill, one of its own. */
export const openTestCluster = async (timeoutMs: number): Promise<TestCluster> => {
  const shared = process.env.TRIMTAB_CLUSTER_NAME;
  const own = `faults-${process.pid}`;
  const lake = process.env.TRIMTAB_TRINO_LAKE;
  const root = mkdtempSync(join(shared && lake ? lake : tmpdir(), "trimtab-faults-"));
  if (shared) {
    const state = await readState(stateFolder(shared));
    if (state === undefined) throw new Error(`There is no cluster ${shared}`);
    const close = async (): Promise<void> => {
      for (const node of state.nodes) if (node.process === null) await launchNode(state, node);
      rmSync(root, { recursive: true, force: true });
    };
    return { state, root, location: `local:///lake/${basename(root)}`, close };
  }
  const { state } = await startCluster({
    name: own,
    asked: { lake: root, quickStart: true, faultTolerant: true, spill: true },
    timeoutMs,
    say: () => undefined,
    ownedByThisProcess: true,
  });
  const close = async (): Promise<void> => {
    await stopCluster({ name: own, purge: true });
    rmSync(root, { recursive: true, force: true });
  };
  return { state, root, location: "local:///lake", close };
};

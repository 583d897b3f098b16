import { randomBytes } from "node:crypto";
import { mkdir, rm, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { type ClusterOptions, clusterOptionsSchema } from "./cluster-options.ts";
import { type ClusterNode, type ClusterState, readState, writeState } from "./cluster-state.ts";
import { clusterErrors } from "./errors.ts";
import { withLock } from "./file-lock.ts";
import { findJava } from "./find-java.ts";
import { cacheFolder, stateFolder } from "./folders.ts";
import { freePorts } from "./free-ports.ts";
import { installTrino, TRINO_VERSION } from "./install-trino.ts";
import { launchNode } from "./launch-node.ts";
import { filesFolder, writeNodeFiles } from "./node-files.ts";
import { identify, isRunning } from "./process-identity.ts";
import { endNodes } from "./stop-cluster.ts";
import { waitUntilActive } from "./wait-until-active.ts";

export interface StartContext {
  readonly name: string;
  readonly asked: Partial<ClusterOptions>;
  readonly timeoutMs: number;
  readonly say: (line: string) => void;
  /** Tests: when this process is gone, the next run of tests ends the cluster. */
  readonly ownedByThisProcess?: boolean;
}

export interface StartedCluster {
  readonly state: ClusterState;
  readonly alreadyRan: boolean;
}

/** @throws CLUSTER_RUNS_OTHERWISE when it runs with another value of something that was asked for */
const checkSame = ({ name, asked }: StartContext, { url, options }: ClusterState): void => {
  for (const key of Object.keys(asked) as (keyof ClusterOptions)[]) {
    if (asked[key] === options[key] || (key === "port" && asked.port === 0)) continue;
    const values = { option: key, current: String(options[key] ?? "none"), asked: String(asked[key]) };
    throw clusterErrors.create("CLUSTER_RUNS_OTHERWISE", { name, url, ...values });
  }
};

const allRun = async (state: ClusterState): Promise<boolean> =>
  (await Promise.all(state.nodes.map(({ process }) => process !== null && isRunning(process)))).every(
    Boolean,
  );

const planNodes = async ({ workers, port }: ClusterOptions): Promise<ClusterNode[]> => {
  const [first = 0, ...rest] = await freePorts(workers + 1);
  const coordinator = { id: "coordinator", role: "coordinator", port: port || first, process: null } as const;
  return [
    coordinator,
    ...rest.map((free, index) => ({
      id: `worker-${index + 1}`,
      role: "worker" as const,
      port: free,
      process: null,
    })),
  ];
};

/** What the catalog sees as `local:///`: metastore, warehouse, and the lake by a link. Old logs and queues go. */
const prepareFiles = async (state: ClusterState): Promise<void> => {
  const files = filesFolder(state);
  for (const name of ["nodes", "exchange"])
    await rm(join(state.folder, name), { recursive: true, force: true });
  for (const name of ["metastore", "metastore-s3", "warehouse"])
    await mkdir(join(files, name), { recursive: true });
  await rm(join(files, "lake"), { force: true });
  const { lake } = state.options;
  if (lake === undefined) return;
  if (!(await stat(lake).catch(() => undefined))?.isDirectory())
    throw clusterErrors.create("CLUSTER_OPTION_INVALID", {
      option: "--lake",
      value: lake,
      expected: "a folder that is there",
    });
  await symlink(lake, join(files, "lake"), "dir");
};

const startNew = async (context: StartContext, folder: string): Promise<ClusterState> => {
  const { name, asked, say, timeoutMs } = context;
  const options = clusterOptionsSchema.parse(asked);
  const java = await findJava();
  say(`Java ${java.version} (${java.home})`);
  const server = await installTrino({ cache: cacheFolder(), java, say });
  const nodes = await planNodes(options);
  const url = `http://127.0.0.1:${nodes[0]?.port}`;
  const state: ClusterState = {
    version: 1,
    name,
    url,
    folder,
    trinoVersion: TRINO_VERSION,
    server,
    java,
    options,
    nodes,
    owner: (context.ownedByThisProcess ? await identify(process.pid) : undefined) ?? null,
  };
  await writeState(state);
  try {
    await prepareFiles(state);
    const secret = randomBytes(32).toString("base64url");
    for (const node of nodes) await writeNodeFiles(state, node, secret);
    say(`Starting Trino ${TRINO_VERSION}: one coordinator, ${options.workers} workers`);
    for (const node of nodes) await launchNode(state, node);
    await waitUntilActive(state, timeoutMs);
  } catch (error) {
    await endNodes(state);
    throw error;
  }
  return state;
};

/**
 * Starts the cluster of this name and waits till it takes work; one that runs is left as it is.
 * @throws CLUSTER_NO_JAVA, CLUSTER_NO_MAVEN, CLUSTER_DOWNLOAD_FAILED, CLUSTER_UNPACK_FAILED, CLUSTER_NODE_ENDED,
 * CLUSTER_NOT_READY, CLUSTER_RUNS_OTHERWISE, CLUSTER_STATE_INVALID
 */
export const startCluster = async (context: StartContext): Promise<StartedCluster> => {
  const folder = stateFolder(context.name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return withLock(
    `${folder}.lock`,
    async () => {
      const before = await readState(folder);
      if (before !== undefined && (await allRun(before))) {
        checkSame(context, before);
        await waitUntilActive(before, context.timeoutMs);
        return { state: before, alreadyRan: true };
      }
      if (before !== undefined) await endNodes(before);
      return { state: await startNew(context, folder), alreadyRan: false };
    },
    (pid) => context.say(`Process ${pid} is starting or stopping this cluster; waiting for it`),
  );
};

import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { join } from "node:path";
import { type ClusterNode, type ClusterState, writeState } from "./cluster-state.ts";
import { clusterErrors } from "./errors.ts";
import { jvmOptions, nodeFolder, nodeLog } from "./node-files.ts";
import { endProcess, identify, killProcess } from "./process-identity.ts";

/** Trino ends in a second or two; one that hangs is killed. */
const GRACE_MS = 20_000;

const commandLine = (state: ClusterState, node: ClusterNode): readonly string[] => [
  "-cp",
  join(state.server, "lib", "*"),
  ...jvmOptions(state, node),
  `-Dconfig=${join(nodeFolder(state, node), "etc", "config.properties")}`,
  "io.trino.server.TrinoServer",
];

/** Starts the node's process, which outlives this one, and notes it in the state. Its files are written before. */
export const launchNode = async (state: ClusterState, node: ClusterNode): Promise<void> => {
  const log = openSync(nodeLog(state, node), "a", 0o600);
  try {
    const child = spawn(join(state.java.home, "bin", "java"), commandLine(state, node), {
      cwd: nodeFolder(state, node),
      detached: true,
      stdio: ["ignore", log, log],
    });
    await new Promise<void>((done, fail) => child.once("spawn", done).once("error", fail));
    child.unref();
    node.process = (child.pid === undefined ? undefined : await identify(child.pid)) ?? null;
  } catch (error) {
    const details = { node: node.id, log: String(error), file: nodeLog(state, node) };
    throw clusterErrors.create("CLUSTER_NODE_ENDED", details, { cause: error });
  } finally {
    closeSync(log);
  }
  await writeState(state);
};

/** Ends the node's process in order: it tells the coordinator that it goes. */
export const endNode = async (state: ClusterState, node: ClusterNode): Promise<void> => {
  if (node.process !== null) await endProcess(node.process, GRACE_MS);
  node.process = null;
  await writeState(state);
};

/** Kills the node's process as a machine that loses power would. */
export const killNode = async (state: ClusterState, node: ClusterNode): Promise<void> => {
  if (node.process !== null) await killProcess(node.process);
  node.process = null;
  await writeState(state);
};

import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { ClusterNode, ClusterState } from "./cluster-state.ts";

/** The one folder that the catalog's `local://` locations are inside of; the lake is linked into it. */
export const filesFolder = (state: ClusterState): string => join(state.folder, "files");
export const nodeFolder = (state: ClusterState, node: ClusterNode): string =>
  join(state.folder, "nodes", node.id);
export const nodeLog = (state: ClusterState, node: ClusterNode): string =>
  join(nodeFolder(state, node), "server.log");

/** The catalog over buckets; the one over folders is `trimtab`. */
const S3_CATALOG = "trimtab_s3";

type Properties = Readonly<Record<string, string | number | boolean>>;

const toText = (properties: Properties): string =>
  `${Object.entries(properties)
    .map(([key, value]) => `${key}=${value}`)
    .join("\n")}\n`;

/** What the catalog of every cluster needs, wherever its files and its metastore are. */
export const REQUIRED_CATALOG_SETTINGS = {
  "connector.name": "hive",
  // On by default, and then `file:///` reaches every file of a node.
  "fs.hadoop.enabled": false,
  "hive.non-managed-table-writes-enabled": true,
  "hive.allow-register-partition-procedure": true,
  "hive.timestamp-precision": "MICROSECONDS",
  "hive.parquet.use-column-names": true,
  "hive.compression-codec": "ZSTD",
} as const satisfies Properties;

/**
 * @param metastore folder of its tables: two catalogs over one would each see tables that the other can't read
 * @see https://trino.io/docs/476/connector/hive.html and object-storage/file-system-local.html (read 2026-11-22)
 */
const hiveCatalog = (state: ClusterState, metastore: string): Properties => ({
  ...REQUIRED_CATALOG_SETTINGS,
  "hive.metastore": "file",
  "hive.metastore.catalog.dir": `local:///${metastore}`,
  "fs.native-local.enabled": true,
  "local.location": filesFolder(state),
  "hive.security": "allow-all",
});

/**
 * Credentials are in no file: Amazon's own chain finds them in the environment of the nodes.
 * @see https://trino.io/docs/476/object-storage/file-system-s3.html (read 2026-11-22)
 */
const s3Catalog = (state: ClusterState, endpoint: string): Properties => ({
  ...hiveCatalog(state, "metastore-s3"),
  "fs.native-s3.enabled": true,
  "s3.endpoint": endpoint,
  "s3.region": process.env.AWS_REGION ?? "us-east-1",
  "s3.path-style-access": true,
});

/**
 * Sizes are for tasks of a small worker: Trino's own defaults (5 GB a task) never fit here.
 * @see https://trino.io/docs/476/admin/fault-tolerant-execution.html (read 2026-11-22)
 */
const faultTolerance = (state: ClusterState): Properties => {
  const taskMiB = Math.max(64, Math.floor(state.options.workerHeapMiB / 8));
  return {
    "retry-policy": "TASK",
    "retry-initial-delay": "500ms",
    "retry-max-delay": "5s",
    "fault-tolerant-execution-task-memory": `${taskMiB}MB`,
    "fault-tolerant-execution-coordinator-task-memory": `${taskMiB}MB`,
    // A worker that does not answer for this long is given up and its tasks done again; by default after minutes.
    "query.remote-task.max-error-duration": "10s",
  };
};

/** Of a heap: what Trino keeps for itself, and what one query may use where nothing else is asked for. */
const HEADROOM_SHARE = 0.3;
const QUERY_SHARE = 0.3;

/**
 * What can be spilled does not count towards a query's limit, and Trino spills when a worker's memory is nearly full. Here
 * it spills from half of the limit on, so that a state on disk keeps the limit as one in memory does.
 * @see https://trino.io/docs/476/admin/spill.html (read 2026-11-22)
 */
const spilling = (state: ClusterState, node: ClusterNode): Properties => {
  const { workerHeapMiB, queryMemoryPerNodeMiB = workerHeapMiB * QUERY_SHARE } = state.options;
  const threshold = queryMemoryPerNodeMiB / 2 / (workerHeapMiB * (1 - HEADROOM_SHARE));
  return {
    "spill-enabled": true,
    "spiller-spill-path": join(nodeFolder(state, node), "spill"),
    "spiller-max-used-space-threshold": "0.95",
    "memory-revoking-threshold": Math.min(0.9, threshold).toFixed(3),
    "memory-revoking-target": Math.min(0.5, threshold / 2).toFixed(3),
  };
};

const config = (state: ClusterState, node: ClusterNode, secret: string): Properties => {
  const { options, server } = state;
  const memory = options.queryMemoryPerNodeMiB;
  return {
    "node.environment": "trimtab",
    "node.id": node.id,
    "node.bind-ip": "127.0.0.1",
    "node.internal-address": "127.0.0.1",
    "plugin.dir": join(server, "plugin"),
    coordinator: node.role === "coordinator",
    ...(node.role === "coordinator" ? { "node-scheduler.include-coordinator": false } : {}),
    "http-server.http.port": node.port,
    "discovery.uri": state.url,
    "internal-communication.shared-secret": secret,
    // Patterns mean what they mean to the embedded engine.
    "regex-library": "RE2J",
    ...(memory === undefined ? {} : { "query.max-memory-per-node": `${memory}MB` }),
    ...(options.faultTolerant ? faultTolerance(state) : {}),
    ...(options.spill ? spilling(state, node) : {}),
  };
};

const exchangeManager = (state: ClusterState): Properties => ({
  "exchange-manager.name": "filesystem",
  "exchange.base-directories": join(state.folder, "exchange"),
});

/**
 * For tests: code compiled quickly instead of well, one thread that collects garbage, classes of the installed server taken
 * as valid, and no second Java that looks into the first one for the sizes of objects.
 */
const QUICK_START = [
  "-XX:TieredStopAtLevel=1",
  "-XX:+UseSerialGC",
  "-XX:-BytecodeVerificationRemote",
  "-Djol.skipHotspotSAAttach=true",
] as const;

/** Options of the virtual machine, in the order of the command line. */
export const jvmOptions = (state: ClusterState, node: ClusterNode): readonly string[] => {
  const { coordinatorHeapMiB, workerHeapMiB } = state.options;
  const heapMiB = node.role === "coordinator" ? coordinatorHeapMiB : workerHeapMiB;
  return [
    `-Xmx${heapMiB}m`,
    "-XX:+ExitOnOutOfMemoryError",
    "-XX:-OmitStackTraceInFastThrow",
    "-XX:ReservedCodeCacheSize=256M",
    "-XX:PerMethodRecompilationCutoff=10000",
    "-XX:PerBytecodeRecompilationCutoff=10000",
    "-Djdk.attach.allowAttachSelf=true",
    "-Djdk.nio.maxCachedBufferSize=2000000",
    "-Dfile.encoding=UTF-8",
    "-XX:+EnableDynamicAgentLoading",
    "-XX:+UnlockDiagnosticVMOptions",
    "-XX:G1NumCollectionsKeepPinned=10000000",
    "--add-modules=jdk.incubator.vector",
    "--enable-native-access=ALL-UNNAMED",
    "--sun-misc-unsafe-memory-access=allow",
    ...(state.options.quickStart ? QUICK_START : []),
  ];
};

const write = async (file: string, properties: Properties): Promise<void> => {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, toText(properties), { mode: 0o600 });
};

/** Writes what a node reads when it starts: its settings, the catalogs `trimtab` and `tpch`, and that of buckets if asked. */
export const writeNodeFiles = async (
  state: ClusterState,
  node: ClusterNode,
  secret: string,
): Promise<void> => {
  const etc = join(nodeFolder(state, node), "etc");
  await write(join(etc, "config.properties"), config(state, node, secret));
  await write(join(etc, "catalog", "trimtab.properties"), hiveCatalog(state, "metastore"));
  const { s3Endpoint } = state.options;
  if (s3Endpoint !== undefined)
    await write(join(etc, "catalog", `${S3_CATALOG}.properties`), s3Catalog(state, s3Endpoint));
  await write(join(etc, "catalog", "tpch.properties"), { "connector.name": "tpch" });
  if (state.options.spill) await mkdir(join(nodeFolder(state, node), "spill"), { recursive: true });
  if (!state.options.faultTolerant) return;
  await mkdir(join(state.folder, "exchange"), { recursive: true });
  await write(join(etc, "exchange-manager.properties"), exchangeManager(state));
};

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { clusterErrors } from "./errors.ts";
import { withLock } from "./file-lock.ts";
import type { Java } from "./find-java.ts";
import { type Maven, openMaven } from "./maven.ts";

const run = promisify(execFile);

/** The last server that was published to Maven Central. */
export const TRINO_VERSION = "476";

/** The server without plugins except its own few; the whole server is three times as large. */
const SERVER = { name: `trino-server-core-${TRINO_VERSION}`, artifact: "trino-server-core" };
/** Those the server brings that a cluster of ours needs; the others would only be loaded at every start. */
const KEPT_PLUGINS = new Set(["exchange-filesystem"]);
/** `tpch` makes rows out of nothing, which tests of the cluster itself use. */
const ADDED_PLUGINS = ["hive", "tpch"];

export interface InstallContext {
  /** Holds one folder for each version. */
  readonly cache: string;
  readonly java: Java;
  readonly say: (line: string) => void;
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const unpackServer = async (maven: Maven, staging: string): Promise<string> => {
  await maven.copy(`io.trino:${SERVER.artifact}:${TRINO_VERSION}:tar.gz`, staging);
  const archive = join(staging, `${SERVER.name}.tar.gz`);
  // tar, not Maven's unpack: the archive holds each jar once and links the copies to it.
  await run("tar", ["-xzf", archive, "-C", staging]).catch((error) => {
    const details = { archive: SERVER.name, reason: String(error.stderr ?? error.message), folder: staging };
    throw clusterErrors.create("CLUSTER_UNPACK_FAILED", details, { cause: error });
  });
  await rm(archive);
  return join(staging, SERVER.name);
};

const addPlugin = async (maven: Maven, plugin: string, staging: string, server: string): Promise<void> => {
  const folder = join(staging, `plugin-${plugin}`);
  await mkdir(folder);
  await maven.unpack(`io.trino:trino-${plugin}:${TRINO_VERSION}:zip`, folder);
  await rename(join(folder, `trino-${plugin}-${TRINO_VERSION}`), join(server, "plugin", plugin));
};

const dropPlugins = async (server: string): Promise<void> => {
  const folder = join(server, "plugin");
  for (const name of await readdir(folder))
    if (!KEPT_PLUGINS.has(name)) await rm(join(folder, name), { recursive: true });
};

const download = async ({ cache, java, say }: InstallContext, target: string): Promise<void> => {
  const maven = await openMaven(java);
  const staging = await mkdtemp(join(cache, "installing-"));
  try {
    say(`Downloading Trino ${TRINO_VERSION} with Maven into ${cache} (470 MB, once)`);
    const server = await unpackServer(maven, staging);
    await dropPlugins(server);
    for (const plugin of ADDED_PLUGINS) await addPlugin(maven, plugin, staging, server);
    await rename(server, target);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
};

/** What a killed installation left behind; the lock says that none runs. */
const sweep = async (cache: string): Promise<void> => {
  for (const name of await readdir(cache))
    if (name.startsWith("installing-")) await rm(join(cache, name), { recursive: true, force: true });
};

/**
 * The folder of the installed server. It appears whole or not at all, and is downloaded by one process at a time.
 * @throws CLUSTER_NO_MAVEN, CLUSTER_DOWNLOAD_FAILED, CLUSTER_UNPACK_FAILED
 */
export const installTrino = async (context: InstallContext): Promise<string> => {
  const { cache, say } = context;
  const target = join(cache, `trino-${TRINO_VERSION}`);
  if (await exists(target)) return target;
  await mkdir(cache, { recursive: true });
  await withLock(
    join(cache, "install.lock"),
    async () => {
      if (await exists(target)) return;
      await sweep(cache);
      await download(context, target);
    },
    (pid) => say(`Process ${pid} is installing Trino; waiting for it`),
  );
  return target;
};

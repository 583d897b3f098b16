import { homedir } from "node:os";
import { join, resolve } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** XDG says that a relative or empty value does not count. */
const baseFolder = (value: string | undefined, fallback: string): string =>
  value?.startsWith("/") ? value : join(homedir(), fallback);

/** Where Trino is installed, once for all clusters: TRIMTAB_CLUSTER_CACHE, or below the user's cache folder. */
export const cacheFolder = (env: Environment = process.env): string =>
  env.TRIMTAB_CLUSTER_CACHE
    ? resolve(env.TRIMTAB_CLUSTER_CACHE)
    : join(baseFolder(env.XDG_CACHE_HOME, ".cache"), "trimtab", "cluster");

/** Holds a folder for each cluster: TRIMTAB_CLUSTER_STATE, or below the user's state folder. */
export const clustersFolder = (env: Environment = process.env): string =>
  env.TRIMTAB_CLUSTER_STATE
    ? resolve(env.TRIMTAB_CLUSTER_STATE)
    : join(baseFolder(env.XDG_STATE_HOME, join(".local", "state")), "trimtab", "cluster");

/** Where the cluster of this name keeps its configuration, logs, metastore and warehouse. */
export const stateFolder = (name: string): string => join(clustersFolder(), name);

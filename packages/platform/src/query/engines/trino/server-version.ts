import { clusterErrors } from "./errors.ts";
import type { ServerInfo, TrinoClient } from "./trino-client.ts";

/** Older servers lack what our statements use. */
export const LEAST_VERSION = 440;
/** What the equality suite ran on. */
export const TESTED_VERSION = 476;

/** `476-e.1` is 476; undefined where the text starts with no number. */
export const majorVersion = (version: string): number | undefined => {
  const [digits] = /^\d+/.exec(version) ?? [];
  return digits === undefined ? undefined : Number(digits);
};

/** @throws CLUSTER_VERSION_OLD, CLUSTER_BUSY, CLUSTER_UNREACHABLE, CLUSTER_NOT_TRINO */
export const requireVersion = async (client: TrinoClient, signal?: AbortSignal): Promise<ServerInfo> => {
  const info = await client.info(signal);
  const major = majorVersion(info.version);
  if (major !== undefined && major < LEAST_VERSION)
    throw clusterErrors.create("CLUSTER_VERSION_OLD", { version: info.version, least: LEAST_VERSION });
  if (info.starting)
    throw clusterErrors.create("CLUSTER_BUSY", { reason: "the coordinator is still starting" });
  return info;
};

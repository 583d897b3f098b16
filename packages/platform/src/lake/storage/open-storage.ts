import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { folderStorage } from "./folder-storage.ts";
import { isUrl, type ObjectLocation, parseLocation } from "./location.ts";
import type { ObjectClient } from "./object-client.ts";
import type { LakeStorage } from "./storage.ts";

export interface StorageOptions {
  /** Where a cloud's endpoint and own settings are looked up; credentials are found by the cloud's SDK itself. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Where files of a bucket are kept that were read. Default: the platform's folder for such things. */
  readonly cacheFolder?: string;
  /** Default: 10 GiB, and no more than half of the free disk. */
  readonly cacheBytes?: number;
}

/** @param options `env` as the process has it unless given */
export const openClientOf = async (
  location: ObjectLocation,
  { env = process.env, ...more }: StorageOptions,
): Promise<ObjectClient> => {
  const options = { ...more, env };
  switch (location.kind) {
    case "s3":
      return (await import("./s3-client.ts")).openS3Client(location.bucket, options);
    case "az":
      return (await import("./azure-client.ts")).openAzureClient(location, options);
    case "gs":
      return (await import("./gcs-client.ts")).openGcsClient(location.bucket);
  }
};

/**
 * The storage of a lake, by its root. What a bucket needs is loaded only for one.
 * @throws LAKE_URL_INVALID
 */
export const openStorage = async (
  root: string,
  clock: () => Date,
  options: StorageOptions = {},
): Promise<LakeStorage> => {
  if (!isUrl(root)) return folderStorage(resolve(root), clock);
  const location = parseLocation(root);
  const { openObjectStorage } = await import("./object-storage.ts");
  const { defaultCacheBytes } = await import("./object-cache.ts");
  const env = options.env ?? process.env;
  const folder = resolve(options.cacheFolder ?? defaultCacheFolder(env, process.platform));
  const maxBytes = options.cacheBytes ?? (await defaultCacheBytes(folder));
  const client = await openClientOf(location, { ...options, env });
  return openObjectStorage({ location, client, clock, cache: { folder, maxBytes } });
};

/**
 * Where what can be fetched again belongs on this platform.
 * @see https://specifications.freedesktop.org/basedir-spec/latest/, 2026-06
 */
const defaultCacheFolder = (
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform,
): string => {
  const home = env.HOME || env.USERPROFILE || homedir();
  if (platform === "win32")
    return join(env.LOCALAPPDATA || join(home, "AppData", "Local"), "Trimtab", "cache");
  if (platform === "darwin") return join(home, "Library", "Caches", "Trimtab");
  return join(env.XDG_CACHE_HOME || join(home, ".cache"), "trimtab");
};

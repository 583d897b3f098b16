import { posix } from "node:path";
import { manifestPath } from "./layout.ts";
import type { ManifestStore } from "./manifest-store.ts";
import type { LakeStorage } from "./storage/storage.ts";

export interface ExpireOptions {
  /** Newest versions that stay readable, at least 1. */
  readonly keepVersions: number;
  /** A version stays this long, and at least a day, after the next one took its place. */
  readonly keepDays: number;
  /** Only say what would go. */
  readonly dryRun: boolean;
  readonly now: Date;
}

export interface ExpireReport {
  readonly versions: readonly number[];
  /** Load folders relative to the root that no retained version names. */
  readonly folders: readonly string[];
  readonly bytes: number;
}

/**
 * Longer than any query runs and any load takes: what was live until then may be in use, and what is younger may not be
 * committed yet. It also keeps the number of a version from being given twice to loads that race.
 */
const IN_USE_MS = 24 * 3_600_000;

const expiredVersions = async (store: ManifestStore, options: ExpireOptions): Promise<readonly number[]> => {
  const versions = await store.versions();
  const candidates = versions.slice(0, Math.max(0, versions.length - Math.max(1, options.keepVersions)));
  const expired: number[] = [];
  const keepMs = Math.max(options.keepDays * 86_400_000, IN_USE_MS);
  for (const [index, version] of candidates.entries()) {
    const next = await store.read(versions[index + 1] ?? version);
    if (options.now.getTime() - Date.parse(next.createdAt) >= keepMs) expired.push(version);
  }
  return expired;
};

/**
 * Lets old versions go, then the files that no retained version names and nobody can still be reading. Manifests go
 * first: a version that can be listed can be read.
 */
export const expireVersions = async (
  storage: LakeStorage,
  store: ManifestStore,
  options: ExpireOptions,
): Promise<ExpireReport> => {
  const gone = await expiredVersions(store, options);
  const kept = (await store.versions()).filter((version) => !gone.includes(version));
  const needed = new Set<string>();
  for (const version of kept)
    for (const load of (await store.read(version)).loads) {
      for (const { path } of [...load.files, ...load.rollups]) needed.add(posix.dirname(path));
      if (load.quarantined.path !== undefined) needed.add(posix.dirname(load.quarantined.path));
    }
  const folders: string[] = [];
  let bytes = 0;
  for (const { path, measure } of await storage.loadFolders()) {
    if (needed.has(path)) continue;
    const found = await measure();
    if (options.now.getTime() - found.newestMs < IN_USE_MS) continue;
    folders.push(path);
    bytes += found.bytes;
  }
  if (!options.dryRun) {
    for (const version of gone) await storage.remove(manifestPath(version));
    for (const folder of folders) await storage.remove(folder);
    await storage.dropUnfinished(new Date(options.now.getTime() - IN_USE_MS));
  }
  return { versions: gone, folders, bytes };
};

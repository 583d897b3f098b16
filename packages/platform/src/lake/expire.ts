import { readdir, rm, stat, unlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { manifestPath } from "./layout.ts";
import type { ManifestStore } from "./manifest-store.ts";

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

const TABLES = ["charges", "charges_daily", "quarantine"] as const;

const loadFolders = async (root: string): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const table of TABLES) {
    const entries = await readdir(join(root, table), { recursive: true, withFileTypes: true }).catch(
      () => [],
    );
    for (const entry of entries)
      if (entry.isDirectory() && entry.name.startsWith("load="))
        found.push(join(entry.parentPath, entry.name).slice(root.length + 1));
  }
  return found.sort();
};

const sizeOf = async (folder: string): Promise<number> => {
  let bytes = 0;
  for (const name of await readdir(folder)) bytes += (await stat(join(folder, name))).size;
  return bytes;
};

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
  root: string,
  store: ManifestStore,
  options: ExpireOptions,
): Promise<ExpireReport> => {
  const gone = await expiredVersions(store, options);
  const kept = (await store.versions()).filter((version) => !gone.includes(version));
  const needed = new Set<string>();
  for (const version of kept)
    for (const load of (await store.read(version)).loads) {
      for (const { path } of [...load.files, ...load.rollups]) needed.add(dirname(path));
      if (load.quarantined.path !== undefined) needed.add(dirname(load.quarantined.path));
    }
  const folders: string[] = [];
  let bytes = 0;
  for (const folder of await loadFolders(root)) {
    if (needed.has(folder)) continue;
    const { mtimeMs } = await stat(join(root, folder));
    if (options.now.getTime() - mtimeMs < IN_USE_MS) continue;
    folders.push(folder);
    bytes += await sizeOf(join(root, folder));
  }
  if (!options.dryRun) {
    for (const version of gone) await unlink(join(root, manifestPath(version)));
    for (const folder of folders) await rm(join(root, folder), { recursive: true, force: true });
  }
  return { versions: gone, folders, bytes };
};

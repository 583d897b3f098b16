import { posix } from "node:path";
import type { LakeFile, LoadEntry, Manifest } from "./manifest.ts";
import { openManifestStore } from "./manifest-store.ts";
import type { LakeStorage } from "./storage/storage.ts";

/** As long as expiry waits: what is younger may be in use or not yet committed. */
const GRACE_MS = 24 * 3_600_000;

/** A file that a manifest names and that is not as the manifest says. */
export interface DamagedFile {
  readonly path: string;
  readonly load: string;
  readonly problem: "missing" | "other size";
  /** Newest version that names it. */
  readonly version: number;
}

/** Something on the disk that no version needs. */
export interface Orphan {
  readonly path: string;
  readonly bytes: number;
}

/** The lake as its manifests and its folders tell, without reading any rows. */
export interface LakeHealth {
  /** Newest version; 0 for a lake that is not there yet. */
  readonly version: number;
  readonly versions: readonly number[];
  /** Versions whose manifest can't be read. */
  readonly broken: readonly { readonly version: number; readonly reason: string }[];
  readonly current: Manifest | undefined;
  readonly files: number;
  readonly bytes: number;
  readonly damaged: readonly DamagedFile[];
  /** Folders of loads that no readable version names, and temporary files, older than a day. */
  readonly orphans: readonly Orphan[];
}

/** Compares manifests with folders. Reads no rows and changes nothing; safe while loads run. */
export async function inspectLake(storage: LakeStorage, clock: () => Date): Promise<LakeHealth> {
  const store = openManifestStore(storage, clock);
  const versions = await store.versions();
  const manifests: Manifest[] = [];
  const broken: { version: number; reason: string }[] = [];
  for (const version of versions) {
    await store.read(version).then(
      (manifest) => manifests.push(manifest),
      (error: unknown) =>
        broken.push({ version, reason: error instanceof Error ? error.message : String(error) }),
    );
  }
  const version = versions.at(-1) ?? 0;
  const current = manifests.find((manifest) => manifest.version === version);
  const live = current?.loads.flatMap(filesOf) ?? [];
  const cutoffMs = clock().getTime() - GRACE_MS;
  return {
    version,
    versions,
    broken,
    current,
    files: live.length,
    bytes: live.reduce((sum, { bytes }) => sum + bytes, 0),
    damaged: await findDamage(storage, manifests),
    // A manifest that can't be read may name any load, so nothing can be called an orphan beside it
    orphans: broken.length > 0 ? [] : await findOrphans(storage, manifests, cutoffMs),
  };
}

/** All Parquet files of a load. */
const filesOf = (load: LoadEntry): readonly LakeFile[] => [...load.files, ...load.rollups];

async function findDamage(
  storage: LakeStorage,
  manifests: readonly Manifest[],
): Promise<readonly DamagedFile[]> {
  const named = new Map<
    string,
    { readonly file: LakeFile; readonly load: string; readonly version: number }
  >();
  for (const { version, loads } of manifests) {
    for (const load of loads)
      for (const file of filesOf(load)) named.set(file.path, { file, load: load.id, version });
  }
  const sizes = await storage.sizes([...named.keys()]);
  const damaged: DamagedFile[] = [];
  for (const [path, { file, load, version }] of named) {
    const size = sizes.get(path);
    if (size === undefined) damaged.push({ path, load, version, problem: "missing" });
    else if (size !== file.bytes) damaged.push({ path, load, version, problem: "other size" });
  }
  return damaged;
}

async function findOrphans(
  storage: LakeStorage,
  manifests: readonly Manifest[],
  cutoffMs: number,
): Promise<readonly Orphan[]> {
  const known = new Set(manifests.flatMap(({ loads }) => loads.flatMap(foldersOf)));
  const loads = (await storage.loadFolders()).filter(({ path }) => !known.has(path));
  const orphans: Orphan[] = [];
  for (const { path, measure } of [...loads, ...(await storage.leftOvers())]) {
    const { bytes, newestMs } = await measure();
    if (newestMs < cutoffMs) orphans.push({ path, bytes });
  }
  return orphans;
}

/** The `load=…` folders that a load's files stand in. */
function foldersOf(load: LoadEntry): string[] {
  const { path } = load.quarantined;
  return [...filesOf(load).map((file) => file.path), ...(path === undefined ? [] : [path])].map((file) =>
    posix.dirname(file),
  );
}

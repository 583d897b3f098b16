import { appendFile, mkdir, readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { newId, TEMP_FOLDER } from "./layout.ts";
import type { LoadEntry } from "./manifest.ts";
import { openManifestStore } from "./manifest-store.ts";
import { isAbandoned, machineName, temporaryName } from "./own-folder.ts";
import type { LakeStorage } from "./storage/storage.ts";
import { toWriteFailure } from "./write-failure.ts";

/** Names the folders below the root that this work made outside of its own, one a line. */
const PLACED = "placed";
/** Folders of a load in every table. */
const placedFolders = (load: LoadEntry): readonly string[] => {
  const files = [...load.files, ...load.rollups].map(({ path }) => path);
  const all = load.quarantined.path === undefined ? files : [...files, load.quarantined.path];
  return all.map((path) => path.slice(0, path.lastIndexOf("/")));
};

/** Says that a folder is made for the load of this temporary folder, before it is: whoever sweeps removes it too. */
export const notePlaced = (temporary: string, placed: string): Promise<void> =>
  appendFile(join(temporary, PLACED), `${placed}\n`);

/** Removes what a load that died had put in place, unless it had committed. */
const removePlaced = async (storage: LakeStorage, folder: string): Promise<void> => {
  const placed = (await readFile(join(folder, PLACED), "utf8").catch(() => "")).split("\n").filter(Boolean);
  if (placed.length === 0) return;
  const store = openManifestStore(storage, () => new Date());
  const named = new Set<string>();
  for (const version of await store.versions())
    for (const load of (await store.read(version)).loads)
      for (const own of placedFolders(load)) named.add(own);
  for (const own of placed) if (!named.has(own)) await storage.remove(own);
};

/** Removes what loads left behind that died. */
const sweep = async (storage: LakeStorage, now: Date): Promise<void> => {
  const parent = join(storage.scratch, TEMP_FOLDER);
  for (const name of await readdir(parent)) {
    const folder = join(parent, name);
    if (!(await isAbandoned(parent, name, now, storage.lateWritesMs))) continue;
    // A manifest that can't be read may name any load: then nothing is removed but the temporary folder stays, too.
    const isSwept = await removePlaced(storage, folder).then(
      () => true,
      () => false,
    );
    if (isSwept) await rm(folder, { recursive: true, force: true });
  }
};

/**
 * Runs `work` with a new folder below `_tmp/`, removed afterwards; folders of dead processes are swept first.
 * @throws LAKE_NOT_WRITABLE, LAKE_DISK_FULL, and what `work` throws
 */
export const withTemporaryFolder = async <T>(
  storage: LakeStorage,
  now: Date,
  work: (folder: string) => Promise<T>,
): Promise<T> => {
  const name = temporaryName(newId(now), process.pid, await machineName());
  const folder = join(storage.scratch, TEMP_FOLDER, name);
  try {
    await mkdir(folder, { recursive: true });
    await sweep(storage, now);
    return await work(folder);
  } catch (error) {
    throw toWriteFailure(storage.scratch, error);
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
};

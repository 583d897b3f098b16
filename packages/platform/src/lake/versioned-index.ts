import { posix } from "node:path";
import type { z } from "zod";
import { lakeErrors } from "./errors.ts";
import type { LakeStorage } from "./storage/storage.ts";

/** Readers hold a version for one statement; this many stay for those that are slow. */
const KEPT_VERSIONS = 10;
/** Longer than any write takes: a file that no version names by then belongs to a writer that died. */
const IN_USE_MS = 24 * 3_600_000;
const MAX_ATTEMPTS = 20;

/** A version number and what it says. */
export interface Version<T> {
  readonly version: number;
  readonly content: T;
}

/**
 * What a table beside the charges consists of: small JSON files, one a version, of which the newest counts. A version is
 * made by exclusive creation, so of two writers one is told to try again.
 */
export interface VersionedIndex<T> {
  /** Version 0 is the empty one. @throws LAKE_MANIFEST_BROKEN */
  newest(): Promise<Version<T>>;
  /** Ascending. */
  versions(): Promise<readonly number[]>;
  /**
   * Makes the next version of what `change` answers; undefined: nothing changes, and no version is made.
   * `change` runs again where another writer was faster, and what it had put by then is removed.
   * @throws LAKE_BUSY, LAKE_NOT_WRITABLE, LAKE_DISK_FULL
   */
  commit(change: (current: T) => Promise<Change<T> | undefined>, drafts: string): Promise<Version<T>>;
}

export interface Change<T> {
  readonly content: T;
  /** Files put for it. */
  readonly added: readonly string[];
}

export interface IndexPlan<T> {
  /** Folder of the table; its versions are in `index/` below. */
  readonly folder: string;
  readonly schema: z.ZodType<T>;
  readonly empty: T;
  /** Files that a version needs. */
  readonly filesOf: (content: T) => readonly string[];
}

export const openVersionedIndex = <T>(
  storage: LakeStorage,
  { folder, schema, empty, filesOf }: IndexPlan<T>,
  clock: () => Date,
): VersionedIndex<T> => {
  const indexFolder = posix.join(folder, "index");
  const pathOf = (version: number): string =>
    posix.join(indexFolder, `${String(version).padStart(10, "0")}.json`);

  const versions = async (): Promise<readonly number[]> =>
    (await storage.files(indexFolder))
      .flatMap((path) => Number(/\/(\d{10})\.json$/.exec(path)?.[1] ?? []))
      .sort((a, b) => a - b);

  const read = async (version: number): Promise<T> => {
    const text = await storage.readText(pathOf(version));
    try {
      return schema.parse(JSON.parse(text ?? ""));
    } catch (error) {
      const reason = error instanceof Error ? error.message.slice(0, 200) : String(error);
      const file = `${storage.root}/${pathOf(version)}`;
      throw lakeErrors.create("LAKE_MANIFEST_BROKEN", { file, reason }, { cause: error });
    }
  };

  const newest = async (): Promise<Version<T>> => {
    const version = (await versions()).at(-1) ?? 0;
    return { version, content: version === 0 ? empty : await read(version) };
  };

  /** Removes versions that nobody reads any more, the files that only they name, and those of writers that died. */
  const tidy = async (): Promise<void> => {
    const all = await versions();
    const old = all.slice(0, Math.max(0, all.length - KEPT_VERSIONS));
    if (!old.some((version) => version > 1)) return;
    const kept = await Promise.all(all.slice(old.length).map(read));
    const needed = new Set(kept.flatMap(filesOf));
    const dropped = new Set((await Promise.all(old.map(read))).flatMap(filesOf));
    for (const path of dropped) if (!needed.has(path)) await storage.remove(path);
    // Ascending, and never the first: see `isGenuine`.
    for (const version of old) if (version > 1) await storage.remove(pathOf(version));
    const before = clock().getTime() - IN_USE_MS;
    for (const path of await storage.files(folder)) {
      if (path.startsWith(`${indexFolder}/`) || needed.has(path) || dropped.has(path)) continue;
      const madeMs = idTime(posix.basename(path));
      if (madeMs !== undefined && madeMs < before) await storage.remove(path);
    }
  };

  /**
   * A writer so slow that the number it takes was given, overtaken and let go meanwhile would bring back an old state.
   * Then the version it started from is gone too, because they go in order.
   */
  const isGenuine = async (startedFrom: number): Promise<boolean> =>
    startedFrom === 0 || (await versions()).includes(startedFrom);

  return {
    newest,
    versions,
    commit: async (change, drafts) => {
      for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
        const current = await newest();
        const next = await change(current.content);
        if (next === undefined) return current;
        const version = current.version + 1;
        if (await storage.create(pathOf(version), JSON.stringify(next.content), drafts)) {
          if (await isGenuine(current.version)) {
            // What stays behind is removed by the next commit.
            await tidy().catch(() => undefined);
            return { version, content: next.content };
          }
          await storage.remove(pathOf(version));
        }
        for (const path of next.added) await storage.remove(path);
      }
      throw lakeErrors.create("LAKE_BUSY", { attempts: MAX_ATTEMPTS });
    },
  };
};

/** When a file whose name starts with an id of `newId` was made; undefined for other names. */
const idTime = (name: string): number | undefined => {
  const [, y, mo, d, h, mi, s] = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})/.exec(name) ?? [];
  if (y === undefined) return undefined;
  return Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s));
};

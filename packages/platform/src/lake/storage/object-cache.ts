import { createHash } from "node:crypto";
import { rmSync, unlinkSync } from "node:fs";
import { link, mkdir, readdir, rename, rm, stat, statfs, unlink, utimes } from "node:fs/promises";
import { dirname, join } from "node:path";
import { TrimtabError } from "@trimtab/domain";
import { lakeErrors } from "../errors.ts";
import { inTurns } from "../in-turns.ts";
import { newId } from "../layout.ts";
import { isAbandoned, machineName, temporaryName } from "../own-folder.ts";

/** A file of the store that was fetched: checked, and written to the end. */
export interface Fetched {
  readonly bytes: number;
  readonly etag: string;
}

export interface CacheOptions {
  readonly folder: string;
  /** Least recently used files go where all together are larger; what a running query reads stays. */
  readonly maxBytes: number;
  /** Told of by its store: a URL. Files of the same name in other stores are others. */
  readonly store: string;
  /**
   * Fetches a file of the store into a new local one. Tells its size before the first byte, and waits for room.
   * @throws where it is not there or not as it was written
   */
  fetch(path: string, target: string, makeRoom: (bytes: number) => Promise<void>): Promise<Fetched>;
}

/**
 * Immutable files of a store, kept on this machine. Any number of processes share the folder without locks: a file
 * appears by a rename, and what a query reads is held by a hard link of its own process, which no other removes.
 *
 *     files/<hash of URL>/<bytes>-<hash of etag>    kept copies; time of access = last use
 *     use/<id>.<pid>.<machine>/…                    what this process reads now, by its path in the lake
 */
export interface ObjectCache {
  readonly folder: string;
  /** Where a file is while it is held. */
  localPath(path: string): string;
  /** Fetches what is not kept, and keeps all of them until the answer is called. @throws LAKE_CACHE_UNUSABLE, and what `fetch` throws */
  hold(paths: readonly string[]): Promise<() => void>;
  /** Drops kept copies of a file that are not this one. */
  keepOnly(path: string, current: Fetched | undefined): Promise<void>;
  usage(): Promise<{ readonly files: number; readonly bytes: number }>;
  close(): void;
}

const FILES = "files";
const USE = "use";
const AT_ONCE = 8;
/** Other processes add and remove files, too. */
const COUNT_EVERY_MS = 10_000;
/** A copy can be evicted by another process between finding and holding it. */
const MAX_TRIES = 5;

const hash = (text: string): string => createHash("sha256").update(text).digest("hex");

interface Kept {
  readonly path: string;
  readonly bytes: number;
  readonly usedMs: number;
  readonly isHeld: boolean;
}

const nameOf = ({ bytes, etag }: Fetched): string => `${bytes}-${hash(etag).slice(0, 16)}`;

/** Half a file never stands there, but a disk may lose the end of one; then it is none. */
const isWhole = (name: string, size: number): boolean => name.startsWith(`${size}-`);

const keptIn = async (folder: string): Promise<readonly Kept[]> => {
  const kept: Kept[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    const path = join(entry.parentPath, entry.name);
    const info = entry.isFile() ? await stat(path).catch(() => undefined) : undefined;
    if (info === undefined) continue;
    kept.push({ path, bytes: info.size, usedMs: info.atimeMs, isHeld: info.nlink > 1 });
  }
  return kept;
};

/** Opens a folder of kept files; what dead processes held is let go. */
export const openObjectCache = async (options: CacheOptions): Promise<ObjectCache> => {
  const { folder, maxBytes, store } = options;
  const own = join(folder, USE, temporaryName(newId(new Date()), process.pid, await machineName()));
  const held = new Map<string, { count: number; readonly ready: Promise<void> }>();
  let isReady: Promise<void> | undefined;
  let arriving = 0;
  /** What all kept files came to when they were last looked at, and what this process added since. */
  let counted = { bytes: 0, atMs: 0 };

  const prepare = async (): Promise<void> => {
    await mkdir(join(own, ".new"), { recursive: true });
    await mkdir(join(folder, FILES), { recursive: true });
    for (const name of await readdir(join(folder, USE)))
      if (await isAbandoned(join(folder, USE), name, new Date()))
        await rm(join(folder, USE, name), { recursive: true, force: true });
  };

  const folderOf = (path: string): string => join(folder, FILES, hash(`${store}/${path}`));
  const localPath = (path: string): string => join(own, path);

  const find = async (path: string): Promise<string | undefined> => {
    for (const name of await readdir(folderOf(path)).catch(() => [])) {
      const file = join(folderOf(path), name);
      const info = await stat(file).catch(() => undefined);
      if (info !== undefined && isWhole(name, info.size)) return file;
      await rm(file, { force: true });
    }
    return undefined;
  };

  const makeRoom = async (bytes: number): Promise<void> => {
    const isFresh = Date.now() - counted.atMs < COUNT_EVERY_MS;
    if (isFresh && counted.bytes + arriving + bytes <= maxBytes) return;
    const kept = await keptIn(join(folder, FILES));
    let total = kept.reduce((sum, file) => sum + file.bytes, 0);
    for (const file of kept.toSorted((a, b) => a.usedMs - b.usedMs)) {
      if (total + arriving + bytes <= maxBytes) break;
      if (file.isHeld) continue;
      await unlink(file.path).catch(() => undefined);
      total -= file.bytes;
    }
    counted = { bytes: total, atMs: Date.now() };
  };

  const fetch = async (path: string): Promise<string> => {
    const draft = join(own, ".new", newId(new Date()));
    await mkdir(dirname(draft), { recursive: true });
    let reserved = 0;
    try {
      const fetched = await options.fetch(path, draft, async (bytes) => {
        await makeRoom(bytes);
        arriving += bytes - reserved;
        reserved = bytes;
      });
      // Whole seconds, so that marking the last use later never changes it.
      await utimes(draft, new Date(), Math.floor(Date.now() / 1000));
      const file = join(folderOf(path), nameOf(fetched));
      await mkdir(dirname(file), { recursive: true });
      await rename(draft, file);
      counted = { ...counted, bytes: counted.bytes + fetched.bytes };
      return file;
    } finally {
      arriving -= reserved;
      await rm(draft, { force: true });
    }
  };

  const take = async (path: string): Promise<void> => {
    isReady ??= prepare();
    await isReady;
    // Says to other machines that this one lives.
    await utimes(own, new Date(), new Date()).catch(() => undefined);
    await mkdir(dirname(localPath(path)), { recursive: true });
    for (let attempt = 1; ; attempt++) {
      const file = (await find(path)) ?? (await fetch(path));
      try {
        await link(file, localPath(path));
        const { mtime } = await stat(file);
        await utimes(file, new Date(), mtime).catch(() => undefined);
        return;
      } catch (error) {
        const code = error instanceof Error && "code" in error ? error.code : "";
        if (code === "EEXIST") return;
        if (code !== "ENOENT" || attempt === MAX_TRIES) throw error;
      }
    }
  };

  const holdOne = async (path: string): Promise<void> => {
    const known = held.get(path);
    if (known !== undefined) {
      known.count += 1;
      return known.ready;
    }
    const ready = take(path);
    held.set(path, { count: 1, ready });
    return ready;
  };

  /** Without a pause between counting and removing, so that whoever holds next links anew. */
  const release = (path: string): void => {
    const known = held.get(path);
    if (known === undefined) return;
    known.count -= 1;
    if (known.count > 0) return;
    held.delete(path);
    try {
      unlinkSync(localPath(path));
    } catch {
      // it never came
    }
  };

  return {
    folder,
    localPath,
    hold: async (paths) => {
      const wanted = [...new Set(paths)];
      const begun: string[] = [];
      const releaseAll = () => {
        for (const path of begun.splice(0)) release(path);
      };
      try {
        await inTurns(wanted, AT_ONCE, (path) => {
          begun.push(path);
          return holdOne(path);
        });
        return releaseAll;
      } catch (error) {
        releaseAll();
        if (error instanceof TrimtabError || !(error instanceof Error && "syscall" in error)) throw error;
        throw lakeErrors.create("LAKE_CACHE_UNUSABLE", { folder, reason: error.message }, { cause: error });
      }
    },
    keepOnly: async (path, current) => {
      const name = current === undefined ? undefined : nameOf(current);
      for (const known of await readdir(folderOf(path)).catch(() => []))
        if (known !== name) await rm(join(folderOf(path), known), { force: true });
    },
    usage: async () => {
      const kept = await keptIn(join(folder, FILES));
      return { files: kept.length, bytes: kept.reduce((sum, { bytes }) => sum + bytes, 0) };
    },
    close: () => {
      rmSync(own, { recursive: true, force: true });
    },
  };
};

const DEFAULT_MAX_BYTES = 10 * 1024 ** 3;

/** 10 GiB, and no more than half of what the disk has for it. */
export const defaultCacheBytes = async (folder: string): Promise<number> => {
  await mkdir(folder, { recursive: true });
  const { bavail, bsize } = await statfs(folder);
  const kept = (await keptIn(join(folder, FILES))).reduce((sum, { bytes }) => sum + bytes, 0);
  return Math.min(DEFAULT_MAX_BYTES, (bavail * bsize + kept) / 2);
};

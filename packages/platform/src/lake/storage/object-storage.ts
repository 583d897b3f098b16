import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readdir, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { TrimtabError } from "@trimtab/domain";
import { lakeErrors } from "../errors.ts";
import { inTurns } from "../in-turns.ts";
import { newId, TABLES, TEMP_FOLDER } from "../layout.ts";
import { machineName, temporaryName } from "../own-folder.ts";
import { notePlaced } from "../temporary-folder.ts";
import { toWriteFailure } from "../write-failure.ts";
import { probeConditions } from "./condition-probe.ts";
import { examineStore } from "./examine-store.ts";
import { fetchObject } from "./fetch-object.ts";
import type { ObjectLocation } from "./location.ts";
import { type CacheOptions, openObjectCache } from "./object-cache.ts";
import type { ObjectClient, ObjectInfo } from "./object-client.ts";
import type { LakeStorage, StoredFolder } from "./storage.ts";
import { asking, toStoreFailure } from "./store-failure.ts";

export interface ObjectStorageOptions {
  readonly location: ObjectLocation;
  readonly client: ObjectClient;
  readonly clock: () => Date;
  readonly cache: Pick<CacheOptions, "folder" | "maxBytes">;
}

/** A request that was under way when its process died is done with after that. */
const LATE_WRITES_MS = 120_000;
const AT_ONCE = 8;
/** Asked one by one up to here; for more, listings are cheaper. */
const FEW = 4;

const sha256Of = async (file: string): Promise<string> => {
  const hash = createHash("sha256");
  await pipeline(createReadStream(file, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest("hex");
};

/** Objects by the `load=…` folder that their names put them in. */
const groupByLoad = (
  objects: readonly (ObjectInfo & { readonly path: string })[],
): readonly StoredFolder[] => {
  const loads = Map.groupBy(objects, ({ path }) => /^.*\/load=[^/]+(?=\/)/.exec(path)?.[0] ?? "");
  loads.delete("");
  return [...loads]
    .map(([path, own]) => ({
      path,
      measure: async () => ({
        bytes: own.reduce((sum, { bytes }) => sum + bytes, 0),
        newestMs: Math.max(...own.map(({ modifiedMs }) => modifiedMs)),
      }),
    }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
};

/** The lake in a prefix of a bucket, read by way of a cache on this machine. */
export const openObjectStorage = async (options: ObjectStorageOptions): Promise<LakeStorage> => {
  const { location, client, clock } = options;
  const { root, prefix } = location;
  const scratch = join(
    options.cache.folder,
    "work",
    createHash("sha256").update(root).digest("hex").slice(0, 16),
  );
  const keyOf = (path: string): string => `${prefix}${path}`;
  const ask = <T>(action: string, run: () => Promise<T>): Promise<T> => asking(client, location, action, run);
  const list = async (folder: string) =>
    (await ask(`listing ${folder}`, () => client.list(keyOf(`${folder}/`)))).map((object) => ({
      ...object,
      path: object.key.slice(prefix.length),
    }));
  const cache = await openObjectCache({
    ...options.cache,
    store: root,
    fetch: (path, target, makeRoom) =>
      fetchObject({ client, location, path, key: keyOf(path), target, makeRoom }),
  });
  let prepared: Promise<void> | undefined;

  const readText = (path: string): Promise<string | undefined> =>
    ask(`reading ${path}`, () => readWhole(client, keyOf(path)));

  return {
    kind: location.kind,
    root,
    scratch,
    lateWritesMs: LATE_WRITES_MS,
    localPath: cache.localPath,
    hold: (paths) => cache.hold(paths),
    files: async (folder) => (await list(folder)).map(({ path }) => path).sort(),
    readText,
    sizes: async (paths) => {
      if (paths.length <= FEW) {
        const found = await inTurns(paths, AT_ONCE, (path) =>
          ask(`reading ${path}`, () => client.head(keyOf(path))),
        );
        return new Map(
          paths.flatMap((path, index) => (found[index] ? [[path, found[index].bytes] as const] : [])),
        );
      }
      const tops = [...new Set(paths.map((path) => path.split("/", 1)[0] ?? ""))];
      const known = new Map(
        (await inTurns(tops, AT_ONCE, list)).flat().map(({ path, bytes }) => [path, bytes]),
      );
      return new Map(
        paths.flatMap((path) => (known.has(path) ? [[path, known.get(path) ?? 0] as const] : [])),
      );
    },
    loadFolders: async () => groupByLoad((await inTurns(TABLES, AT_ONCE, list)).flat()),
    leftOvers: async () => [...(await probesOf(await list(TEMP_FOLDER))), ...(await workOf(scratch))],
    prepare: () => {
      prepared ??= (async () => {
        const probe = `${TEMP_FOLDER}/probe-${newId(clock())}`;
        // Whoever sweeps after this process removes the probe, should it die in the middle.
        const name = temporaryName(newId(clock()), process.pid, await machineName());
        const notes = join(scratch, TEMP_FOLDER, name);
        try {
          await mkdir(notes, { recursive: true });
          await notePlaced(notes, probe);
          await probeConditions(client, location, keyOf(probe));
        } catch (error) {
          throw toWriteFailure(scratch, error);
        } finally {
          await rm(notes, { recursive: true, force: true });
        }
      })();
      prepared.catch(() => {
        prepared = undefined;
      });
      return prepared;
    },
    put: async (path, localFile) => {
      const sha256 = await sha256Of(localFile);
      await ask(`writing ${path}`, () => client.upload(keyOf(path), localFile, sha256));
      await rm(localFile);
    },
    putText: (path, text) => ask(`writing ${path}`, () => client.writeText(keyOf(path), text)),
    create: async (path, text, drafts) => {
      // Whoever sweeps after this process goes by it, see lateWritesMs.
      if (drafts !== undefined) await utimes(drafts, new Date(), new Date());
      return createOnce({ client, location }, path, keyOf(path), text);
    },
    remove: async (path) => {
      const below = (await ask(`listing ${path}`, () => client.list(keyOf(path)))).filter(
        ({ key }) => key === keyOf(path) || key.startsWith(`${keyOf(path)}/`),
      );
      await inTurns(below, AT_ONCE, ({ key }) => ask(`removing ${path}`, () => client.remove(key)));
    },
    revalidate: async (paths) => {
      await inTurns(paths, AT_ONCE, async (path) =>
        cache.keepOnly(path, await ask(`reading ${path}`, () => client.head(keyOf(path)))),
      );
    },
    dropUnfinished: async (before) => {
      // They only cost a little: who may not list or drop them can leave it to a rule of the bucket.
      await client.dropUnfinished?.(prefix, before).catch(() => undefined);
    },
    examine: async () =>
      examineStore({
        client,
        location,
        probeKey: keyOf(`${TEMP_FOLDER}/probe-${newId(clock())}`),
        cache: { ...options.cache, ...(await cache.usage()) },
      }),
    close: () => {
      cache.close();
      client.close();
    },
  };
};

const readWhole = async (client: ObjectClient, key: string): Promise<string | undefined> => {
  for (let attempt = 1; ; attempt++) {
    try {
      const opened = await client.open(key);
      if (opened === undefined) return undefined;
      const chunks: Buffer[] = [];
      for await (const chunk of opened.stream) chunks.push(chunk as Buffer);
      const content = Buffer.concat(chunks);
      if (content.length === opened.bytes) return content.toString("utf8");
      throw new Error(`the connection ended after ${content.length} of ${opened.bytes} bytes`);
    } catch (error) {
      const { kind } = client.failureOf(error);
      if (attempt === 3 || (kind !== "unreachable" && kind !== "failed")) throw error;
    }
  }
};

/**
 * The store decides who is first. Where its answer got lost, or an attempt of the SDK had already succeeded when it was
 * repeated, what stands there tells: no two writers write the same text.
 */
const createOnce = async (
  { client, location }: Pick<ObjectStorageOptions, "client" | "location">,
  path: string,
  key: string,
  text: string,
): Promise<boolean> => {
  const readBack = () => readWhole(client, key);
  try {
    if ((await client.create(key, text)) === "made") return true;
    return (await asking(client, location, `reading ${path}`, readBack)) === text;
  } catch (error) {
    if (error instanceof TrimtabError) throw uncertain(location, path, error.message, error);
    const seen = await readBack().catch(() => undefined);
    if (seen !== undefined) return seen === text;
    const failure = client.failureOf(error);
    if (failure.kind !== "failed" && failure.kind !== "unreachable")
      throw toStoreFailure(location, `writing ${path}`, failure, error);
    throw uncertain(location, path, failure.reason, error);
  }
};

const uncertain = ({ root }: ObjectLocation, path: string, reason: string, cause: unknown): TrimtabError =>
  lakeErrors.create("LAKE_COMMIT_UNCERTAIN", { root, path, reason }, { cause });

const probesOf = async (
  objects: readonly (ObjectInfo & { readonly path: string })[],
): Promise<readonly StoredFolder[]> =>
  objects.map(({ path, bytes, modifiedMs }) => ({
    path,
    measure: async () => ({ bytes, newestMs: modifiedMs }),
  }));

/** Folders of loads that run on this machine, or ran and died. */
const workOf = async (scratch: string): Promise<readonly StoredFolder[]> => {
  const parent = join(scratch, TEMP_FOLDER);
  return (await readdir(parent).catch(() => [])).map((name) => ({
    path: join(parent, name),
    measure: async () => {
      const own = await readdir(join(parent, name), { recursive: true, withFileTypes: true }).catch(() => []);
      const found = await Promise.all(
        [join(parent, name), ...own.map((entry) => join(entry.parentPath, entry.name))].map((file) =>
          stat(file).catch(() => undefined),
        ),
      );
      const bytes = found.reduce((sum, info) => sum + (info?.isFile() ? info.size : 0), 0);
      return { bytes, newestMs: Math.max(0, ...found.map((info) => info?.mtimeMs ?? 0)) };
    },
  }));
};

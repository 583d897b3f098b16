import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { tempFolder } from "../../testing/temp-folder.ts";
import { machineName, temporaryName } from "../own-folder.ts";
import { type CacheOptions, openObjectCache } from "./object-cache.ts";

/** A store of files of 100 bytes that counts what is fetched; `etags` says of each which version it is. */
const openOwn = async (options: Partial<CacheOptions> = {}) => {
  const folder = tempFolder();
  const fetched: string[] = [];
  const etags = new Map<string, string>();
  const fetch: CacheOptions["fetch"] = async (path, target, makeRoom) => {
    await makeRoom(100);
    fetched.push(path);
    const etag = etags.get(path) ?? "1";
    writeFileSync(target, `${path} ${etag}`.padEnd(100));
    return { bytes: 100, etag };
  };
  const open = async (more: Partial<CacheOptions> = {}) => {
    const cache = await openObjectCache({
      folder,
      maxBytes: 1000,
      store: "s3://a",
      fetch,
      ...options,
      ...more,
    });
    onTestFinished(() => cache.close());
    return cache;
  };
  return { folder, fetched, etags, open, cache: await open() };
};

const read = async (cache: Awaited<ReturnType<typeof openObjectCache>>, path: string): Promise<string> => {
  const release = await cache.hold([path]);
  const text = readFileSync(cache.localPath(path), "utf8").trim();
  release();
  return text;
};

const keptBytes = (folder: string): number =>
  readdirSync(join(folder, "files"), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  ).length * 100;

describe("the cache of a bucket's files", () => {
  it("fetches a file once, for all processes and at once, and holds it only while it is read", async () => {
    const { cache, open, fetched } = await openOwn();
    await Promise.all([1, 2, 3].map(() => read(cache, "x/a")));
    const other = await open();
    expect(await read(other, "x/a")).toBe("x/a 1");
    expect(fetched).toEqual(["x/a"]);
    expect([cache, other].map(({ localPath }) => existsSync(localPath("x/a")))).toEqual([false, false]);
    expect(await cache.usage()).toEqual({ files: 1, bytes: 100 });
  });

  it("takes the same path of another store for another file", async () => {
    const { cache, open, fetched } = await openOwn();
    await read(cache, "x/a");
    await read(await open({ store: "s3://b" }), "x/a");
    expect(fetched).toEqual(["x/a", "x/a"]);
  });

  it("stays within its bound; what was used least recently goes", async () => {
    const { cache, folder, fetched } = await openOwn();
    for (let index = 0; index < 10; index++) await read(cache, `f${index}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
    await read(cache, "f0");
    for (let index = 10; index < 15; index++) await read(cache, `f${index}`);
    expect(keptBytes(folder)).toBe(1000);
    fetched.length = 0;
    await read(cache, "f0");
    await read(cache, "f14");
    expect(fetched).toEqual([]);
    await read(cache, "f1");
    expect(fetched).toEqual(["f1"]);
  });

  it("never takes a file from under a reader, though all together are larger than the bound", async () => {
    const { cache, open, folder } = await openOwn({ maxBytes: 300 });
    const paths = ["a", "b", "c", "d", "e"];
    const release = await cache.hold(paths);
    const other = await open({ maxBytes: 0 });
    await read(other, "z");
    expect(paths.map((path) => readFileSync(cache.localPath(path), "utf8").trim())).toEqual(
      paths.map((path) => `${path} 1`),
    );
    release();
    await read(other, "y");
    expect(keptBytes(folder)).toBe(100);
  });

  it("counts what several readers hold: the file stays for the last", async () => {
    const { cache } = await openOwn();
    const first = await cache.hold(["a"]);
    const second = await cache.hold(["a"]);
    first();
    first();
    expect(existsSync(cache.localPath("a"))).toBe(true);
    second();
    expect(existsSync(cache.localPath("a"))).toBe(false);
  });

  it("keeps nothing of a fetch that failed, and tries again", async () => {
    let isBroken = true;
    const { cache, folder } = await openOwn({
      fetch: async (_, target) => {
        writeFileSync(target, "half");
        if (isBroken) throw new Error("broken off");
        return { bytes: 4, etag: "1" };
      },
    });
    await expect(cache.hold(["a", "b"])).rejects.toThrow("broken off");
    const left = readdirSync(folder, { recursive: true, withFileTypes: true });
    expect(left.filter((entry) => entry.isFile())).toEqual([]);
    isBroken = false;
    expect(await read(cache, "a")).toBe("half");
  });

  it("takes a file that lost its end for none", async () => {
    const { cache, folder, fetched } = await openOwn();
    await read(cache, "a");
    const [kept] = readdirSync(join(folder, "files"), { recursive: true, withFileTypes: true }).filter(
      (entry) => entry.isFile(),
    );
    truncateSync(join(kept?.parentPath ?? "", kept?.name ?? ""), 50);
    expect(await read(cache, "a")).toBe("a 1");
    expect(fetched).toEqual(["a", "a"]);
  });

  it("drops a file that is another by now", async () => {
    const { cache, etags } = await openOwn();
    await read(cache, "a");
    await cache.keepOnly("a", { bytes: 100, etag: "1" });
    expect(await cache.usage()).toMatchObject({ files: 1 });
    etags.set("a", "2");
    await cache.keepOnly("a", { bytes: 100, etag: "2" });
    expect(await read(cache, "a")).toBe("a 2");
    await cache.keepOnly("a", undefined);
    expect(await cache.usage()).toEqual({ files: 0, bytes: 0 });
  });

  it("lets go of what dead processes held, and of nobody else's", async () => {
    const { folder, cache } = await openOwn();
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    const machine = await machineName();
    const [dead, alive, elsewhere] = [
      temporaryName("1-a", pid, machine),
      temporaryName("1-b", process.pid, machine),
      temporaryName("1-c", pid, "elsewhere"),
    ].map((name) => join(folder, "use", name)) as [string, string, string];
    for (const path of [dead, alive, elsewhere]) mkdirSync(path, { recursive: true });
    await read(cache, "a");
    expect([dead, alive, elsewhere].map(existsSync)).toEqual([false, true, true]);
  });

  it("says so where its folder can't be written", async () => {
    const folder = join(tempFolder(), "file");
    writeFileSync(folder, "");
    const { cache } = await openOwn({ folder: join(folder, "cache") });
    await expect(cache.hold(["a"])).rejects.toMatchObject({ code: "LAKE_CACHE_UNUSABLE" });
  });
});

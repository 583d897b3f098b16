import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openTestStorage } from "../testing/lake-root.ts";
import { tempFolder } from "../testing/temp-folder.ts";
import type { LoadEntry } from "./manifest.ts";
import { openManifestStore } from "./manifest-store.ts";
import { folderStorage } from "./storage/folder-storage.ts";

const clock = () => new Date("2026-07-01T00:00:00Z");

const loadNamed = (id: string): LoadEntry =>
  ({
    id,
    source: "focus",
    instance: `focus/${id}`,
    account: id,
    detailRank: 1,
    billingPeriod: "2026-06-01",
    loadedAt: "2026-07-01T00:00:00Z",
    rows: 1,
    files: [],
    rollups: [],
    chargeStart: "2026-06-01T00:00:00Z",
    chargeEnd: "2026-06-02T00:00:00Z",
    usageEnd: "2026-06-02T00:00:00Z",
    sums: { USD: { BilledCost: "1" } },
    providers: [],
    unknown: {},
    quarantined: { rows: 0 },
    counted: true,
    tagColumns: {},
  }) as unknown as LoadEntry;

const adding =
  (id: string) =>
  ({ loads }: { loads: readonly LoadEntry[] }) => ({
    reason: "test",
    loads: [...loads, loadNamed(id)],
    tagColumns: {},
  });

describe("the manifests of a lake", () => {
  it("are none for a new lake, which is version 0", async () => {
    const store = openManifestStore((await openTestStorage(clock)).storage, clock);
    expect(await store.versions()).toEqual([]);
    expect(await store.current()).toMatchObject({ version: 0, loads: [] });
  });

  it("are each what was committed, for good", async () => {
    const store = openManifestStore((await openTestStorage(clock)).storage, clock);
    await store.commit(adding("a"));
    const second = await store.commit(adding("b"));
    expect(second).toMatchObject({ version: 2, createdAt: "2026-07-01T00:00:00.000Z", reason: "test" });
    expect((await store.read(1)).loads.map(({ id }) => id)).toEqual(["a"]);
    expect(await store.current()).toEqual(second);
  });

  it("lose no commit of those that race: who comes second builds on who came first", async () => {
    const { open } = await openTestStorage(clock);
    const ids = Array.from({ length: 20 }, (_, index) => `load-${index}`);
    await Promise.all(ids.map(async (id) => openManifestStore(await open(), clock).commit(adding(id))));
    const storage = await open();
    const store = openManifestStore(storage, clock);
    expect(await store.versions()).toEqual(ids.map((_, index) => index + 1));
    const { loads } = await store.current();
    expect(loads.map(({ id }) => id).sort()).toEqual([...ids].sort());
    expect(await storage.files("manifests")).toHaveLength(ids.length);
  });

  it("are not touched when the change fails", async () => {
    const { storage } = await openTestStorage(clock);
    const store = openManifestStore(storage, clock);
    const failing = store.commit(() => {
      throw new Error("covers less");
    });
    await expect(failing).rejects.toThrow("covers less");
    expect(await storage.files("manifests")).toEqual([]);
  });

  it("say which one is broken, and why", async () => {
    const { storage } = await openTestStorage(clock);
    const store = openManifestStore(storage, clock);
    await store.commit(adding("a"));
    await storage.create("manifests/0000000002.json", '{"schemaVersion": 1, "version": 2');
    await expect(store.current()).rejects.toMatchObject({ code: "LAKE_MANIFEST_BROKEN" });
    await expect(store.commit(adding("b"))).rejects.toMatchObject({ code: "LAKE_MANIFEST_BROKEN" });
    expect((await store.read(1)).loads).toHaveLength(1);
  });

  it("say which versions there are when one is not", async () => {
    const store = openManifestStore((await openTestStorage(clock)).storage, clock);
    await store.commit(adding("a"));
    await expect(store.read(7)).rejects.toMatchObject({
      code: "LAKE_VERSION_UNKNOWN",
      message: "The lake has no version 7; it has 1 to 1",
    });
  });

  it("are never taken for a new lake because they can't be read", async () => {
    const root = tempFolder();
    writeFileSync(join(root, "manifests"), "");
    const store = openManifestStore(folderStorage(root, clock), clock);
    await expect(store.versions()).rejects.toMatchObject({ code: "LAKE_UNREADABLE" });
    await expect(store.commit(adding("a"))).rejects.toMatchObject({ code: "LAKE_UNREADABLE" });
  });

  it("leave a half-written one of another process alone", async () => {
    const root = tempFolder();
    mkdirSync(join(root, "manifests"));
    writeFileSync(join(root, "manifests", ".20260701-dead.tmp"), "{");
    const store = openManifestStore(folderStorage(root, clock), clock);
    expect(await store.commit(adding("a"))).toMatchObject({ version: 1 });
  });
});

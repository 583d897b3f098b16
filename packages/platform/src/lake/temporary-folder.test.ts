import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { tempFolder } from "../testing/temp-folder.ts";
import { openManifestStore } from "./manifest-store.ts";
import { machineName, temporaryName } from "./own-folder.ts";
import { folderStorage } from "./storage/folder-storage.ts";
import { notePlaced, withTemporaryFolder } from "./temporary-folder.ts";

const now = new Date();
const stored = (root: string) => folderStorage(root, () => now);
const NAMED = "charges/source=focus/load=named";
const LEFT = "charges/source=focus/load=left";

const deadPid = (): number => spawnSync(process.execPath, ["-e", ""]).pid;

/** The temporary folder of a load, with two folders that it had put in place. */
const leave = async (root: string, pid: number, machine: string): Promise<string> => {
  const folder = join(root, "_tmp", temporaryName("20260101-left", pid, machine));
  mkdirSync(folder, { recursive: true });
  for (const placed of [NAMED, LEFT]) {
    mkdirSync(join(root, placed), { recursive: true });
    writeFileSync(join(root, placed, "part-0.parquet"), "");
    await notePlaced(folder, placed);
  }
  return folder;
};

const commitNamed = (root: string) =>
  openManifestStore(stored(root), () => now).commit(() => ({
    reason: "test",
    tagColumns: {},
    loads: [
      {
        ...{ id: "named", source: "focus", instance: "focus/1", account: "1", detailRank: 1, rows: 1 },
        ...{ billingPeriod: "2026-06-01", loadedAt: "x", chargeStart: "x", chargeEnd: "x" },
        files: [{ path: `${NAMED}/part-0.parquet`, rows: 1, bytes: 0 }],
        ...{ rollups: [], sums: {}, providers: [], unknown: {}, quarantined: { rows: 0 } },
        ...{ counted: true, tagColumns: {} },
      } as never,
    ],
  }));

describe("the temporary folder of a load", () => {
  it("is there while the load runs and gone after it, also when it fails", async () => {
    const root = tempFolder();
    const seen = await withTemporaryFolder(stored(root), now, async (folder) => existsSync(folder));
    expect(seen).toBe(true);
    const failing = withTemporaryFolder(stored(root), now, () => Promise.reject(new Error("no")));
    await expect(failing).rejects.toThrow("no");
    expect(readdirSync(join(root, "_tmp"))).toEqual([]);
  });

  it("of a dead process is swept by the next load, with what it put in place and no version names", async () => {
    const root = tempFolder();
    const folder = await leave(root, deadPid(), await machineName());
    await commitNamed(root);
    await withTemporaryFolder(stored(root), now, async () => undefined);
    expect([folder, join(root, LEFT)].filter(existsSync)).toEqual([]);
    expect(existsSync(join(root, NAMED, "part-0.parquet"))).toBe(true);
  });

  it.each([
    ["of a process that runs", () => process.pid, machineName],
    ["of another machine, where process ids mean something else", deadPid, async () => "elsewhere"],
  ])("%s stays", async (_, pid, machine) => {
    const root = tempFolder();
    const folder = await leave(root, pid(), await machine());
    await withTemporaryFolder(stored(root), now, async () => undefined);
    expect([folder, join(root, LEFT)].filter(existsSync)).toHaveLength(2);
  });

  it("of another machine is swept after a day", async () => {
    const root = tempFolder();
    const folder = await leave(root, deadPid(), "elsewhere");
    const old = new Date(now.getTime() - 25 * 3_600_000);
    utimesSync(folder, old, old);
    await withTemporaryFolder(stored(root), now, async () => undefined);
    expect(existsSync(folder)).toBe(false);
  });

  it("stays with all it put in place while a manifest can't be read: it may name any load", async () => {
    const root = tempFolder();
    const folder = await leave(root, deadPid(), await machineName());
    mkdirSync(join(root, "manifests"));
    writeFileSync(join(root, "manifests", "0000000001.json"), "{");
    await withTemporaryFolder(stored(root), now, async () => undefined);
    expect([folder, join(root, LEFT)].filter(existsSync)).toHaveLength(2);
  });

  it("can't be made where a file stands: the lake is not writable", async () => {
    const root = join(tempFolder(), "file");
    writeFileSync(root, "");
    const failing = withTemporaryFolder(stored(root), now, async () => undefined);
    await expect(failing).rejects.toMatchObject({ code: "LAKE_NOT_WRITABLE" });
  });
});

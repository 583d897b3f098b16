import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Lake } from "../../packages/platform/src/lake/lake.ts";
import { loadBills } from "../../packages/platform/src/sources/load-bills.ts";
import { sources } from "../../packages/platform/src/sources/registry.ts";
import { isFolderRun } from "../../packages/platform/src/testing/lake-root.ts";
import { tempFolder } from "../../packages/platform/src/testing/temp-folder.ts";
import { startIngest } from "./child.ts";
import {
  type Bill,
  billedSum,
  expectNoLeftOvers,
  expectWhole,
  openTestLake,
  writeBill,
} from "./two-bills.ts";

const load = (lake: Lake, bill: Bill) => loadBills(lake, { patterns: [bill.path], cwd: "/", sources });

describe("loads that race", () => {
  it("all commit: other keys beside each other, the same key one after the other", async () => {
    const folder = tempFolder();
    const lake = await openTestLake(folder);
    const own = [2, 3, 4].map((price) =>
      writeBill(folder, `${price}.csv`, price, { account: `acme-${price}` }),
    );
    const shared = [5, 6, 7].map((price) => writeBill(folder, `shared-${price}.csv`, price));
    const children = own.map((bill, index) => startIngest(lake, 4, [bill.path, shared[index]?.path ?? ""]));
    for (const child of children) {
      expect(await child.ended).toBe(0);
      expect(child.lines.filter((line) => line.startsWith("version"))).toHaveLength(4);
    }
    const loads = await expectWhole(lake);
    expect(await lake.store.versions()).toHaveLength(12);
    expect(loads.map(({ account }) => account).sort()).toEqual(["acme", "acme-2", "acme-3", "acme-4"]);
    for (const [index, bill] of own.entries())
      expect(
        await billedSum(
          lake,
          loads.filter(({ account }) => account === `acme-${index + 2}`),
        ),
      ).toBe(bill.billed);
    const last = await billedSum(
      lake,
      loads.filter(({ account }) => account === "acme"),
    );
    expect(shared.map(({ billed }) => billed)).toContain(last);
    await expectNoLeftOvers(lake);
  }, 120_000);

  it("never change what a reader sees, who keeps a version or asks for the newest", async () => {
    const folder = tempFolder();
    const bills = [writeBill(folder, "old.csv", 3), writeBill(folder, "new.csv", 5)];
    const [first] = bills as [Bill];
    const lake = await openTestLake(folder);
    const kept = await load(lake, first);
    const child = startIngest(
      lake,
      12,
      bills.map(({ path }) => path),
    );
    const seen = new Set<string>();
    let isOver = false;
    child.ended.then(() => {
      isOver = true;
    });
    while (!isOver) {
      expect(await billedSum(lake, kept.loads)).toBe(first.billed);
      const { manifest } = await lake.snapshot();
      seen.add(await billedSum(lake, manifest.loads));
    }
    expect(await child.ended).toBe(0);
    expect([...seen].sort()).toEqual(bills.map(({ billed }) => billed).sort());
  }, 120_000);
});

describe("a lake that can't be written", () => {
  it("is as it was where the disk fills up at any size of file, and the error says so", async () => {
    const folder = tempFolder();
    const bills = [
      writeBill(folder, "old.csv", 3),
      writeBill(folder, "new.csv", 5, { isBroken: true }),
    ] as const;
    const lake = await openTestLake(folder);
    await load(lake, bills[0]);
    const told = new Set<string>();
    for (const blocks of [0, 1, 2, 4, 8, 16]) {
      const { version } = await lake.snapshot();
      const child = startIngest(lake, 1, [bills[1].path], { blocks });
      const code = await child.ended;
      const [last = ""] = child.lines.slice(-1);
      told.add(last.replace(/\d+$/, ""));
      const loads = await expectWhole(lake);
      expect(await billedSum(lake, loads)).toBe(code === 0 ? bills[1].billed : bills[0].billed);
      expect((await lake.snapshot()).version).toBe(code === 0 ? version + 1 : version);
      if (code === 0) await load(lake, bills[0]);
      else expect(last).toBe("error LAKE_DISK_FULL");
      await expectNoLeftOvers(lake);
    }
    expect(told).toContain("error LAKE_DISK_FULL");
  }, 120_000);

  it.skipIf(!isFolderRun)("says so where a file stands in its place", async () => {
    const folder = tempFolder();
    const root = join(folder, "lake");
    writeFileSync(root, "");
    const lake = await openTestLake(folder);
    await expect(load(lake, writeBill(folder, "bill.csv", 3))).rejects.toMatchObject({
      code: "LAKE_NOT_WRITABLE",
    });
  });
});

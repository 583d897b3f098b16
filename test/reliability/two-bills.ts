import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { type Lake, openLake } from "../../packages/platform/src/lake/lake.ts";
import type { LoadEntry } from "../../packages/platform/src/lake/manifest.ts";
import { verifyLoads } from "../../packages/platform/src/lake/verify.ts";
import { writeFocusBill } from "../../packages/platform/src/testing/focus-bill.ts";
import { lakeRoot, lakeStorageOptions } from "../../packages/platform/src/testing/lake-root.ts";

export interface Bill {
  readonly path: string;
  /** What its charges sum to. */
  readonly billed: string;
}

const days = Array.from({ length: 28 }, (_, index) => `2026-06-${String(index + 1).padStart(2, "0")}`);

/** A bill of one account and month, every row at the same price, and one that can't be read where asked for. */
export const writeBill = (
  folder: string,
  name: string,
  price: number,
  { account = "acme", isBroken = false }: { readonly account?: string; readonly isBroken?: boolean } = {},
): Bill => {
  const charges = days.map((day) => ({ day, billed: `${price}.25`, account }));
  const broken = isBroken ? [{ day: days[0] ?? "", billed: "a lot", account }] : [];
  const path = writeFocusBill(join(folder, name), [...charges, ...broken]);
  return { path, billed: `${days.length * price + days.length / 4}` };
};

export const billedSum = async (lake: Lake, loads: readonly LoadEntry[]): Promise<string> => {
  const { rows } = await lake.run({
    text: `SELECT CAST(CAST(sum(BilledCost) AS DECIMAL(18,0)) AS VARCHAR) FROM ${lake.scanCharges(loads)}`,
  });
  return String(rows[0]?.[0]);
};

/** Every load of the newest version is what its manifest says. */
export const expectWhole = async (lake: Lake): Promise<readonly LoadEntry[]> => {
  const { manifest } = await lake.snapshot();
  expect(await verifyLoads(lake.database, lake.storage, manifest)).toEqual([]);
  return manifest.loads;
};

/** Nothing stands in the lake that no version names. */
export const expectNoLeftOvers = async (lake: Lake): Promise<void> => {
  const named = new Set<string>();
  for (const version of await lake.store.versions())
    for (const load of (await lake.store.read(version)).loads) {
      named.add(load.id);
      const quarantine = /load=([^/]+)/.exec(load.quarantined.path ?? "")?.[1];
      if (quarantine !== undefined) named.add(quarantine);
    }
  const loads = await lake.storage.loadFolders();
  expect(loads.filter(({ path }) => !named.has(/load=([^/]+)$/.exec(path)?.[1] ?? ""))).toEqual([]);
  expect(await lake.storage.leftOvers()).toEqual([]);
};

/** A lake whose clock is ahead of what a bucket waits for before it takes a dead writer's files. */
export const openTestLake = async (folder: string): Promise<Lake> => {
  const clock = () => new Date(Date.now() + 600_000);
  const lake = await openLake({
    root: lakeRoot(folder),
    threads: 1,
    clock,
    storage: lakeStorageOptions(folder),
  });
  onTestFinished(() => lake.close());
  return lake;
};

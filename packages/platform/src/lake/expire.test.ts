import { join, posix } from "node:path";
import { describe, expect, it } from "vitest";
import { openBillLake } from "../testing/bill-lake.ts";
import { type TestCharge, writeFocusBill } from "../testing/focus-bill.ts";
import { isFolderRun } from "../testing/lake-root.ts";
import { lakeDdl } from "./ddl.ts";
import { diffVersions } from "./diff.ts";
import { expireVersions } from "./expire.ts";
import { readHistory } from "./history.ts";
import type { Lake } from "./lake.ts";

const DAY_MS = 86_400_000;

/** A lake with a month that was restated twice, once a day. */
const openRestated = async (): Promise<{ lake: Lake; now: Date }> => {
  let now = new Date();
  const { lake, folder, load: loadFiles } = await openBillLake({ clock: () => now });
  const load = (...charges: readonly TestCharge[]) =>
    loadFiles([writeFocusBill(join(folder, "june.csv"), charges)]);
  const quiet: TestCharge = { day: "2026-06-02", billed: "5", service: "Storage" };
  await load({ day: "2026-06-01", billed: "412.10" }, quiet);
  now = new Date(now.getTime() + DAY_MS);
  await load({ day: "2026-06-01", billed: "431.77" }, quiet);
  now = new Date(now.getTime() + DAY_MS);
  await load({ day: "2026-06-01", billed: "431.77" }, quiet, {
    day: "2026-06-03",
    billed: "1",
    service: "Support",
  });
  return { lake, now };
};

const folderOf = async (lake: Lake, version: number): Promise<string> => {
  const { manifest } = await lake.snapshot(version);
  return posix.dirname(manifest.loads[0]?.files[0]?.path ?? "");
};

describe("what a restatement changed", () => {
  it("is told by day, service and reason", async () => {
    const { lake } = await openRestated();
    const { lines, added, removed } = await diffVersions(lake, 1, 2);
    expect([added, removed]).toEqual([[], []]);
    expect(lines).toMatchObject([
      {
        ...{ day: "2026-06-01", service: "Compute", currency: "USD" },
        ...{ billedBefore: "412.1", billedAfter: "431.77", billedChange: "19.67" },
        because: "the same usage at another price",
      },
    ]);
    expect((await diffVersions(lake, 2, 3)).lines).toMatchObject([
      { day: "2026-06-03", billedBefore: "0", billedAfter: "1", because: "1 charge that was not there" },
    ]);
    expect((await diffVersions(lake, 3, 1)).lines.map(({ billedChange }) => billedChange)).toEqual([
      "-19.67",
      "-1",
    ]);
  });

  it("is in the history with what each version replaced", async () => {
    const { lake } = await openRestated();
    const history = await readHistory(lake.store);
    expect(history.map(({ version, changes }) => [version, changes.length])).toEqual([
      [3, 1],
      [2, 1],
      [1, 1],
    ]);
    expect(history[0]?.changes[0]?.replaced).toBe(history[1]?.changes[0]?.load);
    expect(history[2]?.changes[0]?.replaced).toBeUndefined();
  });
});

describe("letting old versions go", () => {
  it("removes what only they name, a day after the next one took their place", async () => {
    const { lake, now } = await openRestated();
    const folders = await Promise.all([1, 2, 3].map((version) => folderOf(lake, version)));
    const options = { keepVersions: 1, keepDays: 0, dryRun: false };
    // The files were written just now, whatever the clock of this lake says; the third version has just been made.
    const later = new Date(now.getTime() + DAY_MS / 2);
    const report = await expireVersions(lake.storage, lake.store, { ...options, now: later });
    expect(report.versions).toEqual([1]);
    const left = (await lake.storage.loadFolders()).map(({ path }) => path);
    expect(folders.map((path) => left.includes(path))).toEqual([false, true, true]);
    await expect(lake.snapshot(1)).rejects.toMatchObject({ code: "LAKE_VERSION_UNKNOWN" });
    expect((await diffVersions(lake, 2, 3)).lines).toHaveLength(1);
  });

  it("changes nothing where it is only asked what would go", async () => {
    const { lake, now } = await openRestated();
    const later = new Date(now.getTime() + 90 * DAY_MS);
    const asked = { keepVersions: 1, keepDays: 30, dryRun: true, now: later };
    const report = await expireVersions(lake.storage, lake.store, asked);
    expect(report.versions).toEqual([1, 2]);
    expect(report.folders).toHaveLength(2);
    expect(report.bytes).toBeGreaterThan(0);
    expect(await lake.store.versions()).toEqual([1, 2, 3]);
  });

  it("keeps the newest version and those that are asked to stay", async () => {
    const { lake, now } = await openRestated();
    const later = new Date(now.getTime() + 900 * DAY_MS);
    const options = { keepDays: 0, dryRun: false, now: later };
    expect(
      (await expireVersions(lake.storage, lake.store, { ...options, keepVersions: 2 })).versions,
    ).toEqual([1]);
    expect(
      (await expireVersions(lake.storage, lake.store, { ...options, keepVersions: 0 })).versions,
    ).toEqual([2]);
    expect((await lake.snapshot()).version).toBe(3);
  });
});

describe("another engine", () => {
  it.skipIf(!isFolderRun)("reads exactly the files of a version: DuckDB by its DDL", async () => {
    const { lake } = await openRestated();
    for (const [version, sum] of [
      [1, "417.100000000000"],
      [3, "437.770000000000"],
    ] as const) {
      const { manifest } = await lake.snapshot(version);
      for (const statement of lakeDdl("duckdb", { manifest, location: lake.root }))
        await lake.run({ text: statement });
      expect((await lake.run({ text: "SELECT sum(BilledCost) FROM charges" })).rows).toEqual([[sum]]);
    }
    const glob = `${lake.root}/charges/**/*.parquet`;
    const all = await lake.run({ text: `SELECT sum(BilledCost) FROM read_parquet('${glob}')` });
    // What a plain glob would say: every version added up.
    expect(all.rows).toEqual([["1291.640000000000"]]);
  });
});

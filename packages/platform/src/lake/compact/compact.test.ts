import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { openBillLake } from "../../testing/bill-lake.ts";
import { type TestCharge, writeFocusBill } from "../../testing/focus-bill.ts";
import { differingRows, remakeLoad } from "../../testing/remake-load.ts";
import { CHARGE_COLUMNS, EXTRA_COLUMN } from "../charge-columns.ts";
import { diffVersions } from "../diff.ts";
import { expireVersions } from "../expire.ts";
import { readHistory } from "../history.ts";
import { readLoadRecord } from "../ingest/coverage.ts";
import type { Lake } from "../lake.ts";
import type { LoadEntry } from "../manifest.ts";
import { verifyLoads } from "../verify.ts";
import type { CompactRequest } from "./compact.ts";
import { openEmbeddedRewriter } from "./embedded-rewriter.ts";
import type { OpenRewriter } from "./rewriter.ts";

const NAMES = [...CHARGE_COLUMNS.map(({ name }) => name), EXTRA_COLUMN];

const chargesOf = (month: string, price: number): readonly TestCharge[] =>
  Array.from({ length: 20 }, (_, index) => ({
    day: `${month}-${String(index + 1).padStart(2, "0")}`,
    billed: `${price}.${index}00000000001`,
    service: ["Ärger", "a\nb", "Compute"][index % 3] ?? "",
    tags: index % 4 === 0 ? {} : { team: index % 2 === 0 ? "search" : "", 'a"b': "x" },
  }));

/** June and July in the lake, with a row of June that can't be read. */
const openOwn = async () => {
  const { lake, folder, load } = await openBillLake();
  const bill = (month: string, price: number, charges = chargesOf(month, price)) =>
    writeFocusBill(join(folder, `${month}.csv`), charges);
  const broken = { day: "2026-06-03", billed: "a lot" };
  await load([bill("2026-06", 3, [...chargesOf("2026-06", 3), broken])]);
  await load([bill("2026-07", 5)]);
  const live = async () => (await lake.snapshot()).manifest.loads;
  const of = async (month: string): Promise<LoadEntry> => {
    const found = (await live()).find(({ billingPeriod }) => billingPeriod.startsWith(month));
    if (found === undefined) throw new Error(`no load of ${month}`);
    return found;
  };
  return { lake, load, bill, live, of };
};

const needed: CompactRequest = { selection: { all: false } };

/** A rewriter that stops for something else to happen once it has written a load. */
const after =
  (happens: () => Promise<unknown>): OpenRewriter =>
  async (surroundings) => {
    const embedded = await openEmbeddedRewriter(surroundings);
    return {
      rewrite: async (work) => {
        const written = await embedded.rewrite(work);
        await happens();
        return written;
      },
    };
  };

const expectWhole = async (lake: Lake): Promise<void> => {
  const { manifest } = await lake.snapshot();
  expect(await verifyLoads(lake.database, lake.storage, manifest)).toEqual([]);
};

/** Nothing stands in the lake that no version names. */
const expectNoLeftOvers = async (lake: Lake): Promise<void> => {
  const named = new Set<string>();
  for (const version of await lake.store.versions())
    for (const { id, quarantined } of (await lake.store.read(version)).loads) {
      named.add(id);
      named.add(/load=([^/]+)/.exec(quarantined.path ?? "")?.[1] ?? id);
    }
  const folders = (await lake.storage.loadFolders()).map(({ path }) => /load=([^/]+)$/.exec(path)?.[1] ?? "");
  expect(folders.filter((id) => !named.has(id))).toEqual([]);
  expect(await lake.storage.leftOvers()).toEqual([]);
};

describe("compaction", () => {
  it("has nothing to do in a lake as ingest makes it, and makes no version then", async () => {
    const { lake } = await openOwn();
    expect(await lake.compact(needed)).toEqual({ version: 2, compacted: [], replaced: [] });
    expect(await lake.store.versions()).toEqual([1, 2]);
  });

  it("makes one file of many: the same charges, account, period, sums, quarantine and record", async () => {
    const { lake, of, load, bill } = await openOwn();
    const before = await remakeLoad(lake, await of("2026-06"), { parts: 7, tagColumns: {} });
    const report = await lake.compact(needed);
    expect(report).toMatchObject({ version: 4, replaced: [] });
    expect(report.compacted.map(({ reasons }) => reasons)).toEqual([["small-files", "tag-columns"]]);
    const entry = await of("2026-06");
    expect(entry.files).toHaveLength(1);
    expect(entry.id).not.toBe(before.id);
    const { id, files, rollups, rollupsWeighed, tagColumns, ...rest } = entry;
    expect(before).toMatchObject(rest);
    expect(await differingRows(lake, [before], [entry], NAMES)).toEqual([0, 0]);
    const { rows } = await lake.run({
      text: `SELECT count(*) FROM ${lake.scanCharges([entry])} WHERE x_tag_team IS DISTINCT FROM Tags['team']`,
    });
    expect(rows).toEqual([["0"]]);
    await expectWhole(lake);
    expect(entry.quarantined.rows).toBe(1);
    expect(await readLoadRecord(lake.storage, entry)).toMatchObject({
      ...(await readLoadRecord(lake.storage, before)),
      entry: { id },
      compacted: { of: before.id, version: 3 },
    });
    expect((await readHistory(lake.store))[0]).toMatchObject({
      reason: "compact",
      changes: [{ load: id, replaced: before.id, rows: 20 }],
    });
    expect(await diffVersions(lake, 3, 4)).toMatchObject({ added: [], removed: [], lines: [] });
    await expect(load([bill("2026-06", 3, chargesOf("2026-06", 3).slice(1))])).rejects.toMatchObject({
      code: "LAKE_COVERS_LESS",
    });
    await expectNoLeftOvers(lake);
    expect((await lake.compact(needed)).compacted).toEqual([]);
  });

  it("gives a column to tags that later loads have promoted, and keeps those that are there", async () => {
    const { lake, of } = await openOwn();
    const tagColumns = { team: "x_tag_team" };
    const before = await remakeLoad(lake, await of("2026-06"), { tagColumns });
    await lake.compact(needed);
    const entry = await of("2026-06");
    expect(entry.tagColumns).toEqual({ team: "x_tag_team", 'a"b': "x_tag_a_b" });
    const { rows } = await lake.run({
      text: `SELECT x_tag_a_b, count(*) FROM ${lake.scanCharges([entry])} GROUP BY 1 ORDER BY 1`,
    });
    expect(rows).toEqual([
      ["x", "15"],
      [null, "5"],
    ]);
    expect(await differingRows(lake, [before], [entry], [...NAMES, "x_tag_team"])).toEqual([0, 0]);
  });

  it("makes the rollups that a large load lacks, once", async () => {
    const { lake, of } = await openOwn();
    const select = (from: string) => `SELECT c.* FROM ${from} AS c, range(1100)`;
    const before = await remakeLoad(lake, await of("2026-06"), {
      select,
      tagColumns: (await of("2026-06")).tagColumns,
    });
    expect(before.rows).toBe(22_000);
    expect((await lake.compact(needed)).compacted.map(({ reasons }) => reasons)).toEqual([["rollups"]]);
    const entry = await of("2026-06");
    expect(entry.rollups.map(({ tag }) => tag)).toEqual([undefined, 'a"b', "team"]);
    await expectWhole(lake);
    expect((await lake.compact(needed)).compacted).toEqual([]);
  });

  it("makes several files of a load that is too large for one", async () => {
    const { lake, of } = await openOwn();
    const select = (from: string) =>
      `SELECT c.* REPLACE (md5(CAST(range AS VARCHAR)) AS ResourceId) FROM ${from} AS c, range(13000)`;
    const before = await remakeLoad(lake, await of("2026-06"), { select, change: { rollupsWeighed: true } });
    const bytes = before.files[0]?.bytes ?? 0;
    const limits = { oneFileBytes: bytes / 3, targetBytes: bytes / 3 };
    const report = await lake.compact({ selection: { all: false, limits } });
    expect(report.compacted[0]?.reasons).toContain("large-files");
    const entry = await of("2026-06");
    expect(entry.files.length).toBeGreaterThan(1);
    expect(entry.files.every(({ rows }) => rows > 0)).toBe(true);
    expect(entry.rows).toBe(260_000);
    await expectWhole(lake);
  });

  it("takes the period and source asked for, and with --all what is not slow", async () => {
    const { lake, of } = await openOwn();
    const [june, july] = [await of("2026-06"), await of("2026-07")];
    const period = { start: "2026-07-01", end: "2026-08-01" } as CompactRequest["selection"]["period"];
    expect((await lake.compact({ selection: { all: true, source: "aws-cur" } })).compacted).toEqual([]);
    const report = await lake.compact({ selection: { all: true, source: "focus", period } });
    expect(report.compacted.map(({ before, reasons }) => [before.id, reasons])).toEqual([
      [july.id, ["asked"]],
    ]);
    expect((await of("2026-06")).id).toBe(june.id);
  });

  it("commits once where two run at the same time, and the other leaves nothing behind", async () => {
    const { lake, of } = await openOwn();
    await remakeLoad(lake, await of("2026-06"), { parts: 3, tagColumns: {} });
    let waiting = 0;
    const both = Promise.withResolvers<void>();
    const openRewriter = after(async () => {
      waiting += 1;
      if (waiting === 2) both.resolve();
      await both.promise;
    });
    const reports = await Promise.all([
      lake.compact({ ...needed, openRewriter }),
      lake.compact({ ...needed, openRewriter }),
    ]);
    expect(reports.map(({ compacted, replaced }) => [compacted.length, replaced.length]).sort()).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(await lake.store.versions()).toEqual([1, 2, 3, 4]);
    expect((await of("2026-06")).files).toHaveLength(1);
    await expectWhole(lake);
    await expectNoLeftOvers(lake);
  });

  it("lets go of a load that got a new delivery meanwhile, and compacts the others", async () => {
    const { lake, of, load, bill } = await openOwn();
    const june = await remakeLoad(lake, await of("2026-06"), { parts: 3, tagColumns: {} });
    await remakeLoad(lake, await of("2026-07"), { parts: 3, tagColumns: {} });
    let isDelivered = false;
    const openRewriter = after(async () => {
      if (!isDelivered) await load([bill("2026-06", 9)]);
      isDelivered = true;
    });
    const report = await lake.compact({ ...needed, openRewriter });
    expect(report.replaced.map(({ id }) => id)).toEqual([june.id]);
    expect(report.compacted.map(({ after: entry }) => entry.billingPeriod)).toEqual(["2026-07-01"]);
    expect((await of("2026-06")).sums.USD?.BilledCost).toMatch(/^185\./);
    await expectWhole(lake);
    await expectNoLeftOvers(lake);
  });

  it("changes nothing where the charges are not what the manifest says", async () => {
    const { lake, of } = await openOwn();
    const { sums } = await of("2026-06");
    const wrong = { USD: { ...sums.USD, BilledCost: "1.000000000000" } };
    const before = await remakeLoad(lake, await of("2026-06"), { parts: 2, change: { sums: wrong } });
    await expect(lake.compact(needed)).rejects.toMatchObject({
      code: "LAKE_COMPACTION_DIFFERS",
      message: expect.stringContaining("BilledCost in USD"),
    });
    expect(await of("2026-06")).toEqual(before);
    await expectNoLeftOvers(lake);
  });

  it("stops where it is cancelled, and leaves nothing behind", async () => {
    const { lake, of } = await openOwn();
    await remakeLoad(lake, await of("2026-06"), { parts: 2 });
    await remakeLoad(lake, await of("2026-07"), { parts: 2 });
    const cancel = new AbortController();
    const openRewriter = after(async () => cancel.abort());
    await expect(lake.compact({ ...needed, openRewriter, signal: cancel.signal })).rejects.toMatchObject({
      code: "LAKE_CANCELLED",
    });
    expect(await lake.store.versions()).toEqual([1, 2, 3, 4]);
    await expectNoLeftOvers(lake);
  });

  it("keeps what it writes from an expiry beside it, and lets expiry take what it replaced", async () => {
    const { lake, of } = await openOwn();
    const before = await remakeLoad(lake, await of("2026-06"), { parts: 3, tagColumns: {} });
    const expire = (now: Date) =>
      expireVersions(lake.storage, lake.store, { keepVersions: 1, keepDays: 0, dryRun: false, now });
    const openRewriter = after(() => expire(new Date()));
    await lake.compact({ ...needed, openRewriter });
    await expectWhole(lake);
    const report = await expire(new Date(Date.now() + 3 * 86_400_000));
    expect(report.folders.filter((folder) => folder.endsWith(before.id))).toHaveLength(1);
    await expectWhole(lake);
    const entry = await of("2026-06");
    expect(await lake.storage.readText(`${entry.files[0]?.path.replace(/[^/]+$/, "")}_load.json`)).toContain(
      entry.id,
    );
    expect([...(await lake.storage.sizes([entry.quarantined.path ?? ""])).keys()]).toHaveLength(1);
  });

  it("names the rewritten load where another load is in no total for its sake", async () => {
    const { lake, of } = await openOwn();
    const [june, july] = [await of("2026-06"), await of("2026-07")];
    await lake.store.commit((current) => ({
      reason: "test",
      loads: current.loads.map((load) =>
        load.id === july.id ? { ...load, counted: { because: "a test", load: june.id } } : load,
      ),
      tagColumns: current.tagColumns,
    }));
    await lake.compact({ selection: { all: true } });
    expect((await of("2026-06")).id).not.toBe(june.id);
    expect((await of("2026-07")).counted).toEqual({ because: "a test", load: (await of("2026-06")).id });
  });
});

import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { currencyCode, instant } from "@trimtab/domain";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CHARGE_COLUMNS, EXTRA_COLUMN } from "../../../../lake/charge-columns.ts";
import { CHARGES_VIEW } from "../../../../lake/cluster-tables.ts";
import { readLoadRecord } from "../../../../lake/ingest/coverage.ts";
import { type Lake, openLake } from "../../../../lake/lake.ts";
import type { LoadEntry } from "../../../../lake/manifest.ts";
import { trinoName } from "../../../../lake/trino-ddl.ts";
import { verifyLoads } from "../../../../lake/verify.ts";
import { loadInto } from "../../../../testing/bill-lake.ts";
import { type TestCharge, writeChargeLake } from "../../../../testing/charge-lake.ts";
import {
  CLUSTER_TESTS,
  type ClusterPlace,
  hasCluster,
  isShortRun,
  makeClusterPlace,
} from "../../../../testing/cluster.ts";
import { writeFocusBill } from "../../../../testing/focus-bill.ts";
import { differingRows, remakeLoad } from "../../../../testing/remake-load.ts";
import { tempFolder } from "../../../../testing/temp-folder.ts";
import { runQuery } from "../../../run-query.ts";
import { openDuckdbEngine } from "../../duckdb.ts";
import type { QueryEngine } from "../../engine.ts";
import { publishToTrino } from "../publish.ts";
import { openTrinoEngine } from "../trino-engine.ts";
import { digestOf } from "./row-digest.ts";
import { openTrinoRewriter } from "./trino-rewriter.ts";

const NAMES = [...CHARGE_COLUMNS.map(({ name }) => name), EXTRA_COLUMN];

/** What two engines could take for different values: nulls, empty texts and maps, microseconds, all digits of a decimal. */
const oddCharge = (index: number): TestCharge => ({
  BillingCurrency: index % 3 === 0 ? "EUR" : "USD",
  BillingPeriodStart: "2026-02-01 00:00:00",
  ChargePeriodStart: `2026-02-${10 + (index % 7)} 23:59:59.${["0", "5", "123456"][index % 3]}`,
  ChargePeriodEnd: "2026-02-18 00:00:00",
  ServiceName: ["Ärger", "zeta", "", "😀", "￮", "a\nb", " padded "][index % 7] ?? "",
  RegionId: [null, "", "eu-west-1"][index % 3] ?? null,
  BilledCost: ["99999999999999999999999.999999999999", "-99999999999999999999999", "0.000000000001"][
    index % 3
  ] as string,
  EffectiveCost: index % 5 === 0 ? null : `${index}.5`,
  Tags: index % 4 === 0 ? null : index % 4 === 1 ? {} : { 'a"b': "", team: "it's", environment: null },
  x_extra: { k: "v" },
});

describe.skipIf(!hasCluster)(`lake compact, ${CLUSTER_TESTS}`, () => {
  let place: ClusterPlace;
  let lake: Lake;
  beforeEach(() => {
    place = makeClusterPlace();
  });
  afterEach(async () => {
    lake.close();
    await place.drop();
  });

  const compact = () =>
    lake.compact({
      selection: { all: false },
      openRewriter: openTrinoRewriter(place.client, place.location),
    });
  const publish = () => publishToTrino({ client: place.client, store: lake.store, location: place.location });
  const only = async (): Promise<LoadEntry> => {
    const [load] = (await lake.snapshot()).manifest.loads;
    if (load === undefined) throw new Error("there is no load");
    return load;
  };
  const expectWhole = async () => {
    const { manifest } = await lake.snapshot();
    expect(await verifyLoads(lake.database, lake.storage, manifest)).toEqual([]);
  };
  const tablesThere = async () =>
    (await place.client.run(`SHOW TABLES LIKE 'trimtab_insert%'`)).rows.map(([name]) => name);

  it("writes every value as it was, as the embedded engine reads it, in one file", async () => {
    const charges = Array.from({ length: 60 }, (_, index) => oddCharge(index));
    lake = await writeChargeLake(place.root, [{ id: "odd", billingPeriod: "2026-02-01", charges }]);
    await lake.store.commit((current) => ({
      reason: "test",
      loads: current.loads,
      tagColumns: { team: "x_tag_team", 'a"b': "x_tag_a_b" },
    }));
    const before = await remakeLoad(lake, await only(), { parts: 5 });
    const report = await compact();
    expect(report.compacted.map(({ reasons }) => reasons)).toEqual([["small-files", "tag-columns"]]);
    const entry = await only();
    expect(entry.files).toHaveLength(1);
    expect(await differingRows(lake, [before], [entry], NAMES)).toEqual([0, 0]);
    // Beside files of ours, in one scan, in either order.
    expect(await differingRows(lake, [before, entry], [entry, before], NAMES)).toEqual([0, 0]);
    const { rows } = await lake.run({
      text:
        `SELECT typeof(ChargePeriodStart), typeof(BilledCost), typeof(Tags), count(*) FROM ${lake.scanCharges([entry])} ` +
        "WHERE x_tag_team IS NOT DISTINCT FROM Tags['team'] AND x_tag_a_b IS NOT DISTINCT FROM Tags['a\"b'] GROUP BY ALL",
    });
    expect(rows).toEqual([["TIMESTAMP", "DECIMAL(38,12)", "MAP(VARCHAR, VARCHAR)", "60"]]);
    await expectWhole();
    expect(await tablesThere()).toEqual([]);
    expect(await lake.storage.leftOvers()).toEqual([]);
    // The embedded engine takes it from there.
    await lake.compact({ selection: { all: true } });
    expect(await differingRows(lake, [before], [await only()], [...NAMES])).toEqual([0, 0]);
  });

  it("tells any two rows apart that are not the same", async () => {
    const digest = async (tags: string, name: string) => {
      const row = `'USD' AS "BillingCurrency", CAST(1 AS DECIMAL(38,12)) AS "BilledCost", ${name} AS "ServiceName"`;
      const costs = ["EffectiveCost", "ListCost", "ContractedCost"].map(
        (cost) => `CAST(NULL AS DECIMAL(38,12)) AS "${cost}"`,
      );
      const from = `(SELECT ${row}, ${costs.join(", ")}, CAST(${tags} AS MAP(VARCHAR, VARCHAR)) AS "Tags") AS one`;
      return await digestOf(place, from, ["BillingCurrency", "BilledCost", "ServiceName", "Tags"]);
    };
    lake = await openLake({ root: place.root, threads: 1 });
    const rows = [
      ["NULL", "'a'"],
      ["map()", "'a'"],
      ["map(ARRAY['k'], ARRAY[NULL])", "'a'"],
      ["map(ARRAY['k'], ARRAY[''])", "'a'"],
      ["NULL", "''"],
      ["NULL", "CAST(NULL AS VARCHAR)"],
    ] as const;
    const digests = new Set<string>();
    for (const [tags, name] of rows) digests.add((await digest(tags, name)).digest);
    expect(digests.size).toBe(rows.length);
  });

  it("makes the rollups that a large load lacks, each one file, as the embedded engine makes them", async () => {
    lake = await openLake({ root: place.root, threads: 1 });
    const folder = tempFolder();
    const charges = Array.from({ length: 20 }, (_, index) => ({
      day: `2026-06-${10 + index}`,
      billed: `${index}.000000000001`,
      service: `S${index % 3}`,
      tags: { team: `t${index % 2}` },
    }));
    await loadInto(lake, folder, [writeFocusBill(join(folder, "june.csv"), charges)]);
    const select = (from: string) => `SELECT c.* FROM ${from} AS c, range(1100)`;
    const { tagColumns } = await only();
    await remakeLoad(lake, await only(), { parts: 3, select, tagColumns });
    await publish();
    await compact();
    const byCluster = await only();
    expect(byCluster.rollups.map(({ tag }) => tag)).toEqual([undefined, "team"]);
    expect(await readLoadRecord(lake.storage, byCluster)).toMatchObject({ entry: { id: byCluster.id } });
    await expectWhole();
    expect(await publish()).toMatchObject({ registered: 2, flipped: true });
    const ask = (engine: QueryEngine) =>
      runQuery(
        engine,
        { measures: ["billed", "effective"], by: ["ServiceName", "tag:team"] },
        {
          scope: "unrestricted",
          currency: currencyCode("USD"),
          timeZone: "UTC",
          now: instant("2026-07-01T00:00:00Z"),
          signal: new AbortController().signal,
        },
      );
    const answer = await ask(openTrinoEngine(place.client, lake.store));
    expect(answer).toEqual(await ask(openDuckdbEngine(lake)));
    await lake.compact({ selection: { all: true } });
    const byUs = await only();
    const shape = ({ rollups }: LoadEntry) =>
      rollups.map(({ dimensions, tag, rows }) => ({ dimensions, tag, rows }));
    expect(shape(byUs)).toEqual(shape(byCluster));
    const again = await ask(openDuckdbEngine(lake));
    expect([again.rows, again.total]).toEqual([answer.rows, answer.total]);
  });

  it("lets a reader see one whole version while loads are compacted and published again and again", async () => {
    const charges = Array.from({ length: 10 }, (_, index) => ({ ...oddCharge(index), BilledCost: "1" }));
    lake = await writeChargeLake(place.root, [{ id: "one", billingPeriod: "2026-02-01", charges }]);
    await publish();
    const seen = new Set<string>();
    let isDone = false;
    const read = async (): Promise<void> => {
      while (!isDone) {
        const { rows } = await place.client.run(
          `SELECT count(*), sum("BilledCost") FROM ${trinoName(CHARGES_VIEW, place.client.settings)}`,
        );
        seen.add(`${rows[0]?.[0]} of ${Number(rows[0]?.[1])}`);
      }
    };
    const reader = read();
    for (let round = 0; round < (isShortRun ? 2 : 3); round += 1) {
      await remakeLoad(lake, await only(), { parts: 3 });
      await publish();
      expect((await compact()).compacted).toHaveLength(1);
      await publish();
    }
    isDone = true;
    await reader;
    expect([...seen]).toEqual(["10 of 10"]);
    await expectWhole();
  });

  it("keeps the old version where the command is killed, and finishes when run again", async () => {
    const charges = Array.from({ length: 10 }, (_, index) => ({ ...oddCharge(index), BilledCost: "1" }));
    lake = await writeChargeLake(place.root, [{ id: "one", billingPeriod: "2026-02-01", charges }]);
    const before = await remakeLoad(lake, await only(), { parts: 3 });
    for (const delayMs of [2000, 5000]) {
      await killedCompact(place, delayMs);
      expect(await differingRows(lake, [before], [await only()], NAMES)).toEqual([0, 0]);
    }
    await lake.compact({
      selection: { all: true },
      openRewriter: openTrinoRewriter(place.client, place.location),
    });
    expect(await differingRows(lake, [before], [await only()], NAMES)).toEqual([0, 0]);
    expect((await only()).files).toHaveLength(1);
    await expectWhole();
    // The cluster may still write for the one that was killed, after this one swept: then the next one does.
    const leftAfterSweep = async () => {
      await lake.compact({ selection: { all: false } });
      return lake.storage.leftOvers();
    };
    await expect.poll(leftAfterSweep, { timeout: 120_000, interval: 500 }).toEqual([]);
    // What died may leave its table for a day; the schema of the test goes with it.
    for (const name of await tablesThere())
      await place.client.run(`DROP TABLE ${trinoName(String(name), place.client.settings)}`);
  });

  it("changes nothing where the cluster writes to another place than this lake", async () => {
    const charges = [oddCharge(1)];
    lake = await writeChargeLake(place.root, [{ id: "one", billingPeriod: "2026-02-01", charges }]);
    const before = await remakeLoad(lake, await only(), { parts: 1 });
    const elsewhere = openTrinoRewriter(place.client, `${place.location}/elsewhere`);
    await expect(lake.compact({ selection: { all: true }, openRewriter: elsewhere })).rejects.toMatchObject({
      code: "CLUSTER_FILES_DIFFER",
    });
    expect(await only()).toEqual(before);
    expect(await tablesThere()).toEqual([]);
  });
});

/** Runs `trimtab lake compact` as a user does, and kills it. */
const killedCompact = async (place: ClusterPlace, delayMs: number): Promise<void> => {
  const main = join(import.meta.dirname, "..", "..", "..", "..", "..", "bin", "trimtab.js");
  const args = [main, "lake", "compact", "--engine", "trino", "--lake", place.root];
  const child = spawn(process.execPath, args, { env: { ...process.env, ...place.env }, stdio: "ignore" });
  const ended = once(child, "exit");
  await Promise.race([sleep(delayMs), ended]);
  child.kill("SIGKILL");
  await ended;
};

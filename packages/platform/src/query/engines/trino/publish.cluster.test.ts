import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { currencyCode, instant } from "@trimtab/domain";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CHARGES_TABLE, CHARGES_VIEW } from "../../../lake/cluster-tables.ts";
import type { Lake } from "../../../lake/lake.ts";
import { trinoName } from "../../../lake/trino-ddl.ts";
import {
  appendLoads,
  type TestCharge,
  type TestLoad,
  writeChargeLake,
} from "../../../testing/charge-lake.ts";
import {
  CLUSTER_TESTS,
  type ClusterPlace,
  hasCluster,
  isShortRun,
  makeClusterPlace,
} from "../../../testing/cluster.ts";
import { runQuery } from "../../run-query.ts";
import type { QueryEngine } from "../engine.ts";
import { publishToTrino } from "./publish.ts";
import { readPartitions, readState } from "./published.ts";
import { openTrinoClient } from "./trino-client.ts";
import { openTrinoEngine } from "./trino-engine.ts";
import { readTrinoSettings } from "./trino-settings.ts";

/** How often a period is replaced under readers, and once more. */
const LAST_VERSION = isShortRun ? 4 : 8;

const MONTHS = ["2026-01-01", "2026-02-01"];

/** Every charge of a version costs as much as its number, so that a mixture of versions adds up to neither. */
const load = (version: number, billingPeriod: string, tagColumns: Record<string, string> = {}): TestLoad => ({
  id: `v${version}-${billingPeriod.slice(0, 7)}`,
  billingPeriod,
  tagColumns,
  rollups: [{ dimensions: ["BillingCurrency", "BillingPeriodStart", "ServiceName"] }],
  charges: Array.from(
    { length: 10 },
    (_, index): TestCharge => ({
      BillingCurrency: "USD",
      BillingPeriodStart: `${billingPeriod} 00:00:00`,
      ChargePeriodStart: `${billingPeriod} 0${index}:00:00`,
      ChargePeriodEnd: `${billingPeriod} 1${index}:00:00`,
      ServiceName: "S",
      BilledCost: String(version),
      EffectiveCost: String(version),
      Tags: { team: index < 5 ? "a" : "b" },
    }),
  ),
});

const loadsOf = (version: number): readonly TestLoad[] => MONTHS.map((month) => load(version, month));
const totalOf = (version: number): string => String(version * 10 * MONTHS.length);

describe.skipIf(!hasCluster)(`lake publish, ${CLUSTER_TESTS}`, () => {
  let place: ClusterPlace;
  let lake: Lake;
  beforeEach(async () => {
    place = makeClusterPlace();
    lake = await writeChargeLake(place.root, loadsOf(1));
  });
  afterEach(async () => {
    lake.close();
    await place.drop();
  });

  const publish = (version?: number) =>
    publishToTrino({ client: place.client, store: lake.store, location: place.location, version });

  const ask = async (engine: QueryEngine, lakeVersion?: number): Promise<string | null | undefined> => {
    const result = await runQuery(
      engine,
      { measures: ["billed"] },
      {
        lakeVersion,
        scope: "unrestricted",
        currency: currencyCode("USD"),
        timeZone: "UTC",
        now: instant("2026-07-01T00:00:00Z"),
        signal: new AbortController().signal,
      },
    );
    return result.total[0];
  };
  const engineNow = () => openTrinoEngine(place.client, lake.store);

  /** What somebody reads who knows nothing of us. */
  const readView = async (): Promise<string> => {
    const { rows } = await place.client.run(
      `SELECT sum("BilledCost"), count(*) FROM ${trinoName(CHARGES_VIEW, place.client.settings)}`,
    );
    return `${Number(rows[0]?.[0])} of ${String(rows[0]?.[1])}`;
  };

  it("shows a version, replaces it, and keeps the old one readable", async () => {
    expect(await publish()).toMatchObject({
      version: 1,
      before: null,
      registered: 4,
      checkedFiles: 4,
      flipped: true,
    });
    expect(await ask(engineNow())).toBe(totalOf(1));
    await appendLoads(lake, loadsOf(2));
    expect(await ask(engineNow())).toBe(totalOf(1));
    expect(await publish()).toMatchObject({ version: 2, before: 1, registered: 4, checkedFiles: 4 });
    expect(await ask(engineNow())).toBe(totalOf(2));
    expect(await ask(engineNow(), 1)).toBe(totalOf(1));
    expect(await publish()).toMatchObject({ version: 2, before: 2, registered: 0, checkedFiles: 0 });
    expect(await publish(1)).toMatchObject({ version: 1, before: 2 });
    expect(await readView()).toBe(`${totalOf(1)} of 20`);
  });

  it("brings columns that only later loads have; older ones give null there", async () => {
    await publish();
    await appendLoads(lake, [load(3, "2026-02-01", { team: "x_tag_team" })]);
    await publish();
    const { rows } = await place.client.run(
      `SELECT "x_tag_team", count(*) FROM ${trinoName(CHARGES_VIEW, place.client.settings)} GROUP BY 1 ORDER BY 1`,
    );
    expect(rows).toEqual([
      ["a", "5"],
      ["b", "5"],
      [null, "10"],
    ]);
  });

  it("lets a reader see one whole version while a period is replaced again and again", async () => {
    await publish();
    const seen: string[] = [];
    let isDone = false;
    const read = async (): Promise<void> => {
      while (!isDone) {
        seen.push(await readView());
        const engine = engineNow();
        const { version } = await engine.snapshot();
        seen.push(`${await ask(engine, version)} of 20`);
      }
    };
    const readers = [read(), read()];
    for (let version = 2; version <= LAST_VERSION; version += 1) {
      await appendLoads(lake, loadsOf(version));
      await publish();
    }
    isDone = true;
    await Promise.all(readers);
    const whole = Array.from({ length: LAST_VERSION }, (_, index) => `${totalOf(index + 1)} of 20`);
    expect(seen.filter((answer) => !whole.includes(answer))).toEqual([]);
    expect(new Set(seen).size).toBeGreaterThan(1);
  });

  it("keeps the old version whole when it is killed at any moment, and goes on when run again", async () => {
    await publish();
    const many = Array.from({ length: 12 }, (_, index) =>
      load(2, `2025-${String(index + 1).padStart(2, "0")}-01`),
    );
    await appendLoads(lake, [...loadsOf(2), ...many]);
    const states = new Set<string>();
    for (const delayMs of [600, 900, 1300, 2000, 3000]) {
      await killedPublish(place, delayMs);
      states.add(await readView());
      expect(await ask(openTrinoEngine(openTrinoClient(readTrinoSettings(place.env)), lake.store))).toMatch(
        new RegExp(`^(${totalOf(1)}|${2 * 10 * 14})$`),
      );
    }
    for (const state of states) expect([`${totalOf(1)} of 20`, "280 of 140"]).toContain(state);
    await publish();
    expect(await readView()).toBe("280 of 140");
    expect((await readPartitions(place.client, CHARGES_TABLE, {})).size).toBe(16);
  });

  it("forgets loads that no version has any more", async () => {
    await publish();
    await appendLoads(lake, loadsOf(2));
    const store = { ...lake.store, versions: async () => [2] };
    const report = await publishToTrino({ client: place.client, store, location: place.location });
    expect(report.unregistered).toBe(4);
    expect([...(await readPartitions(place.client, CHARGES_TABLE, {})).keys()].toSorted()).toEqual([
      "v2-2026-01",
      "v2-2026-02",
    ]);
  });

  it("refuses what somebody else changed, and changes nothing then", async () => {
    await publish();
    const { settings } = place.client;
    const table = trinoName(CHARGES_TABLE.name, settings);
    await place.client.run(
      `CALL ${settings.catalog}.system.unregister_partition('${settings.schema}', '${CHARGES_TABLE.name}', ` +
        `ARRAY['source', 'dataset', 'billing_period', 'load'], ` +
        `ARRAY[${(await readPartitions(place.client, CHARGES_TABLE, {}))
          .get("v1-2026-01")
          ?.map((value) => `'${value}'`)
          .join(", ")}])`,
    );
    await expect(ask(engineNow())).rejects.toMatchObject({ code: "CLUSTER_TABLE_CHANGED" });
    await publish();
    expect(await ask(engineNow())).toBe(totalOf(1));
    await place.client.run(`COMMENT ON TABLE ${table} IS 'mine now'`);
    await appendLoads(lake, loadsOf(2));
    await expect(publish()).rejects.toMatchObject({ code: "CLUSTER_TABLE_CHANGED" });
    expect(await readView()).toBe(`${totalOf(1)} of 20`);
  });

  it("refuses files that are not those of the manifest", async () => {
    await publish();
    await appendLoads(lake, loadsOf(2), (entry) => ({
      ...entry,
      files: entry.files.map((file) => ({ ...file, rows: file.rows + 1 })),
    }));
    await expect(publish()).rejects.toMatchObject({ code: "CLUSTER_FILES_DIFFER" });
    expect((await readState(place.client, {})).shown?.version).toBe(1);
    expect(await ask(engineNow())).toBe(totalOf(1));
  });

  it("refuses a schema that shows another lake, and a version that is not there", async () => {
    await publish();
    const other = makeClusterPlace();
    const otherLake = await writeChargeLake(other.root, loadsOf(5));
    try {
      await expect(
        publishToTrino({ client: place.client, store: otherLake.store, location: other.location }),
      ).rejects.toMatchObject({ code: "CLUSTER_SHOWS_OTHER_LAKE" });
      await expect(ask(openTrinoEngine(other.client, otherLake.store))).rejects.toMatchObject({
        code: "CLUSTER_NOT_PUBLISHED",
      });
    } finally {
      otherLake.close();
      await other.drop();
    }
    await appendLoads(lake, loadsOf(2));
    await expect(ask(engineNow(), 2)).rejects.toMatchObject({ code: "CLUSTER_VERSION_NOT_PUBLISHED" });
  });
});

/** Runs `trimtab lake publish` as a user does, and kills it. */
const killedPublish = async (place: ClusterPlace, delayMs: number): Promise<void> => {
  const main = join(import.meta.dirname, "..", "..", "..", "..", "bin", "trimtab.js");
  const child = spawn(process.execPath, [main, "lake", "publish", "--lake", place.root], {
    env: { ...process.env, ...place.env },
    stdio: "ignore",
  });
  const ended = once(child, "exit");
  await Promise.race([sleep(delayMs), ended]);
  child.kill("SIGKILL");
  await ended;
};

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../../packages/platform/src/lake/database.ts";
import {
  CLUSTER_TESTS,
  type ClusterPlace,
  hasCluster,
  makeClusterPlace,
} from "../../packages/platform/src/testing/cluster.ts";
import { tempFolder } from "../../packages/platform/src/testing/temp-folder.ts";
import { readQueryFigures, readWorkSpread } from "../../scripts/cluster/work-spread.ts";
import { type ChargeTable, writeChargeTable } from "./charge-table.ts";

const MONTHS = 8;
const ROWS_PER_MONTH = 10_000;

describe.skipIf(!hasCluster)(`the catalog of a cluster on this machine, ${CLUSTER_TESTS}`, () => {
  let database: Database;
  let place: ClusterPlace;
  let table: ChargeTable;

  beforeAll(async () => {
    database = await openDatabase();
    place = makeClusterPlace();
    const { schema } = place.client.settings;
    const size = { schema, months: MONTHS, rowsPerMonth: ROWS_PER_MONTH };
    table = await writeChargeTable(place.client, database, place, size);
  });
  afterAll(async () => {
    database.close();
    await place.drop();
  });

  /** The answer, and Trino's own name for the question. */
  const ask = async (statement: string) => {
    let queryId = "";
    const { rows } = await place.client.run(statement, {
      onQueryId: (id) => {
        queryId = id;
      },
    });
    return { rows, queryId };
  };

  it("reads what the embedded engine wrote: every digit, microsecond and map", async () => {
    const question = (from: string, day: string, tag: (key: string) => string) =>
      `SELECT "ResourceId", CAST("BilledCost" AS VARCHAR), ${day}, ${tag("team")}, ${tag("Env")},
      CAST(cardinality("Tags") AS VARCHAR), billing_period, load FROM ${from}
      WHERE billing_period <= '2026-03-01' AND "ResourceId" LIKE '%7' ORDER BY 1`;
    const embedded = await database.run({
      text: question(
        table.files,
        `strftime("ChargePeriodStart", '%Y-%m-%d %H:%M:%S.%f')`,
        (key) => `"Tags"['${key}']`,
      ),
    });
    const cluster = await ask(
      question(table.name, `CAST("ChargePeriodStart" AS VARCHAR)`, (key) => `element_at("Tags", '${key}')`),
    );
    expect(cluster.rows).toHaveLength(3_000);
    expect(cluster.rows).toEqual(embedded.rows);
    // The program asks for microseconds itself; others get what the catalog is set to.
    const [session] = (await ask(`SHOW SESSION LIKE 'trimtab.timestamp\\_precision' ESCAPE '\\'`)).rows;
    expect(session?.[2]).toBe("MICROSECONDS");
  });

  it("adds to the same sums and reads only the partitions that are asked for", async () => {
    const question = (from: string, where = "true") =>
      `SELECT "ServiceName", CAST(sum("BilledCost") AS VARCHAR), CAST(count(*) AS VARCHAR) FROM ${from} WHERE ${where}
      GROUP BY 1 ORDER BY 1`;
    const all = await ask(question(table.name));
    expect(all.rows).toEqual((await database.run({ text: question(table.files) })).rows);
    const oneMonth = "billing_period = '2026-02-01'";
    const one = await ask(question(table.name, oneMonth));
    expect(one.rows).toEqual((await database.run({ text: question(table.files, oneMonth) })).rows);
    const read = await Promise.all([all, one].map(({ queryId }) => readQueryFigures(place.client, queryId)));
    const [allBytes = 0, oneBytes = 0] = read.map(({ queryStats }) => queryStats.physicalInputDataSize);
    expect(oneBytes).toBeGreaterThan(0);
    expect(oneBytes).toBeLessThan((allBytes / MONTHS) * 1.5);
  });

  it("spreads a question over all workers and none over the coordinator", async () => {
    const { queryId } = await ask(`SELECT sum("BilledCost") FROM ${table.name}`);
    const spread = await readWorkSpread(place.client, queryId);
    const workers = await ask("SELECT node_id FROM system.runtime.nodes WHERE NOT coordinator ORDER BY 1");
    expect(spread.map(({ node }) => node)).toEqual(workers.rows.flat());
    for (const { splits, physicalInputBytes, inputRows } of spread) {
      expect(splits).toBeGreaterThan(0);
      expect(physicalInputBytes).toBeGreaterThan(0);
      expect(inputRows).toBeGreaterThan(0);
    }
  });

  it("shows another version by replacing one view", async () => {
    const { schema } = place.client.settings;
    const view = (load: string) =>
      ask(`CREATE OR REPLACE VIEW ${schema}.now AS SELECT * FROM ${table.name} WHERE load IN ('${load}')`);
    const months = async () =>
      (await ask(`SELECT DISTINCT billing_period FROM ${schema}.now ORDER BY 1`)).rows.flat();
    await view("l0");
    expect(await months()).toEqual(["2026-01-01"]);
    await view("l1");
    expect(await months()).toEqual(["2026-02-01"]);
  });

  it("reaches no file outside of its own folder and the lake", async () => {
    const outside = tempFolder();
    writeFileSync(join(outside, "secret.csv"), "secret\n");
    const read = async (location: string) => {
      const name = `${place.client.settings.schema}.t${location.length}`;
      await ask(`CREATE TABLE ${name} (x VARCHAR) WITH (format = 'CSV', external_location = '${location}')`);
      return (await ask(`SELECT x FROM ${name}`)).rows;
    };
    await expect(read(`local:///../../../../../../../..${outside}`)).rejects.toMatchObject({
      code: expect.stringMatching(/^CLUSTER_/),
      message: expect.stringContaining(".."),
    });
    // Trino takes such tables and finds nothing in them: every path is one inside of the folder.
    expect(await read(`local://${outside}`)).toEqual([]);
    expect(await read(`file://${outside}`)).toEqual([]);
  });
});

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, onTestFinished } from "vitest";
import { type Database, openDatabase } from "../../packages/platform/src/lake/database.ts";
import { givenCluster } from "../../packages/platform/src/testing/given-cluster.ts";
import { tempFolder } from "../../packages/platform/src/testing/temp-folder.ts";
import { runStatement } from "../../scripts/cluster/run-statement.ts";
import { readQueryFigures, readWorkSpread } from "../../scripts/cluster/work-spread.ts";
import { writeChargeTable } from "./charge-table.ts";

const { url, sharedFolder } = givenCluster();
let database: Database;

beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

const chargesFor = async (schema: string, months: number, rowsPerMonth: number) => {
  onTestFinished(async () => {
    await runStatement(url, `DROP SCHEMA IF EXISTS ${schema} CASCADE`);
  });
  return writeChargeTable(url, database, sharedFolder(), { schema, months, rowsPerMonth });
};

it("reads what the embedded engine wrote: every digit, microsecond and map", async () => {
  const table = await chargesFor("digits", 3, 2_000);
  const columns = (day: string, tag: (key: string) => string) =>
    `"ResourceId", CAST("BilledCost" AS VARCHAR), ${day}, ${tag("team")}, ${tag("Env")}, cardinality("Tags"),
    billing_period, load`;
  const embedded = await database.run({
    text: `SELECT ${columns(`strftime("ChargePeriodStart", '%Y-%m-%d %H:%M:%S.%f')`, (key) => `"Tags"['${key}']`)}
      FROM ${table.files} ORDER BY 1`,
  });
  const cluster = await runStatement(
    url,
    `SELECT ${columns(`CAST("ChargePeriodStart" AS VARCHAR)`, (key) => `element_at("Tags", '${key}')`)}
      FROM ${table.name} ORDER BY 1`,
  );
  expect(cluster.rows).toHaveLength(6_000);
  expect(
    cluster.rows.map((row) => row.map((cell) => (typeof cell === "number" ? String(cell) : cell))),
  ).toEqual(embedded.rows.map((row) => row.map((cell) => (typeof cell === "number" ? String(cell) : cell))));
});

it("adds to the same sums and reads only the partitions that are asked for", async () => {
  const table = await chargesFor("sums", 4, 20_000);
  const question = (from: string, where = "true") =>
    `SELECT "ServiceName", CAST(sum("BilledCost") AS VARCHAR), CAST(count(*) AS VARCHAR) FROM ${from} WHERE ${where}
    GROUP BY 1 ORDER BY 1`;
  const all = await runStatement(url, question(table.name));
  expect(all.rows).toEqual((await database.run({ text: question(table.files) })).rows);
  const oneMonth = "billing_period = '2026-02-01'";
  const one = await runStatement(url, question(table.name, oneMonth));
  expect(one.rows).toEqual((await database.run({ text: question(table.files, oneMonth) })).rows);
  const read = await Promise.all([all, one].map(({ queryId }) => readQueryFigures(url, queryId)));
  const [allBytes = 0, oneBytes = 0] = read.map(({ queryStats }) => queryStats.physicalInputDataSize);
  expect(oneBytes).toBeGreaterThan(0);
  expect(oneBytes).toBeLessThan(allBytes / 3);
});

it("spreads a question over all workers and none over the coordinator", async () => {
  const table = await chargesFor("spread", 8, 20_000);
  const { queryId } = await runStatement(url, `SELECT sum("BilledCost") FROM ${table.name}`);
  const spread = await readWorkSpread(url, queryId);
  const workers = await runStatement(url, "SELECT node_id FROM system.runtime.nodes WHERE NOT coordinator");
  expect(spread.map(({ node }) => node)).toEqual(workers.rows.map(([id]) => id).toSorted());
  for (const { splits, physicalInputBytes, inputRows } of spread) {
    expect(splits).toBeGreaterThan(0);
    expect(physicalInputBytes).toBeGreaterThan(0);
    expect(inputRows).toBeGreaterThan(0);
  }
});

it("shows another version by replacing one view", async () => {
  const table = await chargesFor("flip", 2, 1_000);
  const view = (load: string) =>
    runStatement(
      url,
      `CREATE OR REPLACE VIEW flip.now AS SELECT * FROM ${table.name} WHERE load IN ('${load}')`,
    );
  const months = async () =>
    (await runStatement(url, "SELECT DISTINCT billing_period FROM flip.now ORDER BY 1")).rows.flat();
  await view("l0");
  expect(await months()).toEqual(["2026-01-01"]);
  await view("l1");
  expect(await months()).toEqual(["2026-02-01"]);
});

it("reaches no file outside of its own folder and the lake", async () => {
  await chargesFor("outside", 1, 10);
  const outside = tempFolder();
  writeFileSync(join(outside, "secret.csv"), "secret\n");
  const read = async (location: string) => {
    const table = `outside.t${location.length}`;
    const layout = `WITH (format = 'CSV', external_location = '${location}')`;
    await runStatement(url, `CREATE TABLE ${table} (x VARCHAR) ${layout}`);
    return (await runStatement(url, `SELECT x FROM ${table}`)).rows;
  };
  await expect(read(`local:///../../../../../../../..${outside}`)).rejects.toMatchObject({
    code: "CLUSTER_STATEMENT_FAILED",
  });
  // Trino takes such tables and finds nothing in them: every path is one inside of the folder.
  expect(await read(`local://${outside}`)).toEqual([]);
  expect(await read(`file://${outside}`)).toEqual([]);
});

it("says what Trino says of a wrong statement, and that nobody answers", async () => {
  await expect(runStatement(url, "SELECT nothing")).rejects.toMatchObject({
    code: "CLUSTER_STATEMENT_FAILED",
    message: expect.stringContaining("COLUMN_NOT_FOUND"),
  });
  await expect(runStatement("http://127.0.0.1:9", "SELECT 1")).rejects.toMatchObject({
    code: "CLUSTER_UNREACHABLE",
  });
});

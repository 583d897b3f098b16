import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Database, openDatabase } from "../database.ts";
import { digestOf } from "./row-digest.ts";

/** Currency, billed, service, region, start, tags: the other cost columns are null. */
type Row = readonly [string, string, string, string, string, string];

const rows: readonly Row[] = [
  ["'USD'", "1.000000000001", "'a'", "NULL", "2026-01-01 00:00:00.000001", "map {'k': 'v'}"],
  ["'USD'", "2", "'b'", "''", "2026-01-02 00:00:00", "map {}"],
  ["'EUR'", "3", "'c'", "'d'", "2026-01-03 00:00:00", "NULL"],
  ["NULL", "NULL", "'e'", "'f'", "2026-01-04 00:00:00", "map {'k': NULL}"],
];

const relationOf = (own: readonly Row[]): string =>
  `(SELECT * FROM (VALUES ${own
    .map(
      ([currency, billed, service, region, start, tags]) =>
        `(CAST(${currency} AS VARCHAR), CAST(${billed} AS DECIMAL(38,12)), CAST(NULL AS DECIMAL(38,12)), ` +
        `CAST(NULL AS DECIMAL(38,12)), CAST(NULL AS DECIMAL(38,12)), CAST(${service} AS VARCHAR), ` +
        `CAST(${region} AS VARCHAR), TIMESTAMP '${start}', CAST(${tags} AS MAP(VARCHAR, VARCHAR)))`,
    )
    .join(", ")}) AS v(BillingCurrency, BilledCost, EffectiveCost, ListCost, ContractedCost, ServiceName, ` +
  "RegionId, ChargePeriodStart, Tags))";

const NAMES = [
  "BillingCurrency",
  "BilledCost",
  "EffectiveCost",
  "ListCost",
  "ContractedCost",
  "ServiceName",
  "RegionId",
  "ChargePeriodStart",
  "Tags",
];

/** The rows with one cell changed. */
const changed = (row: number, cell: number, value: string): readonly Row[] =>
  rows.map((own, at) => (at === row ? (own.with(cell, value) as unknown as Row) : own));

describe("the digest of rows", () => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({ threads: 1 });
  });
  afterAll(() => database.close());
  const digest = (own: readonly Row[]) => digestOf(database.run, relationOf(own), NAMES, undefined);

  it("is the same in any order", async () => {
    const found = await digest(rows);
    expect(found).toMatchObject({
      rows: 4,
      sums: { USD: { BilledCost: "3.000000000001" }, EUR: {}, "": {} },
    });
    expect(await digest(rows.toReversed())).toEqual(found);
  });

  const [first, second, third, fourth] = rows as [Row, Row, Row, Row];
  it.each<readonly [string, readonly Row[]]>([
    ["null for an empty text", changed(1, 3, "NULL")],
    ["an empty text for null", changed(0, 3, "''")],
    ["an empty map for null", changed(2, 5, "map {}")],
    ["null for an empty map", changed(1, 5, "NULL")],
    ["an empty text for null in a map", changed(3, 5, "map {'k': ''}")],
    ["an empty map for one with a null", changed(3, 5, "map {}")],
    ["a microsecond", changed(0, 4, "2026-01-01 00:00:00.000002")],
    ["the last digit", changed(0, 1, "1.000000000002")],
    [
      "two columns in each other's place",
      changed(2, 2, "'d'").map((row, at) => (at === 2 ? (row.with(3, "'c'") as unknown as Row) : row)),
    ],
    ["a row twice instead of another", [first, first, third, fourth]],
    ["a row lost", [first, second, third]],
    [
      "two rows that exchanged a value",
      [first.with(2, "'b'") as unknown as Row, second.with(2, "'a'") as unknown as Row, third, fourth],
    ],
  ])("tells %s", async (_, other) => {
    expect((await digest(other)).digest).not.toBe((await digest(rows)).digest);
  });
});

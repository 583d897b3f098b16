import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Renderer } from "../../sql/dialect.ts";
import { duckdbDialect } from "../../sql/duckdb-dialect.ts";
import { type Database, openDatabase } from "../database.ts";
import { InputColumns } from "./input-columns.ts";

let database: Database;
beforeAll(async () => {
  database = await openDatabase();
});
afterAll(() => database.close());

const read = async (text: string, formats: readonly string[]) => {
  const header = { format: "csv", columns: [{ name: "c0", type: "VARCHAR" }], sample: [] } as const;
  const columns = new InputColumns(header, { csv: { delimiter: ",", nullTexts: [] } });
  columns.timestamp({ formats }, "c0");
  const [value] = columns.computed.map(({ expr }) => new Renderer(duckdbDialect).sql(expr));
  const { rows } = await database.run({
    text: `SELECT CAST(${value} AS VARCHAR) FROM (SELECT CAST($1 AS VARCHAR) AS c0)`,
    params: [text],
  });
  return rows[0]?.[0];
};

describe("instants from text", () => {
  const iso = ["%Y-%m-%dT%H:%M:%SZ"];
  it.each([
    ["2026-06-01T00:00:00Z", "2026-06-01 00:00:00"],
    ["2026-06-01 00:00:00", "2026-06-01 00:00:00"],
    ["2026-06-01", "2026-06-01 00:00:00"],
    ["2026-06-01T00:00:00+02:00", "2026-05-31 22:00:00"],
    ["2026-06-01T00:00:00.250-07:00", "2026-06-01 07:00:00.25"],
    ["2026-06-01 00:00:00.123456", "2026-06-01 00:00:00.123456"],
    ["2026-06-01 00:00:00 UTC", "2026-06-01 00:00:00"],
    ["2026-13-01", null],
    ["infinity", null],
    ["0001-01-01", null],
    ["06/01/2026", null],
  ])("reads %s as UTC", async (text, expected) => {
    expect(await read(text, iso)).toBe(expected);
  });

  it("reads another format only as its definition says", async () => {
    expect(await read("06/01/2026", ["%m/%d/%Y"])).toBe("2026-06-01 00:00:00");
    expect(await read("2026-06-01", ["%m/%d/%Y"])).toBe(null);
  });
});

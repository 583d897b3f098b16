import { decimal, formatDecimal, roundTo, subtract } from "@trimtab/domain";
import fc from "fast-check";
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

const csv = { delimiter: ",", nullTexts: [] } as const;

/** Value and residue that a column of this physical type reads as, per cell. */
const read = async (type: "VARCHAR" | "DOUBLE", cells: readonly (string | number)[]) => {
  const header = {
    format: type === "DOUBLE" ? "parquet" : "csv",
    columns: [{ name: "c0", type }],
    sample: [],
  } as const;
  const columns = new InputColumns(header, { csv });
  columns.decimal("c0");
  columns.residue("c0");
  const [value, residue] = columns.computed.map(({ expr }) => new Renderer(duckdbDialect).sql(expr));
  const list = cells.map((cell) => `'${cell}'`).join(", ");
  const { rows } = await database.run({
    text: `SELECT CAST(${value} AS VARCHAR), CAST(${residue} AS VARCHAR) FROM (SELECT UNNEST(CAST([${list}] AS ${type}[])) AS c0)`,
  });
  return rows.map(([a, b]) => [a, b] as const);
};

const expected = (text: string) => {
  const exact = decimal(text);
  const rounded = roundTo(exact, 12, "half-away");
  return {
    value: formatDecimal(rounded),
    residue: formatDecimal(roundTo(subtract(exact, rounded), 30, "half-away")),
  };
};

const found = ([value, residue]: readonly [unknown, unknown]) => ({
  value: formatDecimal(decimal(String(value))),
  residue: formatDecimal(decimal(String(residue ?? "0"))),
});

describe("decimals from files", () => {
  it("reads any double as its shortest decimal, with the residue exact to 30 places", async () => {
    const doubles = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 }),
      fc.integer({ min: -(10 ** 9), max: 10 ** 9 }).map((units) => units / 1e8),
      fc.integer({ min: -(10 ** 6), max: 10 ** 6 }).map((units) => units / 33333),
      fc.double({ noNaN: true, noDefaultInfinity: true, min: -1000.5, max: 1000.5 }),
      fc.constantFrom(0, -0, 1e-12, 5e-13, -5e-13, 999.9999999999999, 1000, 0.1 + 0.2),
    );
    const cells = fc
      .sample(doubles, { numRuns: 3000, seed: 7 })
      .filter((cell) => cell === 0 || Math.abs(cell) > 1e-17);
    const rows = await read("DOUBLE", cells);
    for (const [index, cell] of cells.entries())
      expect({ cell, ...found(rows[index] ?? ["", ""]) }).toEqual({ cell, ...expected(String(cell)) });
  });

  it("reads any decimal text, with or without an exponent", async () => {
    const digits = fc.integer({ min: 0, max: 10 ** 9 });
    const texts = fc.tuple(
      fc.constantFrom("", "-", "+"),
      digits,
      digits,
      fc.integer({ min: -15, max: 8 }),
      fc.boolean(),
    );
    const cells = fc
      .sample(texts, { numRuns: 2000, seed: 7 })
      .map(([sign, whole, part, exponent, plain]) => `${sign}${whole}.${part}${plain ? "" : `e${exponent}`}`);
    const rows = await read("VARCHAR", cells);
    for (const [index, cell] of cells.entries())
      expect({ cell, ...found(rows[index] ?? ["", ""]) }).toEqual({ cell, ...expected(cell) });
  });

  it("keeps 28 decimals apart as the residue", async () => {
    const [row] = await read("VARCHAR", ["-1.2345678901235678901234567891"]);
    expect(row).toEqual(["-1.234567890124", "0.000000000000432109876543210900"]);
  });

  it.each(["NaN", "Infinity", "1_000", "1 000", "1,5", "0x1F", "e5", "1e", "--1", "1e400", ""])(
    "calls %j no number",
    async (text) => {
      expect(await read("VARCHAR", [text])).toEqual([[null, null]]);
    },
  );
});

import { describe, expect, it } from "vitest";
import type { DataTable } from "../data-table.ts";
import { pivot } from "./pivot.ts";

const TABLE: DataTable = {
  columns: [
    { name: "time", role: "time", kind: "time" },
    { name: "ServiceName", role: "dimension", kind: "text" },
    { name: "effective", role: "measure", kind: "money", currency: "USD" },
  ],
  rows: [
    ["2026-06", "Compute", "0.1"],
    ["2026-05", "Compute", "0.2"],
    ["2026-05", "Storage", "4"],
  ],
};

describe("a pivot", () => {
  it("puts times across in order, with exact sums, and leaves what is unknown empty", () => {
    const { columns, rows, total } = pivot(TABLE, "time");
    expect(columns.map(({ name }) => name)).toEqual(["ServiceName", "May 2026", "Jun 2026", "Total"]);
    expect(rows).toEqual([
      ["Compute", "0.2", "0.1", "0.3"],
      ["Storage", "4", null, "4"],
    ]);
    expect(total).toEqual(["Total", "4.2", "0.1", "4.3"]);
  });

  it("puts a dimension across", () => {
    const { columns, rows } = pivot(TABLE, "ServiceName");
    expect(columns.map(({ name }) => name)).toEqual(["time", "Compute", "Storage", "Total"]);
    expect(rows[1]).toEqual(["2026-05", "0.2", "4", "4.2"]);
  });

  it("refuses what is no column of the question, and more columns than anybody reads", () => {
    expect(() => pivot(TABLE, "RegionId")).toThrow(/does not group by it/);
    const rows = Array.from({ length: 61 }, (_, index) => ["2026-05", `s${index}`, "1"]);
    expect(() => pivot({ ...TABLE, rows }, "ServiceName")).toThrow(/61 columns/);
  });
});

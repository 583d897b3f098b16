import { expect, test } from "vitest";
import type { BlockOf, Definition } from "../../components/report/report-types.ts";
import { addBlock, copyBlock, moveBlock, removeBlock } from "./blocks.ts";
import { filtersOf, namesIn, placeField, removeField, TIME, takes, withFilters } from "./zones.ts";

const EMPTY: Definition = {
  title: "R",
  parameters: { period: { name: "last-month" }, currency: "each" },
  blocks: [],
};
const made = <T extends "table" | "chart" | "figure">(type: T) =>
  addBlock(EMPTY, type, undefined).definition.blocks[0] as BlockOf<T>;
const service = { kind: "dimension", name: "ServiceName" } as const;
const region = { kind: "dimension", name: "RegionId" } as const;
const billed = { kind: "measure", name: "billed" } as const;

test("a table becomes a pivot by what is dropped across, and back", () => {
  let table = placeField(made("table"), service, "rows");
  table = placeField(table, region, "rows", 0);
  expect(table.query.by).toEqual(["RegionId", "ServiceName"]);
  table = placeField(table, TIME, "columns");
  expect(table).toMatchObject({
    columns: "time",
    query: { grain: "month", by: ["RegionId", "ServiceName"] },
  });
  table = placeField(table, service, "columns");
  expect(table).toMatchObject({ columns: "ServiceName", query: { by: ["RegionId", "ServiceName"] } });
  expect(namesIn(table, "rows")).toEqual(["time", "RegionId"]);
  table = removeField(table, "time", "rows");
  table = removeField(table, "ServiceName", "columns");
  expect(table).not.toHaveProperty("columns");
  expect(table.query).not.toHaveProperty("grain");
  expect(table.query.by).toEqual(["RegionId"]);
});

test("a chart has time across, or its first dimension", () => {
  let chart = placeField(made("chart"), service, "rows");
  expect([namesIn(chart, "columns"), namesIn(chart, "rows")]).toEqual([["time"], ["ServiceName"]]);
  chart = placeField(chart, region, "columns");
  // time went down, where it still means over time: across again
  expect(namesIn(chart, "columns")).toEqual(["time"]);
  chart = removeField(chart, "time", "columns");
  expect(chart.query.by).toEqual(["RegionId", "ServiceName"]);
  expect(namesIn(chart, "columns")).toEqual(["RegionId"]);
});

test("measures keep one at least, and only fitting fields are taken", () => {
  let table = placeField(made("table"), billed, "measures", 0);
  expect(table.query.measures).toEqual(["billed", "effective"]);
  table = removeField(removeField(table, "effective", "measures"), "billed", "measures");
  expect(table.query.measures).toEqual(["billed"]);
  expect(placeField(table, service, "measures")).toBe(table);
  expect([takes("filters", billed), takes("filters", TIME), takes("columns", TIME)]).toEqual([
    false,
    false,
    true,
  ]);
  expect(placeField(made("figure"), billed, "measures").measure).toBe("billed");
});

test("filters are one condition or all of several", () => {
  const is = { dimension: "ServiceName", op: "in", values: ["a"] } as const;
  const other = { dimension: "RegionId", op: "is null" } as const;
  const one = withFilters(made("figure"), [{ ...is, values: ["a"] }]);
  expect(one.where).toEqual(is);
  const both = withFilters(one, [...filtersOf(one), other]);
  expect(filtersOf(both)).toEqual([is, other]);
  expect(withFilters(both, [])).not.toHaveProperty("where");
});

test("blocks are added behind the chosen one, moved, copied under another id, and removed", () => {
  let { definition } = addBlock(EMPTY, "heading", undefined);
  ({ definition } = addBlock(definition, "table", undefined));
  const added = addBlock(definition, "text", "heading-1");
  expect(added.block).toBe("text-1");
  const ids = ({ blocks }: Definition) => blocks.map(({ id }) => id);
  expect(ids(added.definition)).toEqual(["heading-1", "text-1", "table-1"]);
  expect(ids(moveBlock(added.definition, "table-1", 0))).toEqual(["table-1", "heading-1", "text-1"]);
  expect(ids(moveBlock(added.definition, "table-1", 3))).toEqual(ids(added.definition));
  expect(ids(copyBlock(added.definition, "text-1").definition)).toEqual([
    "heading-1",
    "text-1",
    "text-2",
    "table-1",
  ]);
  expect(removeBlock(added.definition, "table-1")).toMatchObject({ block: "text-1" });
});

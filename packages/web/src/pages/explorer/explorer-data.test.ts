import { expect, test } from "vitest";
import {
  colorPlaces,
  filtersOfLine,
  groupPlaces,
  groupsOf,
  linesOf,
  REST,
  timeSeriesOf,
} from "./explorer-data.ts";
import type { QueryResult } from "./explorer-question.ts";

const result: QueryResult = {
  columns: [
    { name: "month", role: "time", kind: "time" },
    { name: "tag:team", role: "dimension", kind: "text" },
    {
      name: "effective",
      role: "measure",
      kind: "money",
      measure: "effective",
      aspect: "current",
      currency: "USD",
    },
  ],
  rows: [
    ["2026-02", "search", "20"],
    ["2026-01", null, "5"],
    ["2026-01", "search", "10"],
    ["2026-01", "(other)", "900"],
    ["2026-02", "(other)", null],
    ["2026-02", "(other)", "7"],
  ],
  total: [null, null, "942"],
  other: [3, 4],
  rowCount: 6,
  currency: ["USD"],
  basis: "effective cost",
  completeTo: null,
  lakeVersion: 1,
  period: { start: null, end: null },
  periods: [],
  unknown: [],
  rates: [],
  notes: [],
  answeredBy: "daily",
};

test("series are in order of cost, the rest is last, and a team called (other) is not the rest", () => {
  const { buckets, series } = timeSeriesOf(result, "Effective cost");
  expect(buckets).toEqual(["2026-01", "2026-02"]);
  expect(series.map(({ name, values, isRest }) => ({ name, values, isRest }))).toEqual([
    { name: "search", values: [10, 20], isRest: false },
    { name: "(other)", values: [0, 7], isRest: false },
    { name: "No team", values: [5, 0], isRest: false },
    { name: REST, values: [900, null], isRest: true },
  ]);
});

test("a line without a value filters for no value, not for its text", () => {
  const none = linesOf(result)[1];
  expect(none && filtersOfLine(["tag:team"], none)).toEqual([{ dimension: "tag:team", op: "is null" }]);
});

test("colours follow the cost, the rest has none", () => {
  expect([...colorPlaces(linesOf(result), 1).values()]).toEqual([0]);
});

test("lines of one first name are a group and have its colour, whatever their own amounts", () => {
  const [line] = linesOf(result);
  if (line === undefined) throw new Error("The result has no lines.");
  const of = (service: string, region: string, amount: string | null) => ({
    ...line,
    ...{ key: `${service} ${region}`, names: [service, region], amount },
  });
  const lines = [of("SQL", "eu", "50"), of("Run", "eu", "40"), of("Run", "us", "30"), of("SQL", "us", "-5")];
  expect(groupsOf(lines).map(({ name, text }) => [name, text])).toEqual([
    ["Run", "70"],
    ["SQL", "50"],
  ]);
  expect([...groupPlaces(lines, 1)]).toEqual([
    ["Run eu", 0],
    ["Run us", 0],
  ]);
});

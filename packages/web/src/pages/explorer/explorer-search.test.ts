import { expect, test } from "vitest";
import { changedSearch, readExplorerSearch } from "./explorer-search.ts";

test("an address that can be read is kept as it is", () => {
  const search = {
    measure: "cost-per:requests",
    by: ["ServiceName", "tag:team"],
    grain: "week",
    from: "2026-01-01",
    until: "2026-02-01",
    where: [{ not: { or: [{ dimension: "tag:team", op: "is null" }] } }],
    top: 12,
    chart: "sankey",
    why: true,
  };
  expect(readExplorerSearch(search)).toEqual(search);
});

test("what nobody could have chosen is left out", () => {
  const hostile = {
    measure: "effective; drop",
    by: [1],
    grain: "decade",
    from: "yesterday",
    where: [{ dimension: 5, op: "=" }],
    top: 5000,
    chart: "<img>",
    why: "yes",
    lines: 1,
    currency: "dollars",
  };
  expect(readExplorerSearch(hostile)).toEqual({});
});

test("a change keeps the rest, and undefined goes back to the default", () => {
  const changed = changedSearch({ by: ["RegionId"], compare: "year" }, { compare: undefined, chart: "line" });
  expect(changed).toEqual({ by: ["RegionId"], chart: "line" });
});

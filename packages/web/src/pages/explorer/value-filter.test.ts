import { expect, test } from "vitest";
import { filterText, readValueFilter, toFilter } from "./value-filter.ts";

const filters = [
  { dimension: "ServiceName", isExcluded: false, values: ["Cloud Run", "Cloud SQL"] },
  { dimension: "tag:team", isExcluded: true, values: ["search"] },
  { dimension: "tag:team", isExcluded: false, values: ["search", null] },
  { dimension: "tag:team", isExcluded: true, values: [null] },
];

test.each(filters)("what the editor writes it reads back: %o", (filter) => {
  expect(readValueFilter(toFilter(filter))).toEqual(filter);
});

test("leaving values out keeps the charges that have no value", () => {
  // `not in` would do so, too; a plain `!=` in SQL would not
  expect(toFilter({ dimension: "tag:team", isExcluded: true, values: ["search"] })).toEqual({
    not: { dimension: "tag:team", op: "in", values: ["search"] },
  });
});

test("conditions of another kind are told, not edited", () => {
  const mixed = {
    or: [
      { dimension: "SkuId", op: "=" as const, value: "A" },
      { dimension: "ChargeDescription", op: "contains" as const, value: "egress" },
    ],
  };
  expect(readValueFilter(mixed)).toBeUndefined();
  expect(filterText(mixed)).toBe("SKU: A or Description contains egress");
});

test("a long list is cut and counted", () => {
  const filter = toFilter({ dimension: "RegionId", isExcluded: true, values: ["a", "b", "c", null] });
  expect(filterText(filter)).toBe("Region is not a, b +2");
});

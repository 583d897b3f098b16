import { expect, test } from "vitest";
import { readRecommendationSearch } from "./recommendation-search.ts";

test("limits that are tried are read from the address, and nothing else is", () => {
  const limits = { p95: 0.5, spot: true };
  expect(readRecommendationSearch({ limits, other: 1 })).toEqual({ limits });
  expect(
    readRecommendationSearch({ limits: { p95: [1], cap: Number.NaN, spot: false, billing: "keep" } }),
  ).toEqual({
    limits: { spot: false, billing: "keep" },
  });
  expect(readRecommendationSearch({ limits: { p95: null } })).toEqual({});
  expect(readRecommendationSearch({ limits: "p95" })).toEqual({});
});

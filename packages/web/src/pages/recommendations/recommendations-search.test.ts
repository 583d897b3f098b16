import { expect, test } from "vitest";
import { readRecommendationsSearch } from "./recommendations-search.ts";

test("an address says what is shown; what it can't mean is left out", () => {
  const asked = {
    status: "snoozed",
    rank: "risk",
    risk: "low",
    advisor: "idle",
    account: "acme",
    region: "eu",
  };
  expect(readRecommendationsSearch(asked)).toEqual(asked);
  expect(readRecommendationsSearch({ status: "gone", rank: 3, risk: "huge", advisor: "" })).toEqual({});
});

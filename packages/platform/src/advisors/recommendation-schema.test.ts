import { type Instant, instant } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { sampleRecommendation } from "../testing/sample-recommendation.ts";
import { readRecommendation } from "./recommendation-schema.ts";

const asKept = (value: unknown) => JSON.parse(JSON.stringify(value));

describe("a kept recommendation", () => {
  it.each([undefined, instant("2026-11-01T00:00:00Z")])(
    "comes back as it was made, commitment until %s",
    (until?: Instant) => {
      const made = sampleRecommendation("api", until === undefined ? {} : { until });
      expect(readRecommendation(asKept(made))).toEqual({ status: "read", recommendation: made });
    },
  );

  it("is refused with the place of what can't be read", () => {
    const made = asKept(sampleRecommendation("api"));
    const reasonOf = (change: object) => {
      const read = readRecommendation({ ...made, ...change });
      return read.status === "unreadable" ? read.reason : "read";
    };
    expect(reasonOf({ costNow: { amount: "NaN", currency: "USD" } })).toBe(
      "costNow.amount: not a decimal number",
    );
    expect(reasonOf({ costNow: { amount: "1", currency: "usd" } })).toMatch(/^costNow\.currency: /);
    expect(reasonOf({ saving: { ...made.saving, net: { ...made.saving.net, low: "41" } } })).toMatch(
      /saving\.net: .*order/,
    );
    expect(reasonOf({ colour: "red" })).toMatch(/^body: /);
  });
});

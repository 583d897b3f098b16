import { describe, expect, it } from "vitest";
import { ESTATE_IDS } from "./estate.ts";
import { makeEstate } from "./estates.ts";

describe.each(ESTATE_IDS)("%s", async (id) => {
  const { beside, period, deliveries } = await makeEstate(id);

  it("is made the same each time", async () => {
    expect((await makeEstate(id)).deliveries).toEqual(deliveries);
  });

  it("has usage and business metrics for each of its days", () => {
    const days = (Date.parse(period.until) - Date.parse(period.from)) / 86_400_000;
    const business =
      beside
        .find(({ path }) => path === "metrics/business.csv")
        ?.content.trimEnd()
        .split("\n") ?? [];
    expect(business).toHaveLength(days + 1);
    for (const line of business.slice(1)) expect(line).toMatch(/^\d{4}-\d{2}-\d{2}(,\d+)+$/);
    const usage =
      beside
        .find(({ path }) => path === "metrics/resource-usage.csv")
        ?.content.trimEnd()
        .split("\n") ?? [];
    expect((usage.length - 1) % days).toBe(0);
    expect(usage.length).toBeGreaterThan(days);
  });

  it("labels its anomalies with days of its period", () => {
    const labels = JSON.parse(beside.find(({ path }) => path === "anomalies.json")?.content ?? "{}");
    expect(labels.anomalies.length).toBeGreaterThan(0);
    for (const { from, until, cause } of labels.anomalies) {
      expect(period.from <= from && from < until && until <= period.until).toBe(true);
      expect(cause.length).toBeGreaterThan(20);
    }
  });
});

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
    for (const path of ["metrics/business.csv", "metrics/resource-usage.csv"]) {
      const [header = "", ...lines] =
        beside
          .find((file) => file.path === path)
          ?.content.trimEnd()
          .split("\n") ?? [];
      expect(header).toMatch(/^time,metric,value(,ResourceName)?$/);
      const series = Map.groupBy(lines, (line) => line.replace(/^([^,]+),([^,]+),[^,]+/, "$2"));
      expect(series.size).toBeGreaterThan(1);
      for (const own of series.values()) expect(own).toHaveLength(days);
      for (const line of lines) expect(line).toMatch(/^\d{4}-\d{2}-\d{2},[a-z_0-9]+,\d+(\.\d+)?(,|$)/);
    }
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

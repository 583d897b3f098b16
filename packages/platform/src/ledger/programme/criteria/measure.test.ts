import { type Instant, known, type MetricSummary, unknown } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import type { CostSource } from "../baseline.ts";
import { checkCriterion } from "./check-criterion.ts";
import type { ResourceSummaries } from "./measure.ts";

const NOW = "2026-06-15T08:00:00Z" as Instant;
const summary: MetricSummary = {
  metric: "request.latency",
  statistic: "p95",
  start: "2026-06-08T00:00:00Z" as Instant,
  end: "2026-06-15T00:00:00Z" as Instant,
  samples: 168,
  expected: 168,
  intervalSeconds: 3600,
  min: 20,
  mean: 30,
  p50: 29,
  p95: 36.4,
  p99: 41,
  max: 55,
  sum: 5040,
};
/** Answers as a store of metrics does: for `api` and `db` only. */
const metrics: ResourceSummaries = {
  summaries: async ([asked], { resources: [resource] }) => {
    if (resource?.id === "db") return [{ statistic: "p95", found: unknown("its histograms differ") }];
    return resource?.id === "api" && asked ? [{ statistic: asked.statistic, found: known(summary) }] : [];
  },
};
const check = (text: string) =>
  checkCriterion(text, {
    // No criterion here asks for a cost.
    costs: { context: {} } as unknown as CostSource,
    currency: "USD",
    now: NOW,
    signOffs: [],
    metrics,
  });

describe("a criterion on a resource's metric", () => {
  it("compares in the metric's own unit, and says what it looked at", async () => {
    expect(await check("p95(request.latency, 'api') < 50 ms")).toMatchObject({
      outcome: "holds",
      found: "36.4 ms < 50 ms",
      evidence: [{ value: "36.4 ms", window: { start: "2026-06-08", end: "2026-06-15" } }],
    });
    expect(await check("p95(request.latency, 'api') < 0.03 s")).toMatchObject({ outcome: "fails" });
    expect(await check("p95(request.latency, 'api') < 36")).toMatchObject({
      outcome: "fails",
      found: "36.4 ms < 36 ms",
    });
    expect(await check("max(request.latency, 'api') - min(request.latency, 'api') <= 35 ms")).toMatchObject({
      outcome: "holds",
    });
  });

  it("is unknown where there is no answer, or no common unit", async () => {
    expect(await check("p95(request.latency, 'web') < 50 ms")).toMatchObject({
      outcome: "unknown",
      found: "there is no p95 of request.latency of web in that time",
    });
    expect(await check("p95(request.latency, 'db') < 50 ms")).toMatchObject({
      found: "its histograms differ",
    });
    expect(await check("p95(request.latency, 'api') < $50")).toMatchObject({
      found: expect.stringContaining("units"),
    });
    expect(await check("average(users) > 5")).toMatchObject({ outcome: "unknown" });
  });
});

import { day, type Instant, month } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { parseWindow, windowDays } from "./criterion-window.ts";
import { parseCriterion } from "./parse-criterion.ts";

const measured = (text: string) => {
  const parsed = parseCriterion(text, "USD");
  return parsed.status === "parsed" ? [...parsed.criterion.measurements.values()] : parsed.problem;
};

describe("a success criterion", () => {
  it("reads conditions in the query language, with commas, quotes and comparisons of their own", () => {
    expect(
      measured("effective(ServiceName in ('a, b', 'it''s (c)') and RegionId >= 'x', last 30 days) <= 950"),
    ).toMatchObject([
      {
        kind: "cost",
        measure: "effective",
        where: { and: [{ values: ["a, b", "it's (c)"] }, { op: ">=" }] },
        window: { kind: "days", count: 30 },
      },
    ]);
  });

  it("measures metrics, business metrics and sign-offs, within expressions", () => {
    expect(
      measured("max(p95(request.latency, 'api'), p95(request.latency, 'web', last 3 days)) < 50 ms"),
    ).toMatchObject([
      { kind: "resource", statistic: "p95", resource: "api", window: { count: 7 } },
      { kind: "resource", resource: "web", window: { count: 3 } },
    ]);
    expect(measured("max(cpu.utilization, 'db') <= 80%")).toMatchObject([
      { kind: "resource", statistic: "max" },
    ]);
    expect(measured("total(requests, last month) / 1000 > 5")).toMatchObject([
      { kind: "business", how: "total" },
    ]);
    expect(measured("signed-off('Design') = 1")).toMatchObject([{ kind: "sign-off", title: "Design" }]);
    expect(measured("cut(effective(2026-01), effective(2026-06)) >= 40%")).toHaveLength(2);
    expect(measured("cost-per:requests(last month) < 0.01")).toMatchObject([
      { kind: "cost", measure: "cost-per:requests" },
    ]);
  });

  it.each([
    ["effective(last 30 days)", /a comparison is missing/],
    ["950 <= 1000", /measures nothing/],
    ["effectiv(last 30 days) < 5", /last|missing/],
    ["effective(ServiceNam = 'x') < 5", /ServiceNam/],
    ["effective(last month, last 3 days) < 5", /one condition and one window/],
    ["p95(latency, 'api') < 50", /latency is no metric of resources/],
    ["p95(request.latency) < 50", /a resource in single quotes/],
    ["signed-off(Design) = 1", /one title/],
    ["effective() < spend", /spend is nothing that can be measured/],
  ])("refuses %s", (text, problem) => {
    expect(measured(text)).toMatch(problem);
  });
});

describe("a window of time", () => {
  const at = (text: string) => {
    const window = parseWindow(text);
    return window && windowDays(window, "2026-06-15T00:00:00Z" as Instant);
  };

  it("ends where everything is known", () => {
    expect(at("last 30 days")).toEqual({ start: day("2026-05-16"), end: day("2026-06-15") });
    expect(at("last month")).toEqual({ start: day("2026-05-01"), end: day("2026-06-01") });
    expect(at("last 3 months")).toEqual({ start: day("2026-03-01"), end: day("2026-06-01") });
    expect(at(`${month("2026-01")}..2026-02`)).toEqual({ start: day("2026-01-01"), end: day("2026-03-01") });
  });

  it("is none where it is not one", () => {
    expect([at("last 0 days"), at("2026-02..2026-01"), at("yesterday")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

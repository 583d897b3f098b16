import { expect, test } from "vitest";
import { explorerState, fittingGrain, knownDays, type Model, rangePeriod } from "./explorer-state.ts";

const model = {
  measures: [],
  dimensions: [],
  tagKeys: [],
  grains: [],
  currencies: ["EUR", "USD"],
  convertibleTo: [],
  metrics: [],
  fiscalYearStart: 1,
  covers: { start: "2025-08-01", end: "2026-02-02" },
  completeTo: "2026-02-01T08:00:00Z",
  lakeVersion: 2,
} satisfies Model;

test("named ranges end where the data is complete, not today", () => {
  expect(knownDays(model)).toEqual({ start: "2025-08-01", end: "2026-02-01" });
  expect(explorerState({}, model).period).toEqual({ start: "2025-08-01", end: "2026-02-01" });
});

test.each([
  ["month", "2026-06-01", "2026-07-01"],
  ["last-month", "2026-05-01", "2026-06-01"],
  ["3m", "2026-04-01", "2026-07-01"],
  ["12m", "2025-07-01", "2026-07-01"],
  ["7d", "2026-06-12", "2026-06-19"],
  ["all", "2024-02-01", "2026-07-01"],
] as const)("%s of a month under way", (range, start, end) => {
  expect(rangePeriod(range, { start: "2024-02-11", end: "2026-06-19" })).toEqual({ start, end });
});

test("two days of one's own win over a named range", () => {
  const state = explorerState({ range: "12m", from: "2026-01-05", until: "2026-01-12" }, model);
  expect(state).toMatchObject({
    range: "custom",
    grain: "day",
    period: { start: "2026-01-05", end: "2026-01-12" },
    currency: "EUR",
  });
});

test("days that stand the wrong way round are no period", () => {
  expect(explorerState({ from: "2026-02-01", until: "2026-01-01" }, model).range).toBe("6m");
});

test("invoices have months only", () => {
  expect(explorerState({ axis: "invoice", grain: "day" }, model).grain).toBe("month");
});

test.each([
  ["2026-01-01", "2026-01-02", "hour"],
  ["2026-01-01", "2026-02-01", "day"],
  ["2026-01-01", "2026-06-01", "week"],
  ["2025-01-01", "2026-06-01", "month"],
  ["2020-01-01", "2026-06-01", "year"],
])("%s until %s is told by %s", (start, end, grain) => {
  expect(fittingGrain(start, end)).toBe(grain);
});

import { expect, test } from "vitest";
import { periodsOf } from "./completeness.ts";
import type { Load } from "./data-search.ts";

const load = (billingPeriod: string, status: Load["status"]): Load => ({ billingPeriod, status }) as Load;

test("a month between two bills without one is missing, and one open load opens its month", () => {
  const periods = periodsOf([
    load("2026-01", "closed"),
    load("2025-10", "closed"),
    load("2025-11", "closed"),
    load("2025-11", "open"),
  ]);
  expect(periods.map(({ period, status, loads }) => [period, status, loads.length])).toEqual([
    ["2025-10", "closed", 1],
    ["2025-11", "open", 2],
    ["2025-12", "missing", 0],
    ["2026-01", "closed", 1],
  ]);
  expect(periodsOf([])).toEqual([]);
});

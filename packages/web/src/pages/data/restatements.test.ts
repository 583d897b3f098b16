import { expect, test } from "vitest";
import type { Diff } from "./data-search.ts";
import { restatementsOf } from "./restatements.ts";

const line = (billingPeriod: string, currency: string, billedChange: string) =>
  ({ billingPeriod, currency, billedChange }) as Diff["lines"][number];

test("changes add up by period and currency, exactly where doubles would not", () => {
  const lines = [
    line("2026-01", "USD", "0.1"),
    line("2026-01", "USD", "0.2"),
    line("2026-01", "EUR", "-5"),
    line("2026-02", "USD", "-0.000000001"),
  ];
  expect(restatementsOf(lines)).toEqual([
    { billingPeriod: "2026-02", currency: "USD", change: "-0.000000001", lines: 1 },
    { billingPeriod: "2026-01", currency: "USD", change: "0.3", lines: 2 },
    { billingPeriod: "2026-01", currency: "EUR", change: "-5", lines: 1 },
  ]);
});

import { expect, test } from "vitest";
import { periodText, readPeriod } from "./periods.ts";

test.each(["last-month", "all", "2026-01..2026-03", "2026-01-05..2026-01-12"])("%s is a period", (text) => {
  const period = readPeriod(text);
  expect(period).toBeDefined();
  expect(period && periodText(period)).toBe(text);
});

test.each(["someday", "2026-03..2026-01", "2026-01", "", undefined, 7])("%s is none", (text) => {
  expect(readPeriod(text)).toBeUndefined();
});

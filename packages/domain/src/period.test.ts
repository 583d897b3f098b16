import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addDays, day, month } from "./calendar.ts";
import {
  daysIn,
  eachMonth,
  fiscalYearOf,
  fiscalYearPeriod,
  monthPeriod,
  type PreviousPeriodOptions,
  period,
  previousPeriod,
} from "./period.ts";

const from = (start: string, end: string) => period(day(start), day(end));
const anyPeriod = fc
  .tuple(fc.integer({ min: 0, max: 40_000 }), fc.integer({ min: 1, max: 900 }))
  .map(([offset, length]) => {
    const start = addDays(day("1990-01-01"), offset);
    return period(start, addDays(start, length));
  });

describe("a period", () => {
  test("includes its start and excludes its end", () => {
    expect(monthPeriod(month("2026-02"))).toEqual(from("2026-02-01", "2026-03-01"));
    expect(daysIn(monthPeriod(month("2024-02")))).toBe(29);
    expect(eachMonth(from("2025-12-31", "2026-03-01"))).toEqual(["2025-12", "2026-01", "2026-02"]);
    expect(eachMonth(from("2026-01-05", "2026-01-06"))).toEqual(["2026-01"]);
  });

  test("is never empty", () => {
    expect(() => from("2026-01-01", "2026-01-01")).toThrow(
      expect.objectContaining({
        code: "PERIOD_INVALID",
        message: "A period cannot run from 2026-01-01 to 2026-01-01",
      }),
    );
    expect(() => from("2026-01-02", "2026-01-01")).toThrow();
  });

  test("is the sum of its months", () => {
    fc.assert(
      fc.property(anyPeriod, (whole) => {
        const days = eachMonth(whole).map((each) => {
          const { start, end } = monthPeriod(each);
          return daysIn(period(start > whole.start ? start : whole.start, end < whole.end ? end : whole.end));
        });
        expect(days.reduce((a, b) => a + b, 0)).toBe(daysIn(whole));
      }),
    );
  });
});

describe("the previous period", () => {
  const cases: [PreviousPeriodOptions["aligned"], string, string, string, string][] = [
    ["same-length", "2026-03-01", "2026-04-01", "2026-01-29", "2026-03-01"],
    ["month", "2026-03-01", "2026-04-01", "2026-02-01", "2026-03-01"],
    ["month", "2026-02-01", "2026-03-01", "2026-01-01", "2026-02-01"],
    ["month", "2026-01-01", "2026-04-01", "2025-10-01", "2026-01-01"],
    ["month", "2026-03-01", "2026-03-15", "2026-02-01", "2026-02-15"],
    ["month", "2026-03-01", "2026-03-31", "2026-02-01", "2026-03-01"],
    ["month", "2026-01-15", "2026-02-15", "2025-12-15", "2026-01-15"],
    ["month", "2026-03-01", "2026-04-15", "2026-01-01", "2026-02-15"],
    ["year", "2026-03-01", "2026-04-01", "2025-03-01", "2025-04-01"],
    ["year", "2024-02-01", "2024-03-01", "2023-02-01", "2023-03-01"],
    ["year", "2024-02-29", "2024-03-01", "2023-02-28", "2023-03-01"],
    ["year", "2024-01-01", "2026-01-01", "2022-01-01", "2024-01-01"],
  ];
  test.each(cases)("%s before %s to %s", (aligned, start, end, previousStart, previousEnd) => {
    expect(previousPeriod(from(start, end), { aligned })).toEqual(from(previousStart, previousEnd));
  });

  test("never overlaps, is never empty and differs by a few days at most", () => {
    fc.assert(
      fc.property(anyPeriod, fc.constantFrom("same-length", "month", "year"), (current, aligned) => {
        const previous = previousPeriod(current, { aligned });
        expect(previous.start < previous.end).toBe(true);
        expect(previous.end <= current.start).toBe(true);
        const difference = Math.abs(daysIn(previous) - daysIn(current));
        expect(difference).toBeLessThanOrEqual(aligned === "same-length" ? 0 : 7);
      }),
    );
  });
});

describe("a fiscal year", () => {
  test("is named after the year it ends in", () => {
    expect(fiscalYearOf(day("2026-12-31"), 1)).toBe(2026);
    expect(fiscalYearOf(day("2026-06-30"), 7)).toBe(2026);
    expect(fiscalYearOf(day("2026-07-01"), 7)).toBe(2027);
    expect(fiscalYearPeriod(2027, 7)).toEqual(from("2026-07-01", "2027-07-01"));
    expect(fiscalYearPeriod(2026, 1)).toEqual(from("2026-01-01", "2027-01-01"));
  });

  test("holds exactly the days that name it", () => {
    fc.assert(
      fc.property(anyPeriod, fc.integer({ min: 1, max: 12 }), ({ start }, firstMonth) => {
        const year = fiscalYearPeriod(fiscalYearOf(start, firstMonth), firstMonth);
        expect(year.start <= start && start < year.end).toBe(true);
        expect(eachMonth(year)).toHaveLength(12);
      }),
    );
  });

  test.each([0, 13, 1.5])("cannot start in month %d", (firstMonth) => {
    expect(() => fiscalYearOf(day("2026-01-01"), firstMonth)).toThrow(
      expect.objectContaining({ code: "FISCAL_MONTH_INVALID" }),
    );
  });
});

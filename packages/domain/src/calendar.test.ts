import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addDays,
  addMonths,
  day,
  dayOf,
  daysBetween,
  HOURS_PER_MONTH,
  instant,
  instantOf,
  month,
  monthOf,
  shiftDay,
} from "./calendar.ts";
import { decimal, divide } from "./decimal.ts";

const anyDay = fc
  .date({ min: new Date("1970-01-01"), max: new Date("2199-12-31"), noInvalidDate: true })
  .map((date) => day(date.toISOString().slice(0, 10)));

describe("reading", () => {
  test.each([
    "2026-02-29",
    "2026-04-31",
    "2026-00-10",
    "2026-13-01",
    "2026-1-1",
    "26-01-01",
    "2026-01-32",
    "2026-01-01T00:00:00Z",
    "01/02/2026",
    "",
  ])("%j is no day", (text) => {
    expect(() => day(text)).toThrow(expect.objectContaining({ code: "DAY_INVALID" }));
  });

  test.each(["2026-00", "2026-13", "2026-1", "2026", "2026-01-01"])("%j is no month", (text) => {
    expect(() => month(text)).toThrow(expect.objectContaining({ code: "MONTH_INVALID" }));
  });

  test.each([
    "2026-02-30T00:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T00:60:00Z",
    "2026-01-01T00:00:00",
    "2026-01-01T00:00:00+01:00",
    "2026-01-01 00:00:00Z",
  ])("%j is no instant", (text) => {
    expect(() => instant(text)).toThrow(expect.objectContaining({ code: "INSTANT_INVALID" }));
  });

  test("takes what exists", () => {
    expect(day("2024-02-29")).toBe("2024-02-29");
    expect(day("0099-12-31")).toBe("0099-12-31");
    expect(month("2026-12")).toBe("2026-12");
    expect(dayOf(instant("2026-01-31T23:59:59.999999Z"))).toBe("2026-01-31");
    expect(instantOf(new Date(0))).toBe("1970-01-01T00:00:00.000Z");
  });
});

describe("moving", () => {
  test("days and months cross the ends of years", () => {
    expect(addDays(day("2026-12-31"), 1)).toBe("2027-01-01");
    expect(addDays(day("2024-03-01"), -1)).toBe("2024-02-29");
    expect(addMonths(month("2026-01"), -1)).toBe("2025-12");
    expect(addMonths(month("2026-11"), 14)).toBe("2028-01");
    expect(shiftDay(day("2026-03-31"), -1)).toBe("2026-02-28");
    expect(shiftDay(day("2024-02-29"), -12)).toBe("2023-02-28");
  });

  test("there and back again", () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -50_000, max: 50_000 }), (start, days) => {
        const end = addDays(start, days);
        expect(addDays(end, -days)).toBe(start);
        expect(daysBetween(start, end)).toBe(days);
        expect(addMonths(addMonths(monthOf(start), days % 500), -(days % 500))).toBe(monthOf(start));
      }),
    );
  });

  test("never past the calendar", () => {
    expect(() => addDays(day("9999-12-31"), 1)).toThrow(expect.objectContaining({ code: "DAY_INVALID" }));
    expect(() => addMonths(month("9999-12"), 1)).toThrow(expect.objectContaining({ code: "MONTH_INVALID" }));
    expect(() => addMonths(month("0000-01"), -1)).toThrow(expect.objectContaining({ code: "MONTH_INVALID" }));
  });
});

test("a month has a twelfth of the hours of a year", () => {
  expect(divide(decimal("8760"), decimal("12"), 6)).toEqual(decimal(HOURS_PER_MONTH));
});

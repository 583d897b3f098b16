import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HOURS_PER_WEEK, hourOfWeek, hoursOf, weekSchedule } from "./week-schedule.ts";

describe("weekSchedule", () => {
  it("says the same 168 values in runs", () => {
    const values = fc.array(fc.nat(3), { minLength: HOURS_PER_WEEK, maxLength: HOURS_PER_WEEK });
    fc.assert(
      fc.property(values, (hours) => {
        const schedule = weekSchedule(hours);
        expect(hoursOf(schedule)).toEqual(hours);
        const neighbours = schedule.runs.slice(1).map(([, value], at) => value === schedule.runs[at]?.[1]);
        expect(neighbours).not.toContain(true);
      }),
    );
  });

  it("refuses other weeks", () => {
    expect(() => weekSchedule([1, 2])).toThrow("Not a schedule of a week");
    expect(() => weekSchedule(Array.from({ length: 168 }, () => 0.5))).toThrow("Not a schedule of a week");
    expect(() => hoursOf({ every: "week", timeZone: "UTC", runs: [[167, 1]] })).toThrow();
    expect(() => hoursOf({ every: "week", timeZone: "UTC", runs: [[1e9, 1]] })).toThrow();
  });

  it("begins on Monday", () => {
    expect(hourOfWeek(Date.parse("2026-11-16T00:00:00Z"))).toBe(0);
    expect(hourOfWeek(Date.parse("2026-11-22T23:59:59Z"))).toBe(167);
    expect(hourOfWeek(Date.parse("1969-12-29T01:30:00Z"))).toBe(1);
  });
});

import { describe, expect, it } from "vitest";
import { daysOf } from "./report-period.ts";

const MIDDLE = "2026-07-15T06:00:00Z";
const WHOLE = "2026-07-01T00:00:00Z";

describe("the days of a report's period", () => {
  it.each([
    ["this-month", MIDDLE, "2026-07-01", "2026-08-01"],
    ["last-month", MIDDLE, "2026-06-01", "2026-07-01"],
    ["this-month", WHOLE, "2026-06-01", "2026-07-01"],
    ["last-month", WHOLE, "2026-06-01", "2026-07-01"],
    ["last-3-months", WHOLE, "2026-04-01", "2026-07-01"],
    ["last-6-months", MIDDLE, "2026-01-01", "2026-07-01"],
    ["last-12-months", "2026-01-10T00:00:00Z", "2025-01-01", "2026-01-01"],
    ["this-quarter", MIDDLE, "2026-07-01", "2026-10-01"],
    ["last-quarter", "2026-02-10T00:00:00Z", "2025-10-01", "2026-01-01"],
    ["this-year", "2026-01-01T00:00:00Z", "2025-01-01", "2026-01-01"],
    ["last-year", MIDDLE, "2025-01-01", "2026-01-01"],
  ] as const)("%s of bills complete to %s", (name, anchor, start, end) => {
    expect(daysOf({ name }, anchor)).toEqual({ start, end });
  });

  it("are all there is, or as they are said, a month from its first day", () => {
    expect(daysOf({ name: "all" }, MIDDLE)).toBeUndefined();
    expect(daysOf({ start: "2026-05", end: "2026-06-11" }, MIDDLE)).toEqual({
      start: "2026-05-01",
      end: "2026-06-11",
    });
  });
});

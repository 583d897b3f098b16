import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkCronTimes, lastTime, nextTime, nextTimes } from "./cron-times.ts";

const berlin = (cron: string) => ({ cron, timeZone: "Europe/Berlin" });
const iso = (times: readonly Date[]): readonly string[] =>
  times.map((time) => time.toISOString().slice(0, 16));

describe("times of a schedule", () => {
  it("are those of its zone, in summer and in winter", () => {
    expect(iso(nextTimes(berlin("0 8 * * *"), new Date("2026-03-27T12:00:00Z"), 3))).toEqual([
      ...["2026-03-28T07:00", "2026-03-29T06:00", "2026-03-30T06:00"],
    ]);
  });

  it("come right after the gap where the clocks leave them out", () => {
    expect(iso(nextTimes(berlin("30 2 * * *"), new Date("2026-03-28T02:00:00Z"), 2))).toEqual([
      ...["2026-03-29T01:00", "2026-03-30T00:30"],
    ]);
  });

  it("come once where the clocks show them twice, also in lists", () => {
    expect(iso(nextTimes(berlin("30 2 * * *"), new Date("2026-10-24T12:00:00Z"), 2))).toEqual([
      ...["2026-10-25T00:30", "2026-10-26T01:30"],
    ]);
    expect(iso(nextTimes(berlin("30 2,14 * * *"), new Date("2026-10-24T13:00:00Z"), 3))).toEqual([
      ...["2026-10-25T00:30", "2026-10-25T13:30", "2026-10-26T01:30"],
    ]);
    // Looked at between the two.
    expect(nextTime(berlin("30 2 * * *"), new Date("2026-10-25T00:45:00Z"))?.toISOString()).toContain(
      "2026-10-26",
    );
  });

  it("of intervals follow real hours through both changes", () => {
    expect(iso(nextTimes(berlin("0 * * * *"), new Date("2026-10-24T22:30:00Z"), 4))).toEqual([
      ...["2026-10-24T23:00", "2026-10-25T00:00", "2026-10-25T01:00", "2026-10-25T02:00"],
    ]);
    expect(iso(nextTimes(berlin("0 * * * *"), new Date("2026-03-28T23:30:00Z"), 3))).toEqual([
      ...["2026-03-29T00:00", "2026-03-29T01:00", "2026-03-29T02:00"],
    ]);
  });

  it("go on: the next is after, the last is not after, and nothing lies between", () => {
    const zones = [
      "Europe/Berlin",
      "America/New_York",
      "Australia/Lord_Howe",
      "UTC",
      "Asia/Kathmandu",
      "America/Santiago",
    ];
    const crons = [
      "30 2 * * *",
      "0 8 * * MON-FRI",
      "15 * * * *",
      "0 0 1 * *",
      "*/20 1-3 * * SUN",
      "45 1,2 * * *",
    ];
    const moment = fc.date({ min: new Date("2024-01-01"), max: new Date("2030-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.constantFrom(...crons), moment, (timeZone, cron, now) => {
        const next = nextTime({ cron, timeZone }, now);
        const last = lastTime({ cron, timeZone }, now);
        if (next === undefined || last === undefined) throw new Error("there is always one");
        expect(next.getTime()).toBeGreaterThan(now.getTime());
        expect(last.getTime()).toBeLessThanOrEqual(now.getTime());
        expect(nextTime({ cron, timeZone }, last)?.getTime()).toBe(next.getTime());
      }),
      { numRuns: 150 },
    );
  });

  it.each([
    ["61 * * * *", "UTC", "SCHEDULE_CRON_INVALID"],
    ["* * * * * *", "UTC", "SCHEDULE_CRON_INVALID"],
    ["tomorrow", "UTC", "SCHEDULE_CRON_INVALID"],
    ["", "UTC", "SCHEDULE_CRON_INVALID"],
    ["0 8 * * *", "Mars/Base", "SCHEDULE_TIME_ZONE_INVALID"],
    ["0 0 30 2 *", "UTC", "SCHEDULE_NEVER"],
  ])("are refused: %s in %s", (cron, timeZone, code) => {
    expect(() => checkCronTimes({ cron, timeZone }, new Date("2026-01-01"))).toThrow(
      expect.objectContaining({ code }),
    );
  });
});

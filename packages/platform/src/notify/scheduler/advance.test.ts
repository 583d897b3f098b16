import { instant } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { planAdvance } from "./advance.ts";
import type { StoredSchedule } from "./schedule-store.ts";

const hourly = (nextRunAt: string | null, missed: StoredSchedule["missed"] = "run-once"): StoredSchedule => ({
  ...{ id: "s", name: "s", kind: "ingest", settings: {}, cron: "0 * * * *", timeZone: "UTC", missed },
  ...{ recipients: [], enabled: true, ownerId: null },
  nextRunAt: nextRunAt === null ? null : instant(nextRunAt),
});
const at = (text: string): Date => new Date(text);

describe("what a schedule's time comes to", () => {
  it("is nothing before it", () => {
    expect(planAdvance(hourly("2026-07-01T10:00:00.000Z"), at("2026-07-01T09:59:59Z"))).toBeUndefined();
  });

  it("is a run at it", () => {
    expect(planAdvance(hourly("2026-07-01T10:00:00.000Z"), at("2026-07-01T10:00:01Z"))).toEqual({
      from: "2026-07-01T10:00:00.000Z",
      to: "2026-07-01T11:00:00.000Z",
      run: { dueAt: "2026-07-01T10:00:00.000Z", causedBy: "cron", status: "waiting", summary: "" },
    });
  });

  it("is one late run after a night in which nothing ran, or none, as the schedule says", () => {
    const late = planAdvance(hourly("2026-07-01T01:00:00.000Z"), at("2026-07-01T08:30:00Z"));
    expect(late?.run).toMatchObject({
      dueAt: "2026-07-01T08:00:00.000Z",
      causedBy: "late",
      status: "waiting",
    });
    expect(late?.run?.summary).toContain("2026-07-01T01:00:00.000Z to 2026-07-01T08:00:00.000Z were missed");
    const skipped = planAdvance(hourly("2026-07-01T01:00:00.000Z", "skip"), at("2026-07-01T08:30:00Z"));
    expect(skipped).toMatchObject({ to: "2026-07-01T09:00:00.000Z", run: { status: "skipped" } });
  });

  it("is a run in time where the last of those missed is only just over", () => {
    const step = planAdvance(hourly("2026-07-01T01:00:00.000Z", "skip"), at("2026-07-01T08:03:00Z"));
    expect(step?.run).toMatchObject({
      dueAt: "2026-07-01T08:00:00.000Z",
      causedBy: "cron",
      status: "waiting",
    });
  });

  it("is put right after the clock was ahead, without a run", () => {
    expect(planAdvance(hourly("2027-07-01T10:00:00.000Z"), at("2026-07-01T09:30:00Z"))).toEqual({
      from: "2027-07-01T10:00:00.000Z",
      to: "2026-07-01T10:00:00.000Z",
    });
  });

  it("begins where it had none", () => {
    expect(planAdvance(hourly(null), at("2026-07-01T09:30:00Z"))).toEqual({
      from: null,
      to: "2026-07-01T10:00:00.000Z",
    });
  });
});

import { instant } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { STATE_ENGINES } from "../testing/state-engines.ts";
import {
  advanceSchedule,
  claimRun,
  endRun,
  isAnyRunOpen,
  lastRuns,
  listRuns,
  renewRun,
  requestRun,
} from "./schedule-runs.ts";
import {
  changeSchedule,
  createSchedule,
  listSchedules,
  readSchedule,
  removeSchedule,
  type ScheduleDraft,
} from "./schedules.ts";
import type { State } from "./state.ts";

const AT = instant("2026-07-01T12:00:00.000Z");
const NEXT = instant("2026-07-02T12:00:00.000Z");
const draft: ScheduleDraft = {
  ...{
    name: "bills",
    kind: "ingest",
    settings: { places: ["/exports"] },
    cron: "0 12 * * *",
    timeZone: "UTC",
  },
  ...{ missed: "run-once", recipients: [], enabled: true, nextRunAt: AT, ownerId: null },
};
const LEASE = { leaseMs: 60_000, mostTakes: 3 };
const due = { dueAt: AT, causedBy: "cron", status: "waiting", summary: "" } as const;

const opened = async (home: (typeof STATE_ENGINES)[number]["home"]) => {
  let now = new Date("2026-07-01T12:00:01Z");
  const own = await home();
  const open = () => own.open({ now: () => now });
  const state: State = await open();
  const pass = (ms: number): void => {
    now = new Date(now.getTime() + ms);
  };
  return { state, open, pass };
};

describe.each(STATE_ENGINES.filter(({ isThere }) => isThere))("schedules $name", ({ home }) => {
  it("are kept, changed by who read them last, and removed with their history", async () => {
    const { state } = await opened(home);
    const id = await createSchedule(state, "anna", draft);
    expect(await readSchedule(state, id)).toMatchObject({ ...draft, version: 1, createdBy: "anna" });
    await changeSchedule(state, "anna", { ...draft, id, version: 1, enabled: false });
    await expect(changeSchedule(state, "ben", { ...draft, id, version: 1 })).rejects.toMatchObject({
      code: "STATE_CONFLICT",
    });
    await requestRun(state, "anna", id);
    await removeSchedule(state, "anna", id);
    expect(await listSchedules(state)).toEqual([]);
    await expect(requestRun(state, "anna", id)).rejects.toMatchObject({ code: "STATE_NOT_FOUND" });
  });

  it("are moved on by one of many, and run by one of many", async () => {
    const { state, open } = await opened(home);
    const id = await createSchedule(state, "anna", draft);
    const states = [state, await open(), await open()];
    const step = { scheduleId: id, from: AT, to: NEXT, run: due };
    const moved = await Promise.all(states.map((each) => advanceSchedule(each, "runner", step)));
    expect(moved.filter(Boolean)).toHaveLength(1);
    const claims = await Promise.all(states.map((each) => claimRun(each, "runner", LEASE)));
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
    expect(await listRuns(state, { scheduleId: id, limit: 10 })).toMatchObject([
      { status: "running", takes: 1 },
    ]);
  });

  it("do not run twice for the same time when a clock was set back", async () => {
    const { state } = await opened(home);
    const id = await createSchedule(state, "anna", draft);
    await advanceSchedule(state, "one", { scheduleId: id, from: AT, to: NEXT, run: due });
    await advanceSchedule(state, "one", { scheduleId: id, from: NEXT, to: AT });
    await advanceSchedule(state, "one", {
      scheduleId: id,
      from: AT,
      to: NEXT,
      run: { ...due, causedBy: "late" },
    });
    expect(await listRuns(state, { scheduleId: id, limit: 10 })).toHaveLength(1);
  });

  it("run again after a process died over it, three times at most", async () => {
    const { state, pass } = await opened(home);
    const id = await createSchedule(state, "anna", draft);
    await requestRun(state, "anna", id);
    const first = await claimRun(state, "one", LEASE);
    if (first === undefined) throw new Error("a run waits");
    expect(await claimRun(state, "two", LEASE)).toBeUndefined();
    pass(40_000);
    expect(await renewRun(state, "one", first, LEASE.leaseMs)).toBe(true);
    pass(40_000);
    expect(await isAnyRunOpen(state)).toBe(false);
    pass(30_000);
    expect(await claimRun(state, "two", LEASE)).toMatchObject({ id: first.id, take: 2 });
    expect(await renewRun(state, "one", first, LEASE.leaseMs)).toBe(false);
    expect(await endRun(state, "one", first, { status: "succeeded", summary: "late" })).toBe(false);
    pass(61_000);
    expect(await claimRun(state, "two", LEASE)).toMatchObject({ take: 3 });
    pass(61_000);
    expect(await claimRun(state, "two", LEASE)).toBeUndefined();
    expect((await lastRuns(state)).get(id)).toMatchObject({
      status: "failed",
      summary: "the process that ran it died 3 times",
    });
  });

  it("have no two runs at a time, and keep how each ended", async () => {
    const { state, pass } = await opened(home);
    const id = await createSchedule(state, "anna", draft);
    const other = await createSchedule(state, "anna", { ...draft, name: "advice" });
    await requestRun(state, "anna", id);
    pass(1000);
    await requestRun(state, "anna", id);
    await requestRun(state, "anna", other);
    const first = await claimRun(state, "one", LEASE);
    const second = await claimRun(state, "two", LEASE);
    expect([first?.scheduleId, second?.scheduleId].toSorted()).toEqual([id, other].toSorted());
    expect(await claimRun(state, "three", LEASE)).toBeUndefined();
    if (first === undefined) return;
    await endRun(state, "one", first, { status: "failed", summary: "no room left" });
    expect(await claimRun(state, "three", LEASE)).toMatchObject({ scheduleId: first.scheduleId });
    const ended = (await listRuns(state, { scheduleId: first.scheduleId, limit: 10 })).at(-1);
    expect(ended).toMatchObject({ status: "failed", summary: "no room left" });
  });
});

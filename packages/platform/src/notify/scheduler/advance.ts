import { type Instant, instantOf } from "@trimtab/domain";
import { lastTime, nextTime } from "./cron-times.ts";
import type { DueRun, ScheduleStore, StoredSchedule } from "./schedule-store.ts";

/** A run that begins within this of its time is not late. */
const GRACE_MS = 5 * 60_000;

export interface Advance {
  readonly from: Instant | null;
  readonly to: Instant | null;
  readonly run?: DueRun;
}

/** What a schedule's time comes to at `now`; undefined: nothing to do yet. Pure. */
export const planAdvance = (schedule: StoredSchedule, now: Date): Advance | undefined => {
  const { nextRunAt: from, missed } = schedule;
  const next = nextTime(schedule, now);
  const to = next === undefined ? null : instantOf(next);
  if (from === null) return to === null ? undefined : { from, to };
  if (Date.parse(from) > now.getTime())
    // Later than the next time there is: the clock was ahead when that was written.
    return to !== null && from > to ? { from, to } : undefined;
  const last = lastTime(schedule, now);
  const lastAt = last === undefined || last.getTime() < Date.parse(from) ? from : instantOf(last);
  return { from, to, run: dueRun(from, lastAt, missed, now) };
};

/** Of several times that were missed, the last stands for all. */
const dueRun = (from: Instant, last: Instant, missed: StoredSchedule["missed"], now: Date): DueRun => {
  const isInTime = now.getTime() - Date.parse(last) <= GRACE_MS;
  if (isInTime) return { dueAt: last, causedBy: "cron", status: "waiting", summary: "" };
  const since = from === last ? `${from} was missed` : `${from} to ${last} were missed`;
  return missed === "skip"
    ? { dueAt: last, causedBy: "late", status: "skipped", summary: `${since}: nothing ran then` }
    : { dueAt: last, causedBy: "late", status: "waiting", summary: since };
};

/** Moves every schedule on whose time has come. A schedule that can't be read any more holds up no other. @returns how many runs came of it */
export const advanceAll = async (
  store: ScheduleStore,
  now: Date,
  onProblem: (schedule: StoredSchedule, error: unknown) => void,
): Promise<number> => {
  let runs = 0;
  for (const schedule of await store.list()) {
    if (!schedule.enabled) continue;
    try {
      const step = planAdvance(schedule, now);
      if (step === undefined) continue;
      const isOurs = await store.advance({ scheduleId: schedule.id, ...step });
      if (isOurs && step.run?.status === "waiting") runs += 1;
    } catch (error) {
      onProblem(schedule, error);
    }
  }
  return runs;
};

import { domainErrors } from "./domain-errors.ts";

export const HOURS_PER_WEEK = 168;

/**
 * A whole number for each hour of the week, UTC, from Monday 00:00: runs of [hours, value], 168 hours together.
 * It is JSON, so that it can be the value of a setting.
 */
export interface WeekSchedule {
  readonly [key: string]: "week" | "UTC" | readonly (readonly [hours: number, value: number])[];
  readonly every: "week";
  readonly timeZone: "UTC";
  readonly runs: readonly (readonly [hours: number, value: number])[];
}

/** Hour of the week of a moment in milliseconds since 1970: 0 is Monday from 00:00 to 01:00 UTC. */
export function hourOfWeek(timeMs: number): number {
  // 1970-01-01 was a Thursday.
  const hours = Math.floor(timeMs / 3_600_000) + 72;
  return ((hours % HOURS_PER_WEEK) + HOURS_PER_WEEK) % HOURS_PER_WEEK;
}

/** @throws WEEK_SCHEDULE_INVALID unless there are 168 whole numbers of zero or more */
export function weekSchedule(values: ArrayLike<number>): WeekSchedule {
  const runs: [number, number][] = [];
  for (const value of Array.from(values)) {
    if (!Number.isInteger(value) || value < 0) throw domainErrors.create("WEEK_SCHEDULE_INVALID");
    const last = runs.at(-1);
    if (last?.[1] === value) last[0] += 1;
    else runs.push([1, value]);
  }
  if (values.length !== HOURS_PER_WEEK) throw domainErrors.create("WEEK_SCHEDULE_INVALID");
  return { every: "week", timeZone: "UTC", runs };
}

/**
 * The 168 values of a schedule.
 * @throws WEEK_SCHEDULE_INVALID unless its runs are 168 hours of whole numbers of zero or more
 */
export function hoursOf({ runs }: WeekSchedule): readonly number[] {
  const values = runs.flatMap(([hours, value]) => {
    const isRun = Number.isInteger(hours) && hours > 0 && hours <= HOURS_PER_WEEK;
    if (!isRun || !Number.isInteger(value) || value < 0) throw domainErrors.create("WEEK_SCHEDULE_INVALID");
    return Array.from({ length: hours }, () => value);
  });
  if (values.length !== HOURS_PER_WEEK) throw domainErrors.create("WEEK_SCHEDULE_INVALID");
  return values;
}

import { addDays, type Day } from "@trimtab/domain";

/** Which days work is done on. */
export interface WorkCalendar {
  /** `working`: Monday to Friday. */
  readonly days: "working" | "every";
  readonly holidays: readonly Day[];
}

/** Monday is 1, Sunday 7. */
export function weekdayOf(date: Day): number {
  return ((new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
}

/** The Monday of a day's week. */
export function mondayOf(date: Day): Day {
  return addDays(date, 1 - weekdayOf(date));
}

export function isWorkDay(date: Day, { days, holidays }: WorkCalendar): boolean {
  return (days === "every" || weekdayOf(date) <= 5) && !holidays.includes(date);
}

/** The day itself if it is worked on, else the next (`1`) or the last before (`-1`) that is. */
export function workDayFrom(date: Day, direction: 1 | -1, calendar: WorkCalendar): Day {
  let current = date;
  while (!isWorkDay(current, calendar)) current = addDays(current, direction);
  return current;
}

/** Steps over `count` work days from a work day. */
export function shiftWorkDays(from: Day, count: number, calendar: WorkCalendar): Day {
  const direction = count < 0 ? -1 : 1;
  let current = from;
  for (let left = Math.abs(count); left > 0; left -= 1)
    current = workDayFrom(addDays(current, direction), direction, calendar);
  return current;
}

/** Work days from one day to another, both included; 0 where the second is earlier. */
export function workDaysIn(from: Day, to: Day, calendar: WorkCalendar): number {
  let count = 0;
  for (let current = from; current <= to; current = addDays(current, 1))
    if (isWorkDay(current, calendar)) count += 1;
  return count;
}

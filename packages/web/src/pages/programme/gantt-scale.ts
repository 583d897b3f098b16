import { addDays, addMonths, daysBetween } from "../../format/dates.ts";

/** Where days stand between the left edge (0) and the right (100). */
export interface GanttScale {
  readonly start: string;
  readonly days: number;
  /** Begin of a day, in percent. */
  at(day: string): number;
  /** From the begin of the first day to the end of the last. */
  width(first: string, last: string): number;
  readonly ticks: readonly { readonly day: string; readonly title: "day" | "month" }[];
}

const WEEKS_UP_TO = 75;

/** From the first to the last day, with air at the end; weeks as ticks, months where that would be too many. */
export const ganttScale = (first: string, last: string): GanttScale => {
  const days = Math.max(daysBetween(first, last) + 1, 7);
  const at = (day: string): number => (daysBetween(first, day) / days) * 100;
  return {
    start: first,
    days,
    at,
    width: (from, to) => ((daysBetween(from, to) + 1) / days) * 100,
    ticks: days <= WEEKS_UP_TO ? weekTicks(first, days) : monthTicks(first, days),
  };
};

const weekTicks = (first: string, days: number): GanttScale["ticks"] => {
  // Mondays; 1970-01-01 was a Thursday
  const weekday = (Math.floor(Date.parse(first) / 86_400_000) + 3) % 7;
  const ticks: { readonly day: string; readonly title: "day" }[] = [];
  const step = days > 40 ? 14 : 7;
  for (let offset = (7 - weekday) % 7; offset < days; offset += step)
    ticks.push({ day: addDays(first, offset), title: "day" });
  return ticks;
};

const monthTicks = (first: string, days: number): GanttScale["ticks"] => {
  const step = Math.ceil(days / 30 / 12);
  const ticks: { readonly day: string; readonly title: "month" }[] = [];
  const end = addDays(first, days);
  for (
    let month = addMonths(first, first.endsWith("-01") ? 0 : 1);
    `${month}-01` < end;
    month = addMonths(month, step)
  )
    ticks.push({ day: `${month}-01`, title: "month" });
  return ticks;
};

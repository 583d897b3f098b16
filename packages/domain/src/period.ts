import {
  addDays,
  addMonths,
  type Day,
  daysBetween,
  firstDayOf,
  type Month,
  month,
  monthOf,
  shiftDay,
} from "./calendar.ts";
import { domainErrors } from "./domain-errors.ts";

/** Whole days, from `start` up to but not including `end`; never empty. */
export interface Period {
  readonly start: Day;
  readonly end: Day;
}

/** @throws PERIOD_INVALID unless the end is after the start */
export function period(start: Day, end: Day): Period {
  if (start >= end) throw domainErrors.create("PERIOD_INVALID", { start, end });
  return { start, end };
}

export function monthPeriod(of: Month): Period {
  return { start: firstDayOf(of), end: firstDayOf(addMonths(of, 1)) };
}

export function daysIn({ start, end }: Period): number {
  return daysBetween(start, end);
}

/** Every month that has a day in the period, in order. */
export function eachMonth({ start, end }: Period): Month[] {
  const last = monthOf(addDays(end, -1));
  const months: Month[] = [];
  for (let current = monthOf(start); current <= last; current = addMonths(current, 1)) months.push(current);
  return months;
}

export interface PreviousPeriodOptions {
  /**
   * - `same-length`: as many days, right before.
   * - `month`: the same days of the month before (of several, where the period is longer than a month).
   * - `year`: the same days of the year before.
   *
   * The last two may have fewer or more days, as months do: show the length of both.
   */
  readonly aligned: "same-length" | "month" | "year";
}

/** The latest earlier period to compare with that does not overlap this one. */
export function previousPeriod(current: Period, { aligned }: PreviousPeriodOptions): Period {
  if (aligned === "same-length") {
    return { start: addDays(current.start, -daysIn(current)), end: current.start };
  }
  const step = aligned === "month" ? 1 : 12;
  let months = step;
  let previous = shiftPeriod(current, -months);
  while (previous.end > current.start) {
    months += step;
    previous = shiftPeriod(current, -months);
  }
  return previous;
}

/**
 * The fiscal year a day falls in, named after the calendar year it ends in.
 * @param firstMonth 1 (January: the calendar year) to 12
 * @throws FISCAL_MONTH_INVALID
 */
export function fiscalYearOf(date: Day, firstMonth: number): number {
  requireMonthNumber(firstMonth);
  const year = Number(date.slice(0, 4));
  return firstMonth > 1 && Number(date.slice(5, 7)) >= firstMonth ? year + 1 : year;
}

/**
 * The days of the fiscal year that ends in calendar year `year`.
 * @throws FISCAL_MONTH_INVALID
 */
export function fiscalYearPeriod(year: number, firstMonth: number): Period {
  requireMonthNumber(firstMonth);
  const startYear = firstMonth > 1 ? year - 1 : year;
  const first = month(`${String(startYear).padStart(4, "0")}-${String(firstMonth).padStart(2, "0")}`);
  return { start: firstDayOf(first), end: firstDayOf(addMonths(first, 12)) };
}

/** A whole month stays whole; otherwise first and last day move, so that a shorter month is not overrun. */
function shiftPeriod({ start, end }: Period, months: number): Period {
  const isMonthEnd = end.endsWith("-01");
  const shiftedEnd = isMonthEnd ? shiftDay(end, months) : addDays(shiftDay(addDays(end, -1), months), 1);
  return { start: shiftDay(start, months), end: shiftedEnd };
}

function requireMonthNumber(firstMonth: number): void {
  if (!Number.isInteger(firstMonth) || firstMonth < 1 || firstMonth > 12) {
    throw domainErrors.create("FISCAL_MONTH_INVALID", { month: firstMonth });
  }
}

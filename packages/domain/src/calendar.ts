import { domainErrors } from "./domain-errors.ts";

declare const kind: unique symbol;

/** A moment in UTC, `YYYY-MM-DDTHH:mm:ssZ`, with a fraction of a second where it has one. */
export type Instant = string & { readonly [kind]: "instant" };

/** A calendar day, `YYYY-MM-DD`: the provider's, never shifted by a time zone. Days sort as texts. */
export type Day = string & { readonly [kind]: "day" };

/** A calendar month, `YYYY-MM`. Months sort as texts. */
export type Month = string & { readonly [kind]: "month" };

/** Where the present comes from: injected, so that every answer can be reproduced. */
export type Clock = () => Date;

/**
 * Hours in a month wherever an hourly price becomes a monthly one or back: 8760 hours a year / 12.
 * @see https://github.com/infracost/infracost/issues/1556 for the same 730 elsewhere in the field (read 2026-11-21)
 */
export const HOURS_PER_MONTH = "730";

const MS_PER_DAY = 86_400_000;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const INSTANT = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?Z$/;

/** @throws DAY_INVALID unless the text is a day that exists, as YYYY-MM-DD */
export function day(text: string): Day {
  if (!isDay(text)) throw domainErrors.create("DAY_INVALID", { text: text.slice(0, 40) });
  return text as Day;
}

/** @throws MONTH_INVALID unless the text is YYYY-MM with a month from 01 to 12 */
export function month(text: string): Month {
  if (!MONTH.test(text)) throw domainErrors.create("MONTH_INVALID", { text: text.slice(0, 40) });
  return text as Month;
}

/** @throws INSTANT_INVALID unless the text is a moment that exists, as YYYY-MM-DDTHH:mm:ssZ */
export function instant(text: string): Instant {
  const [, date] = INSTANT.exec(text) ?? [];
  if (date === undefined || !isDay(date)) {
    throw domainErrors.create("INSTANT_INVALID", { text: text.slice(0, 40) });
  }
  return text as Instant;
}

/** The moment a clock shows, to the millisecond. */
export function instantOf(date: Date): Instant {
  return date.toISOString() as Instant;
}

/** The UTC day of a moment. */
export function dayOf(moment: Instant): Day {
  return moment.slice(0, 10) as Day;
}

export function monthOf(date: Day): Month {
  return date.slice(0, 7) as Month;
}

export function firstDayOf(of: Month): Day {
  return `${of}-01` as Day;
}

/** @throws DAY_INVALID outside the years 0000 to 9999 */
export function addDays(date: Day, days: number): Day {
  return day(new Date(Date.parse(date) + days * MS_PER_DAY).toISOString().slice(0, -14));
}

/** @throws MONTH_INVALID outside the years 0000 to 9999 */
export function addMonths(from: Month, months: number): Month {
  const total = Number(from.slice(0, 4)) * 12 + Number(from.slice(5)) - 1 + months;
  const year = String(Math.floor(total / 12)).padStart(4, "0");
  return month(`${year}-${String(modulo12(total) + 1).padStart(2, "0")}`);
}

/** The same day of the month some months away, or that month's last day where it is shorter. */
export function shiftDay(date: Day, months: number): Day {
  const target = addMonths(monthOf(date), months);
  const lastDay = addDays(firstDayOf(addMonths(target, 1)), -1);
  const shifted = `${target}${date.slice(7)}`;
  return shifted < lastDay ? (shifted as Day) : lastDay;
}

/** Days from one to the other; negative where the second is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return (Date.parse(to) - Date.parse(from)) / MS_PER_DAY;
}

function isDay(text: string): boolean {
  if (!DAY.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function modulo12(value: number): number {
  return ((value % 12) + 12) % 12;
}

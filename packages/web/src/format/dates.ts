import { dateFormat, readerTimeZone } from "./reader.ts";

/** Days and months are the provider's, in UTC; only moments are shown in the reader's zone. */
const inUtc = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  dateFormat({ ...options, timeZone: "UTC" });

const MONTHS = {
  long: { month: "long", year: "numeric" },
  short: { month: "short", year: "numeric" },
  bar: { month: "short" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
const DAYS = {
  full: { day: "numeric", month: "short", year: "numeric" },
  short: { day: "numeric", month: "short" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;
const HOUR = { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" } as const;

const dateOf = (text: string): Date => new Date(text.length === 7 ? `${text}-01` : text);

export const formatMonth = (month: string, style: "long" | "short" | "bar" = "long"): string =>
  inUtc(MONTHS[style]).format(dateOf(month));

export const formatDay = (day: string, style: "full" | "short" = "full"): string =>
  inUtc(DAYS[style]).format(dateOf(day));

/** In the reader's own zone, unless another is named. */
export const formatMoment = (instant: string, timeZone = readerTimeZone()): string =>
  dateFormat({ dateStyle: "medium", timeStyle: "short", timeZone }).format(new Date(instant));

/** In a zone that is named beside it, and in the reader's own where that says another time. */
export const formatMomentIn = (instant: string, timeZone: string): string => {
  const [there, here] = [formatMoment(instant, timeZone), formatMoment(instant)];
  return there === here ? there : `${there} (${here} your time)`;
};

/** A moment at an axis of UTC days: the day where it begins, else the hour. */
export const formatTick = (instant: string): string =>
  instant.slice(11, 16) === "00:00" ? formatDay(instant.slice(0, 10), "short") : instant.slice(11, 16);

/** A bucket of a query's time column, whatever its grain: `2026`, `2026-Q1`, `2026-01`, `2026-01-31`, an hour. */
export const formatBucket = (bucket: string, isNarrow = false): string => {
  if (/^\d{4}-\d{2}$/.test(bucket)) return formatMonth(bucket, "short");
  if (/^\d{4}-\d{2}-\d{2}$/.test(bucket)) return formatDay(bucket, isNarrow ? "short" : "full");
  if (/^\d{4}-\d{2}-\d{2}[T ]\d{2}/.test(bucket)) {
    // an hour carries the offset of the zone it was asked in
    return bucket.slice(11, 13) === "" ? bucket : inUtc(HOUR).format(new Date(`${bucket.slice(0, 16)}:00Z`));
  }
  return bucket;
};

export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

export const addMonths = (month: string, months: number): string => {
  const date = new Date(`${month.slice(0, 7)}-01T00:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + months);
  return date.toISOString().slice(0, 7);
};

export const daysBetween = (start: string, end: string): number =>
  Math.round((Date.parse(end.slice(0, 10)) - Date.parse(start.slice(0, 10))) / 86_400_000);

/** `[start, end)` as a reader says it: a month, months, or days. */
export const formatPeriod = (start: string, end: string): string => {
  const isMonths = start.endsWith("-01") && end.endsWith("-01");
  if (isMonths) {
    const last = addMonths(end, -1);
    return last === start.slice(0, 7)
      ? formatMonth(last)
      : `${formatMonth(start.slice(0, 7), "short")} – ${formatMonth(last, "short")}`;
  }
  const lastDay = addDays(end, -1);
  return lastDay === start ? formatDay(start) : `${formatDay(start)} – ${formatDay(lastDay)}`;
};

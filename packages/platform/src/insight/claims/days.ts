/** A day as written, which may not exist in the calendar. */
export interface WrittenDay {
  readonly text: string;
  /** Days since 1970-01-01; a day that does not exist counts on into the next month. */
  readonly number: number;
  readonly exists: boolean;
}

/** From a day to a day, both included; a single day is from itself to itself. */
export interface Days {
  readonly from: WrittenDay;
  readonly to: WrittenDay;
}

const DAY = String.raw`(\d{4})-(\d{2})-(\d{2})`;
const DAYS = new RegExp(String.raw`^${DAY}(?:\s*\.\.\s*${DAY})?$`);
const MILLIS_A_DAY = 86_400_000;

export const WEEKDAYS = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** Reads `2026-02-16` or `2026-02-16..2026-02-29`; undefined for what is neither. */
export function parseDays(text: string): Days | undefined {
  const match = DAYS.exec(text.trim());
  if (match === null) return undefined;
  const from = writtenDay(match[1], match[2], match[3]);
  return { from, to: match[4] === undefined ? from : writtenDay(match[4], match[5], match[6]) };
}

function writtenDay(year = "", month = "", day = ""): WrittenDay {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const text = `${year}-${month}-${day}`;
  return {
    text,
    number: date.getTime() / MILLIS_A_DAY,
    exists: date.toISOString().slice(0, 10) === text,
  };
}

export function weekdayOf(dayNumber: number): Weekday {
  return WEEKDAYS[(((dayNumber + 4) % 7) + 7) % 7] ?? "Sunday";
}

export function isWeekend(dayNumber: number): boolean {
  const weekday = weekdayOf(dayNumber);
  return weekday === "Saturday" || weekday === "Sunday";
}

/** Days from the first to the last, both counted. */
export function lengthInDays({ from, to }: Days): number {
  return to.number - from.number + 1;
}

/** Mondays to Fridays from the first day to the last, both counted. */
export function weekdaysIn({ from, to }: Days): number {
  let count = 0;
  for (let day = from.number; day <= to.number; day += 1) if (!isWeekend(day)) count += 1;
  return count;
}

export function formatDays({ from, to }: Days): string {
  return from.text === to.text ? from.text : `${from.text}..${to.text}`;
}

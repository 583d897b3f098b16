import {
  addDays,
  type Day,
  day,
  dayOf,
  type Instant,
  instant,
  instantOf,
  type Month,
  monthOf,
} from "@trimtab/domain";

const MS_PER_HOUR = 3_600_000;

/** First days whose midnight is in the other half of the year, for the years the demo shows. */
const DAYLIGHT_TIME = { from: day("2025-03-10"), until: day("2025-11-03") } as const;

const midnights = new Map<Day, Instant>();

/** Midnight at the provider: its days and invoice months follow US Pacific time. */
export function pacificMidnight(date: Day): Instant {
  const known = midnights.get(date);
  if (known !== undefined) return known;
  const isDaylight = DAYLIGHT_TIME.from <= date && date < DAYLIGHT_TIME.until;
  const midnight = instant(`${date}T${isDaylight ? "07" : "08"}:00:00Z`);
  midnights.set(date, midnight);
  return midnight;
}

/** The month on whose invoice an hour of UTC is charged. */
export function invoiceMonthOf(start: Instant): Month {
  const date = dayOf(start);
  const isFirst = date.endsWith("-01");
  return monthOf(isFirst && start < pacificMidnight(date) ? addDays(date, -1) : date);
}

/** Whole hours keep a moment's text short, as midnights have it: moments are compared as texts. */
export function addHours(moment: Instant, hours: number): Instant {
  const text = instantOf(new Date(Date.parse(moment) + hours * MS_PER_HOUR));
  return text.endsWith(".000Z") ? (`${text.slice(0, 19)}Z` as Instant) : text;
}

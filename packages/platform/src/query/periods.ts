import {
  addDays,
  addMonths,
  type Day,
  day,
  dayOf,
  daysBetween,
  firstDayOf,
  type Instant,
  instant,
  type Month,
  month,
  monthOf,
  previousPeriod,
} from "@trimtab/domain";
import { queryErrors } from "./errors.ts";
import type { FullRequest, PeriodDays } from "./types.ts";

/** UTC moments, half-open; null is unbounded. */
export interface TimeRange {
  readonly start: Instant | null;
  readonly end: Instant | null;
}

export interface Comparison {
  readonly current: TimeRange;
  readonly previous: TimeRange;
  readonly currentDays: PeriodDays;
  readonly previousDays: PeriodDays;
  /** What moves the previous period's buckets onto the current one's. */
  readonly shift: { readonly unit: "months" | "days"; readonly amount: number };
  readonly note?: string;
}

export const startOf = (date: Day): Instant => `${date}T00:00:00Z` as Instant;

/** A moment as every engine reads it: `2026-01-31 13:00:00`, without the T and the Z. */
export const timestampText = (moment: string): string => moment.slice(0, -1).replace("T", " ");

/** Whole UTC days? Only then can a daily rollup answer. */
export const isWholeDays = ({ start, end }: TimeRange): boolean =>
  [start, end].every((moment) => moment === null || /T00:00:00(\.0+)?Z$/.test(moment));

/**
 * The request's period in UTC. For hours, days are the reader's; else the provider's (UTC).
 * @throws QUERY_PERIOD_INVALID, QUERY_TIME_ZONE_INVALID
 */
export const resolvePeriod = (request: FullRequest, timeZone: string): TimeRange => {
  const { start, end } = request.period ?? {};
  const zone = request.grain === "hour" ? timeZone : "UTC";
  const range = {
    start: start === undefined ? null : boundary(start, zone),
    end: end === undefined ? null : boundary(end, zone),
  };
  if (range.start !== null && range.end !== null && range.start >= range.end) {
    throw invalid(`${start} to ${end}`, "it ends before it starts");
  }
  if (request.timeAxis === "invoice") requireMonths(range);
  return range;
};

const invalid = (period: string, problem: string) =>
  queryErrors.create("QUERY_PERIOD_INVALID", { period, problem });

const requireMonths = (range: TimeRange): void => {
  for (const moment of [range.start, range.end]) {
    if (moment !== null && !moment.endsWith("-01T00:00:00Z")) {
      throw invalid(moment, "invoices cover whole months");
    }
  }
};

const boundary = (text: string, zone: string): Instant => {
  try {
    if (text.length > 10) return instant(text);
    const date = text.length === 7 ? firstDayOf(month(text)) : day(text);
    return zone === "UTC" ? startOf(date) : startOfDayIn(date, zone);
  } catch (error) {
    if (error instanceof RangeError) throw queryErrors.create("QUERY_TIME_ZONE_INVALID", { timeZone: zone });
    throw error;
  }
};

/** The first moment of a day in a zone: its UTC midnight moved by the zone's offset there and then. */
const startOfDayIn = (date: Day, zone: string): Instant => {
  const midnight = Date.parse(startOf(date));
  const guess = midnight - offsetMs(midnight, zone);
  const exact = midnight - offsetMs(guess, zone);
  return new Date(exact).toISOString().replace(".000Z", "Z") as Instant;
};

/** Milliseconds that the zone's clocks are ahead of UTC at that moment. */
export const offsetMs = (moment: number, zone: string): number => {
  const text = formatter(zone)
    .formatToParts(moment)
    .find(({ type }) => type === "timeZoneName")?.value;
  const [, sign, hours = "0", minutes = "0"] = /GMT([+-])(\d{2}):(\d{2})/.exec(text ?? "") ?? [];
  const ms = (Number(hours) * 60 + Number(minutes)) * 60_000;
  return sign === "-" ? -ms : ms;
};

const formatters = new Map<string, Intl.DateTimeFormat>();

const formatter = (zone: string): Intl.DateTimeFormat => {
  const known = formatters.get(zone);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
  formatters.set(zone, made);
  return made;
};

/** @throws QUERY_TIME_ZONE_INVALID */
export const requireTimeZone = (timeZone: string): void => {
  try {
    formatter(timeZone);
  } catch {
    throw queryErrors.create("QUERY_TIME_ZONE_INVALID", { timeZone: timeZone.slice(0, 60) });
  }
};

/**
 * The two periods of a comparison. Charge time compares complete days only: a period that is not complete ends at the
 * last complete day, and the earlier one has as many days.
 */
export const comparisonOf = (
  request: FullRequest,
  range: TimeRange,
  completeTo: Instant | null,
): Comparison | undefined => {
  const { compare, timeAxis } = request;
  if (compare === undefined || range.start === null || range.end === null) return undefined;
  const asked = { start: dayOf(range.start), end: endDay(range.end) };
  const completeDay = completeTo === null ? asked.end : dayOf(completeTo);
  const isCut = timeAxis === "charge" && completeDay < asked.end && completeDay > asked.start;
  const current = isCut ? { start: asked.start, end: completeDay } : asked;
  const wholeMonths = current.start.endsWith("-01") && current.end.endsWith("-01");
  const previous =
    timeAxis === "invoice" && compare === "previous"
      ? monthsBefore(current, monthsBetween(current.start, current.end))
      : previousPeriod(current, { aligned: compare === "previous" ? "same-length" : compare });
  const months = monthsBetween(previous.start, current.start);
  const byMonths =
    wholeMonths &&
    previous.start.endsWith("-01") &&
    (request.grain ?? "day") !== "day" &&
    request.grain !== "week";
  return {
    current: { start: startOf(current.start), end: startOf(current.end) },
    previous: { start: startOf(previous.start), end: startOf(previous.end) },
    currentDays: { ...current, days: daysBetween(current.start, current.end) },
    previousDays: { ...previous, days: daysBetween(previous.start, previous.end) },
    shift: byMonths
      ? { unit: "months", amount: months }
      : { unit: "days", amount: daysBetween(previous.start, current.start) },
    ...comparisonNote(isCut, completeDay, asked, timeAxis),
  };
};

const comparisonNote = (
  isCut: boolean,
  completeDay: Day,
  asked: { readonly start: Day; readonly end: Day },
  axis: "charge" | "invoice",
): { readonly note?: string } => {
  if (isCut) return { note: `Compared over complete days only: up to ${addDays(completeDay, -1)}.` };
  return axis === "charge" && completeDay <= asked.start && completeDay < asked.end
    ? { note: "No day of the period is complete: the comparison is provisional." }
    : {};
};

const endDay = (moment: Instant): Day =>
  moment.endsWith("T00:00:00Z") ? dayOf(moment) : addDays(dayOf(moment), 1);

const monthsBetween = (from: Day, to: Day): number => {
  const index = (of: Month) => Number(of.slice(0, 4)) * 12 + Number(of.slice(5));
  return index(monthOf(to)) - index(monthOf(from));
};

const monthsBefore = ({ start }: { readonly start: Day }, months: number) => ({
  start: firstDayOf(addMonths(monthOf(start), -months)),
  end: start,
});

/** The months that a range touches, as a request's period. */
export const wholeMonths = ({ start, end }: TimeRange): FullRequest["period"] => ({
  ...(start === null ? {} : { start: monthOf(dayOf(start)) }),
  ...(end === null ? {} : { end: addMonths(monthOf(addDays(endDay(end), -1)), 1) }),
});

/** What the result says of its period: days where it has whole ones. */
export const periodText = (moment: Instant | null): string | null =>
  moment === null ? null : moment.endsWith("T00:00:00Z") ? dayOf(moment) : moment;

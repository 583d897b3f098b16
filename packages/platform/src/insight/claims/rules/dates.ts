import { type Check, found, held, listed, plural } from "../check.ts";
import {
  type Days,
  formatDays,
  isWeekend,
  lengthInDays,
  parseDays,
  type WrittenDay,
  weekdayOf,
} from "../days.ts";
import type { Claim, ClaimsSheet } from "../sheet.ts";

type Dated = Claim & { readonly value: { readonly kind: "days"; readonly days: Days } };

/** Days that do not exist, ends before beginnings, work before what it waits for, wrong weekdays. */
export function datesRule(sheet: ClaimsSheet): Check[] {
  const dated = sheet.claims.filter(isDated);
  return [
    ...dated.flatMap((claim) => [
      existence(claim),
      ...orderWithin(claim),
      ...claim.after.flatMap((id) => orderAfter(claim, sheet.byId.get(id))),
      ...weekday(claim),
      ...beforeItsTime(claim),
    ]),
    ...weekends(dated),
  ];
}

function isDated(claim: Claim): claim is Dated {
  return claim.value.kind === "days";
}

function existence(claim: Dated): Check {
  const { from, to } = claim.value.days;
  const missing = [...new Set([from, to])].filter((day) => !day.exists);
  if (missing.length === 0) return held("date", claim, "exact", "in the calendar");
  const text = `There is no ${listed(missing.map((day) => day.text))} in the calendar.`;
  return found("date", "wrong", claim, text);
}

function orderWithin(claim: Dated): Check[] {
  const { from, to } = claim.value.days;
  if (to.number >= from.number) return [];
  return [found("order", "wrong", claim, `It ends (${to.text}) before it begins (${from.text}).`)];
}

/** Work may begin on the day that what it waits for ends. */
function orderAfter(claim: Dated, other: Claim | undefined): Check[] {
  if (other === undefined || !isDated(other)) return [];
  const { from } = claim.value.days;
  const { to } = other.value.days;
  if (from.number >= to.number) return [held("order", claim, "ordered", `after ${other.id}`)];
  const text = `It begins on ${from.text} and waits for ${other.id}, which ends on ${to.text} (${other.source}).`;
  return [found("order", "wrong", claim, text, { others: [other.id], computed: to.text })];
}

function weekday(claim: Dated): Check[] {
  if (claim.weekday === undefined) return [];
  const { from } = claim.value.days;
  const actual = weekdayOf(from.number);
  if (actual === claim.weekday) return [held("weekday", claim, "exact", actual)];
  const text = `${from.text} is a ${actual}, not a ${claim.weekday}.`;
  return [found("weekday", "wrong", claim, text, { computed: actual })];
}

function beforeItsTime(claim: Dated): Check[] {
  const now = claim.asOf?.to;
  if (claim.status !== "complete" || now === undefined) return [];
  const { from, to } = claim.value.days;
  if (to.number <= now.number) return [held("done-before-its-time", claim, "done")];
  const when = from.number > now.number ? `begins on ${from.text}` : `runs until ${to.text}`;
  const text = `It is marked done in a paper of ${now.text}, and ${when}.`;
  return [found("done-before-its-time", "wrong", claim, text)];
}

/** One note a sheet: dates that fall on weekends, and whether last year's calendar explains them. */
function weekends(dated: readonly Dated[]): Check[] {
  const periods = dated.filter(({ value: { days } }) => isPieceOfWork(days));
  const onWeekend = periods.filter(({ value: { days } }) => isWeekendEnd(days));
  const [first] = onWeekend;
  if (first === undefined) return [];
  const named = onWeekend.map((claim) => `${claim.id} (${formatDays(claim.value.days)})`);
  const isLastYears =
    onWeekend.length > 2 && onWeekend.every((claim) => !isWeekendEnd(lastYear(claim.value.days)));
  const hint = isLastYears
    ? " In the year before, all of these would run from weekday to weekday: the dates seem to be that year's."
    : "";
  const text = `${plural(onWeekend.length, "period begins or ends", "periods begin or end")} on a weekend: ${listed(named)}.${hint}`;
  return [found("weekend", "note", first, text, { others: onWeekend.slice(1).map(({ id }) => id) })];
}

/** Single days and whole phases may well begin or end on a weekend. */
function isPieceOfWork(days: Days): boolean {
  const length = lengthInDays(days);
  return length > 1 && length <= 14;
}

function isWeekendEnd({ from, to }: Days): boolean {
  return isWeekend(from.number) || isWeekend(to.number);
}

function lastYear(days: Days): Days {
  const shift = (day: WrittenDay): WrittenDay =>
    parseDays(`${Number(day.text.slice(0, 4)) - 1}${day.text.slice(4)}`)?.from ?? day;
  return { from: shift(days.from), to: shift(days.to) };
}

import { addDays, type Day, day, daysBetween, fiscalYearOf } from "@trimtab/domain";
import { call, cast, lit, type QueryExpr, text } from "../sql/expr.ts";
import { offsetMs } from "./periods.ts";
import type { Grain } from "./types.ts";

export interface Bucketing {
  readonly grain: Grain;
  readonly fiscalYearStart: number;
}

/** First moment of the bucket that a time falls in. */
export const bucketExpr = (
  time: QueryExpr<"timestamp"> | QueryExpr<"date">,
  { grain, fiscalYearStart }: Bucketing,
): QueryExpr<"timestamp"> | QueryExpr<"date"> => {
  if (grain === "day") return time.type === "date" ? time : cast("date", time);
  if (grain !== "fiscal-year") return truncate(grain, time);
  const shift = fiscalYearStart - 1;
  return shift === 0 ? truncate("year", time) : plusMonths(truncate("year", plusMonths(time, -shift)), shift);
};

const truncate = (unit: Exclude<Grain, "fiscal-year">, time: QueryExpr): QueryExpr<"timestamp"> =>
  call("timestamp", "dateTrunc", text(unit), time);

const plusMonths = (time: QueryExpr, months: number): QueryExpr<"timestamp"> =>
  call("timestamp", "addMonths", time, lit("bigint", months));

/** The bucket of the current period that an earlier time is compared with. */
export const shiftedBucketExpr = (
  time: QueryExpr<"timestamp"> | QueryExpr<"date">,
  bucketing: Bucketing,
  shift: { readonly unit: "months" | "days"; readonly amount: number },
): QueryExpr<"timestamp"> | QueryExpr<"date"> => {
  const amount = lit("bigint", shift.amount);
  if (shift.unit === "months") {
    return bucketing.grain === "day"
      ? cast("date", call("timestamp", "addMonths", time, amount))
      : bucketExpr(plusMonths(bucketExpr(time, { ...bucketing, grain: "month" }), shift.amount), bucketing);
  }
  return bucketExpr(call("timestamp", "addDays", time, amount), bucketing);
};

/**
 * What a person and JSON read: `2026-01-31T13:00:00+01:00`, `2026-01-31`, `2026-W05` as its Monday, `2026-01`,
 * `2026-Q1`, `2026`, `FY2026`. All but the last sort as texts.
 */
export const bucketLabel = (
  bucket: string,
  { grain, fiscalYearStart }: Bucketing,
  timeZone: string,
): string => {
  const date = bucket.slice(0, 10) as Day;
  switch (grain) {
    case "hour":
      return hourLabel(bucket, timeZone);
    case "day":
    case "week":
      return date;
    case "month":
      return date.slice(0, 7);
    case "quarter":
      return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`;
    case "year":
      return date.slice(0, 4);
    case "fiscal-year":
      return `FY${fiscalYearOf(date, fiscalYearStart)}`;
  }
};

/** The hour as the reader's clocks show it, with their offset, so that a repeated hour in autumn stays two. */
const hourLabel = (bucket: string, timeZone: string): string => {
  const utc = bucket.slice(0, 19).replace(" ", "T");
  if (timeZone === "UTC") return `${utc}Z`;
  const moment = Date.parse(`${utc}Z`);
  const offset = offsetMs(moment, timeZone);
  const local = new Date(moment + offset).toISOString().slice(0, 19);
  if (offset === 0) return `${local}Z`;
  const minutes = Math.abs(offset) / 60_000;
  const pad = (value: number) => String(Math.floor(value)).padStart(2, "0");
  return `${local}${offset < 0 ? "-" : "+"}${pad(minutes / 60)}:${pad(minutes % 60)}`;
};

/** The same bucket start computed in JavaScript, for metrics: their points are few. */
export const bucketOf = (time: string, { grain, fiscalYearStart }: Bucketing): string => {
  const date = day(time.slice(0, 10));
  const [year, monthNumber] = [date.slice(0, 4), Number(date.slice(5, 7))];
  const two = (value: number) => String(value).padStart(2, "0");
  switch (grain) {
    case "hour":
      return `${time.slice(0, 13)}:00:00`;
    case "day":
      return date;
    case "week":
      return addDays(date, -((daysBetween("1970-01-05" as Day, date) % 7) + 7) % 7);
    case "month":
      return `${date.slice(0, 7)}-01`;
    case "quarter":
      return `${year}-${two(monthNumber - ((monthNumber - 1) % 3))}-01`;
    case "year":
      return `${year}-01-01`;
    case "fiscal-year":
      return `${monthNumber >= fiscalYearStart ? year : String(Number(year) - 1)}-${two(fiscalYearStart)}-01`;
  }
};

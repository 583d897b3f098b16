import type { ReportPeriod } from "./report-schema.ts";

export interface Days {
  readonly start: string;
  readonly end: string;
}

const monthStart = (year: number, month: number): string =>
  new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);

/**
 * The half-open days of a period. Named periods count from `anchor`, the moment that bills are complete to: the month that
 * holds the last complete moment is this month. Undefined: all there is.
 */
export const daysOf = (period: ReportPeriod, anchor: string): Days | undefined => {
  if ("start" in period) return { start: fullDay(period.start), end: fullDay(period.end) };
  // Complete to midnight of the first means that the month before is the newest with charges.
  const newest = new Date(Date.parse(anchor) - 1);
  const [year, month] = [newest.getUTCFullYear(), newest.getUTCMonth()];
  const quarter = month - (month % 3);
  const isWhole = new Date(Date.parse(anchor)).getUTCDate() === 1 && anchor.slice(11, 19) === "00:00:00";
  /** The first month that is not whole. */
  const open = isWhole ? month + 1 : month;
  const back = (months: number) => ({ start: monthStart(year, open - months), end: monthStart(year, open) });
  switch (period.name) {
    case "this-month":
      return { start: monthStart(year, month), end: monthStart(year, month + 1) };
    case "last-month":
      return back(1);
    case "last-3-months":
      return back(3);
    case "last-6-months":
      return back(6);
    case "last-12-months":
      return back(12);
    case "this-quarter":
      return { start: monthStart(year, quarter), end: monthStart(year, quarter + 3) };
    case "last-quarter":
      return { start: monthStart(year, quarter - 3), end: monthStart(year, quarter) };
    case "this-year":
      return { start: monthStart(year, 0), end: monthStart(year + 1, 0) };
    case "last-year":
      return { start: monthStart(year - 1, 0), end: monthStart(year, 0) };
    case "all":
      return undefined;
  }
};

const fullDay = (text: string): string => (text.length === 7 ? `${text}-01` : text);

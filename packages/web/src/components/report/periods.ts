import { formatPeriod } from "../../format/dates.ts";
import type { PeriodName, ReportPeriod } from "./report-types.ts";

/** Whole periods, counted back from the newest day that bills are complete to. */
export const PERIOD_TITLES: Readonly<Record<PeriodName, string>> = {
  "this-month": "This month",
  "last-month": "Last whole month",
  "last-3-months": "Last 3 months",
  "last-6-months": "Last 6 months",
  "last-12-months": "Last 12 months",
  "this-quarter": "This quarter",
  "last-quarter": "Last quarter",
  "this-year": "This year",
  "last-year": "Last year",
  all: "All there is",
};

const names = Object.keys(PERIOD_TITLES) as readonly PeriodName[];

/** A month stands for its first day. */
export const dayOf = (text = ""): string => (text.length === 7 ? `${text}-01` : text);

export const periodTitle = (period: ReportPeriod): string =>
  "name" in period ? PERIOD_TITLES[period.name] : formatPeriod(dayOf(period.start), dayOf(period.end));

/** As an address says it: `last-month`, `2026-01-01..2026-02-01`. */
export const periodText = (period: ReportPeriod): string =>
  "name" in period ? period.name : `${period.start}..${period.end}`;

/** Reads what {@link periodText} writes; undefined: it is something else. */
export const readPeriod = (text: unknown): ReportPeriod | undefined => {
  const name = names.find((known) => known === text);
  if (name !== undefined) return { name };
  const [, start, end] = /^(\d{4}-\d{2}(?:-\d{2})?)\.\.(\d{4}-\d{2}(?:-\d{2})?)$/.exec(`${text}`) ?? [];
  return start !== undefined && end !== undefined && dayOf(start) < dayOf(end) ? { start, end } : undefined;
};

import { addDays, addMonths } from "../../format/dates.ts";
import type { Overview } from "./overview-search.ts";

/** A month as half-open days. */
export const monthPeriod = (month: string) => ({ start: `${month}-01`, end: `${addMonths(month, 1)}-01` });

/** The days of the month that have charges. */
export const coveredPeriod = ({ month, days, ofDays }: Overview["current"]) =>
  days === ofDays
    ? monthPeriod(month)
    : { start: `${month}-01`, end: addDays(`${month}-01`, Math.max(1, days)) };

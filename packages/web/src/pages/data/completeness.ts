import { addMonths } from "../../format/dates.ts";
import type { Load } from "./data-search.ts";

/** What is there of a billing period of one source. */
export interface PeriodState {
  readonly period: string;
  /** `missing`: there are bills before and after it, and none of it. */
  readonly status: "open" | "closed" | "missing";
  readonly loads: readonly Load[];
}

/** Every month from the first bill of a source to its last. */
export const periodsOf = (loads: readonly Load[]): readonly PeriodState[] => {
  const byPeriod = Map.groupBy(loads, ({ billingPeriod }) => billingPeriod.slice(0, 7));
  const months = [...byPeriod.keys()].toSorted();
  const [first, last] = [months[0], months.at(-1)];
  if (first === undefined || last === undefined) return [];
  const periods: PeriodState[] = [];
  for (let month = first; month <= last; month = addMonths(month, 1)) {
    const own = byPeriod.get(month) ?? [];
    const isClosed = own.every(({ status }) => status === "closed");
    periods.push({
      period: month,
      status: own.length === 0 ? "missing" : isClosed ? "closed" : "open",
      loads: own,
    });
  }
  return periods;
};

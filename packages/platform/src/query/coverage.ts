import { addMonths, type Day, firstDayOf, type Instant, monthOf } from "@trimtab/domain";
import type { LoadEntry } from "../lake/manifest.ts";
import { startOf, type TimeRange } from "./periods.ts";
import type { QueryResult, TimeAxis } from "./types.ts";

/** What a snapshot's loads cover of a question. */
export interface Coverage {
  readonly completeTo: Instant | null;
  readonly periods: QueryResult["periods"];
  readonly notes: readonly string[];
}

/** Loads that count and may hold rows of the range. */
export const loadsIn = (
  loads: readonly LoadEntry[],
  ranges: readonly TimeRange[],
  axis: TimeAxis,
): readonly LoadEntry[] =>
  loads.filter((load) => load.counted === true && ranges.some((range) => overlaps(load, range, axis)));

const overlaps = (load: LoadEntry, { start, end }: TimeRange, axis: TimeAxis): boolean => {
  if (axis === "invoice") {
    const at = startOf(load.billingPeriod);
    return (start === null || at >= start) && (end === null || at < end);
  }
  const first = moment(load.chargeStart);
  return (
    (start === null || moment(load.chargeEnd) >= start || first >= start) && (end === null || first < end)
  );
};

/** Moments compare as texts once their fractions of a second are gone; downwards, so that nothing is skipped. */
const moment = (text: string): string => `${text.slice(0, 19)}Z`;

const earliest = (...moments: readonly string[]): Instant =>
  moments.reduce((a, b) => (a < b ? a : b)) as Instant;

const endOfMonth = (billingPeriod: Day): Instant => startOf(firstDayOf(addMonths(monthOf(billingPeriod), 1)));

/**
 * Complete to: the earliest of the newest deliveries of every instance that delivers the newest month. A month's fee
 * does not make a bill more complete than its usage, nor does a charge that ends later than it was loaded.
 */
export const coverageOf = (
  loads: readonly LoadEntry[],
  used: readonly LoadEntry[],
  now: Instant,
): Coverage => {
  const live = loads.filter(({ counted }) => counted === true);
  const newest = [...Map.groupBy(live, ({ instance }) => instance)].map(([instance, own]) => ({
    instance,
    period: own.map(({ billingPeriod }) => billingPeriod).reduce((a, b) => (a > b ? a : b)),
    completeTo: own
      .map((load) => earliest(moment(load.usageEnd), moment(load.loadedAt), moment(now)))
      .reduce((a, b) => (a > b ? a : b)),
  }));
  const newestPeriod = newest.reduce<string>((latest, { period }) => (period > latest ? period : latest), "");
  const delivering = newest.filter(({ period }) => period === newestPeriod);
  const ended = newest.filter(
    ({ instance, period }) => period !== newestPeriod && used.some((load) => load.instance === instance),
  );
  return {
    completeTo: delivering.length === 0 ? null : earliest(...delivering.map(({ completeTo }) => completeTo)),
    periods: used
      .map(({ billingPeriod, instance, loadedAt }) => ({
        billingPeriod,
        instance,
        status: moment(loadedAt) < endOfMonth(billingPeriod) ? ("open" as const) : ("closed" as const),
      }))
      .toSorted(
        (a, b) => compareText(a.billingPeriod, b.billingPeriod) || compareText(a.instance, b.instance),
      ),
    notes: ended.map(
      ({ instance, completeTo }) => `${instance} has delivered nothing after ${completeTo.slice(0, 10)}.`,
    ),
  };
};

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

import type { LoadEntry } from "../lake/manifest.ts";
import { queryErrors } from "./errors.ts";
import type { TimeRange } from "./periods.ts";
import { type Rate, type RatesTable, rateDays, rateOn } from "./rates.ts";
import type { QueryContext } from "./types.ts";

/** How the currencies of the loads become the columns of the answer. */
export interface CurrencyPlan {
  /** Group by BillingCurrency? Needless where every load is in one currency. */
  readonly keyed: boolean;
  /** Only rows of this currency are read. */
  readonly only: string | undefined;
  /** Currencies of the loads that the answer leaves out; the answer says what they sum to. */
  readonly left: readonly string[];
  /** Columns of the answer, in order. */
  readonly columns: readonly string[];
  readonly target: string | undefined;
  readonly rates: RatesTable | undefined;
  /** Days inside the query's time on which a rate changes; rows are grouped by the stretch they fall in. */
  readonly rateDays: readonly string[];
}

/** Currencies are known from the manifest, so that the usual lake in one currency pays nothing for the others. */
export const currencyPlanOf = (
  loads: readonly LoadEntry[],
  { currency, rates }: Pick<QueryContext, "currency" | "rates">,
  ranges: readonly TimeRange[],
): CurrencyPlan => {
  const present = [...new Set(loads.flatMap(({ sums }) => Object.keys(sums)))].toSorted();
  const base = { keyed: false, only: undefined, left: [], target: undefined, rates: undefined, rateDays: [] };
  if (currency === "each") return { ...base, keyed: present.length > 1, columns: present };
  const others = present.filter((code) => code !== currency);
  if (others.length === 0) return { ...base, columns: [currency] };
  if (rates === undefined) return { ...base, only: currency, left: others, columns: [currency] };
  const days = rateDays(rates, currency).filter((day) =>
    ranges.some(
      ({ start, end }) =>
        (start === null || day > start.slice(0, 10)) && (end === null || day < end.slice(0, 10)),
    ),
  );
  return { ...base, keyed: true, columns: [currency], target: currency, rates, rateDays: days };
};

/**
 * The rate of a group.
 * @param stretch how many of the plan's rate days are at or before the group's rows
 * @throws RATES_MISSING
 */
export const rateOf = (
  { rates, target = "", rateDays: days }: CurrencyPlan,
  from: string,
  stretch: number,
  firstDay: string,
): Rate | undefined => {
  if (from === target || rates === undefined) return undefined;
  const date = stretch === 0 ? firstDay : (days[stretch - 1] ?? firstDay);
  const rate = rateOn(rates, from, target, date);
  if (rate === undefined)
    throw queryErrors.create("RATES_MISSING", { file: rates.file, from, to: target, date });
  return rate;
};

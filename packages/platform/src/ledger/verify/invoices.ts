import {
  addDays,
  addMonths,
  type Day,
  type Decimal,
  daysBetween,
  decimal,
  firstDayOf,
  monthOf,
  subtract,
  ZERO,
} from "@trimtab/domain";
import type { QueryResult } from "../../query/types.ts";
import type { Assessment } from "./assess.ts";
import type { BilledCell } from "./billed-cells.ts";
import { forecastSum } from "./realised-saving.ts";
import { type SplitChange, splitChange } from "./split-change.ts";

/** What finance sees of one invoice, against the last one before the change. */
export interface InvoiceLine extends SplitChange {
  /** First day of its month. */
  readonly billingPeriod: Day;
  readonly status: "open" | "closed";
  /** Part of the realised saving that falls in this month; null where the window does not reach or nothing is known. */
  readonly saved: { readonly low: Decimal; readonly mid: Decimal; readonly high: Decimal } | null;
}

export interface InvoiceQuestion {
  /** Cells on the time axis of invoices. */
  readonly cells: readonly BilledCell[];
  readonly periods: QueryResult["periods"];
  readonly changeDay: Day;
}

const nextMonth = (first: Day): Day => firstDayOf(addMonths(monthOf(first), 1));

const statusOf = (periods: QueryResult["periods"], billingPeriod: Day): "open" | "closed" =>
  periods.some((period) => period.billingPeriod === billingPeriod && period.status === "open")
    ? "open"
    : "closed";

/** The months of the change and after it, each against the last whole month before the change. */
export const invoiceLines = (
  { cells, periods, changeDay }: InvoiceQuestion,
  savedIn: (start: Day, end: Day) => InvoiceLine["saved"],
): { readonly reference: Day; readonly lines: readonly InvoiceLine[] } => {
  const first = firstDayOf(monthOf(changeDay));
  const reference = firstDayOf(addMonths(monthOf(first), -1));
  const months = Map.groupBy(cells, ({ day }) => day);
  const length = (start: Day) => daysBetween(start, nextMonth(start));
  const before = months.get(reference) ?? [];
  const later = [...months.keys()].filter((day) => day >= first).toSorted();
  return {
    reference,
    lines: later.map((billingPeriod) => ({
      ...splitChange(before, months.get(billingPeriod) ?? [], {
        before: length(reference),
        after: length(billingPeriod),
      }),
      billingPeriod,
      status: statusOf(periods, billingPeriod),
      saved: savedIn(billingPeriod, nextMonth(billingPeriod)),
    })),
  };
};

export interface SavedWindow {
  readonly assessed: Extract<Assessment, { kind: "assessed" }>;
  /** Day of step 0 of the series that was assessed. */
  readonly seriesStart: Day;
  readonly horizon: number;
  /** Use at frozen prices on each step. */
  readonly actual: readonly (number | null)[];
  /** The whole window's saving, which the months' parts sum to. */
  readonly total: { readonly low: Decimal; readonly mid: Decimal; readonly high: Decimal };
}

/** Shares a window's saving out to months by its days. The last month takes what rounding leaves, so they sum exactly. */
export const savedByMonth = (window: SavedWindow): ((start: Day, end: Day) => InvoiceLine["saved"]) => {
  const { assessed, seriesStart, horizon, actual, total } = window;
  const { origin } = assessed.trial;
  const windowEnd = addDays(seriesStart, origin + horizon);
  const until = (day: Day) => {
    const step = Math.min(origin + horizon, Math.max(origin, daysBetween(seriesStart, day)));
    const used = actual.slice(origin, step).reduce<number>((sum, value) => sum + (value ?? 0), 0);
    const expected = forecastSum(assessed, origin, step);
    const around = Math.abs(expected) * assessed.halfWidth;
    const at = (value: number) => decimal((expected - used + value).toFixed(6));
    return step === origin
      ? { low: ZERO, mid: ZERO, high: ZERO }
      : { low: at(-around), mid: at(0), high: at(around) };
  };
  return (start, end) => {
    if (end <= addDays(seriesStart, origin) || start >= windowEnd) return null;
    const from = until(start);
    const to = end >= windowEnd ? total : until(end);
    return {
      low: subtract(to.low, from.low),
      mid: subtract(to.mid, from.mid),
      high: subtract(to.high, from.high),
    };
  };
};

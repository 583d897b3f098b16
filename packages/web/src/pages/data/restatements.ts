import { add, decimal, formatDecimal } from "@trimtab/domain";
import type { Diff } from "./data-search.ts";

/** What a restatement changed in a billing period, in one currency. */
export interface Restatement {
  readonly billingPeriod: string;
  readonly currency: string;
  /** Decimal text: billed after less billed before. */
  readonly change: string;
  readonly lines: number;
}

/** Exact sums by billing period, the newest first. */
export const restatementsOf = (lines: Diff["lines"]): readonly Restatement[] => {
  const groups = Map.groupBy(lines, ({ billingPeriod, currency }) => `${billingPeriod} ${currency}`);
  return [...groups.values()]
    .map((own) => ({
      billingPeriod: own[0]?.billingPeriod ?? "",
      currency: own[0]?.currency ?? "",
      change: formatDecimal(
        own.reduce((sum, { billedChange }) => add(sum, decimal(billedChange)), decimal("0")),
      ),
      lines: own.length,
    }))
    .toSorted((left, right) => right.billingPeriod.localeCompare(left.billingPeriod));
};

import { addMonths, daysIn, type Month, monthPeriod } from "@trimtab/domain";
import { type Asker, ask, cellOf, timeOf } from "../analyze/ask.ts";
import type { MonthFigure } from "./overview.ts";

/** The asker's months up to `last`, from the first that has charges; one query, by days. */
export const monthFigures = async (
  asker: Asker,
  last: Month,
  count: number,
  measure: "effective" | "billed",
): Promise<readonly MonthFigure[]> => {
  const [days, costs] = await Promise.all([
    ask(asker, { measures: ["rows"], grain: "day" }),
    ask(asker, { measures: [measure, "rows"], grain: "month" }),
  ]);
  const withCharges = days.rows.filter((row) => cellOf(days, row, "rows") !== "0");
  const daysByMonth = Map.groupBy(withCharges, (row) => timeOf(days, row).slice(0, 7));
  const amounts = new Map(
    costs.rows.map((row) => [timeOf(costs, row).slice(0, 7), cellOf(costs, row, measure)]),
  );
  const open = new Set(
    costs.periods
      .filter(({ status }) => status === "open")
      .map(({ billingPeriod }) => billingPeriod.slice(0, 7)),
  );
  const all = Array.from({ length: count }, (_, index) => addMonths(last, index + 1 - count));
  const first = all.findIndex((name) => daysByMonth.has(name));
  if (first === -1) return [];
  return all.slice(first).map((name) => ({
    month: name,
    amount: daysByMonth.has(name) ? (amounts.get(name) ?? null) : "0",
    status: open.has(name) ? "open" : "closed",
    days: daysByMonth.get(name)?.length ?? 0,
    ofDays: daysIn(monthPeriod(name)),
  }));
};

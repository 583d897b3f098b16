import { basisOf } from "../basis.ts";
import { periodText } from "../periods.ts";
import type { QueryPlan } from "../plan.ts";
import type { QueryResult } from "../types.ts";
import { keyColumnsOf, publicColumn } from "./result.ts";
import { measureColumns } from "./table.ts";

/** The answer where no load covers the question: totals are unknown, for nothing was delivered. */
export const emptyResult = (plan: QueryPlan): QueryResult => {
  const named =
    plan.currency.columns.length === 0 ? { ...plan, currency: { ...plan.currency, columns: [""] } } : plan;
  const columns = [
    ...keyColumnsOf(plan),
    ...measureColumns(named).map((column) => {
      const { currency, ...rest } = publicColumn(column);
      return currency === "" || currency === undefined ? rest : { ...rest, currency };
    }),
  ];
  const reason = "no load covers this period";
  return {
    columns,
    rows: [],
    total: columns.map(() => null),
    other: [],
    rowCount: 0,
    currency: plan.currency.columns,
    basis: basisOf(plan),
    completeTo: null,
    lakeVersion: plan.snapshot.version,
    period: { start: periodText(plan.range.start), end: periodText(plan.range.end) },
    periods: [],
    unknown: columns
      .filter(({ role }) => role === "measure")
      .map(({ name }) => ({ column: name, reason, rows: 0, ofRows: 0, share: "0", cells: [] })),
    rates: [],
    notes: ["No load covers this period: nothing is known of it."],
    answeredBy: "nothing",
  };
};

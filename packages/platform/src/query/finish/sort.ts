import { abs, type Decimal, subtract } from "@trimtab/domain";
import type { Order } from "../order.ts";
import type { QueryPlan } from "../plan.ts";
import { compareDecimals, compareKeys } from "./groups.ts";
import type { Evaluator, Line } from "./table.ts";

/**
 * The order of lines: the plan's terms, the rest of a `top` after its rows, then time and dimensions, so that two runs
 * never differ. In several currencies the first column decides.
 */
export const sortLines = (plan: QueryPlan, lines: readonly Line[], evaluator: Evaluator): readonly Line[] => {
  const names = plan.keys.flatMap((key) =>
    key.role === "dimension" && key.shown ? [key.dimension.name] : [],
  );
  const sortable = lines.map((line) => ({
    line,
    values: plan.order.map((term) => sortValue(plan, term, line, evaluator)),
  }));
  const byTerm = (
    term: Order,
    index: number,
    a: (typeof sortable)[number],
    b: (typeof sortable)[number],
  ): number => {
    if (term.kind === "measure") {
      return compareDecimals(a.values[index] ?? null, b.values[index] ?? null, term.direction);
    }
    const at = term.kind === "time" ? undefined : names.indexOf(term.name);
    const [x, y] = [a, b].map(({ line }) => (at === undefined ? line.time : line.dimensions[at]) ?? null);
    if (x === undefined || y === undefined || x === null || y === null || term.direction === "asc") {
      return compareKeys(x ?? null, y ?? null);
    }
    return compareKeys(y, x);
  };
  const restFrom = plan.order.findIndex(({ kind }) => kind !== "time");
  return sortable
    .toSorted((a, b) => {
      for (const [index, term] of plan.order.entries()) {
        const rest = index === restFrom ? Number(a.line.isRest) - Number(b.line.isRest) : 0;
        const order = rest || byTerm(term, index, a, b);
        if (order !== 0) return order;
      }
      return (
        Number(a.line.isRest) - Number(b.line.isRest) ||
        compareKeys(a.line.time, b.line.time) ||
        compareLists(a.line.dimensions, b.line.dimensions)
      );
    })
    .map(({ line }) => line);
};

const compareLists = (a: Line["dimensions"], b: Line["dimensions"]): number => {
  for (const [index, key] of a.entries()) {
    const order = compareKeys(key, b[index] ?? null);
    if (order !== 0) return order;
  }
  return 0;
};

const sortValue = (plan: QueryPlan, term: Order, line: Line, evaluator: Evaluator): Decimal | null => {
  const [currency] = plan.currency.columns;
  if (term.kind !== "measure" || currency === undefined) return null;
  const at = (period: "current" | "previous") => evaluator.value(line, term.measure, currency, period).value;
  const current = at("current");
  if (term.aspect === "current") return current;
  const previous = at("previous");
  if (current === null || previous === null) return null;
  const change = subtract(current, previous);
  return term.aspect === "abs-change" ? abs(change) : change;
};

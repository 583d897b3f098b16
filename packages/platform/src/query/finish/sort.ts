import { abs, type Decimal, subtract } from "@trimtab/domain";
import type { Order } from "../order.ts";
import type { QueryPlan } from "../plan.ts";
import { compareDecimals, compareKeys } from "./groups.ts";
import type { EvaluatedLine } from "./table.ts";

type Comparator = (a: EvaluatedLine, b: EvaluatedLine) => number;

/**
 * The order of lines: the plan's terms, the rest of a `top` after its rows, then time and dimensions, so that two runs
 * never differ. In several currencies the first column decides.
 */
export const sortLines = (plan: QueryPlan, lines: readonly EvaluatedLine[]): readonly EvaluatedLine[] => {
  const restFrom = plan.order.findIndex(({ kind }) => kind !== "time");
  const terms = plan.order.map((term) => comparatorOf(plan, term));
  const comparators: readonly Comparator[] =
    restFrom < 0 ? [...terms, restLast] : [...terms.slice(0, restFrom), restLast, ...terms.slice(restFrom)];
  const all = [...comparators, byKeys];
  return lines.toSorted((a, b) => {
    for (const compare of all) {
      const order = compare(a, b);
      if (order !== 0) return order;
    }
    return 0;
  });
};

const restLast: Comparator = (a, b) => Number(a.isRest) - Number(b.isRest);

const byKeys: Comparator = (a, b) => {
  const byTime = compareKeys(a.time, b.time);
  if (byTime !== 0) return byTime;
  for (const [index, key] of a.dimensions.entries()) {
    const order = compareKeys(key, b.dimensions[index] ?? null);
    if (order !== 0) return order;
  }
  return 0;
};

const comparatorOf = (plan: QueryPlan, term: Order): Comparator => {
  if (term.kind === "measure") {
    const at = plan.measures.indexOf(term.measure);
    const value = (line: EvaluatedLine) => sortValue(line, at, term.aspect);
    return (a, b) => compareDecimals(value(a), value(b), term.direction);
  }
  const names = plan.keys.flatMap((key) =>
    key.role === "dimension" && key.shown ? [key.dimension.name] : [],
  );
  const at = term.kind === "time" ? -1 : names.indexOf(term.name);
  const key = (line: EvaluatedLine) => (at < 0 ? line.time : (line.dimensions[at] ?? null));
  return (a, b) => {
    const x = key(a);
    const y = key(b);
    return x === null || y === null || term.direction === "asc" ? compareKeys(x, y) : compareKeys(y, x);
  };
};

const sortValue = (
  { values, previous }: EvaluatedLine,
  at: number,
  aspect: "current" | "change" | "abs-change",
): Decimal | null => {
  const current = values[at]?.value ?? null;
  if (aspect === "current") return current;
  const before = previous[at]?.value ?? null;
  if (current === null || before === null) return null;
  const change = subtract(current, before);
  return aspect === "abs-change" ? abs(change) : change;
};

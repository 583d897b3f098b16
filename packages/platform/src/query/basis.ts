import { lateConditionHolds } from "./allocation/late-filter.ts";
import type { Measure } from "./model/measures.ts";
import type { QueryPlan } from "./plan.ts";
import type { Filter } from "./types.ts";

/** One line that says what the figures are: which cost, with or without tax, credits and support, on which time axis. */
export const basisOf = ({ measures, request, scope }: QueryPlan): string => {
  const costs = [...new Set(measures.map(costOf))].join(", ");
  const filters = [request.where, scope].filter((filter) => filter !== undefined);
  const isOfUsage = measures.every(({ over }) => over === "usage");
  const may = (row: Row) => filters.every((filter) => holds(filter, row) !== false);
  const kinds = [
    ["tax", !isOfUsage && may({ ChargeCategory: "Tax" })],
    ["credits", !isOfUsage && may({ ChargeCategory: "Credit" })],
    ["support", may({ ServiceSubcategory: "Support" })],
  ] as const;
  const list = (wanted: boolean) => kinds.flatMap(([name, has]) => (has === wanted ? [name] : []));
  const side = (word: string, names: readonly string[]) =>
    names.length === 0 ? [] : [`${word} ${names.join(", ")}`];
  const axis = request.timeAxis === "charge" ? "by time of charge" : "by invoice";
  return [costs, ...side("with", list(true)), ...side("without", list(false)), axis].join("; ");
};

const costOf = ({ id, over }: Measure): string => {
  if (over === "usage")
    return id === "unlisted" ? "effective cost of usage" : "list − effective cost of usage";
  if (id === "billed" || id === "list" || id === "contracted") return `${id} cost`;
  if (id === "consumed" || id === "priced" || id === "rows")
    return id === "rows" ? "charge rows" : `${id} quantity`;
  return "effective cost";
};

type Row = Readonly<Record<string, string>>;

/** Three-valued: does the filter hold for a row of which only some columns are known? */
const holds = (filter: Filter, row: Row): boolean | undefined => {
  if ("not" in filter) {
    const inner = holds(filter.not, row);
    return inner === undefined ? undefined : !inner;
  }
  if ("and" in filter || "or" in filter) {
    const isAnd = "and" in filter;
    const terms = (isAnd ? filter.and : filter.or).map((term) => holds(term, row));
    if (terms.includes(!isAnd)) return !isAnd;
    return terms.includes(undefined) ? undefined : isAnd;
  }
  const value = row[filter.dimension];
  if (value === undefined || filter.op === "matches") return undefined;
  return lateConditionHolds(filter, value);
};

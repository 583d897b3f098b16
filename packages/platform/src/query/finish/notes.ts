import { add, type Decimal, decimal, divide, formatDecimal, isZero, multiply, ZERO } from "@trimtab/domain";
import type { PartId } from "../model/parts.ts";
import type { QueryPlan } from "../plan.ts";
import type { QueryContext, QueryResult } from "../types.ts";
import { type Group, partValues } from "./groups.ts";

/** What a reader must know besides the figures. */
export const answerNotes = (
  plan: QueryPlan,
  rows: readonly Group[],
  totals: readonly Group[],
  context: QueryContext,
): readonly string[] => [
  ...plan.coverage.notes,
  ...(plan.comparison?.note === undefined ? [] : [plan.comparison.note]),
  ...(plan.scope === undefined ? [] : ["Only charges that you may see are counted."]),
  ...(context.currency === "each" && plan.currency.columns.length > 1
    ? [`Currencies are not added up; rows are ranked by ${plan.currency.columns[0]}.`]
    : []),
  ...unplacedNotes(plan, rows, totals),
];

/** How much no rule could place, in each dimension made by rules: shown also where it is nothing. */
const unplacedNotes = (
  plan: QueryPlan,
  rows: readonly Group[],
  totals: readonly Group[],
): readonly string[] =>
  plan.keys.flatMap((key, index) => {
    if (key.role !== "dimension" || !key.shown || key.dimension.kind !== "virtual") return [];
    const { otherwise, name } = key.dimension;
    const unplaced = rows.filter((row) => row.keys[index] === otherwise);
    const [measure] = plan.measures;
    const part = measure?.additive;
    if (measure === undefined || part === undefined) return [];
    return plan.currency.columns.map((currency) => {
      const here = sumOf(plan, unplaced, part, currency);
      const whole = sumOf(plan, totals, part, currency);
      const share = isZero(whole)
        ? ""
        : ` (${formatDecimal(divide(multiply(here, decimal("100")), whole, 1, "half-even"))} %)`;
      const unit = measure.kind === "money" ? ` ${currency}` : "";
      return `${otherwise} in ${name}: ${measure.id} ${formatDecimal(here)}${unit}${share}.`;
    });
  });

const sumOf = (plan: QueryPlan, groups: readonly Group[], part: PartId, currency: string): Decimal => {
  const currencyAt = plan.keys.findIndex(({ role }) => role === "currency");
  const isOf = (group: Group) =>
    currencyAt < 0 || plan.currency.target !== undefined || group.keys[currencyAt] === currency;
  return groups
    .filter(isOf)
    .reduce((sum, group) => add(sum, partValues(plan.parts, group.current).decimal(part) ?? ZERO), ZERO);
};

/** What the rows in other currencies sum to; nothing where the scope and the filter leave none. */
export const leftOutNote = (left: QueryResult, plan: QueryPlan): readonly string[] => {
  const cellOf = (currency: string, measure: string) =>
    left.total[
      left.columns.findIndex((column) => column.currency === currency && column.measure === measure)
    ];
  const present = plan.currency.left.filter((currency) => (cellOf(currency, "rows") ?? "0") !== "0");
  if (present.length === 0) return [];
  const sums = present.flatMap((currency) =>
    plan.measures.map(({ id }) => `${id} ${cellOf(currency, id) ?? "unknown"} ${currency}`),
  );
  return [
    `Charges in ${present.join(", ")} are not part of this answer: ${sums.join(", ")}. ` +
      "Give a rates file to convert them, or ask for each currency.",
  ];
};

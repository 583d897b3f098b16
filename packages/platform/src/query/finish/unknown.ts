import { type Decimal, decimal, divide, formatDecimal, isZero, sign, subtract, ZERO } from "@trimtab/domain";
import { RATIO_SCALE } from "../model/measures.ts";
import type { PartId } from "../model/parts.ts";
import type { QueryPlan } from "../plan.ts";
import type { UnknownShare } from "../types.ts";
import { type Group, partValues } from "./groups.ts";
import type { Evaluator, Line, MeasureColumn } from "./table.ts";

/** What each measure column can't tell: in how many charge rows, for what cost, and in which lines of the answer. */
export const unknownShares = (
  plan: QueryPlan,
  columns: readonly MeasureColumn[],
  total: Line,
  lines: readonly Line[],
  evaluator: Evaluator,
): readonly UnknownShare[] =>
  columns.flatMap((column) => {
    if (column.aspect !== "current" && column.aspect !== "previous") return [];
    const period = column.aspect;
    const groupOf = (line: Line) => line.byCurrency.get(column.currency);
    const cells = lines.flatMap((line, index) => {
      const isUnknown = evaluator.value(line, column.source, column.currency, period).value === null;
      return isUnknown || !isZero(missing(plan, column, groupOf(line), period)) ? [index] : [];
    });
    const value = evaluator.value(total, column.source, column.currency, period);
    const rows = missing(plan, column, groupOf(total), period);
    if (cells.length === 0 && value.value !== null && isZero(rows)) return [];
    const ofRows = partOf(plan, groupOf(total), period, "rows") ?? ZERO;
    const amount = column.source.known?.amount;
    const unknownAmount = amount === undefined ? null : partOf(plan, groupOf(total), period, amount);
    return [
      {
        column: column.name,
        reason: reasonOf(plan, column, value, lines, evaluator),
        rows: Number(formatDecimal(rows)),
        ofRows: Number(formatDecimal(ofRows)),
        share: isZero(ofRows) ? "0" : formatDecimal(divide(rows, ofRows, RATIO_SCALE, "half-even")),
        ...(unknownAmount === null ? {} : { amount: formatDecimal(unknownAmount) }),
        cells,
      },
    ];
  });

const partOf = (plan: QueryPlan, group: Group | undefined, period: "current" | "previous", id: PartId) => {
  const cells = group?.[period];
  return cells === undefined ? null : partValues(plan.parts, cells).decimal(id);
};

/** Charge rows without the value. Splitting a shared cost may round both counts; the difference is never below zero. */
const missing = (
  plan: QueryPlan,
  { source }: MeasureColumn,
  group: Group | undefined,
  period: "current" | "previous",
): Decimal => {
  if (source.known === undefined) return ZERO;
  const rows = partOf(plan, group, period, "rows") ?? ZERO;
  const known = partOf(plan, group, period, source.known.part) ?? decimal("0");
  const difference = subtract(rows, known);
  return sign(difference) < 0 ? ZERO : difference;
};

/** The loads' own reasons where they gave some, e.g. "only the actual export is loaded". */
const reasonOf = (
  plan: QueryPlan,
  column: MeasureColumn,
  total: ReturnType<Evaluator["value"]>,
  lines: readonly Line[],
  evaluator: Evaluator,
): string => {
  const costs = costColumns(column.source.parts);
  const given = plan.loads.flatMap(({ unknown }) =>
    Object.entries(unknown).flatMap(([name, reason]) => (costs.has(name) ? [`${name}: ${reason}`] : [])),
  );
  if (given.length > 0) return [...new Set(given)].join("; ");
  if (total.value === null) return total.reason;
  for (const line of lines) {
    const value = evaluator.value(line, column.source, column.currency, "current");
    if (value.value === null) return value.reason;
  }
  return column.source.known?.reason ?? "unknown";
};

/** The cost columns that a measure is made of. */
const costColumns = (parts: readonly PartId[]): ReadonlySet<string> =>
  new Set(
    parts.flatMap((part) => {
      if (part.startsWith("sum:")) return [part.slice("sum:".length)];
      return part === "savings" ? ["ListCost", "EffectiveCost"] : [];
    }),
  );

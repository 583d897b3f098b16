import {
  type Decimal,
  decimal,
  divide,
  equals,
  formatDecimal,
  isZero,
  sign,
  subtract,
  ZERO,
} from "@trimtab/domain";
import { type MeasureValue, RATIO_SCALE } from "../model/measures.ts";
import type { PartId } from "../model/parts.ts";
import type { QueryPlan } from "../plan.ts";
import type { UnknownShare } from "../types.ts";
import { type Group, partValues } from "./groups.ts";
import type { EvaluatedLine, MeasureColumn } from "./table.ts";

/** What each measure column can't tell: in how many charge rows, for what cost, and in which lines of the answer. */
export const unknownShares = (
  plan: QueryPlan,
  columns: readonly MeasureColumn[],
  total: EvaluatedLine,
  lines: readonly EvaluatedLine[],
): readonly UnknownShare[] =>
  columns.flatMap((column) => {
    if (column.aspect !== "current" && column.aspect !== "previous") return [];
    const period = column.aspect;
    const groupOf = (line: EvaluatedLine) => line.groups[column.currencyAt];
    const valueIn = (line: EvaluatedLine) =>
      (period === "current" ? line.values : line.previous)[column.valueAt] ?? nothing;
    const value = valueIn(total);
    const rows = missing(plan, column, groupOf(total), period);
    // The total covers every line: where it misses nothing, none does.
    const isPartial = (line: EvaluatedLine) =>
      !isZero(rows) && !isZero(missing(plan, column, groupOf(line), period));
    const cells = lines.flatMap((line, index) =>
      valueIn(line).value === null || isPartial(line) ? [index] : [],
    );
    if (cells.length === 0 && value.value !== null && isZero(rows)) return [];
    const ofRows = partOf(plan, groupOf(total), period, column.source.over) ?? ZERO;
    const amount = column.source.known?.amount;
    const unknownAmount = amount === undefined ? null : partOf(plan, groupOf(total), period, amount);
    return [
      {
        column: column.name,
        reason: reasonOf(plan, column, [value, ...cells.map((index) => valueIn(lines[index] ?? total))]),
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

/** Charge rows that should have the value and do not. Splitting a shared cost may round both counts; the difference is never below zero. */
const missing = (
  plan: QueryPlan,
  { source }: MeasureColumn,
  group: Group | undefined,
  period: "current" | "previous",
): Decimal => {
  if (source.known === undefined) return ZERO;
  const rows = partOf(plan, group, period, source.over) ?? ZERO;
  const known = partOf(plan, group, period, source.known.part) ?? decimal("0");
  if (equals(rows, known)) return ZERO;
  const difference = subtract(rows, known);
  return sign(difference) < 0 ? ZERO : difference;
};

const nothing: MeasureValue = { value: null, reason: "unknown" };

/** The loads' own reasons where they gave some, e.g. "only the actual export is loaded". */
const reasonOf = (plan: QueryPlan, { source }: MeasureColumn, values: readonly MeasureValue[]): string => {
  const costs = costColumns(source.parts);
  const given = plan.loads.flatMap(({ unknown }) =>
    Object.entries(unknown).flatMap(([name, reason]) => (costs.has(name) ? [`${name}: ${reason}`] : [])),
  );
  if (given.length > 0) return [...new Set(given)].join("; ");
  const missing = values.find(({ value }) => value === null);
  return missing?.value === null ? missing.reason : (source.known?.reason ?? "unknown");
};

/** The cost columns that a measure is made of. */
const costColumns = (parts: readonly PartId[]): ReadonlySet<string> =>
  new Set(
    parts.flatMap((part) => {
      if (part.startsWith("sum:")) return [part.slice("sum:".length)];
      return part === "savings" ? ["ListCost", "EffectiveCost"] : [];
    }),
  );

import {
  abs,
  type Decimal,
  decimal,
  divide,
  formatDecimal,
  isZero,
  multiply,
  subtract,
} from "@trimtab/domain";
import type { MetricSeries } from "../metrics/metric-values.ts";
import { type Measure, type MeasureValue, perUnit, RATIO_SCALE } from "../model/measures.ts";
import type { QueryPlan } from "../plan.ts";
import type { Aspect, QueryCell, QueryColumn } from "../types.ts";
import { type Group, type KeyCell, partValues } from "./groups.ts";

/** A line of the answer before it is written: its time and dimensions, and the group of each currency column. */
export interface Line {
  readonly time: KeyCell;
  readonly dimensions: readonly KeyCell[];
  readonly isRest: boolean;
  readonly isTotal?: boolean;
  /** In the order of the plan's currencies; undefined where the line has no charges in one. */
  readonly groups: readonly (Group | undefined)[];
}

/** A line with every measure computed once: currencies × measures, this period and the one before. */
export interface EvaluatedLine extends Line {
  readonly values: readonly MeasureValue[];
  readonly previous: readonly MeasureValue[];
}

export interface MeasureColumn extends QueryColumn {
  readonly source: Measure;
  readonly aspect: Aspect;
  readonly currency: string;
  /** Index of the currency among the plan's, and of the measure in a line's values. */
  readonly currencyAt: number;
  readonly valueAt: number;
}

/** Columns of all measures, per currency; a suffix names the currency where there are several. */
export const measureColumns = (plan: QueryPlan): readonly MeasureColumn[] =>
  plan.currency.columns.flatMap((currency, currencyAt) =>
    plan.measures.flatMap((measure, measureAt) =>
      aspectsOf(plan, measure).map((aspect) => ({
        name: columnName(measure, aspect, plan.currency.columns.length > 1 ? currency : undefined),
        role: "measure" as const,
        kind: kindOf(measure, aspect),
        measure: measure.id,
        aspect,
        currency,
        source: measure,
        currencyAt,
        valueAt: currencyAt * plan.measures.length + measureAt,
        ...targetOf(plan, measure),
      })),
    ),
  );

const targetOf = ({ model }: QueryPlan, { metric }: Measure): { readonly target?: string } => {
  const target = metric === undefined ? undefined : model.metrics.get(metric)?.target;
  return target === undefined ? {} : { target };
};

const aspectsOf = (plan: QueryPlan, measure: Measure): readonly Aspect[] => {
  const unit: readonly Aspect[] = measure.hasUnit ? ["unit"] : [];
  if (plan.comparison === undefined) return ["current", ...unit];
  const perDay: readonly Aspect[] =
    hasEqualDays(plan) || measure.kind === "ratio" || measure.kind === "price" ? [] : ["change-rate-per-day"];
  return ["current", ...unit, "previous", "change", "change-rate", ...perDay];
};

export const hasEqualDays = ({ comparison }: QueryPlan): boolean =>
  comparison === undefined || comparison.currentDays.days === comparison.previousDays.days;

const columnName = (measure: Measure, aspect: Aspect, currency: string | undefined): string =>
  [
    measure.id,
    ...(aspect === "current" ? [] : [aspect]),
    ...(currency === undefined ? [] : [`(${currency})`]),
  ].join(" ");

const kindOf = (measure: Measure, aspect: Aspect): QueryColumn["kind"] => {
  if (aspect === "unit") return "text";
  return aspect === "change-rate" || aspect === "change-rate-per-day" ? "ratio" : measure.kind;
};

/** Computes the measures of lines; unit costs also need their metrics. */
export const evaluatorOf = (
  plan: QueryPlan,
  series: ReadonlyMap<string, MetricSeries>,
): ((line: Line) => EvaluatedLine) => {
  const names = plan.keys.flatMap((key) =>
    key.role === "dimension" && key.shown ? [key.dimension.name] : [],
  );
  const nothing = plan.parts.map(() => null);
  const valuesOf = (line: Line, period: "current" | "previous"): readonly MeasureValue[] =>
    plan.currency.columns.flatMap((_, index) => {
      const parts = partValues(plan.parts, line.groups[index]?.[period] ?? nothing);
      return plan.measures.map((measure) => {
        const cost = measure.evaluate(parts);
        const metric = measure.metric === undefined ? undefined : series.get(measure.metric);
        if (metric === undefined || cost.value === null) return cost;
        return costPerUnit(cost.value, line, names, metric, period);
      });
    });
  return (line) => ({
    ...line,
    values: valuesOf(line, "current"),
    previous: plan.comparison === undefined ? [] : valuesOf(line, "previous"),
  });
};

export const cellOf = (plan: QueryPlan, line: EvaluatedLine, column: MeasureColumn): QueryCell => {
  const current = line.values[column.valueAt];
  const previous = line.previous[column.valueAt];
  if (column.aspect === "current") return textOf(current?.value ?? null);
  if (column.aspect === "previous") return textOf(previous?.value ?? null);
  if (column.aspect === "unit") return current?.value == null ? null : (current.unit ?? null);
  return textOf(changeOf(plan, column.aspect, current?.value ?? null, previous?.value ?? null));
};

const costPerUnit = (
  cost: Decimal,
  line: Line,
  names: readonly string[],
  series: MetricSeries,
  period: "current" | "previous",
): MeasureValue => {
  const labelled = names.filter((name) => series.labels.has(name));
  if (line.isRest && labelled.length > 0)
    return { value: null, reason: "the metric has no value for a rest" };
  const labels: Record<string, string> = {};
  for (const name of line.isTotal ? [] : labelled) {
    const value = line.dimensions[names.indexOf(name)] ?? null;
    if (value === null) return { value: null, reason: `the metric has no value without ${name}` };
    labels[name] = value;
  }
  return perUnit(cost, series.valueAt(line.time, labels, period));
};

const textOf = (value: Decimal | null): QueryCell => (value === null ? null : formatDecimal(value));

const changeOf = (
  { comparison }: QueryPlan,
  aspect: Aspect,
  current: Decimal | null,
  previous: Decimal | null,
): Decimal | null => {
  if (current === null || previous === null) return null;
  if (aspect === "change") return subtract(current, previous);
  if (isZero(previous) || comparison === undefined) return null;
  const change = (now: Decimal, before: Decimal) =>
    divide(subtract(now, before), abs(before), RATIO_SCALE, "half-even");
  if (aspect === "change-rate") return change(current, previous);
  const days = (count: number) => decimal(BigInt(count));
  return change(
    multiply(current, days(comparison.previousDays.days)),
    multiply(previous, days(comparison.currentDays.days)),
  );
};

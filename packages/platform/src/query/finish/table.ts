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

/** A line of the answer before it is written: its time and dimensions, and the groups of each currency. */
export interface Line {
  readonly time: KeyCell;
  readonly dimensions: readonly KeyCell[];
  readonly isRest: boolean;
  readonly isTotal?: boolean;
  readonly byCurrency: ReadonlyMap<string, Group>;
}

export interface MeasureColumn extends QueryColumn {
  readonly source: Measure;
  readonly aspect: Aspect;
  readonly currency: string;
}

/** Columns of all measures, per currency; a suffix names the currency where there are several. */
export const measureColumns = (plan: QueryPlan): readonly MeasureColumn[] =>
  plan.currency.columns.flatMap((currency) =>
    plan.measures.flatMap((measure) =>
      aspectsOf(plan, measure).map((aspect) => ({
        name: columnName(measure, aspect, plan.currency.columns.length > 1 ? currency : undefined),
        role: "measure" as const,
        kind: kindOf(measure, aspect),
        measure: measure.id,
        aspect,
        currency,
        source: measure,
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

/** Evaluates measures of lines; unit costs also need their metrics. */
export interface Evaluator {
  value(line: Line, measure: Measure, currency: string, period: "current" | "previous"): MeasureValue;
  cell(line: Line, column: MeasureColumn): QueryCell;
}

export const evaluatorOf = (plan: QueryPlan, series: ReadonlyMap<string, MetricSeries>): Evaluator => {
  const names = plan.keys.flatMap((key) =>
    key.role === "dimension" && key.shown ? [key.dimension.name] : [],
  );
  const nothing = plan.parts.map(() => null);
  const value: Evaluator["value"] = (line, measure, currency, period) => {
    const cells = line.byCurrency.get(currency)?.[period] ?? nothing;
    const cost = measure.evaluate(partValues(plan.parts, cells));
    const metric = measure.metric === undefined ? undefined : series.get(measure.metric);
    if (metric === undefined || cost.value === null) return cost;
    return costPerUnit(cost.value, line, names, metric, period);
  };
  return {
    value,
    cell: (line, column) => {
      const at = (period: "current" | "previous") => value(line, column.source, column.currency, period);
      if (column.aspect === "current" || column.aspect === "previous") return textOf(at(column.aspect).value);
      const current = at("current");
      if (column.aspect === "unit") return current.value === null ? null : (current.unit ?? null);
      return textOf(changeOf(plan, column.aspect, current.value, at("previous").value));
    },
  };
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

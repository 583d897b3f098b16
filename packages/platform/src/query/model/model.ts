import { queryErrors } from "../errors.ts";
import { didYouMean } from "../text/nearest-name.ts";
import { type Dimension, resolveDimension, type VirtualDimension } from "./dimensions.ts";
import { costPerMetric, MEASURES, type Measure } from "./measures.ts";

/** How the values of a metric add up over time. */
export type MetricAggregation = "sum" | "average" | "last" | "max";

export interface MetricPoint {
  /** UTC moment as `YYYY-MM-DD HH:mm:ss`. */
  readonly time: string;
  /** Decimal text. */
  readonly value: string;
  /** Dimension name → value, e.g. `{"tag:team": "search"}`; empty where the metric counts everything. */
  readonly labels: Readonly<Record<string, string>>;
}

/** A business metric: requests, users, files, any KPI. */
export interface Metric {
  readonly id: string;
  /** One of what, e.g. `request`. */
  readonly unit: string;
  readonly aggregation: MetricAggregation;
  /** Cost per unit that is aimed at, decimal text in the currency of the bill. */
  readonly target?: string | undefined;
  /** Points in `[start, end)`, both as `YYYY-MM-DD HH:mm:ss`; null: unbounded. */
  read(start: string | null, end: string | null): Promise<readonly MetricPoint[]>;
}

/** What a reader can ask for besides the FOCUS columns. */
export interface SemanticModel {
  readonly virtual: ReadonlyMap<string, VirtualDimension>;
  readonly metrics: ReadonlyMap<string, Metric>;
  /** Month (1 to 12) that fiscal years start in. */
  readonly fiscalYearStart: number;
}

export const BASE_MODEL: SemanticModel = { virtual: new Map(), metrics: new Map(), fiscalYearStart: 1 };

/** @throws QUERY_MEASURE_UNKNOWN, METRIC_UNKNOWN */
export const resolveMeasure = (name: string, model: SemanticModel): Measure => {
  const found = findMeasure(name, model);
  if (found !== undefined) return found;
  if (name.startsWith("cost-per:")) {
    const metric = name.slice("cost-per:".length);
    throw queryErrors.create("METRIC_UNKNOWN", {
      metric: metric.slice(0, 100),
      suggestion: didYouMean(metric, model.metrics.keys()),
      metrics: [...model.metrics.keys()].join(", ") || "none",
    });
  }
  throw queryErrors.create("QUERY_MEASURE_UNKNOWN", {
    name: name.slice(0, 100),
    suggestion: didYouMean(name, measureNames(model)),
    measures: measureNames(model).join(", "),
  });
};

export const findMeasure = (name: string, model: SemanticModel): Measure | undefined => {
  const own = MEASURES.get(name.toLowerCase());
  if (own !== undefined) return own;
  const metric = name.startsWith("cost-per:") ? model.metrics.get(name.slice("cost-per:".length)) : undefined;
  return metric === undefined ? undefined : costPerMetric(metric.id, metric.unit);
};

export const measureNames = (model: SemanticModel): readonly string[] => [
  ...MEASURES.keys(),
  ...[...model.metrics.keys()].map((metric) => `cost-per:${metric}`),
];

export const dimensionOf = (name: string, model: SemanticModel): Dimension =>
  resolveDimension(name, model.virtual);

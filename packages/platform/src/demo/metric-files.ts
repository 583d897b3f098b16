import { type Day, day, decimal, divide, formatDecimal } from "@trimtab/domain";
import type { DemoFile } from "./estate.ts";
import { seededRandom } from "./random.ts";
import { type Shape, weightAt } from "./shape.ts";
import { eachDay } from "./spread.ts";

export interface DailyMetric {
  readonly name: string;
  /** What one of it is, e.g. `request`, or the unit of a gauge, e.g. `%`. */
  readonly unit: string;
  readonly perDay: number;
  readonly shape: Shape;
  /** Decimal places; counts have none. */
  readonly places?: number;
  /** A level, not a count: over time it is averaged, never added up. */
  readonly isGauge?: boolean;
  /** USD for one unit that the company aims at. */
  readonly target?: string;
}

/** First match wins; conditions are in the query language's text form. */
export interface AreaRules {
  readonly otherwise: string;
  readonly rules: readonly { readonly where: string; readonly value: string }[];
}

export interface EstateMetrics {
  /** What the business does: the denominators of unit costs. */
  readonly business: readonly DailyMetric[];
  /** How much of a resource is used. */
  readonly usage: readonly (DailyMetric & { readonly resource: string })[];
}

const MILLIONTHS = decimal("1000000");

/** Paths inside the estate's folder. */
export const BUSINESS_METRICS = "metrics/business.csv";
export const RULES = "rules.yaml";

/** Two files of `time,metric,value`: of the business, and by resource how much of it is used. */
export function metricFiles(
  seed: string,
  period: { readonly from: string; readonly until: string },
  { business, usage }: EstateMetrics,
): DemoFile[] {
  const days = eachDay(day(period.from), day(period.until));
  const lines = (metric: DailyMetric, of: string) =>
    values(`${seed}/${of}/${metric.name}`, metric, days).map(
      (value, index) => `${days[index]},${metric.name},${value}`,
    );
  return [
    csv(
      BUSINESS_METRICS,
      "time,metric,value",
      business.flatMap((metric) => lines(metric, "business")),
    ),
    csv(
      "metrics/resource-usage.csv",
      "time,metric,value,ResourceName",
      usage.flatMap((metric) => lines(metric, metric.resource).map((line) => `${line},${metric.resource}`)),
    ),
  ];
}

/** `rules.yaml`: what the business metrics are, and the areas in which the company's papers tell its costs. */
export function rulesFile({ business }: EstateMetrics, areas: AreaRules | undefined): DemoFile {
  const metrics = business.flatMap(({ name, unit, isGauge, target }) => [
    `  ${name}:`,
    `    unit: ${unit}`,
    ...(isGauge ? ["    aggregation: average"] : []),
    ...(target === undefined ? [] : [`    target: "${target}"`]),
  ]);
  const rules =
    areas?.rules.flatMap(({ where, value }) => [`      - where: ${where}`, `        value: ${value}`]) ?? [];
  const dimensions =
    areas === undefined
      ? []
      : ["dimensions:", "  area:", `    otherwise: ${areas.otherwise}`, "    rules:", ...rules];
  return {
    kind: "text",
    path: RULES,
    content: `${["version: 1", "metrics:", ...metrics, ...dimensions].join("\n")}\n`,
  };
}

function values(seed: string, metric: DailyMetric, days: readonly Day[]): string[] {
  const random = seededRandom(seed);
  const [first] = days;
  if (first === undefined) return [];
  return days.map((date) => {
    const weight = weightAt(metric.shape, metric.perDay, first, date, undefined, random);
    return formatDecimal(divide(weight, MILLIONTHS, metric.places ?? 0));
  });
}

const csv = (path: string, header: string, lines: readonly string[]): DemoFile => ({
  kind: "text",
  path,
  content: `${[header, ...lines].join("\n")}\n`,
});

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
}

export interface EstateMetrics {
  /** What the business does: the denominators of unit costs. */
  readonly business: readonly DailyMetric[];
  /** How much of a resource is used. */
  readonly usage: readonly (DailyMetric & { readonly resource: string })[];
}

const MILLIONTHS = decimal("1000000");

/** `metrics/business.csv`, a column a metric, and `metrics/resource-usage.csv`, a row a resource, metric and day. */
export function metricFiles(
  seed: string,
  period: { readonly from: string; readonly until: string },
  { business, usage }: EstateMetrics,
): DemoFile[] {
  const from = day(period.from);
  const days = eachDay(from, day(period.until));
  const columns = business.map((metric) => values(`${seed}/${metric.name}`, metric, from, days));
  const wide = days.map((date, index) => [date, ...columns.map((column) => column[index] ?? "")].join(","));
  const long = usage.flatMap((metric) =>
    values(`${seed}/${metric.resource}/${metric.name}`, metric, from, days).map((value, index) =>
      [days[index], metric.resource, metric.name, value, metric.unit].join(","),
    ),
  );
  return [
    csv("metrics/business.csv", ["day", ...business.map(({ name }) => name)], wide),
    csv("metrics/resource-usage.csv", ["day", "resource", "metric", "value", "unit"], long),
  ];
}

function values(seed: string, metric: DailyMetric, from: Day, days: readonly Day[]): string[] {
  const random = seededRandom(seed);
  return days.map((date) => {
    const weight = weightAt(metric.shape, metric.perDay, from, date, undefined, random);
    return formatDecimal(divide(weight, MILLIONTHS, metric.places ?? 0));
  });
}

const csv = (path: string, header: readonly string[], lines: readonly string[]): DemoFile => ({
  kind: "text",
  path,
  content: `${[header.join(","), ...lines].join("\n")}\n`,
});

import { add, compare, type Decimal, decimal, divide } from "@trimtab/domain";
import type { KeyCell } from "../finish/groups.ts";
import type { VirtualDimension } from "../model/dimensions.ts";
import { MEASURES, PRICE_SCALE } from "../model/measures.ts";
import type { Metric, MetricAggregation, MetricPoint } from "../model/model.ts";
import type { TimeRange } from "../periods.ts";
import type { Key, QueryPlan } from "../plan.ts";
import { bucketOf } from "../time-buckets.ts";

export type MetricPeriod = "current" | "previous";

/** Values of one metric at the query's time grain. */
export interface MetricSeries {
  readonly metric: Metric;
  /** Dimensions that its points tell apart. */
  readonly labels: ReadonlySet<string>;
  /** Value in a bucket (null: the whole period) over the points that have these labels. */
  valueAt(time: KeyCell, labels: Readonly<Record<string, string>>, period: MetricPeriod): Decimal | undefined;
}

/** Reads a metric for both periods of a plan. */
export const readSeries = async (plan: QueryPlan, metric: Metric): Promise<MetricSeries> => {
  const current = await pointsIn(metric, plan.comparison?.current ?? plan.range);
  const previous = plan.comparison === undefined ? [] : await pointsIn(metric, plan.comparison.previous);
  const points = { current, previous };
  const labels = new Set([...current, ...previous].flatMap((point) => Object.keys(point.labels)));
  const time = plan.keys.find((key): key is Extract<Key, { role: "time" }> => key.role === "time");
  const shift = plan.comparison?.shift;
  const cache = new Map<string, readonly MetricPoint[]>();
  const inBucket = (bucket: KeyCell, period: MetricPeriod): readonly MetricPoint[] => {
    if (bucket === null || time === undefined) return points[period];
    const id = `${period} ${bucket}`;
    const known = cache.get(id);
    if (known !== undefined) return known;
    const wanted = bucket.slice(0, time.bucketing.grain === "hour" ? 19 : 10);
    const found = points[period].filter((point) => {
      const at = period === "previous" && shift ? shifted(point.time, shift) : point.time;
      return bucketOf(at, time.bucketing) === wanted;
    });
    cache.set(id, found);
    return found;
  };
  return {
    metric,
    labels,
    valueAt: (bucket, wanted, period) => {
      const matching = inBucket(bucket, period).filter((point) =>
        Object.entries(wanted).every(([name, value]) => point.labels[name] === value),
      );
      return aggregate(matching, metric.aggregation);
    },
  };
};

const pointsIn = (metric: Metric, { start, end }: TimeRange): Promise<readonly MetricPoint[]> =>
  metric.read(sqlTime(start), sqlTime(end));

const sqlTime = (moment: string | null): string | null =>
  moment === null ? null : moment.slice(0, 19).replace("T", " ");

const shifted = (
  time: string,
  shift: { readonly unit: "months" | "days"; readonly amount: number },
): string => {
  const date = new Date(`${time.replace(" ", "T")}Z`);
  if (shift.unit === "days") date.setUTCDate(date.getUTCDate() + shift.amount);
  else date.setUTCMonth(date.getUTCMonth() + shift.amount, 1);
  return date.toISOString().slice(0, 19).replace("T", " ");
};

/** Over time as the metric says, then over label sets by adding up. */
const aggregate = (points: readonly MetricPoint[], how: MetricAggregation): Decimal | undefined => {
  const series = [
    ...Map.groupBy(points, ({ labels }) => JSON.stringify(Object.entries(labels).toSorted())).values(),
  ];
  if (series.length === 0) return undefined;
  return series.map((own) => overTime(own, how)).reduce(add);
};

const overTime = (points: readonly MetricPoint[], how: MetricAggregation): Decimal => {
  const values = points.map(({ value }) => decimal(value));
  const sum = values.reduce(add);
  switch (how) {
    case "sum":
      return sum;
    case "average":
      return divide(sum, decimal(BigInt(values.length)), PRICE_SCALE, "half-even");
    case "max":
      return values.reduce((a, b) => (compare(a, b) >= 0 ? a : b));
    case "last": {
      const last = points.reduce((a, b) => (b.time > a.time ? b : a));
      return decimal(last.value);
    }
  }
};

/** What the business metrics that a dimension's shared costs are split by say of each of its values. */
export const metricTotals = async (
  plan: QueryPlan,
  dimension: VirtualDimension,
): Promise<(metric: string, value: string, month: KeyCell) => Decimal | undefined> => {
  const names = dimension.rules.flatMap((rule) =>
    "shared" in rule && rule.shared.split.by === "metric" ? [rule.shared.split.metric] : [],
  );
  const series = new Map<string, MetricSeries>();
  for (const name of new Set(names)) {
    const metric = MEASURES.has(name) ? undefined : plan.model.metrics.get(name);
    if (metric !== undefined) series.set(name, await readSeries(plan, metric));
  }
  return (name, value, month) => series.get(name)?.valueAt(month, { [dimension.name]: value }, "current");
};

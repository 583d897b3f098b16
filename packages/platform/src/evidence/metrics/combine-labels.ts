import { RESOURCE_METRICS, type ResourceMetric } from "@trimtab/domain";
import type { NumberStatistic } from "./resource-metric-store.ts";

/** Amounts of something, which several parts of a resource have together; shares and times are none. */
const isAmount = (metric: ResourceMetric): boolean => /^(By|s|\{\w+\})$/.test(RESOURCE_METRICS[metric].unit);

/** A time that is as long as the longest of its parts, not as all of them. */
const NOT_ADDED: ReadonlySet<ResourceMetric> = new Set(["replication.lag", "request.concurrency"]);

/**
 * How the values of one interval that differ in their labels become the resource's own: sums and levels of amounts add
 * up, the highest of all is the highest of the highest. Two means of shares or two percentiles have no such answer.
 */
const rule = (metric: ResourceMetric, statistic: NumberStatistic): "sum" | "max" | "min" | undefined => {
  const adds = isAmount(metric) && !NOT_ADDED.has(metric);
  if (statistic === "sum") return "sum";
  if (adds && (statistic === "mean" || statistic === "last")) return "sum";
  if (adds) return undefined;
  if (statistic === "max") return "max";
  return statistic === "min" ? "min" : undefined;
};

export const hasAnswer = (metric: ResourceMetric, statistic: NumberStatistic): boolean =>
  rule(metric, statistic) !== undefined;

const STATISTICS: readonly NumberStatistic[] = ["sum", "mean", "min", "max", "last"];

/** Points over all labels. An interval in which a label has no point is one in which that part was not there. */
export const combined = (points: string, metric: ResourceMetric): string => {
  const cases = STATISTICS.flatMap((statistic) => {
    const fn = rule(metric, statistic);
    const value = fn === "sum" ? "CAST(sum(CAST(value AS DECIMAL(38, 12))) AS DOUBLE)" : `${fn}(value)`;
    return fn === undefined ? [] : [`WHEN '${statistic}' THEN ${value}`];
  });
  return (
    `SELECT id, name, statistic, interval_seconds, time, CASE statistic ${cases.join(" ")} END AS value ` +
    `FROM ${points} GROUP BY id, name, statistic, interval_seconds, time`
  );
};

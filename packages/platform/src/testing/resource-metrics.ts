import type { Instant } from "@trimtab/domain";
import { openResourceMetrics } from "../evidence/metrics/open-resource-metrics.ts";
import type { ResourceMetricStore } from "../evidence/metrics/resource-metric-store.ts";
import type { ResourcePoint } from "../evidence/metrics/resource-point.ts";
import { type Lake, openLake } from "../lake/lake.ts";

/** A lake whose resource metrics are read and written. */
export const openTestMetrics = async (
  root: string,
  now = "2026-07-01T00:00:00Z",
): Promise<{ readonly lake: Lake; readonly store: ResourceMetricStore }> => {
  const clock = () => new Date(now);
  const lake = await openLake({ root, clock, threads: 2 });
  return { lake, store: openResourceMetrics(lake, clock) };
};

/** Hourly points of one resource's metric from a moment on; null leaves an hour out. */
export const hourly = (
  start: string,
  values: readonly (number | null)[],
  point: Partial<ResourcePoint> = {},
): readonly ResourcePoint[] =>
  values.flatMap((value, hour) =>
    value === null
      ? []
      : [
          {
            resource: "vm-1",
            metric: "cpu.utilization",
            statistic: "mean",
            intervalSeconds: 3600,
            time: new Date(Date.parse(start) + hour * 3_600_000).toISOString() as Instant,
            value,
            ...point,
          },
        ],
  );

import type { Database } from "../../lake/database.ts";
import type { ResourceMetricFiles } from "../../lake/resource-metrics/resource-metrics.ts";
import { toInstant } from "./reading.ts";
import type { StoredMetric, StoredSeries } from "./resource-metric-store.ts";

type Run = Database["run"];

const SPAN =
  "count(*), CAST(min(time) AS VARCHAR), CAST(max(time) + to_seconds(interval_seconds) AS VARCHAR)";

export const listMetrics = async (files: ResourceMetricFiles, run: Run): Promise<readonly StoredMetric[]> => {
  const { rows } = await run({
    text:
      `SELECT metric, statistic, interval_seconds, count(DISTINCT resource), ${SPAN} ` +
      `FROM ${files.scan(await files.files())} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`,
  });
  return rows.map(([metric, statistic, interval, resources, points, start, end]) => ({
    metric: String(metric),
    statistic: String(statistic),
    intervalSeconds: Number(interval),
    resources: Number(resources),
    points: Number(points),
    start: toInstant(start),
    end: toInstant(end),
  }));
};

export const listSeries = async (
  files: ResourceMetricFiles,
  run: Run,
  { metric, like = "", limit }: { readonly metric?: string; readonly like?: string; readonly limit: number },
): Promise<readonly StoredSeries[]> => {
  const own = (await files.files()).filter((file) => metric === undefined || file.metric === metric);
  const { rows } = await run({
    text:
      `SELECT resource, metric, statistic, interval_seconds, ${SPAN} FROM ${files.scan(own)} ` +
      "WHERE contains(lower(resource), lower($1)) GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4 LIMIT $2",
    params: [like, limit],
  });
  return rows.map(([resource, name, statistic, interval, points, start, end]) => ({
    resource: String(resource),
    metric: String(name),
    statistic: String(statistic),
    intervalSeconds: Number(interval),
    points: Number(points),
    start: toInstant(start),
    end: toInstant(end),
  }));
};

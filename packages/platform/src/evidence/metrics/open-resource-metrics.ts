import { type Clock, unknown } from "@trimtab/domain";
import type { Database, RunOptions } from "../../lake/database.ts";
import { openResourceMetricFiles } from "../../lake/resource-metrics/resource-metrics.ts";
import type { LakeStorage } from "../../lake/storage/storage.ts";
import { listMetrics, listSeries } from "./list-stored.ts";
import { readDistributions, readSeries } from "./read-series.ts";
import { readSummaries } from "./read-summaries.ts";
import type { Reading } from "./reading.ts";
import type { ReadOptions, ResourceMetricStore } from "./resource-metric-store.ts";
import { stagedPoint } from "./resource-point.ts";

/** Opens the metrics of resources that are in a lake. Nothing is written before the first points are. */
export const openResourceMetrics = (
  { storage, database }: { readonly storage: LakeStorage; readonly database: Database },
  clock: Clock,
): ResourceMetricStore => {
  const files = openResourceMetricFiles(storage, database, clock);
  const reading = ({ window, resources, signal }: ReadOptions): Reading => {
    const run: Database["run"] = (statement, options: RunOptions = {}) =>
      database.run(statement, { ...options, signal });
    return { run, files, window, resources };
  };
  const store: ResourceMetricStore = {
    write: (fill) =>
      files.write((stage) =>
        fill({
          add: (points) => stage.add(points.map(stagedPoint)),
          addSelect: (select) => stage.addSelect(select),
        }),
      ),
    list: () => listMetrics(files, database.run),
    listResources: (filter) => listSeries(files, database.run, filter),
    summaries: async (asked, options) => {
      const byMetric = Map.groupBy(asked, ({ metric }) => metric);
      const found = [];
      for (const [metric, own] of byMetric) {
        const statistics = [...new Set(own.map(({ statistic }) => statistic))];
        found.push(await readSummaries(reading(options), metric, statistics));
      }
      return found.flat();
    },
    seriesOf: (asked, options) => readSeries(reading(options), asked),
    series: async (resource, asked, window) => {
      const [own] = await store.seriesOf(asked, { window, resources: [resource] });
      if (own !== undefined) return own.found;
      return unknown(`there is no ${asked.metric} (${asked.statistic}) of ${resource.id} in this window`);
    },
    distributions: (metric, options) => readDistributions(reading(options), metric),
  };
  return store;
};

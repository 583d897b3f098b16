import type { MetricStore } from "../../lake/metrics.ts";
import type { Metric, MetricAggregation } from "../model/model.ts";

/** What a rules file says of a metric. */
export interface MetricDefinition {
  readonly unit: string;
  readonly aggregation: MetricAggregation;
  readonly target?: string | undefined;
}

/** Every metric of the lake, as a model needs them; one that no definition names is counted in itself and adds up. */
export const openMetrics = async (
  store: MetricStore,
  definitions: ReadonlyMap<string, MetricDefinition> = new Map(),
): Promise<ReadonlyMap<string, Metric>> => {
  const ids = [...(await store.list()).keys()].toSorted();
  return new Map(
    ids.map((id) => {
      const { unit, aggregation, target } = definitions.get(id) ?? { unit: id, aggregation: "sum" };
      const metric: Metric = {
        id,
        unit,
        aggregation,
        target,
        read: (start, end) => store.read(id, start, end),
      };
      return [id, metric];
    }),
  );
};

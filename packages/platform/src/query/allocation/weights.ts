import { type Decimal, decimal, ZERO } from "@trimtab/domain";
import type { Group, KeyCell } from "../finish/groups.ts";
import { metricTotals } from "../metrics/metric-values.ts";
import type { SharedCost, VirtualDimension } from "../model/dimensions.ts";
import { MEASURES } from "../model/measures.ts";
import type { QueryPlan } from "../plan.ts";
import type { Weights, WeightsOf } from "./split.ts";

/** The request whose answer says what each value of the dimension costs directly, in scope, whatever the filter. */
export const weightMeasures = (dimension: VirtualDimension): readonly string[] => {
  const metrics = dimension.rules.flatMap((rule) =>
    "shared" in rule && rule.shared.split.by === "metric" ? [rule.shared.split.metric] : [],
  );
  return [...new Set(["effective", ...metrics.filter((metric) => MEASURES.has(metric))])];
};

/**
 * @param direct groups of the dimension before any split; its plan has the keys time, dimension, pool and currency
 */
export const weightsFrom = async (
  dimension: VirtualDimension,
  directPlan: QueryPlan,
  direct: readonly Group[],
): Promise<WeightsOf> => {
  const at = (role: string) => directPlan.keys.findIndex((key) => key.role === role);
  const [timeAt, valueAt, poolAt, currencyAt] = [at("time"), at("dimension"), at("pool"), at("currency")];
  const costs = new Map<string, Map<string, readonly (Decimal | null)[]>>();
  const partAt = (measure: string) => {
    const additive = MEASURES.get(measure)?.additive;
    return directPlan.parts.findIndex(({ id }) => id === additive);
  };
  const measures = weightMeasures(dimension);
  for (const group of direct) {
    const value = group.keys[valueAt] ?? null;
    if ((group.keys[poolAt] ?? null) !== null || value === null) continue;
    for (const period of ["current", "previous"] as const) {
      const cells = period === "current" ? group.current : group.previous;
      if (cells === undefined || isNothing(cells)) continue;
      const key = placeKey(group.keys[timeAt] ?? null, group.keys[currencyAt] ?? null, period);
      const place = costs.get(key) ?? new Map();
      place.set(
        value,
        measures.map((measure) => {
          const cell = cells[partAt(measure)] ?? null;
          return typeof cell === "string" ? null : cell;
        }),
      );
      costs.set(key, place);
    }
  }
  const business = await metricTotals(directPlan, dimension);
  return (shared, { time, currency, period }) => {
    const values = costs.get(placeKey(time, currency, period)) ?? new Map();
    return weightsOf(shared, dimension, values, measures, (metric, value) =>
      business(metric, value, time, period),
    );
  };
};

const isNothing = (cells: readonly unknown[]): boolean =>
  cells.every((cell) => cell === null || cell === ZERO);

const placeKey = (time: KeyCell, currency: KeyCell, period: string): string =>
  JSON.stringify([time, currency, period]);

const weightsOf = (
  { split }: SharedCost,
  dimension: VirtualDimension,
  values: ReadonlyMap<string, readonly (Decimal | null)[]>,
  measures: readonly string[],
  metricOf: (metric: string, value: string) => Decimal | undefined,
): Weights => {
  if (split.by === "share") {
    const shares = Object.entries(split.shares);
    return { targets: shares.map(([name]) => name), weights: shares.map(([, share]) => decimal(share)) };
  }
  const direct = [...values.keys()].filter((value) => value !== dimension.otherwise).toSorted();
  const targets = split.among ?? direct;
  if (split.by === "even") return { targets, weights: targets.map(() => decimal("1")) };
  const index = measures.indexOf(split.metric);
  const weights = targets.map((target) =>
    index < 0 ? (metricOf(split.metric, target) ?? ZERO) : (values.get(target)?.[index] ?? ZERO),
  );
  return { targets, weights };
};

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
 * @param direct monthly groups of the dimension before any split; the plan's keys are time, dimension, pool and currency
 */
export const weightsFrom = async (
  dimension: VirtualDimension,
  plan: QueryPlan,
  direct: readonly Group[],
): Promise<WeightsOf> => {
  const at = (role: string) => plan.keys.findIndex((key) => key.role === role);
  const [monthAt, valueAt, poolAt, currencyAt] = [at("time"), at("dimension"), at("pool"), at("currency")];
  const measures = weightMeasures(dimension);
  const partAt = measures.map((measure) => {
    const additive = MEASURES.get(measure)?.additive;
    return plan.parts.findIndex(({ id }) => id === additive);
  });
  const costs = new Map<string, Map<string, readonly (Decimal | null)[]>>();
  for (const { keys, current } of direct) {
    const value = keys[valueAt] ?? null;
    if (value === null || (keys[poolAt] ?? null) !== null) continue;
    const place = placeKey(keys[monthAt] ?? null, keys[currencyAt] ?? null);
    const cells = partAt.map((index) => current[index] ?? null);
    const own = costs.get(place) ?? new Map<string, readonly (Decimal | null)[]>();
    own.set(
      value,
      cells.map((cell) => (typeof cell === "string" ? null : cell)),
    );
    costs.set(place, own);
  }
  const business = await metricTotals(plan, dimension);
  return (shared, month, currency) =>
    weightsOf(
      shared,
      dimension,
      costs.get(placeKey(month, currency)) ?? new Map(),
      measures,
      (metric, value) => business(metric, value, month),
    );
};

const placeKey = (month: KeyCell, currency: KeyCell): string => JSON.stringify([month, currency]);

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

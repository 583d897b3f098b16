import { allocateByWeight, type Decimal, decimal, isZero, sign, ZERO } from "@trimtab/domain";
import { type Group, type KeyCell, type PartCell, regroup } from "../finish/groups.ts";
import type { SharedCost, VirtualDimension } from "../model/dimensions.ts";
import type { QueryPlan } from "../plan.ts";

/** Places that the parts of a split cost have, as the lake's amounts do. */
const SPLIT_SCALE = 12;

/** Who bears how much of a shared cost, at one time and in one currency. */
export interface Weights {
  readonly targets: readonly string[];
  readonly weights: readonly Decimal[];
}

/** What the direct costs of each value weigh in one month and currency. */
export type WeightsOf = (shared: SharedCost, month: KeyCell, currency: KeyCell) => Weights;

export interface SplitResult {
  readonly groups: readonly Group[];
  /** Names of shared costs that nobody could bear; they stay with the dimension's `otherwise`. */
  readonly unborne: readonly string[];
}

/**
 * Splits the shared costs of one dimension. Every sum is conserved to the last digit: parts are rounded by largest
 * remainder. The dimension's pool key is null afterwards.
 */
export const splitShared = (
  plan: QueryPlan,
  dimension: VirtualDimension,
  groups: readonly Group[],
  weightsOf: WeightsOf,
): SplitResult => {
  const at = (role: string) => plan.keys.findIndex((key) => key.role === role);
  const valueAt = plan.keys.findIndex(
    (key) => key.role === "dimension" && key.dimension.name === dimension.name,
  );
  const poolAt = plan.keys.findIndex((key) => key.role === "pool" && key.dimension.name === dimension.name);
  const unborne = new Set<string>();
  const shared = (group: Group): SharedCost | undefined => {
    const pool = group.keys[poolAt] ?? null;
    const rule = pool === null ? undefined : dimension.rules[Number(pool)];
    return rule !== undefined && "shared" in rule ? rule.shared : undefined;
  };
  const spread = groups.flatMap((group) => {
    const cost = shared(group);
    if (cost === undefined) return [group];
    const weights = usable(
      weightsOf(cost, group.keys[at("split-month")] ?? null, group.keys[at("currency")] ?? null),
    );
    if (weights === undefined) unborne.add(cost.name);
    const borne = weights ?? { targets: [dimension.otherwise], weights: [decimal("1")] };
    const rename = (target: string): readonly KeyCell[] =>
      group.keys.map((key, index) => (index === valueAt ? target : index === poolAt ? null : key));
    const current = splitCells(plan, group.current, borne);
    const previous = group.previous === undefined ? undefined : splitCells(plan, group.previous, borne);
    return borne.targets.map((target, index) => ({
      keys: rename(target),
      current: current[index] ?? [],
      ...(previous === undefined ? {} : { previous: previous[index] ?? [] }),
    }));
  });
  return { groups: regroup(spread, plan.parts, ({ keys }) => keys), unborne: [...unborne] };
};

/** Costs below zero bear nothing: a credit does not earn a share of the rest. */
const usable = ({ targets, weights }: Weights): Weights | undefined => {
  const positive = weights.map((weight) => (sign(weight) < 0 ? ZERO : weight));
  return positive.some((weight) => !isZero(weight)) ? { targets, weights: positive } : undefined;
};

/** The cells of each target, in the order of the weights. */
const splitCells = (
  plan: QueryPlan,
  cells: readonly PartCell[],
  { targets, weights }: Weights,
): readonly (readonly PartCell[])[] => {
  const columns = cells.map((cell, index): readonly PartCell[] => {
    if (cell === null || typeof cell === "string") return targets.map(() => cell);
    const scale = plan.parts[index]?.kind === "count" ? 0 : SPLIT_SCALE;
    return allocateByWeight(cell, weights, scale);
  });
  return targets.map((_, row) => columns.map((column) => column[row] ?? null));
};

import { abs, type Decimal, isZero, subtract, ZERO } from "@trimtab/domain";
import { type Rank, rankOf } from "../order.ts";
import type { QueryPlan } from "../plan.ts";
import { compareDecimals, compareKeys, type Group, type KeyCell, partValues, regroup } from "./groups.ts";

/** Groups to show and the exact rest of the others. */
export interface CutGroups {
  readonly rows: readonly Group[];
  readonly rest: readonly Group[];
}

/**
 * `top` over groups that changed shape after SQL. A dimension's own `otherwise` (what no rule could place) is never
 * hidden in the rest.
 */
export const cutTop = (plan: QueryPlan, groups: readonly Group[], top: number): CutGroups => {
  const rank = rankOf(plan.order, plan.measures);
  const isDimension = plan.keys.map((key) => key.role === "dimension" && key.shown);
  const isTime = plan.keys.map(({ role }) => role === "time");
  const dimensions = ({ keys }: Group): readonly KeyCell[] =>
    keys.map((key, i) => (isDimension[i] ? key : null));
  const ranked = rankedCombinations(plan, groups, dimensions, rank);
  const kept = new Set(ranked.slice(0, top).map(({ keys }) => JSON.stringify(keys)));
  const isKept = (group: Group) => kept.has(JSON.stringify(dimensions(group))) || isUnplaced(plan, group);
  return {
    rows: groups.filter(isKept),
    rest: regroup(
      groups.filter((group) => !isKept(group)),
      plan.parts,
      ({ keys }) => keys.map((key, i) => (isTime[i] || plan.keys[i]?.role === "currency" ? key : null)),
    ),
  };
};

/** In several currencies the first column ranks: amounts in different currencies have no order. */
const rankedCombinations = (
  plan: QueryPlan,
  groups: readonly Group[],
  dimensions: (group: Group) => readonly KeyCell[],
  rank: ReturnType<typeof rankOf>,
): readonly Group[] => {
  const currencyAt = plan.keys.findIndex(({ role }) => role === "currency");
  const [first] = plan.currency.columns;
  const isRanking = (group: Group) =>
    plan.currency.target !== undefined || currencyAt < 0 || group.keys[currencyAt] === first;
  const nothing = (group: Group): Group => ({ ...group, current: group.current.map(() => null) });
  const combinations = regroup(
    groups.map((group) => (isRanking(group) ? group : nothing(group))),
    plan.parts,
    dimensions,
  );
  return combinations.toSorted(
    (a, b) =>
      compareDecimals(rankValue(plan, a, rank), rankValue(plan, b, rank), rank.direction) ||
      compareKeyLists(a.keys, b.keys),
  );
};

const compareKeyLists = (a: readonly KeyCell[], b: readonly KeyCell[]): number => {
  for (const [index, key] of a.entries()) {
    const order = compareKeys(key, b[index] ?? null);
    if (order !== 0) return order;
  }
  return 0;
};

const rankValue = (plan: QueryPlan, group: Group, { part, over, aspect }: Rank): Decimal | null => {
  const value = (cells: Group["current"]): Decimal | null => {
    const parts = partValues(plan.parts, cells);
    const mayBeEmpty = plan.comparison !== undefined || over !== "rows";
    const isEmpty = mayBeEmpty && isZero(parts.decimal(over) ?? ZERO);
    return parts.decimal(part) ?? (isEmpty ? ZERO : null);
  };
  const current = value(group.current);
  if (aspect === "current") return current;
  const previous = value(group.previous ?? []);
  if (current === null || previous === null) return null;
  const change = subtract(current, previous);
  return aspect === "abs-change" ? abs(change) : change;
};

const isUnplaced = (plan: QueryPlan, group: Group): boolean =>
  plan.keys.some(
    (key, index) =>
      key.role === "dimension" &&
      key.shown &&
      key.dimension.kind === "virtual" &&
      group.keys[index] === key.dimension.otherwise,
  );

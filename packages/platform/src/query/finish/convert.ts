import { multiply } from "@trimtab/domain";
import { rateOf } from "../currencies.ts";
import type { QueryPlan } from "../plan.ts";
import type { Rate } from "../rates.ts";
import { type Group, type PartCell, regroup } from "./groups.ts";

/**
 * Amounts in the target currency, each by the rate in force when it was charged; a product of decimals is exact.
 * The currency and rate keys are folded away. Without a target the groups stay as they are.
 * @throws RATES_MISSING
 */
export const convertGroups = (
  plan: QueryPlan,
  groups: readonly Group[],
): { readonly groups: readonly Group[]; readonly used: readonly Rate[] } => {
  if (plan.currency.target === undefined) return { groups, used: [] };
  const currencyAt = plan.keys.findIndex(({ role }) => role === "currency");
  const stretchAt = plan.keys.findIndex(({ role }) => role === "rate");
  const used = new Map<string, Rate>();
  const firstDay = firstDayOf(plan);
  const converted = groups.map((group) => {
    const from = group.keys[currencyAt] ?? "";
    const rate = rateOf(plan.currency, from, Number(group.keys[stretchAt] ?? 0), firstDay);
    if (rate === undefined) return group;
    used.set(`${rate.from} ${rate.date}`, rate);
    const times = (cells: readonly PartCell[]) =>
      cells.map((cell, index) =>
        cell === null || typeof cell === "string" || plan.parts[index]?.kind !== "money"
          ? cell
          : multiply(cell, rate.rate),
      );
    return {
      ...group,
      current: times(group.current),
      ...(group.previous === undefined ? {} : { previous: times(group.previous) }),
    };
  });
  const folded = regroup(converted, plan.parts, ({ keys }) =>
    keys.map((key, index) => (index === currencyAt || index === stretchAt ? null : key)),
  );
  return { groups: folded, used: [...used.values()] };
};

/** The earliest day that a row of the query can have: the rate before the first change is the one in force there. */
const firstDayOf = (plan: QueryPlan): string => {
  const start = (plan.comparison?.previous ?? plan.range).start;
  const loaded = plan.loads
    .map((load) => (plan.request.timeAxis === "invoice" ? load.billingPeriod : load.chargeStart.slice(0, 10)))
    .reduce((a, b) => (a < b ? a : b), "9999-12-31");
  return start !== null && start.slice(0, 10) > loaded ? start.slice(0, 10) : loaded;
};

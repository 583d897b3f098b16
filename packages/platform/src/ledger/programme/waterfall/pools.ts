import {
  add,
  allocateByWeight,
  compare,
  type Day,
  type Decimal,
  divide,
  equals,
  isZero,
  multiply,
  negate,
  roundTo,
  sign,
  subtract,
  sumDecimals,
  ZERO,
} from "@trimtab/domain";
import type { Change, Effect, Scenario } from "./effect.ts";

/** Places of every amount within a waterfall: those of the lake. */
const SCALE = 12;

/** What is left of one resource, or of the rest of a line that no resource of the programme takes. */
export interface Pool {
  readonly line: string;
  /** Absent: the rest of the line. */
  readonly resource?: string;
  readonly left: Decimal;
}

/** What an effect takes from each pool, in the order of the pools: below zero where it adds cost. */
export type Taken = readonly Decimal[];

/** Whether an effect counts on a day. */
export function isActive({ from, until }: Effect, at: Day): boolean {
  return (from === undefined || from <= at) && (until === undefined || at < until);
}

/** What an effect takes from pools as they are now, never more than there is. */
export function takenBy({ on, change }: Effect, pools: readonly Pool[], at: Day, scenario: Scenario): Taken {
  const isMeant = (pool: Pool) =>
    change.kind === "resource" ? pool.resource === change.resource : on.includes(pool.line);
  const amounts = pools.map((pool) => (isMeant(pool) ? positive(pool.left) : ZERO));
  switch (change.kind) {
    case "share":
      return amounts.map((left) => roundTo(multiply(left, change.by[scenario]), SCALE, "down"));
    case "amount":
      return sign(change.by[scenario]) < 0
        ? added(negate(change.by[scenario]), pools, on[0])
        : shareOut(change.by[scenario], amounts);
    case "resource": {
      const wanted = savingOf(change, at, scenario);
      return amounts.map((left, index) =>
        pools[index]?.resource === change.resource ? ofResource(wanted, change.costNow, left) : ZERO,
      );
    }
  }
}

/** What is left after an effect. */
export function less(pools: readonly Pool[], taken: Taken): Pool[] {
  return pools.map((pool, index) => ({ ...pool, left: subtract(pool.left, taken[index] ?? ZERO) }));
}

/** What a recommendation saves on a day: less while commitments go on paying for what is freed. */
function savingOf(change: Extract<Change, { kind: "resource" }>, at: Day, scenario: Scenario): Decimal {
  const isFree = change.committedUntil !== undefined && at >= change.committedUntil;
  return (isFree ? change.gross : change.net)[scenario];
}

/** The same part of what earlier tasks left as of what the resource cost when it was worked out. */
function ofResource(saving: Decimal, costNow: Decimal, left: Decimal): Decimal {
  if (sign(costNow) <= 0) return ZERO;
  const wanted = equals(left, costNow) ? saving : divide(multiply(left, saving), costNow, SCALE, "down");
  return compare(wanted, left) > 0 ? left : wanted;
}

function shareOut(wanted: Decimal, amounts: readonly Decimal[]): Taken {
  const there = sumDecimals(amounts);
  if (isZero(there)) return amounts;
  return allocateByWeight(
    compare(wanted, there) > 0 ? there : roundTo(wanted, SCALE, "down"),
    amounts,
    SCALE,
  );
}

/** New cost goes to the rest of the first line named. */
function added(cost: Decimal, pools: readonly Pool[], line: string | undefined): Taken {
  const at = pools.findIndex((pool) => pool.line === line && pool.resource === undefined);
  return pools.map((_, index) => (index === at ? negate(cost) : ZERO));
}

function positive(amount: Decimal): Decimal {
  return sign(amount) > 0 ? amount : ZERO;
}

export interface CostLine {
  readonly name: string;
  /** A month as it is today, exact. */
  readonly monthly: Decimal;
}

/** The pools of today's spend; a resource costs no more than its line, and all of a line's no more than it together. */
export function openPools(
  lines: readonly CostLine[],
  effects: readonly Effect[],
): { readonly pools: readonly Pool[]; readonly scaled: readonly string[] } {
  const scaled: string[] = [];
  const pools = lines.flatMap(({ name, monthly }) => {
    const costs = resourcesOf(name, effects);
    const stated = sumDecimals(costs.values());
    const limit = positive(roundTo(monthly, SCALE, "half-even"));
    const isMore = compare(stated, limit) > 0;
    if (isMore) scaled.push(name);
    const amounts = isMore ? allocateByWeight(limit, [...costs.values()], SCALE) : [...costs.values()];
    const rest = subtract(monthly, sumDecimals(amounts));
    const own = [...costs.keys()].map((resource, index) => ({
      line: name,
      resource,
      left: amounts[index] ?? ZERO,
    }));
    return [...own, { line: name, left: rest }];
  });
  return { pools, scaled };
}

/** Of two tasks that say what one resource costs, the larger figure counts. */
function resourcesOf(line: string, effects: readonly Effect[]): ReadonlyMap<string, Decimal> {
  const costs = new Map<string, Decimal>();
  for (const { on, change } of effects) {
    if (change.kind !== "resource" || on[0] !== line) continue;
    const cost = positive(roundTo(change.costNow, SCALE, "half-even"));
    const known = costs.get(change.resource);
    costs.set(change.resource, known === undefined || compare(cost, known) > 0 ? cost : known);
  }
  return costs;
}

export function sumByLine(pools: readonly Pool[], amounts: readonly Decimal[]): ReadonlyMap<string, Decimal> {
  const sums = new Map<string, Decimal>();
  for (const [index, { line }] of pools.entries())
    sums.set(line, add(sums.get(line) ?? ZERO, amounts[index] ?? ZERO));
  return sums;
}

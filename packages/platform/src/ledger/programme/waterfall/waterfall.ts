import {
  add,
  type CurrencyCode,
  type Day,
  type Decimal,
  type MoneyEstimate,
  subtract,
  sumDecimals,
  ZERO,
} from "@trimtab/domain";
import { programmeErrors } from "../programme-errors.ts";
import { type Effect, inEach, SCENARIOS, type Scenario, type Scenarios } from "./effect.ts";
import { type CostLine, isActive, less, openPools, type Pool, sumByLine, takenBy } from "./pools.ts";

export interface WaterfallTask {
  readonly key: string;
  readonly title: string;
  readonly effects: readonly Effect[];
  /** Tasks that must not be done together with it: other ways to the same saving, or in conflict. */
  readonly excludes: readonly string[];
}

export interface WaterfallInput {
  readonly currency: CurrencyCode;
  readonly lines: readonly CostLine[];
  /** In the order in which they are done. */
  readonly tasks: readonly WaterfallTask[];
  /** The day that is looked at: what commitments still pay for depends on it. */
  readonly at: Day;
}

export interface WaterfallStep {
  readonly key: string;
  readonly title: string;
  /** What it saves a month, done in its turn. Of a late task the high may be below the mid: others took it before. */
  readonly marginal: Scenarios;
  /** What it would save if it were the only one. */
  readonly alone: Scenarios;
  readonly byLine: readonly { readonly line: string; readonly marginal: Scenarios }[];
  /** What is left of the whole bill after it. */
  readonly after: Scenarios;
}

/** From today's spend to what is left: `start` less every step's `marginal` is `end`, exactly, in each scenario. */
export interface Waterfall {
  readonly currency: CurrencyCode;
  readonly at: Day;
  readonly start: Decimal;
  readonly steps: readonly WaterfallStep[];
  readonly end: Scenarios;
  readonly saved: MoneyEstimate;
  /** What the tasks' own savings add up to beyond `saved`: dollars that a sum of them would count twice. */
  readonly overlap: Scenarios;
  readonly lines: readonly { readonly name: string; readonly start: Decimal; readonly end: Scenarios }[];
  /** Lines whose resources were said to cost more than the line; they were scaled down to it. */
  readonly scaled: readonly string[];
}

/**
 * Gives each task its marginal saving in the order in which the tasks are done.
 * @throws PROGRAMME_ALTERNATIVES, PROGRAMME_LINE_UNKNOWN
 */
export function waterfall(input: WaterfallInput): Waterfall {
  const { currency, lines, at } = input;
  requireCompatible(input.tasks);
  requireLines(input);
  const tasks = input.tasks.map((task) => ({
    ...task,
    effects: task.effects.filter((effect) => isActive(effect, at)),
  }));
  const { pools, scaled } = openPools(
    lines,
    input.tasks.flatMap(({ effects }) => effects),
  );
  const runs = {
    low: runOf(tasks, pools, at, "low"),
    mid: runOf(tasks, pools, at, "mid"),
    high: runOf(tasks, pools, at, "high"),
  };
  const start = sumDecimals(lines.map(({ monthly }) => monthly));
  const end = inEach((scenario) => sumDecimals(runs[scenario].left.map(({ left }) => left)));
  const steps = tasks.map((task, index) => stepOf(task, runs, index));
  const sums = inEach((scenario) => sumDecimals(steps.map(({ alone }) => alone[scenario])));
  const saved = { currency, ...inEach((scenario) => subtract(start, end[scenario])) };
  return {
    currency,
    at,
    start,
    steps,
    end,
    saved,
    overlap: inEach((scenario) => subtract(sums[scenario], saved[scenario])),
    lines: lines.map(({ name, monthly }) => ({
      name,
      start: monthly,
      end: inEach((scenario) => leftOf(runs[scenario].left, name)),
    })),
    scaled,
  };
}

interface Run {
  readonly steps: readonly {
    readonly taken: ReadonlyMap<string, Decimal>;
    readonly marginal: Decimal;
    readonly alone: Decimal;
    readonly after: Decimal;
  }[];
  readonly left: readonly Pool[];
}

function runOf(tasks: readonly WaterfallTask[], today: readonly Pool[], at: Day, scenario: Scenario): Run {
  const steps: Run["steps"][number][] = [];
  let left = today;
  for (const { effects } of tasks) {
    const done = applyAll(effects, left, at, scenario);
    const taken = left.map((pool, index) => subtract(pool.left, done[index]?.left ?? ZERO));
    const after = sumDecimals(done.map((pool) => pool.left));
    const alone = applyAll(effects, today, at, scenario);
    const saves = sumDecimals(today.map((pool, index) => subtract(pool.left, alone[index]?.left ?? ZERO)));
    steps.push({ taken: sumByLine(left, taken), marginal: sumDecimals(taken), alone: saves, after });
    left = done;
  }
  return { steps, left };
}

function applyAll(
  effects: readonly Effect[],
  pools: readonly Pool[],
  at: Day,
  scenario: Scenario,
): readonly Pool[] {
  return effects.reduce<readonly Pool[]>(
    (left, effect) => less(left, takenBy(effect, left, at, scenario)),
    pools,
  );
}

function stepOf({ key, title }: WaterfallTask, runs: Record<Scenario, Run>, index: number): WaterfallStep {
  const of = (pick: (step: Run["steps"][number]) => Decimal) =>
    inEach((scenario) => {
      const step = runs[scenario].steps[index];
      return step === undefined ? ZERO : pick(step);
    });
  const lines = new Set(
    SCENARIOS.flatMap((scenario) => [...(runs[scenario].steps[index]?.taken.keys() ?? [])]),
  );
  const byLine = [...lines].map((line) => ({ line, marginal: of(({ taken }) => taken.get(line) ?? ZERO) }));
  return {
    key,
    title,
    marginal: of(({ marginal }) => marginal),
    alone: of(({ alone }) => alone),
    byLine: byLine.filter(({ marginal }) => SCENARIOS.some((scenario) => String(marginal[scenario]) !== "0")),
    after: of(({ after }) => after),
  };
}

function leftOf(pools: readonly Pool[], line: string): Decimal {
  return pools.reduce((sum, pool) => (pool.line === line ? add(sum, pool.left) : sum), ZERO);
}

function requireCompatible(tasks: readonly WaterfallTask[]): void {
  const there = new Map(tasks.map(({ key, title }) => [key, title]));
  for (const { key, title, excludes } of tasks) {
    const other = excludes.find((excluded) => excluded !== key && there.has(excluded));
    if (other === undefined) continue;
    const details = { first: `${key} (${title})`, second: `${other} (${there.get(other)})` };
    throw programmeErrors.create("PROGRAMME_ALTERNATIVES", details);
  }
}

function requireLines({ lines, tasks }: WaterfallInput): void {
  const names = new Set(lines.map(({ name }) => name));
  for (const { key, effects } of tasks)
    for (const line of effects.flatMap(({ on }) => on)) {
      if (names.has(line)) continue;
      const known = [...names].join(", ");
      throw programmeErrors.create("PROGRAMME_LINE_UNKNOWN", { task: key, line, lines: known });
    }
}

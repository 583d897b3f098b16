import { arithmetic, type Computed, type Evaluation, knownValue, noValue, type Operand } from "./computed.ts";
import { type Days, lengthInDays, weekdaysIn } from "./days.ts";
import { type Fraction, fraction, greatest, least, minus, ONE } from "./fraction.ts";
import type { Interval } from "./interval.ts";
import { DAYS, isAlike, MONTHS, NUMBER_UNIT, PERCENT, RATIO, toBase, type Unit } from "./unit.ts";

export interface FunctionDefinition {
  readonly parts: readonly [least: number, most: number];
  run(values: readonly Operand[]): Evaluation;
}

/** The functions of expressions, as docs/reference/claims.md lists them. */
export const FUNCTIONS: ReadonlyMap<string, FunctionDefinition> = new Map([
  ["share", pair((part, whole) => quotient(part, whole, PERCENT))],
  ["cut", pair((before, after) => fromOne(quotient(after, before, PERCENT), -1))],
  ["change", pair((before, after) => fromOne(quotient(after, before, PERCENT), 1))],
  ["ratio", pair((before, after) => quotient(before, after, RATIO))],
  ["roi", pair((invested, returned) => fromOne(quotient(returned, invested, PERCENT), 1))],
  ["payback", pair((invested, saving) => shownIn(arithmetic("/", invested, saving), MONTHS))],
  ["avg", figures((list) => averaged(list))],
  ["min", figures((list) => picked(list, least))],
  ["max", figures((list) => picked(list, greatest))],
  ["low", figures(([one]) => (one ? end(one, "low") : noValue("low() needs a figure")), 1)],
  ["high", figures(([one]) => (one ? end(one, "high") : noValue("high() needs a figure")), 1)],
  ["before", { parts: [1, 1], run: ([change]) => changeEnd(change, "before") }],
  ["after", { parts: [1, 1], run: ([change]) => changeEnd(change, "after") }],
  ["days", { parts: [1, 1], run: ([days]) => calendar(days, lengthInDays) }],
  ["weekdays", { parts: [1, 1], run: ([days]) => calendar(days, weekdaysIn) }],
  ["gap", { parts: [2, 2], run: ([first, second]) => gap(first, second) }],
]);

/** Of two figures, or of a change, which is a pair of its own. */
function pair(run: (first: Computed, second: Computed) => Evaluation<Computed>): FunctionDefinition {
  return {
    parts: [1, 2],
    run: ([first, second]) => {
      if (first?.kind === "change" && second === undefined) return run(first.before, first.after);
      if (first?.kind === "number" && second?.kind === "number") return run(first, second);
      return noValue("it needs two figures, or one claim of the form `before -> after`");
    },
  };
}

function figures(run: (list: readonly Computed[]) => Evaluation<Computed>, most = 99): FunctionDefinition {
  return {
    parts: [1, most],
    run: (values) => {
      const list = values.filter((value) => value.kind === "number");
      const [first] = list;
      if (list.length < values.length || first === undefined) return noValue("it needs figures");
      if (list.some((value) => !isAlike(first.unit, value.unit))) {
        return { status: "units", reason: "it compares figures of different units" };
      }
      return run(list);
    },
  };
}

function quotient(over: Computed, under: Computed, unit: Unit): Evaluation<Computed> {
  if (!isAlike(over.unit, under.unit)) {
    return { status: "units", reason: "it compares figures of different units" };
  }
  return shownIn(arithmetic("/", over, under), unit);
}

function shownIn(result: Evaluation<Computed>, unit: Unit): Evaluation<Computed> {
  if (result.status !== "known" || !isAlike(result.value.unit, unit)) return result;
  return knownValue({ ...result.value, unit });
}

/** ratio − 1 where `direction` is 1, 1 − ratio where it is -1. */
function fromOne(result: Evaluation<Computed>, direction: 1 | -1): Evaluation<Computed> {
  if (result.status !== "known") return result;
  const turn = ({ low, high }: Interval): Interval =>
    direction === 1
      ? { low: minus(low, ONE), high: minus(high, ONE) }
      : { low: minus(ONE, high), high: minus(ONE, low) };
  const { nominal, wide } = result.value;
  return knownValue({ ...result.value, nominal: turn(nominal), wide: turn(wide) });
}

function averaged(list: readonly Computed[]): Evaluation<Computed> {
  const [first, ...others] = list;
  if (first === undefined) return noValue("avg() needs figures");
  let total: Evaluation<Computed> = knownValue(first);
  for (const next of others) {
    if (total.status !== "known") return total;
    total = arithmetic("+", total.value, next);
  }
  if (total.status !== "known") return total;
  return arithmetic("/", total.value, plain(fraction(String(list.length))));
}

function picked(
  list: readonly Computed[],
  pick: (values: readonly Fraction[]) => Fraction,
): Evaluation<Computed> {
  const [first] = list;
  if (first === undefined) return noValue("it needs figures");
  const over = (key: "nominal" | "wide"): Interval => ({
    low: pick(list.map((value) => value[key].low)),
    high: pick(list.map((value) => value[key].high)),
  });
  return knownValue({ ...first, nominal: over("nominal"), wide: over("wide") });
}

function end(value: Computed, which: "low" | "high"): Evaluation<Computed> {
  const at = (interval: Interval): Interval => ({ low: interval[which], high: interval[which] });
  return knownValue({ ...value, nominal: at(value.nominal), wide: at(value.wide) });
}

function changeEnd(change: Operand | undefined, which: "before" | "after"): Evaluation {
  if (change?.kind !== "change") return noValue(`${which}() needs a claim of the form \`before -> after\``);
  return knownValue(change[which]);
}

function calendar(operand: Operand | undefined, measure: (days: Days) => number): Evaluation<Computed> {
  if (operand?.kind !== "days") return noValue("it needs a claim with dates");
  return knownValue(plain(toBase(fraction(String(measure(operand.days))), DAYS), DAYS));
}

/** Days from the end of the first to the beginning of the second. */
function gap(first: Operand | undefined, second: Operand | undefined): Evaluation<Computed> {
  if (first?.kind !== "days" || second?.kind !== "days") return noValue("gap() needs two claims with dates");
  const days = second.days.from.number - first.days.to.number;
  return knownValue(plain(toBase(fraction(String(days)), DAYS), DAYS));
}

function plain(value: Fraction, unit: Unit = NUMBER_UNIT): Computed {
  const interval = { low: value, high: value };
  return { kind: "number", nominal: interval, wide: interval, unit };
}

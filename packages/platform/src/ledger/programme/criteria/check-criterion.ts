import { formatDecimal, type Json } from "@trimtab/domain";
import { type Computed, type Evaluation, knownValue, noValue } from "../../../insight/claims/computed.ts";
import { evaluateOver } from "../../../insight/claims/evaluate.ts";
import type { Expression } from "../../../insight/claims/expression.ts";
import { compareFractions, type Fraction, fromDecimal } from "../../../insight/claims/fraction.ts";
import { formatRange } from "../../../insight/claims/quantity.ts";
import { isAlike, isPure, toBase, type Unit } from "../../../insight/claims/unit.ts";
import { type EvidenceSources, type Measured, measure } from "./measure.ts";
import { type Comparison, type Criterion, parseCriterion } from "./parse-criterion.ts";

const SHOWN_PLACES = 6;

/** Whether a criterion holds, and what shows it. */
export interface CriterionResult {
  readonly criterion: string;
  readonly outcome: "holds" | "fails" | "unknown";
  /** Both sides as they came out, e.g. `1234.5 USD <= 950`; or why nothing can be said. */
  readonly found: string;
  readonly evidence: readonly { readonly [key: string]: Json }[];
}

/** Measures what a criterion names and compares. What can't be measured neither holds nor fails. */
export async function checkCriterion(text: string, sources: EvidenceSources): Promise<CriterionResult> {
  const parsed = parseCriterion(text, sources.currency);
  if (parsed.status === "unreadable")
    return { criterion: text, outcome: "unknown", found: parsed.problem, evidence: [] };
  const { criterion } = parsed;
  const values = new Map<string, Evaluation>();
  const evidence: { readonly [key: string]: Json }[] = [];
  for (const [id, measurement] of criterion.measurements) {
    const answer = await measure(measurement, sources);
    if (answer.status === "unknown") {
      values.set(id, noValue(answer.reason));
      evidence.push({ measured: measurement.text, unknown: answer.reason });
    } else {
      values.set(id, knownValue(computed(answer.value)));
      evidence.push({ measured: measurement.text, ...told(answer.value) });
    }
  }
  return { criterion: text, ...compared(criterion, values), evidence };
}

function told({ value, unit, window, from }: Measured): { readonly [key: string]: Json } {
  const figure = `${formatDecimal(value)}${unit.suffix}`;
  return { value: figure, from, ...(window === undefined ? {} : { window: { ...window } }) };
}

function computed({ value, unit }: Measured): Computed {
  const base = toBase(fromDecimal(value), unit);
  const interval = { low: base, high: base };
  return { kind: "number", nominal: interval, wide: interval, unit };
}

function compared(
  { left, right, comparison }: Criterion,
  values: ReadonlyMap<string, Evaluation>,
): Pick<CriterionResult, "outcome" | "found"> {
  const of = (id: string) => values.get(id) ?? noValue(`${id} was not measured`);
  const sides = [figureOf(left, of), figureOf(right, of)] as const;
  const [first, second] = sides;
  if (first.status !== "known") return { outcome: "unknown", found: first.reason };
  if (second.status !== "known") return { outcome: "unknown", found: second.reason };
  const pair = alike(first.value, second.value);
  if (pair === undefined) return { outcome: "unknown", found: "it compares figures of different units" };
  const [a, b] = pair;
  const found = `${shown(a)} ${comparison} ${shown(b)}`;
  return { outcome: holds(a, comparison, b) ? "holds" : "fails", found };
}

function figureOf(expression: Expression, of: (id: string) => Evaluation): Evaluation<Computed> {
  const result = evaluateOver(expression, of);
  if (result.status !== "known") return result;
  return result.value.kind === "number" ? knownValue(result.value) : noValue("it comes to no figure");
}

/** A plain number takes the unit of the other side: `p95(…) < 50` is 50 ms. */
function alike(a: Computed, b: Computed): readonly [Computed, Computed] | undefined {
  if (isAlike(a.unit, b.unit)) return [a, b];
  if (isPlain(b)) return [a, inUnit(b, a.unit)];
  return isPlain(a) ? [inUnit(a, b.unit), b] : undefined;
}

const isPlain = ({ unit }: Computed): boolean => isPure(unit.dimension) && unit.suffix === "";

function inUnit(value: Computed, unit: Unit): Computed {
  const scaled = ({ low, high }: Computed["nominal"]) => ({
    low: toBase(low, unit),
    high: toBase(high, unit),
  });
  return { ...value, nominal: scaled(value.nominal), wide: scaled(value.wide), unit };
}

/** A range holds where all of it does. */
function holds({ nominal: a }: Computed, comparison: Comparison, { nominal: b }: Computed): boolean {
  const isOrdered = (x: Fraction, y: Fraction, signs: readonly number[]) =>
    signs.includes(compareFractions(x, y));
  switch (comparison) {
    case "<":
      return isOrdered(a.high, b.low, [-1]);
    case "<=":
      return isOrdered(a.high, b.low, [-1, 0]);
    case ">":
      return isOrdered(a.low, b.high, [1]);
    case ">=":
      return isOrdered(a.low, b.high, [1, 0]);
    case "=":
      return isOrdered(a.low, b.low, [0]) && isOrdered(a.high, b.high, [0]);
  }
}

const shown = ({ nominal, unit }: Computed): string =>
  formatRange(nominal.low, nominal.high, unit, SHOWN_PLACES);

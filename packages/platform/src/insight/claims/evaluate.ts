import {
  arithmetic,
  type Computed,
  type Evaluation,
  exactly,
  knownValue,
  noValue,
  type Operand,
  rounded,
} from "./computed.ts";
import { type Expression, namedIds } from "./expression.ts";
import { fraction } from "./fraction.ts";
import { FUNCTIONS } from "./functions.ts";
import type { Claim, ClaimsSheet } from "./sheet.ts";
import { NUMBER_UNIT } from "./unit.ts";

/** Functions over claims themselves rather than over their figures. */
const COUNTERS: ReadonlyMap<string, (claim: Claim) => number> = new Map([
  ["done", (claim: Claim) => (claim.status === "complete" ? 1 : 0)],
  ["open", (claim: Claim) => claim.openBoxes.count],
  ["boxes", (claim: Claim) => claim.openBoxes.count + claim.doneBoxes.count],
]);

/** Names of the functions, with how many parts each takes. */
export const FUNCTION_PARTS: ReadonlyMap<string, readonly [least: number, most: number]> = new Map([
  ...[...FUNCTIONS].map(([name, { parts }]) => [name, parts] as const),
  ...[...COUNTERS.keys()].map((name) => [name, [1, 99]] as const),
]);

/** What the ids of an expression stand for. */
interface Values {
  of(id: string): Evaluation;
  readonly claims: ReadonlyMap<string, Claim>;
}

/** Works an expression out over what the sheet's claims say. */
export function evaluate(expression: Expression, sheet: ClaimsSheet): Evaluation {
  return evaluateIn(expression, { of: (id) => claimValue(id, sheet), claims: sheet.byId });
}

/** Works an expression out whose ids are figures from elsewhere. */
export function evaluateOver(expression: Expression, of: (id: string) => Evaluation): Evaluation {
  return evaluateIn(expression, { of, claims: new Map() });
}

function evaluateIn(expression: Expression, values: Values): Evaluation {
  switch (expression.kind) {
    case "figure":
      return knownValue(exactly(expression.quantity));
    case "claim":
      return values.of(expression.id);
    case "binary":
      return withAll([expression.left, expression.right], values, ([left, right]) =>
        left?.kind === "number" && right?.kind === "number"
          ? arithmetic(expression.operator, left, right)
          : noValue(`${expression.operator} needs two figures; use before(), after() or days()`),
      );
    case "call":
      return callValue(expression.name, expression.parts, values);
  }
}

/** The figure an expression comes to; dates and texts are none. */
export function evaluateFigure(expression: Expression, sheet: ClaimsSheet): Evaluation<Computed> {
  const result = evaluate(expression, sheet);
  if (result.status !== "known") return result;
  return result.value.kind === "number" ? knownValue(result.value) : noValue("it comes to no figure");
}

function callValue(name: string, parts: readonly Expression[], values: Values): Evaluation {
  const counter = COUNTERS.get(name);
  if (counter) return counted(counter, parts, values);
  const definition = FUNCTIONS.get(name);
  if (definition === undefined) return noValue(`there is no function ${name}`);
  return withAll(parts, values, (operands) => definition.run(operands));
}

function counted(
  counter: (claim: Claim) => number,
  parts: readonly Expression[],
  values: Values,
): Evaluation {
  const claims = parts.flatMap(namedIds).map((id) => values.claims.get(id));
  const count = claims.reduce((total, claim) => total + (claim ? counter(claim) : 0), 0);
  const value = fraction(String(count));
  const interval = { low: value, high: value };
  return knownValue({ kind: "number", nominal: interval, wide: interval, unit: NUMBER_UNIT });
}

function withAll(
  parts: readonly Expression[],
  values: Values,
  run: (operands: readonly Operand[]) => Evaluation,
): Evaluation {
  const operands: Operand[] = [];
  for (const part of parts) {
    const result = evaluateIn(part, values);
    if (result.status !== "known") return result;
    operands.push(result.value);
  }
  return run(operands);
}

function claimValue(id: string, sheet: ClaimsSheet): Evaluation {
  const claim = sheet.byId.get(id);
  if (claim === undefined) return noValue(`there is no claim ${id}`);
  switch (claim.value.kind) {
    case "quantity":
      return knownValue(rounded(claim.value.quantity));
    case "change":
      return knownValue({
        kind: "change",
        before: rounded(claim.value.before),
        after: rounded(claim.value.after),
      });
    case "days":
      return knownValue({ kind: "days", days: claim.value.days });
    case "text":
      return knownValue({ kind: "text" });
    case "derived":
      return derivedValue(claim, sheet);
  }
}

/** Values of claims that are worked out, so that a chain of them is worked out once. */
const derivedValues = new WeakMap<ClaimsSheet, Map<string, Evaluation>>();

function derivedValue(claim: Claim, sheet: ClaimsSheet): Evaluation {
  const values = derivedValues.get(sheet) ?? new Map<string, Evaluation>();
  derivedValues.set(sheet, values);
  const value =
    values.get(claim.id) ?? (claim.is ? evaluate(claim.is.expression, sheet) : noValue("it says nothing"));
  values.set(claim.id, value);
  return value;
}

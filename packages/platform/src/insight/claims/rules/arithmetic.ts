import { type Check, differenceIn, found, held, inUnitOf, type RuleName } from "../check.ts";
import { agreement } from "../compare.ts";
import { arithmetic, type Computed, type Evaluation, rounded } from "../computed.ts";
import { formatDays } from "../days.ts";
import { evaluate, evaluateFigure } from "../evaluate.ts";
import { addends, type Expression, namedIds } from "../expression.ts";
import { compareFractions } from "../fraction.ts";
import { isPoint } from "../interval.ts";
import { formatQuantity, formatRange, type Quantity } from "../quantity.ts";
import type { Claim, ClaimsSheet, Formula } from "../sheet.ts";
import { POINTS } from "../unit.ts";
import { costTakenForSaving } from "./cost-as-saving.ts";

const RULE_OF_FUNCTION: Readonly<Record<string, RuleName>> = {
  share: "percentage",
  cut: "before-after",
  change: "before-after",
  ratio: "before-after",
  before: "before-after",
  after: "before-after",
  roi: "return",
  payback: "return",
  avg: "average",
  days: "schedule",
  weekdays: "schedule",
  gap: "schedule",
  done: "progress",
  open: "progress",
  boxes: "progress",
};

const RULE_OF_OPERATOR = { "+": "sum", "-": "difference", "*": "product", "/": "ratio" } as const;

/** Claims with a formula: does the figure follow from the others, at the digits it is given to? */
export function arithmeticRule(sheet: ClaimsSheet): Check[] {
  return sheet.claims.flatMap((claim) => {
    if (claim.is === undefined) return [];
    if (claim.value.kind === "quantity") return figureChecks(claim, claim.value.quantity, claim.is, sheet);
    if (claim.value.kind === "days") return daysChecks(claim, claim.is, sheet);
    if (claim.value.kind === "change") return changeChecks(claim, claim.is, sheet);
    return derivedChecks(claim, claim.is, sheet);
  });
}

function figureChecks(claim: Claim, quantity: Quantity, is: Formula, sheet: ClaimsSheet): Check[] {
  const result = evaluateFigure(is.expression, sheet);
  if (result.status !== "known") return [notKnown(claim, is, result)];
  const rule = ruleOf(is.expression, quantity, result.value);
  const computed = inUnitOf(result.value, quantity);
  const outcome = agreement(quantity, result.value);
  const points = pointsNote(claim, is.expression, sheet);
  if (outcome.result === "units") return [unitsFound(claim, is, computed)];
  if (outcome.result !== "off") return [held(rule, claim, outcome.result, computed), ...points];
  const second = claim.or ? evaluateFigure(claim.or.expression, sheet) : undefined;
  if (
    claim.or &&
    second?.status === "known" &&
    !["off", "units"].includes(agreement(quantity, second.value).result)
  ) {
    const text = `${says(claim)} holds as ${claim.or.text}; ${is.text} is ${computed}.`;
    return [found(rule, claim.severity ?? "note", claim, text, { others: names(is), computed }), ...points];
  }
  const difference = differenceIn(outcome.difference, quantity);
  const costs = costTakenForSaving(claim, quantity, is.expression, sheet);
  const explanation = costs
    ? `${says(claim)} is the ${costs.what} itself, not what is saved of it: ${is.text} is ${computed}.`
    : sentence(rule, is, computed, quantity, sheet);
  const severity = claim.severity ?? (isAcrossBases(claim, is, sheet) ? "doubtful" : "wrong");
  return [
    found(costs ? "cost-as-saving" : rule, severity, claim, explanation, {
      others: names(is),
      computed,
      difference,
    }),
  ];
}

function ruleOf(expression: Expression, claimed: Quantity, computed: Computed): RuleName {
  if (expression.kind === "claim") {
    const isSameUnit = claimed.unit.suffix === computed.unit.suffix || claimed.unit.dimension.time !== -1;
    return isSameUnit ? "same-figure" : "annualised";
  }
  const ofFunction = expression.kind === "call" ? RULE_OF_FUNCTION[expression.name] : undefined;
  if (ofFunction === "return") return "return";
  if (!isPoint(claimed) || !isPoint(computed.nominal)) return "range";
  if (expression.kind !== "binary") return ofFunction ?? "derived";
  if (expression.operator === "+" && !isPlainSum(expression)) return "derived";
  return RULE_OF_OPERATOR[expression.operator];
}

function isPlainSum(expression: Expression): boolean {
  return addends(expression).every(({ expression: part, negated }) => !negated && isOneFigure(part));
}

function isOneFigure(part: Expression): boolean {
  return part.kind === "claim" || (part.kind === "call" && ["before", "after"].includes(part.name));
}

function sentence(
  rule: RuleName,
  is: Formula,
  computed: string,
  quantity: Quantity,
  sheet: ClaimsSheet,
): string {
  const ids = names(is);
  switch (rule) {
    case "sum":
      return `The ${addends(is.expression).length} parts (${is.text}) come to ${computed}, not ${formatQuantity(quantity)}.`;
    case "same-figure": {
      const other = sheet.byId.get(ids[0] ?? "");
      if (other?.value.kind === "derived") {
        return `${other.id} (${other.is?.text}) is ${computed}, not ${formatQuantity(quantity)}.`;
      }
      return `The same figure is given twice: ${formatQuantity(quantity)} here and ${computed} at ${other?.source ?? is.text}.`;
    }
    case "range":
      return `End to end, ${is.text} is ${computed}, not ${formatQuantity(quantity)}.`;
    case "return":
      return `${is.text} is ${computed}, not ${formatQuantity(quantity)}.${grossHint(is, quantity, sheet)}`;
    default:
      return `${is.text} is ${computed}, not ${formatQuantity(quantity)}.`;
  }
}

/** The commonest slip with returns: all that comes back, with what was put in not taken off. */
function grossHint(is: Formula, quantity: Quantity, sheet: ClaimsSheet): string {
  if (is.expression.kind !== "call" || is.expression.name !== "roi") return "";
  const gross = evaluateFigure(
    { ...is.expression, name: "share", parts: [...is.expression.parts].reverse() },
    sheet,
  );
  if (gross.status !== "known") return "";
  const isClose =
    compareFractions(quantity.low, gross.value.wide.high) <= 0 &&
    agreement(quantity, gross.value).result !== "units";
  const lowMatches = agreement({ ...quantity, high: quantity.low }, lowEnd(gross.value)).result !== "off";
  return isClose && lowMatches ? " It is the gross return: the investment has not been taken off." : "";
}

function lowEnd(value: Computed): Computed {
  const { low } = value.nominal;
  return { ...value, nominal: { low, high: low }, wide: { low: value.wide.low, high: low } };
}

function daysChecks(claim: Claim, is: Formula, sheet: ClaimsSheet): Check[] {
  const result = evaluate(is.expression, sheet);
  if (claim.value.kind !== "days" || result.status !== "known" || result.value.kind !== "days") {
    return [
      found("not-computable", "doubtful", claim, `${is.text} is no date to compare ${claim.says} with.`),
    ];
  }
  const other = formatDays(result.value.days);
  const own = formatDays(claim.value.days);
  if (own === other) return [held("same-figure", claim, "exact", other)];
  const source = sheet.byId.get(names(is)[0] ?? "")?.source ?? is.text;
  const text = `The same dates are given twice: ${own} here and ${other} at ${source}.`;
  return [
    found("same-figure", claim.severity ?? "wrong", claim, text, { others: names(is), computed: other }),
  ];
}

function changeChecks(claim: Claim, is: Formula, sheet: ClaimsSheet): Check[] {
  const result = evaluate(is.expression, sheet);
  if (claim.value.kind !== "change" || result.status !== "known" || result.value.kind !== "change") {
    return [
      found("not-computable", "doubtful", claim, `${is.text} is no change to compare ${claim.says} with.`),
    ];
  }
  const { before, after } = result.value;
  const isSame = [agreement(claim.value.before, before), agreement(claim.value.after, after)].every(
    ({ result: one }) => one !== "off" && one !== "units",
  );
  const computed = `${inUnitOf(before, claim.value.before)} → ${inUnitOf(after, claim.value.after)}`;
  if (isSame) return [held("same-figure", claim, "exact", computed)];
  const source = sheet.byId.get(names(is)[0] ?? "")?.source ?? is.text;
  const text = `The same change is given twice: ${claim.says} here and ${computed} at ${source}.`;
  return [found("same-figure", claim.severity ?? "wrong", claim, text, { others: names(is), computed })];
}

/** Figures that the paper does not give itself and that others are worked out from. */
function derivedChecks(claim: Claim, is: Formula, sheet: ClaimsSheet): Check[] {
  const result = evaluate(is.expression, sheet);
  if (result.status !== "known") return [notKnown(claim, is, result)];
  return [];
}

function notKnown(claim: Claim, is: Formula, result: Exclude<Evaluation, { status: "known" }>): Check {
  if (result.status === "units") {
    return found("units", claim.severity ?? "wrong", claim, `${is.text} mixes units: ${result.reason}.`, {
      others: names(is),
    });
  }
  return found("not-computable", "doubtful", claim, `${is.text} cannot be worked out: ${result.reason}.`, {
    others: names(is),
  });
}

function unitsFound(claim: Claim, is: Formula, computed: string): Check {
  const text = `${says(claim)} has another unit than ${is.text}, which is ${computed}.`;
  return found("units", claim.severity ?? "wrong", claim, text, { others: names(is), computed });
}

/** A relative change of a percentage reads like points: 76 % → 90 % is +14 points or +18 %. */
function pointsNote(claim: Claim, expression: Expression, sheet: ClaimsSheet): Check[] {
  if (expression.kind !== "call" || !["cut", "change"].includes(expression.name) || claim.note) return [];
  const [first] = expression.parts;
  const other = first?.kind === "claim" ? sheet.byId.get(first.id) : undefined;
  if (other?.value.kind !== "change" || other.value.before.unit.suffix !== "%") return [];
  const points = arithmetic("-", rounded(other.value.after), rounded(other.value.before));
  if (points.status !== "known") return [];
  const { low, high } = points.value.nominal;
  const text = `${says(claim)} is a relative change of a percentage; ${other.says} is ${formatRange(low, high, POINTS, 2)}.`;
  return [found("points", "note", claim, text, { others: [other.id] })];
}

function isAcrossBases(claim: Claim, is: Formula, sheet: ClaimsSheet): boolean {
  if (is.expression.kind !== "claim" || claim.basis === undefined || claim.basis === "unstated") return false;
  const basis = sheet.byId.get(is.expression.id)?.basis;
  return basis !== undefined && basis !== claim.basis;
}

export function says(claim: Claim): string {
  if (claim.value.kind === "derived") return `= ${claim.is?.text ?? ""}`;
  return claim.value.kind === "quantity" ? formatQuantity(claim.value.quantity) : claim.says;
}

function names(formula: Formula): string[] {
  return [...new Set(namedIds(formula.expression))];
}

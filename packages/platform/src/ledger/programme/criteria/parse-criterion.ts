import { type Expression, namedIds, parseExpression } from "../../../insight/claims/expression.ts";
import { type Measurement, parseMeasurement } from "./measurement.ts";

const COMPARISONS = ["<=", ">=", "<", ">", "="] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** A success criterion: two expressions and how they compare. Ids `m1`, `m2`… stand for what is measured. */
export interface Criterion {
  readonly text: string;
  readonly comparison: Comparison;
  readonly left: Expression;
  readonly right: Expression;
  readonly measurements: ReadonlyMap<string, Measurement>;
}

export type ParsedCriterion =
  | { readonly status: "parsed"; readonly criterion: Criterion }
  | { readonly status: "unreadable"; readonly problem: string };

const unreadable = (problem: string): ParsedCriterion => ({ status: "unreadable", problem });
const CALL = /^([a-z][a-z0-9-]*(?::[a-z0-9_-]+)?)\(/;

/** Reads `effective(ServiceName = 'Cloud Run', last 30 days) <= 950`. `currency` is what a `$` means. */
export function parseCriterion(text: string, currency: string): ParsedCriterion {
  const at = comparisonIn(text);
  if (at === undefined) return unreadable(`a comparison is missing: one of ${COMPARISONS.join(" ")}`);
  const measurements = new Map<string, Measurement>();
  const sides: Expression[] = [];
  for (const side of [text.slice(0, at.index), text.slice(at.index + at.comparison.length)]) {
    const replaced = withoutMeasurements(side.trim(), measurements);
    if (replaced.status === "unreadable") return replaced;
    const parsed = parseExpression(replaced.text, currency);
    if (parsed.status === "unreadable") return unreadable(parsed.problem);
    const stranger = namedIds(parsed.expression).find((id) => !measurements.has(id));
    if (stranger !== undefined) return unreadable(`${stranger} is nothing that can be measured`);
    sides.push(parsed.expression);
  }
  const [left, right] = sides;
  if (left === undefined || right === undefined || measurements.size === 0)
    return unreadable("it measures nothing, so nothing could show that it holds");
  return { status: "parsed", criterion: { text, comparison: at.comparison, left, right, measurements } };
}

/** The one comparison outside of parentheses and quotes. */
function comparisonIn(text: string): { readonly index: number; readonly comparison: Comparison } | undefined {
  for (const index of outerPlaces(text)) {
    const comparison = COMPARISONS.find((sign) => text.startsWith(sign, index));
    if (comparison !== undefined) return { index, comparison };
  }
  return undefined;
}

/** Indexes of the characters that stand in no parentheses and in no quotes. */
function* outerPlaces(text: string): Generator<number> {
  let depth = 0;
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index];
    if (character === "'") isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (character === "(") depth += 1;
    else if (character === ")") depth -= 1;
    else if (depth === 0) yield index;
  }
}

type Replaced =
  | { readonly status: "replaced"; readonly text: string }
  | { readonly status: "unreadable"; readonly problem: string };

/** Puts an id in the place of each call that measures something; the rest is the expression language's. */
function withoutMeasurements(side: string, found: Map<string, Measurement>): Replaced {
  let text = "";
  for (let at = 0; at < side.length; ) {
    const match = CALL.exec(side.slice(at));
    const isWord = /[a-z0-9-]/.test(side[at - 1] ?? "");
    const [, name] = match ?? [];
    const inner = name === undefined || isWord ? undefined : insideCall(side, at + name.length);
    if (name === undefined || inner === undefined) {
      text += side[at];
      at += 1;
      continue;
    }
    const call = side.slice(at, at + name.length + inner.length + 2);
    const parsed = parseMeasurement(name, partsOf(inner), call);
    if (parsed.status === "unreadable") return parsed;
    if (parsed.status === "other") {
      text += name;
      at += name.length;
      continue;
    }
    const id = `m${found.size + 1}`;
    found.set(id, parsed.measurement);
    text += id;
    at += call.length;
  }
  return { status: "replaced", text };
}

/** What stands between a parenthesis and the one that closes it. */
function insideCall(text: string, open: number): string | undefined {
  const rest = text.slice(open);
  let depth = 0;
  let isQuoted = false;
  for (const [index, character] of [...rest].entries()) {
    if (character === "'") isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (character === "(") depth += 1;
    if (character === ")") depth -= 1;
    if (depth === 0) return [...rest].slice(1, index).join("");
  }
  return undefined;
}

function partsOf(inner: string): readonly string[] {
  const commas = [...outerPlaces(inner)].filter((index) => inner[index] === ",");
  const ends = [...commas, inner.length];
  return ends.map((end, index) => inner.slice(index === 0 ? 0 : (commas[index - 1] ?? 0) + 1, end).trim());
}

import { type Check, found, held, inUnitOf } from "../check.ts";
import { evaluateFigure } from "../evaluate.ts";
import { compareFractions, fraction } from "../fraction.ts";
import { formatQuantity } from "../quantity.ts";
import type { Claim, ClaimsSheet } from "../sheet.ts";
import { says } from "./arithmetic.ts";

/** Counts against the things listed, figures without support, and what a reader of the paper remarked. */
export function countsAndRemarksRule(sheet: ClaimsSheet): Check[] {
  return sheet.claims.flatMap((claim) => [...countChecks(claim), ...remarks(claim, sheet)]);
}

function countChecks(claim: Claim): Check[] {
  if (claim.lists.length === 0 || claim.value.kind !== "quantity") return [];
  const { quantity } = claim.value;
  const count = claim.lists.length;
  const listed = fraction(String(count));
  const isAtLeast = quantity.bound === "at-least";
  const holds = isAtLeast
    ? compareFractions(listed, quantity.low) >= 0
    : compareFractions(listed, quantity.low) === 0;
  if (holds) return [held("count", claim, "exact", String(count))];
  const text = `${formatQuantity(quantity)} are claimed and ${count} are listed.`;
  return [found("count", claim.severity ?? "wrong", claim, text, { computed: String(count) })];
}

function remarks(claim: Claim, sheet: ClaimsSheet): Check[] {
  const checks: Check[] = [];
  if (claim.basis === "unstated") {
    const text = `Nothing in the paper says where ${says(claim)} comes from.`;
    checks.push(found("unsupported", "note", claim, text));
  }
  const rest = { computed: workedOut(claim, sheet) };
  if (claim.doubt !== undefined) checks.push(found("remark", "doubtful", claim, claim.doubt, rest));
  if (claim.note !== undefined) checks.push(found("remark", "note", claim, claim.note, rest));
  return checks;
}

/** A remark on a figure that the paper does not give shows the figure. */
function workedOut(claim: Claim, sheet: ClaimsSheet): string | null {
  if (claim.value.kind !== "derived" || claim.is === undefined) return null;
  const result = evaluateFigure(claim.is.expression, sheet);
  return result.status === "known" ? inUnitOf(result.value, undefined) : null;
}

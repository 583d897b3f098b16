import { type Check, found, held, listed } from "../check.ts";
import { namedIds } from "../expression.ts";
import type { Claim, ClaimsSheet } from "../sheet.ts";
import { says } from "./arithmetic.ts";

/** Discounts on what cannot be discounted, and returns that leave out what they cost. */
export function discountsRule(sheet: ClaimsSheet): Check[] {
  return sheet.claims.flatMap((claim) => [...discountChecks(claim, sheet), ...returnChecks(claim, sheet)]);
}

function discountChecks(claim: Claim, sheet: ClaimsSheet): Check[] {
  if (claim.kind !== "discount") return [];
  const base = claim.on === undefined ? [] : closure(claim.on, sheet);
  const lines = [...new Set([...base, ...claim.covers.flatMap((id) => closure(id, sheet))])];
  const barred = lines.filter((line) => line.notCommittable !== undefined);
  if (barred.length === 0) return lines.length > 0 ? [held("discount-base", claim, "exact")] : [];
  const reasons = barred.map((line) => `${line.id} (${line.notCommittable})`);
  const on = claim.on === undefined ? "" : ` to all of ${claim.on}`;
  const text = `${says(claim)} is applied${on}, which includes what no commitment discounts: ${listed(reasons)}.`;
  return [found("discount-base", "wrong", claim, text, { others: barred.map(({ id }) => id) })];
}

function returnChecks(claim: Claim, sheet: ClaimsSheet): Check[] {
  const expression = claim.is?.expression;
  if (expression?.kind !== "call" || expression.name !== "roi") return [];
  const [invested, returned] = expression.parts.map((part) =>
    namedIds(part).flatMap((id) => closure(id, sheet)),
  );
  const paid = new Set((invested ?? []).map(({ id }) => id));
  return (returned ?? []).flatMap((gain) => {
    const missing = gain.needs.filter((id) => !paid.has(id));
    if (missing.length === 0) return [];
    const text = `The return counts ${gain.id} (${says(gain)}) without what it costs: ${listed(missing)} is not in the investment.`;
    return [found("return-without-cost", "wrong", claim, text, { others: [gain.id, ...missing] })];
  });
}

/** A claim and all that it is worked out from. */
function closure(id: string, sheet: ClaimsSheet, seen = new Set<string>()): Claim[] {
  const claim = sheet.byId.get(id);
  if (claim === undefined || seen.has(id)) return [];
  seen.add(id);
  const parts = claim.is ? namedIds(claim.is.expression) : [];
  return [
    claim,
    ...parts.flatMap((part) => closure(part, sheet, seen)),
    ...claim.covers.flatMap((part) => closure(part, sheet, seen)),
  ];
}

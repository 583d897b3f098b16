import { type Expression, namedIds } from "../expression.ts";
import { compareFractions } from "../fraction.ts";
import type { Quantity } from "../quantity.ts";
import type { Claim, ClaimsSheet } from "../sheet.ts";
import { isAlike } from "../unit.ts";

/** A saving that equals the cost before or after it: the wrong column was copied. */
export function costTakenForSaving(
  claim: Claim,
  saving: Quantity,
  expression: Expression,
  sheet: ClaimsSheet,
): { readonly what: string } | undefined {
  if (claim.kind !== "saving") return undefined;
  for (const id of namedIds(expression)) {
    const value = sheet.byId.get(id)?.value;
    if (value?.kind === "change") {
      if (isSame(saving, value.before)) return { what: `cost before (${id})` };
      if (isSame(saving, value.after)) return { what: `cost after (${id})` };
    }
    if (value?.kind === "quantity" && sheet.byId.get(id)?.kind === "cost" && isSame(saving, value.quantity)) {
      return { what: `cost (${id})` };
    }
  }
  return undefined;
}

function isSame(a: Quantity, b: Quantity): boolean {
  return (
    isAlike(a.unit, b.unit) && compareFractions(a.low, b.low) === 0 && compareFractions(a.high, b.high) === 0
  );
}

import { type Check, found, held } from "../check.ts";
import { meets } from "../compare.ts";
import type { Quantity } from "../quantity.ts";
import type { Claim, ClaimsSheet } from "../sheet.ts";
import { says } from "./arithmetic.ts";

/** What a figure is that nobody measured. */
const NOT_OBSERVED: ReadonlyMap<string | undefined, string> = new Map([
  ["simulated", "was simulated"],
  ["target", "is itself a target"],
  ["plan", "is planned"],
  ["estimated", "was estimated"],
  ["unstated", "has no source"],
]);

/** Targets against what was observed, and verdicts against both. */
export function targetsRule(sheet: ClaimsSheet): Check[] {
  return sheet.claims.flatMap((claim) => (claim.target ? targetChecks(claim, claim.target) : []));
}

function targetChecks(claim: Claim, target: NonNullable<Claim["target"]>): Check[] {
  const observed = observedOf(claim);
  if (observed === undefined) {
    if (target.verdict !== "met") return [];
    return [
      found(
        "target",
        "wrong",
        claim,
        `"${claim.says}" is called met, and no observed figure is given for ${target.text}.`,
      ),
    ];
  }
  const notObserved = NOT_OBSERVED.get(claim.basis);
  if (target.verdict === "met" && notObserved !== undefined) {
    const text = `The target ${target.text} is called met on a figure that ${notObserved}, not measured.`;
    return [found("target", "wrong", claim, text)];
  }
  const isMet = meets(observed, target.quantity);
  if (isMet === undefined) {
    return [
      found("units", "wrong", claim, `${says(claim)} and its target ${target.text} have different units.`),
    ];
  }
  if (target.verdict === "met" && !isMet) {
    return [
      found(
        "target",
        claim.severity ?? "wrong",
        claim,
        `${says(claim)} does not meet ${target.text}, and is called met.`,
        { computed: target.text },
      ),
    ];
  }
  if (target.verdict === "missed" && isMet) {
    return [
      found("target", "doubtful", claim, `${says(claim)} meets ${target.text}, and is called missed.`, {
        computed: target.text,
      }),
    ];
  }
  return target.verdict === "open" ? [] : [held("target", claim, "met", target.text)];
}

function observedOf(claim: Claim): Quantity | undefined {
  if (claim.value.kind === "quantity") return claim.value.quantity;
  return claim.value.kind === "change" ? claim.value.after : undefined;
}

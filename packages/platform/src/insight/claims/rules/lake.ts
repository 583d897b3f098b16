import { formatDecimal, type Known, tryDecimal } from "@trimtab/domain";
import { type Check, differenceIn, found, held, inUnitOf } from "../check.ts";
import { agreement } from "../compare.ts";
import type { Computed } from "../computed.ts";
import { fromDecimal } from "../fraction.ts";
import type { Quantity } from "../quantity.ts";
import type { Claim, ClaimsSheet } from "../sheet.ts";
import { toBase } from "../unit.ts";
import { says } from "./arithmetic.ts";

/** A figure of the lake: a decimal in a currency, or undefined currency for what is no money. */
export interface LakeFigure {
  readonly value: string;
  readonly currency: string | undefined;
}

/** Answers `lake:` queries of claims in the unit that the claim is written in. */
export interface LakeFigures {
  figure(query: string): Promise<Known<LakeFigure>>;
}

/** Claims with a `lake:` query, against what the lake answers. */
export async function lakeChecks(sheet: ClaimsSheet, lake: LakeFigures): Promise<Check[]> {
  const checks: Check[] = [];
  for (const claim of sheet.claims) {
    if (claim.lake === undefined || claim.value.kind !== "quantity") continue;
    checks.push(lakeCheck(claim, claim.value.quantity, claim.lake, await lake.figure(claim.lake)));
  }
  return checks;
}

function lakeCheck(claim: Claim, quantity: Quantity, query: string, figure: Known<LakeFigure>): Check {
  if (figure.status === "unknown") {
    return found(
      "lake",
      "note",
      claim,
      `${says(claim)} could not be checked against the lake: ${figure.reason}.`,
    );
  }
  const { value, currency } = figure.value;
  const amount = tryDecimal(value);
  const isOtherCurrency = currency !== undefined && quantity.unit.dimension[currency] !== 1;
  if (amount === undefined || isOtherCurrency) {
    const text = `${says(claim)} and the lake's ${value} ${currency ?? ""} have different units.`;
    return found("units", "wrong", claim, text, { computed: `${value} ${currency ?? ""}` });
  }
  const base = toBase(fromDecimal(amount), quantity.unit);
  const interval = { low: base, high: base };
  const computed: Computed = { kind: "number", nominal: interval, wide: interval, unit: quantity.unit };
  const outcome = agreement(quantity, computed);
  if (outcome.result !== "off" && outcome.result !== "units") {
    return held("lake", claim, outcome.result, formatDecimal(amount));
  }
  const text = `The lake has ${inUnitOf(computed, quantity)} for "${query}", not ${says(claim)}.`;
  const difference = outcome.result === "off" ? differenceIn(outcome.difference, quantity) : null;
  return found("lake", claim.severity ?? "wrong", claim, text, {
    computed: inUnitOf(computed, quantity),
    difference,
  });
}

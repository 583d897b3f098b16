import { type Check, found, held, inUnitOf, listed, plural } from "../check.ts";
import { arithmetic, type Computed } from "../computed.ts";
import { evaluate } from "../evaluate.ts";
import { addends, namedIds } from "../expression.ts";
import { compareFractions } from "../fraction.ts";
import type { Claim, ClaimsSheet } from "../sheet.ts";
import { isAlike } from "../unit.ts";
import { says } from "./arithmetic.ts";

/** Savings against the costs they are taken from, and totals that count one thing twice. */
export function savingsRule(sheet: ClaimsSheet): Check[] {
  return [
    ...sheet.claims
      .filter((claim) => claim.kind === "saving")
      .flatMap((claim) => aboveCost([claim], claim, sheet)),
    ...sheet.claims.filter(isSavingTotal).flatMap((total) => totalChecks(total, sheet)),
  ];
}

function isSavingTotal(claim: Claim): boolean {
  if (claim.kind !== "saving" || claim.is === undefined) return false;
  const parts = addends(claim.is.expression);
  return parts.length > 1 && parts.every(({ negated }) => !negated);
}

function totalChecks(total: Claim, sheet: ClaimsSheet): Check[] {
  const parts = partsOf(total, sheet, new Set());
  const savings = parts.filter((part) => part.kind === "saving");
  const checks = [
    ...avoidedIn(total, parts),
    ...listedAgain(total, parts),
    ...sameTwice(total, parts),
    ...sameAmountOnOneLine(total, savings),
    ...[...new Set(savings.map((part) => part.on))].flatMap((line) => {
      const onLine = savings.filter((part) => part.on === line);
      return line !== undefined && line !== total.on && onLine.length > 1
        ? aboveCost(onLine, total, sheet)
        : [];
    }),
  ];
  return checks.length > 0 ? checks : [held("saving-counted-twice", total, "exact")];
}

/** The claims a total adds up, through the totals within it. */
function partsOf(total: Claim, sheet: ClaimsSheet, seen: Set<string>): Claim[] {
  if (total.is === undefined || seen.has(total.id)) return [];
  seen.add(total.id);
  return addends(total.is.expression)
    .flatMap(({ expression }) => namedIds(expression))
    .map((id) => sheet.byId.get(id))
    .filter((claim) => claim !== undefined)
    .flatMap((claim) => (isSavingTotal(claim) ? partsOf(claim, sheet, seen) : [claim]));
}

function avoidedIn(total: Claim, parts: readonly Claim[]): Check[] {
  return parts
    .filter((part) => part.kind === "avoided")
    .map((part) =>
      found(
        "avoided-as-saving",
        "wrong",
        total,
        `${says(total)} counts ${part.id} (${says(part)}) as a saving; a cost that is prevented never was on the bill and cannot come off it.`,
        { others: [part.id] },
      ),
    );
}

function listedAgain(total: Claim, parts: readonly Claim[]): Check[] {
  const ids = new Set(parts.map((part) => part.id));
  return parts
    .filter((part) => part.kind === "opportunity")
    .map((part) => {
      const doers = part.realisedBy.filter((id) => ids.has(id));
      const doubled = doers.length > 0 ? ` and so do the changes that realise it (${listed(doers)})` : "";
      const severity = doers.length > 0 ? "wrong" : "doubtful";
      const text = `${part.id} (${says(part)}) is a list of opportunities, not a saving; it counts in ${says(total)}${doubled}.`;
      return found("opportunity-listed-again", severity, total, text, { others: [part.id, ...doers] });
    });
}

function sameTwice(total: Claim, parts: readonly Claim[]): Check[] {
  const twice = new Set(parts.filter((part, index) => parts.indexOf(part) !== index));
  return [...twice].map((part) =>
    found("saving-counted-twice", "wrong", total, `${says(total)} counts ${part.id} (${says(part)}) twice.`, {
      others: [part.id],
    }),
  );
}

function sameAmountOnOneLine(total: Claim, savings: readonly Claim[]): Check[] {
  return savings.flatMap((part, index) =>
    savings
      .slice(index + 1)
      .filter(
        (other) =>
          other.id !== part.id && other.on !== undefined && other.on === part.on && isSameAmount(part, other),
      )
      .map((other) => {
        const text = `${part.id} and ${other.id} are both ${says(part)} on ${part.on}: most likely one saving, counted twice in ${says(total)}.`;
        return found("saving-counted-twice", "doubtful", total, text, { others: [part.id, other.id] });
      }),
  );
}

function isSameAmount(a: Claim, b: Claim): boolean {
  if (a.value.kind !== "quantity" || b.value.kind !== "quantity") return false;
  const [one, other] = [a.value.quantity, b.value.quantity];
  return isAlike(one.unit, other.unit) && compareFractions(one.low, other.low) === 0;
}

/** Nothing can save more than the line it is taken from costs. */
function aboveCost(savings: readonly Claim[], reported: Claim, sheet: ClaimsSheet): Check[] {
  const [first] = savings;
  const cost = figureOf(first?.on, sheet);
  if (first?.on === undefined || cost === undefined) return [];
  const amount = added(savings, sheet);
  if (amount === undefined || !isAlike(amount.unit, cost.unit)) {
    const text = `${listed(savings.map(({ id }) => id))} cannot be compared with the cost of ${first.on}: the units differ.`;
    return [found("units", "doubtful", reported, text, { others: [first.on] })];
  }
  const saved = inUnitOf(amount, undefined);
  const costs = inUnitOf(cost, undefined);
  if (compareFractions(amount.nominal.high, cost.nominal.high) <= 0) {
    return [held("saving-above-cost", reported, "within", `${saved} of ${costs}`)];
  }
  const what =
    savings.length > 1
      ? `the ${plural(savings.length, "saving")} on ${first.on} come to ${saved}`
      : `a saving of ${saved}`;
  const text = `More than the cost it is taken from: ${what}, and ${first.on} costs ${costs}.`;
  return [found("saving-above-cost", "wrong", reported, text, { others: [first.on], computed: costs })];
}

/** A claim's figure; of a change, what was before. */
function figureOf(id: string | undefined, sheet: ClaimsSheet): Computed | undefined {
  if (id === undefined) return undefined;
  const result = evaluate({ kind: "claim", id }, sheet);
  if (result.status !== "known") return undefined;
  if (result.value.kind === "change") return result.value.before;
  return result.value.kind === "number" ? result.value : undefined;
}

function added(savings: readonly Claim[], sheet: ClaimsSheet): Computed | undefined {
  let total: Computed | undefined;
  for (const { id } of savings) {
    const next = figureOf(id, sheet);
    if (next === undefined) return undefined;
    const sum = total ? arithmetic("+", total, next) : undefined;
    if (sum && sum.status !== "known") return undefined;
    total = sum?.value ?? next;
  }
  return total;
}

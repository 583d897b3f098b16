import type { Position } from "../../query/text/yaml-draft.ts";
import { parseDays } from "./days.ts";
import { FUNCTION_PARTS } from "./evaluate.ts";
import { type Expression, namedIds, parseExpression } from "./expression.ts";
import { parseQuantity, type Quantity } from "./quantity.ts";
import type { Boxes, Claim, ClaimsSheet, ClaimValue, Formula, Target } from "./sheet.ts";
import { claimsError } from "./sheet-error.ts";
import type { RawClaim, RawSheet } from "./sheet-schema.ts";

type Path = readonly (string | number)[];
type RawSection = NonNullable<RawSheet["sections"]>[number];

/** What the reading of one claim needs to know around it. */
interface Surroundings {
  readonly file: string;
  readonly currency: string;
  readonly sheet: RawSheet;
  readonly section: RawSection;
  readonly id: string;
  position(key?: string): Position;
}

const REFERENCES = ["on", "covers", "realised-by", "needs", "over", "after"] as const;

/** Turns the checked content of a sheet into claims with their figures, dates and formulas. @throws as parseClaims */
export function buildSheet(sheet: RawSheet, file: string, locate: (path: Path) => Position): ClaimsSheet {
  const sections: { section: RawSection; path: Path }[] = [
    ...(sheet.claims ? [{ section: { claims: sheet.claims }, path: [] }] : []),
    ...(sheet.sections ?? []).map((section, index) => ({ section, path: ["sections", index] })),
  ];
  const currency = sheet.currency ?? "USD";
  const claims = new Map<string, Claim>();
  const drafts = sections.flatMap(({ section, path }) =>
    Object.entries(section.claims).map(([id, raw]) => {
      const position = (key?: string) => locate([...path, "claims", id, ...(key === undefined ? [] : [key])]);
      return { raw, around: { file, currency, sheet, section, id, position } };
    }),
  );
  for (const { raw, around } of drafts) {
    if (claims.has(around.id))
      throw claimsError("CLAIMS_DUPLICATE_ID", file, around.position(), { id: around.id });
    claims.set(around.id, buildClaim(raw, around));
  }
  for (const { raw, around } of drafts) checkReferences(raw, around, claims);
  const list = [...claims.values()];
  return { title: sheet.title ?? file, file, currency, claims: list, byId: claims };
}

function buildClaim(raw: RawClaim, around: Surroundings): Claim {
  const { section, sheet } = around;
  const { says, at, is } = shortForm(raw);
  const value = claimValue(says, raw, is !== undefined, around);
  const paper = section.paper ?? sheet.paper;
  const asOf = section["as-of"] ?? sheet["as-of"];
  const places = [paper, at].filter((part) => part !== undefined).join(":");
  return {
    id: around.id,
    says: says ?? "",
    value,
    source: places === "" ? `${around.file}:${around.position().line}` : places,
    position: around.position(),
    kind: raw.kind ?? section.kind ?? sheet.kind ?? "figure",
    basis: raw.basis ?? section.basis ?? sheet.basis,
    is: is === undefined ? undefined : formula(is, raw.is === undefined ? "says" : "is", around),
    or: raw.or === undefined ? undefined : formula(raw.or, "or", around),
    severity: raw.severity,
    why: raw.why,
    doubt: raw.doubt,
    note: raw.note,
    on: raw.on,
    covers: raw.covers ?? [],
    realisedBy: raw["realised-by"] ?? [],
    notCommittable: raw["not-committable"],
    needs: raw.needs ?? [],
    target: targetOf(raw, around),
    status: raw.status,
    over: raw.over ?? [],
    openBoxes: boxes(raw.open),
    doneBoxes: boxes(raw.done),
    lists: raw.lists ?? [],
    after: raw.after ?? [],
    weekday: raw.weekday,
    asOf: asOf === undefined ? undefined : daysOf(asOf, "as-of", around),
    lake: raw.lake,
  };
}

/** `$9,000/month @128 = a + b` is what it says, where, and what it must equal; keys of their own go before. */
function shortForm(raw: RawClaim): {
  says: string | undefined;
  at: string | undefined;
  is: string | undefined;
} {
  const match = /^(?<says>.*?)(?:(?:^|\s+)@(?<at>[\d,\s-]+?))?(?:(?:^|\s+)=\s+(?<is>.*))?$/s.exec(
    raw.says ?? "",
  );
  const part = (name: string): string | undefined => match?.groups?.[name]?.trim() || undefined;
  return { says: part("says"), at: raw.at ?? part("at"), is: raw.is ?? part("is") };
}

function claimValue(
  says: string | undefined,
  raw: RawClaim,
  hasFormula: boolean,
  around: Surroundings,
): ClaimValue {
  if (says === undefined) {
    if (hasFormula) return { kind: "derived" };
    return fail(around, "says", "a claim needs what the paper says, or a formula");
  }
  const [before, after, ...more] = says.split(/\s*(?:->|→)\s*/);
  if (before !== undefined && after !== undefined && more.length === 0) {
    const ends = [parseQuantity(before, around.currency), parseQuantity(after, around.currency)] as const;
    if (ends[0] && ends[1]) return { kind: "change", before: ends[0], after: ends[1] };
  }
  const days = parseDays(says);
  if (days) return { kind: "days", days };
  const quantity = parseQuantity(says, around.currency);
  if (quantity) return { kind: "quantity", quantity };
  if (raw.status !== undefined || raw.doubt !== undefined || raw.note !== undefined) return { kind: "text" };
  return fail(
    around,
    "says",
    `neither a figure nor a date: "${says}" (a text needs a status, a doubt or a note)`,
  );
}

function formula(text: string, key: string, around: Surroundings): Formula {
  const parsed = parseExpression(text, around.currency);
  if (parsed.status === "unreadable") {
    const problem = `${around.id}: ${parsed.problem}, at character ${parsed.at + 1} of "${text}"`;
    throw claimsError("CLAIMS_EXPRESSION", around.file, around.position(key), { problem });
  }
  checkFunctions(parsed.expression, key, around);
  return { text, expression: parsed.expression };
}

function checkFunctions(expression: Expression, key: string, around: Surroundings): void {
  if (expression.kind === "binary") {
    checkFunctions(expression.left, key, around);
    checkFunctions(expression.right, key, around);
  }
  if (expression.kind !== "call") return;
  const parts = FUNCTION_PARTS.get(expression.name);
  const count = expression.parts.length;
  if (parts === undefined || count < parts[0] || count > parts[1]) {
    const problem = parts
      ? `${around.id}: ${expression.name}() takes ${parts[0]} to ${parts[1]} parts, not ${count}`
      : `${around.id}: there is no function ${expression.name}; there are ${[...FUNCTION_PARTS.keys()].join(", ")}`;
    throw claimsError("CLAIMS_EXPRESSION", around.file, around.position(key), { problem });
  }
  for (const part of expression.parts) checkFunctions(part, key, around);
}

function targetOf(raw: RawClaim, around: Surroundings): Target | undefined {
  if (raw.target === undefined) return undefined;
  const quantity = parseQuantity(raw.target, around.currency);
  if (quantity === undefined) return fail(around, "target", `not a figure: "${raw.target}"`);
  return { text: raw.target, quantity: asTarget(quantity), verdict: raw.verdict ?? "open" };
}

/** "About 50" as a target means 50. */
function asTarget(quantity: Quantity): Quantity {
  return quantity.bound === "about" ? { ...quantity, bound: "exact" } : quantity;
}

function daysOf(text: string, key: string, around: Surroundings) {
  return parseDays(text) ?? fail(around, key, `not a date such as 2026-02-28: "${text}"`);
}

function boxes(items: readonly string[] | undefined): Boxes {
  const [only] = items ?? [];
  if (items?.length === 1 && only !== undefined && /^\d+$/.test(only))
    return { count: Number(only), texts: [] };
  return { count: items?.length ?? 0, texts: items ?? [] };
}

function checkReferences(raw: RawClaim, around: Surroundings, claims: ReadonlyMap<string, Claim>): void {
  const claim = claims.get(around.id);
  const formulas = [claim?.is, claim?.or].flatMap((one) => (one ? namedIds(one.expression) : []));
  const named: (readonly [string, string])[] = [
    ...formulas.map((id) => ["is", id] as const),
    ...REFERENCES.flatMap((key) => [raw[key] ?? []].flat().map((id) => [key, id] as const)),
  ];
  for (const [key, id] of named) {
    if (!claims.has(id)) throw claimsError("CLAIMS_UNKNOWN_ID", around.file, around.position(key), { id });
  }
  if (claim && reachesItself(claim, claims)) {
    throw claimsError("CLAIMS_CIRCULAR", around.file, around.position("is"), { id: around.id });
  }
}

/** Only claims without a figure of their own are worked out when named. */
function reachesItself(claim: Claim, claims: ReadonlyMap<string, Claim>): boolean {
  const seen = new Set<string>();
  const isReached = (id: string): boolean => {
    if (id === claim.id) return true;
    const next = claims.get(id);
    if (next?.value.kind !== "derived" || seen.has(id)) return false;
    seen.add(id);
    return namedIds(next.is?.expression ?? { kind: "claim", id: "" }).some(isReached);
  };
  return (
    claim.value.kind === "derived" && claim.is !== undefined && namedIds(claim.is.expression).some(isReached)
  );
}

function fail(around: Surroundings, key: string, problem: string): never {
  throw claimsError("CLAIMS_INVALID", around.file, around.position(key), {
    problem: `${around.id}: ${problem}`,
  });
}

import type { Agreed, Check, RuleName } from "./check.ts";
import { arithmeticRule, says } from "./rules/arithmetic.ts";
import { countsAndRemarksRule } from "./rules/counts-and-remarks.ts";
import { datesRule } from "./rules/dates.ts";
import { discountsRule } from "./rules/discounts.ts";
import { type LakeFigures, lakeChecks } from "./rules/lake.ts";
import { savingsRule } from "./rules/savings.ts";
import { statusRule } from "./rules/status.ts";
import { targetsRule } from "./rules/targets.ts";
import type { ClaimsSheet, Severity } from "./sheet.ts";

/** Something to say about a claim. Figures are as shown to people; `difference` is claimed less computed. */
export interface ClaimFinding {
  /** Rule and claim, with a number where a rule says several things of one claim. */
  readonly id: string;
  readonly severity: Severity;
  readonly rule: RuleName;
  /** The claim first, then those the finding rests on. */
  readonly claims: readonly string[];
  readonly claimed: string;
  readonly computed: string | null;
  readonly difference: string | null;
  readonly explanation: string;
  readonly source: string;
}

/** A check that held. */
export interface HeldClaim {
  readonly claim: string;
  readonly rule: RuleName;
  readonly how: Agreed;
  readonly claimed: string;
  readonly computed: string;
  readonly source: string;
}

export interface ClaimsReport {
  readonly title: string;
  readonly file: string;
  readonly counts: {
    readonly claims: number;
    readonly checks: number;
    readonly held: number;
    /** Of those held: only because figures may have been rounded. */
    readonly withinRounding: number;
    readonly wrong: number;
    readonly doubtful: number;
    readonly notes: number;
  };
  /** Wrong before doubtful before notes, each in the order of the sheet. */
  readonly findings: readonly ClaimFinding[];
  readonly held: readonly HeldClaim[];
}

type Found = Extract<Check, { readonly status: "found" }>;

const RULES = [
  arithmeticRule,
  savingsRule,
  discountsRule,
  targetsRule,
  statusRule,
  datesRule,
  countsAndRemarksRule,
] as const;

const SEVERITY_ORDER: readonly Severity[] = ["wrong", "doubtful", "note"];

/** Checks a sheet against itself and, where `lake` is given, its `lake:` claims against the lake. Same input, same report. */
export async function auditClaims(sheet: ClaimsSheet, lake?: LakeFigures): Promise<ClaimsReport> {
  const order = new Map(sheet.claims.map((claim, index) => [claim.id, index]));
  const place = (check: Check): number => order.get(check.claim.id) ?? 0;
  const checks = [
    ...RULES.flatMap((rule) => rule(sheet)),
    ...(lake ? await lakeChecks(sheet, lake) : []),
  ].sort((a, b) => place(a) - place(b));
  const held = checks.filter((check) => check.status === "held").map(heldClaim);
  const findings = withReasons(
    checks
      .filter((check) => check.status === "found")
      .sort((a, b) => SEVERITY_ORDER.indexOf(a.severity) - SEVERITY_ORDER.indexOf(b.severity)),
  ).map(findingOf);
  const having = (severity: Severity): number =>
    findings.filter((finding) => finding.severity === severity).length;
  return {
    title: sheet.title,
    file: sheet.file,
    counts: {
      claims: sheet.claims.length,
      checks: checks.length,
      held: held.length,
      withinRounding: held.filter(({ how }) => how === "rounded" || how === "inputs-rounded").length,
      wrong: having("wrong"),
      doubtful: having("doubtful"),
      notes: having("note"),
    },
    findings: numbered(findings),
    held,
  };
}

/** What the sheet's author says of a failing claim stands once, with the first thing found. */
function withReasons(found: readonly Found[]): Found[] {
  const explained = new Set<string>();
  return found.map((check) => {
    const { id, why } = check.claim;
    if (why === undefined || check.rule === "remark" || explained.has(id)) return check;
    explained.add(id);
    return { ...check, explanation: `${check.explanation} ${why}` };
  });
}

function heldClaim(check: Extract<Check, { status: "held" }>): HeldClaim {
  const { claim, rule, how, computed } = check;
  return { claim: claim.id, rule, how, claimed: says(claim), computed, source: claim.source };
}

function findingOf(check: Found): ClaimFinding {
  const { claim, others, severity, rule, computed, difference, explanation } = check;
  return {
    id: `${rule}/${claim.id}`,
    severity,
    rule,
    claims: [claim.id, ...others],
    claimed: says(claim),
    computed,
    difference,
    explanation,
    source: claim.source,
  };
}

/** A second finding of one rule on one claim gets a number of its own. */
function numbered(findings: readonly ClaimFinding[]): ClaimFinding[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const count = (seen.get(finding.id) ?? 0) + 1;
    seen.set(finding.id, count);
    return count === 1 ? finding : { ...finding, id: `${finding.id}/${count}` };
  });
}

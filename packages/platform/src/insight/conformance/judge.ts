import { decimal, divide, FOCUS_COLUMNS, type FocusVersion, formatDecimal } from "@trimtab/domain";
import { and, call, cases, type Expr, not, yes } from "../../sql/expr.ts";
import { catalogueRules } from "./catalogue-rules.ts";
import { CRITERIA_1_2, RULES_1_2 } from "./data/focus-1-2-rules.ts";
import { MENDS_1_2 } from "./data/mends-1-2.ts";
import { brokenNames } from "./header-checks.ts";
import { type JudgedRows, RowView } from "./judged-rows.ts";
import { mended } from "./mends.ts";
import { type Plan, planRules, type RowPlan } from "./plan-rules.ts";
import type { Keyword, Rule } from "./rule.ts";
import { runSetCheck } from "./set-checks.ts";

interface RuleReference {
  readonly id: string;
  readonly about: string;
  readonly keyword: Keyword;
  readonly text: string;
}

export interface FailedRule extends RuleReference {
  /** What broke it: rows, values of a column, commitments, or names of the header. */
  readonly unit: "rows" | "values" | "commitments" | "columns";
  readonly failed: number;
  readonly judged: number;
  readonly example: string | null;
}

export interface UnassessedRule extends RuleReference {
  readonly reason: string;
}

export interface Tally {
  readonly passed: number;
  readonly assessable: number;
  /** passed ÷ assessable to four places, half-even; null where nothing could be judged. */
  readonly score: string | null;
}

export interface Conformance {
  readonly version: FocusVersion;
  readonly model: "requirements model" | "column catalogue";
  readonly must: Tally;
  readonly should: Tally;
  readonly failing: readonly FailedRule[];
  readonly notAssessable: readonly UnassessedRule[];
}

const referenceOf = ({ id, about, keyword, text }: Rule): RuleReference => ({ id, about, keyword, text });

const isMust = ({ keyword }: RuleReference): boolean => keyword.startsWith("MUST");

/** The rules that a version is judged by. */
export const rulesOf = (version: FocusVersion): readonly Rule[] =>
  mended(version === "1.2" ? RULES_1_2 : catalogueRules(version), MENDS_1_2);

type Outcome = { readonly rule: Rule } & (
  | { readonly is: "passed" }
  | { readonly is: "failed"; readonly detail: Omit<FailedRule, keyof RuleReference> }
  | { readonly is: "notAssessable"; readonly reason: string }
);

/** Rows judged and broken, and one that broke it, of every rule over single rows: one scan. */
const runRowChecks = async (view: RowView, plans: readonly RowPlan[], from: string): Promise<Outcome[]> => {
  if (plans.length === 0) return [];
  const count = (where: Expr<"boolean">) =>
    view.sql(call("bigint", "count", cases("boolean", [[where, yes]])));
  const select = plans.flatMap(({ when, check, columns }) => {
    const applies = (holds: Expr<"boolean">) => (when === undefined ? holds : and(when, holds));
    const broken = applies(not(check));
    const example = call("text", "min", cases("text", [[broken, view.describe(columns)]]));
    return [count(applies(check)), count(broken), view.sql(example)];
  });
  const { rows } = await view.run(`SELECT ${select.join(", ")} FROM ${from}`);
  const cells = rows[0] ?? [];
  return plans.map(({ rule }, index): Outcome => {
    const [passed, failed, example] = cells.slice(index * 3, index * 3 + 3);
    const judged = Number(passed) + Number(failed);
    if (judged === 0) return { rule, is: "notAssessable", reason: "no row has anything to judge" };
    if (Number(failed) === 0) return { rule, is: "passed" };
    const detail = { unit: "rows", failed: Number(failed), judged, example: trimmed(example) } as const;
    return { rule, is: "failed", detail };
  });
};

const trimmed = (value: unknown): string | null =>
  typeof value === "string" ? value.replace(/; $/, "") : null;

const runSetPlan = async (
  view: RowView,
  plan: Extract<Plan, { kind: "set" }>,
  from: string,
): Promise<Outcome> => {
  const { rule, check, when } = plan;
  const { failed, judged, unjudged, example } = await runSetCheck(view, check, when, from);
  const unit = check[0] === "distinct" ? "values" : "commitments";
  if (judged === 0) {
    const reason =
      unjudged === 0
        ? "no row has anything to judge"
        : `the data does not cover what was paid for and used of any of ${unjudged} commitments`;
    return { rule, is: "notAssessable", reason };
  }
  return failed === 0
    ? { rule, is: "passed" }
    : { rule, is: "failed", detail: { unit, failed, judged, example } };
};

const runHeaderPlan = (view: RowView, { rule, check }: Extract<Plan, { kind: "header" }>): Outcome => {
  if (check[0] === "present") {
    if (view.has(check[1])) return { rule, is: "passed" };
    return { rule, is: "failed", detail: { unit: "columns", failed: 1, judged: 1, example: null } };
  }
  const names = check[0] === "header" ? brokenNames(view.names, check[1]) : [];
  if (names.length === 0) return { rule, is: "passed" };
  const detail = {
    unit: "columns",
    failed: names.length,
    judged: view.names.length,
    example: names[0] ?? null,
  } as const;
  return { rule, is: "failed", detail };
};

const tally = (outcomes: readonly Outcome[], must: boolean): Tally => {
  const judged = outcomes.filter(({ rule, is }) => is !== "notAssessable" && isMust(rule) === must);
  const passed = judged.filter(({ is }) => is === "passed").length;
  const ratio = () => divide(decimal(BigInt(passed)), decimal(BigInt(judged.length)), 4);
  return { passed, assessable: judged.length, score: judged.length === 0 ? null : formatDecimal(ratio()) };
};

/** Scores rows against the rules of one FOCUS version; nothing is scored that the data can't tell. */
export const judge = async (
  rows: JudgedRows,
  version: FocusVersion,
  supported: readonly string[] = [],
): Promise<Conformance> => {
  const view = new RowView(rows);
  const names = FOCUS_COLUMNS.map(({ name }) => name).filter((name) => view.has(name));
  const from = view.from(names);
  const plans = planRules(rulesOf(version), view, names, { criteria: CRITERIA_1_2, supported, version });
  const outcomes: Outcome[] = await runRowChecks(
    view,
    plans.filter((plan) => plan.kind === "row"),
    from,
  );
  for (const plan of plans) {
    if (plan.kind === "none") outcomes.push({ rule: plan.rule, is: "notAssessable", reason: plan.reason });
    if (plan.kind === "header") outcomes.push(runHeaderPlan(view, plan));
    if (plan.kind === "set") outcomes.push(await runSetPlan(view, plan, from));
  }
  return {
    version,
    model: version === "1.2" ? "requirements model" : "column catalogue",
    must: tally(outcomes, true),
    should: tally(outcomes, false),
    failing: outcomes.flatMap((outcome) =>
      outcome.is === "failed" ? [{ ...referenceOf(outcome.rule), ...outcome.detail }] : [],
    ),
    notAssessable: outcomes.flatMap((outcome) =>
      outcome.is === "notAssessable" ? [{ ...referenceOf(outcome.rule), reason: outcome.reason }] : [],
    ),
  };
};

import { type FocusVersion, focusColumns } from "@trimtab/domain";
import { and, type Expr } from "../../sql/expr.ts";
import type { RowView } from "./judged-rows.ts";
import { columnsOf, rowCheck } from "./row-checks.ts";
import type { Check, Rule } from "./rule.ts";

export interface RowPlan {
  readonly kind: "row";
  readonly rule: Rule;
  readonly when: Expr<"boolean"> | undefined;
  readonly check: Expr<"boolean">;
  /** Columns that an example shows. */
  readonly columns: readonly string[];
}

/** How a rule is judged on these rows, or why it can't be. */
export type Plan =
  | RowPlan
  | {
      readonly kind: "set";
      readonly rule: Rule;
      readonly when: Expr<"boolean"> | undefined;
      readonly check: Check;
    }
  | { readonly kind: "header"; readonly rule: Rule; readonly check: Check }
  | { readonly kind: "none"; readonly rule: Rule; readonly reason: string };

export interface PlanOptions {
  readonly criteria: Readonly<Record<string, string>>;
  /** Criteria that the reader says the provider supports. */
  readonly supported: readonly string[];
  readonly version: FocusVersion;
}

interface Parents {
  readonly conditions: readonly Check[];
  readonly alternatives: boolean;
}

/** A part of a group is bound by the conditions of all groups it belongs to. */
const parentsOf = (rules: readonly Rule[]): ((id: string) => Parents) => {
  const groups = new Map<string, Rule>();
  for (const rule of rules) {
    if (rule.check?.[0] === "rules") for (const id of rule.check[2]) groups.set(id, rule);
  }
  return (id) => {
    const conditions: Check[] = [];
    let alternatives = false;
    for (let group = groups.get(id); group !== undefined; group = groups.get(group.id)) {
      if (group.when !== undefined) conditions.push(group.when);
      if (group.check?.[0] === "rules" && group.check[1] === "or") alternatives = true;
    }
    return { conditions, alternatives };
  };
};

const whyPresenceIsOpen = (rule: Rule, { criteria, supported }: PlanOptions): string | undefined => {
  const open = (rule.applies ?? []).filter((id) => !supported.includes(id));
  if (open.length === 0) return undefined;
  const texts = open.map((id) => criteria[id] ?? "the provider supports what the column describes");
  return `${rule.about} is absent; it is required only where: ${texts.join("; ")}`;
};

const whyUnjudged = (rule: Rule, { alternatives }: Parents): string | undefined => {
  if (rule.keyword === "MAY") return "a permission can't be broken";
  if (rule.open !== undefined) return rule.open;
  if (rule.check === undefined) {
    return rule.entity === "Attribute"
      ? "a convention in words; the format rules of the columns judge what can be judged of it"
      : "the requirement is given in words that the data can't answer";
  }
  if (alternatives && rule.when === undefined) return "it depends on facts that are not in the data";
  return undefined;
};

/** Decides for every rule that is no group of others how it is judged. */
export const planRules = (
  rules: readonly Rule[],
  view: RowView,
  names: readonly string[],
  options: PlanOptions,
): readonly Plan[] => {
  const parents = parentsOf(rules);
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const known = new Set(focusColumns(options.version).map(({ name }) => name));
  const absent = (rule: Rule, check: Check): string | undefined => {
    const needed = (rule.needs ?? []).flatMap((id) => byId.get(id)?.about ?? []);
    return [...columnsOf(check), ...needed].find((name) => known.has(name) && !view.has(name));
  };
  const plan = (rule: Rule): Plan => {
    const above = parents(rule.id);
    const reason = whyUnjudged(rule, above);
    const { check } = rule;
    if (reason !== undefined || check === undefined) return { kind: "none", rule, reason: reason ?? "" };
    if (check[0] === "present") {
      const open = view.has(check[1]) ? undefined : whyPresenceIsOpen(rule, options);
      return open === undefined ? { kind: "header", rule, check } : { kind: "none", rule, reason: open };
    }
    if (check[0] === "header") return { kind: "header", rule, check };
    const missing = absent(rule, check) ?? columnsOf(check).find((name) => !view.has(name));
    if (missing !== undefined) return { kind: "none", rule, reason: `${missing} is absent` };
    const conditions = [...above.conditions, ...(rule.when === undefined ? [] : [rule.when])];
    const terms = conditions.flatMap((condition) => rowCheck(view, condition, names) ?? []);
    const when = terms.length === 0 ? undefined : and(...terms);
    const expr = rowCheck(view, check, names);
    if (expr === undefined) return { kind: "set", rule, check, when };
    const columns = [...new Set([check, ...conditions].flatMap(columnsOf))];
    return { kind: "row", rule, when, check: expr, columns };
  };
  return rules.filter(({ check }) => check?.[0] !== "rules").map(plan);
};

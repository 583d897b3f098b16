// Writes the compact form of a FOCUS requirements model: `node scripts/make-conformance-model.ts model-1.2.json`.
// The model is published by the FinOps Foundation with its validator (github.com/finopsfoundation/focus_validator, MIT).
// What it says is kept as it is, defects included: data/mends-1-2.ts mends them by name.
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Check, Keyword, Rule } from "../packages/platform/src/insight/conformance/rule.ts";

interface PublishedCheck {
  readonly CheckFunction?: string;
  readonly [argument: string]: unknown;
}

interface PublishedRule {
  readonly Function: Rule["kind"];
  readonly Reference: string;
  readonly EntityType: Rule["entity"];
  readonly ApplicabilityCriteria: readonly string[];
  readonly ValidationCriteria: {
    readonly MustSatisfy: string;
    readonly Keyword: Keyword;
    readonly Requirement: PublishedCheck;
    readonly Condition: PublishedCheck;
    readonly Dependencies: readonly string[];
  };
}

const text = (value: unknown): string => String(value);

/** Many equalities of one column are one membership; many pairs of equalities are one membership per second value. */
function compactOr(checks: readonly Check[]): Check {
  const columns = new Set(checks.map((check) => (check[0] === "is" ? check[1] : "")));
  const [column] = columns;
  if (columns.size === 1 && column !== undefined && column !== "") {
    return ["oneOf", column, checks.map((check) => text(check[2]))];
  }
  const pairs = checks.flatMap((check) =>
    check[0] === "and" && check[1].length === 2 && check[1][0]?.[0] === "is" && check[1][1]?.[0] === "is"
      ? [{ first: check[1][0], second: check[1][1] }]
      : [],
  );
  if (pairs.length !== checks.length) return ["or", checks];
  const groups = Map.groupBy(pairs, ({ second }) => JSON.stringify(second));
  return [
    "or",
    [...groups.values()].flatMap((group): Check[] => {
      const [head] = group;
      if (head === undefined) return [];
      const firsts = group.map(({ first }) => text(first[2]));
      return [["and", [head.second, ["oneOf", head.first[1], firsts]]]];
    }),
  ];
}

function toCheck(published: PublishedCheck): Check | undefined {
  if (Object.keys(published).length === 0) return undefined;
  const column = text(published.ColumnName);
  const items = (published.Items ?? []) as readonly PublishedCheck[];
  const parts = items.map((item) => toCheck(item) ?? (["malformed", JSON.stringify(item)] as const));
  if (items.length > 0 && items.every((item) => item.CheckFunction === "CheckModelRule")) {
    const mode = published.CheckFunction === "OR" ? "or" : "and";
    return ["rules", mode, items.map((item) => text(item.ModelRuleId))];
  }
  if (/^(Check|Type|Format)/.test(published.CheckFunction ?? "") && needsColumn(published)) {
    return ["malformed", JSON.stringify(published)];
  }
  const [a, b] = [text(published.ColumnAName), text(published.ColumnBName)];
  switch (published.CheckFunction) {
    case "AND":
      return ["and", parts];
    case "OR":
      return compactOr(parts);
    case "ColumnPresent":
      return ["present", column];
    case "CheckValue":
      return published.Value === null ? ["null", column] : ["is", column, text(published.Value)];
    case "CheckNotValue":
      return published.Value === null ? ["notNull", column] : ["isNot", column, text(published.Value)];
    case "CheckGreaterOrEqualThanValue":
      return ["atLeast", column, text(published.Value)];
    case "CheckSameValue":
      return ["same", a, b];
    case "CheckNotSameValue":
      return ["different", a, b];
    case "CheckDistinctCount":
      return ["distinct", a, b, Number(published.ExpectedCount)];
    case "ColumnByColumnEqualsColumnValue":
      return ["product", a, b, text(published.ResultColumnName)];
    case "CheckDecimalValue":
      return ["decimal", column];
    case "CheckNationalCurrency":
      return ["currency", column];
    case "TypeString":
      return ["type", column, "string"];
    case "TypeDecimal":
      return ["type", column, "decimal"];
    case "TypeDateTime":
      return ["type", column, "datetime"];
    case "FormatString":
      return ["format", column, "string"];
    case "FormatNumeric":
      return ["format", column, "numeric"];
    case "FormatDateTime":
      return ["format", column, "datetime"];
    case "FormatUnit":
      return ["format", column, "unit"];
    case "FormatKeyValue":
      return ["format", column, "keyValue"];
    case "FormatCurrency":
      return ["format", column, "currency"];
    default:
      return ["malformed", JSON.stringify(published)];
  }
}

function needsColumn({ ColumnName, ColumnAName }: PublishedCheck): boolean {
  return ColumnName === undefined && ColumnAName === undefined;
}

function toRule(id: string, published: PublishedRule): Rule {
  const { MustSatisfy, Keyword, Requirement, Condition, Dependencies } = published.ValidationCriteria;
  const when = toCheck(Condition);
  const check = toCheck(Requirement);
  const parts = new Set(check?.[0] === "rules" ? check[2] : []);
  const needs = Dependencies.filter((dependency) => !parts.has(dependency));
  return {
    id,
    about: published.Reference,
    entity: published.EntityType,
    kind: published.Function,
    keyword: Keyword,
    text: MustSatisfy,
    ...(published.ApplicabilityCriteria.length === 0 ? {} : { applies: published.ApplicabilityCriteria }),
    ...(when === undefined ? {} : { when }),
    ...(check === undefined ? {} : { check }),
    ...(needs.length === 0 ? {} : { needs }),
  };
}

const [path] = process.argv.slice(2);
if (path === undefined) {
  process.stderr.write("Usage: node scripts/make-conformance-model.ts <model-1.2.json>\n");
  process.exit(2);
}
const model = JSON.parse(await readFile(path, "utf8")) as {
  readonly Details: { readonly FOCUSVersion: string };
  readonly ModelRules: Readonly<Record<string, PublishedRule>>;
  readonly ApplicabilityCriteria: Readonly<Record<string, { readonly Description: string }>>;
};
const version = model.Details.FOCUSVersion;
const name = version.replace(".", "_");
const rules = Object.entries(model.ModelRules).map(([id, rule]) => `  ${JSON.stringify(toRule(id, rule))},`);
const criteria = Object.entries(model.ApplicabilityCriteria).map(
  ([id, { Description }]) => `  ${id}: ${JSON.stringify(Description)},`,
);
const output = `// Made by scripts/make-conformance-model.ts from the requirements model of FOCUS ${version}; not edited by hand.
// Copyright (c) 2023 FinOps Foundation, MIT licence: see LICENSE-focus-validator.txt beside this file.
// biome-ignore-all format: one rule a line
import type { Rule } from "../rule.ts";

/** What a provider may support; a rule that depends on it applies only then. */
export const CRITERIA_${name}: Readonly<Record<string, string>> = {
${criteria.join("\n")}
};

export const RULES_${name}: readonly Rule[] = [
${rules.join("\n")}
];
`;
const target = join(
  import.meta.dirname,
  `../packages/platform/src/insight/conformance/data/focus-${version.replace(".", "-")}-rules.ts`,
);
await writeFile(target, output);
process.stdout.write(`${target}: ${rules.length} rules\n`);

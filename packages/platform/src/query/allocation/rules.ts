import { sign, TrimtabError, tryDecimal, ZERO } from "@trimtab/domain";
import { z } from "zod";
import { canonicalFilter } from "../canonical.ts";
import { queryErrors } from "../errors.ts";
import { METRIC_ID } from "../metrics/metrics-csv.ts";
import { findDimension, type Rule, type VirtualDimension } from "../model/dimensions.ts";
import { BASE_MODEL, type SemanticModel } from "../model/model.ts";
import { parseFilterText } from "../parse-query.ts";
import { KEYWORDS } from "../text/keywords.ts";
import { type Path, type Position, readYamlDraft } from "../text/yaml-draft.ts";
import { filterSchema } from "../types.ts";

const valueText = z.string().min(1).max(500);
const share = z.union([z.string(), z.number()]).transform(String);
const splitSchema = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("even"), among: z.array(valueText).min(1).optional() }),
  z.strictObject({ by: z.literal("share"), shares: z.record(valueText, share) }),
  z.strictObject({ by: z.literal("metric"), metric: valueText, among: z.array(valueText).min(1).optional() }),
]);
const whereSchema = z.union([valueText, filterSchema]);
const ruleSchema = z.union([
  z.strictObject({ where: whereSchema, value: valueText }),
  z.strictObject({ where: whereSchema.optional(), from: valueText }),
  z.strictObject({ where: whereSchema, shared: valueText, split: splitSchema }),
]);
const metricSchema = z.strictObject({
  unit: valueText,
  aggregation: z.enum(["sum", "average", "last", "max"]).default("sum"),
  /** Cost per unit that is aimed at. */
  target: share.refine((text) => tryDecimal(text) !== undefined, "a decimal number").optional(),
  prometheus: z
    .strictObject({
      url: z.url(),
      query: valueText,
      stepSeconds: z.int().min(1).default(86_400),
      labels: z.record(valueText, valueText).optional(),
    })
    .optional(),
});
const fileSchema = z.strictObject({
  version: z.literal(1),
  metrics: z
    .record(z.string().regex(METRIC_ID, "a name of small letters, digits, - and _"), metricSchema)
    .default({}),
  fiscalYearStart: z.int().min(1).max(12).optional(),
  dimensions: z
    .record(
      z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,60}$/, "a name of letters, digits, - and _"),
      z.strictObject({
        otherwise: valueText.default("unallocated"),
        rules: z.array(ruleSchema).min(1).max(5000),
      }),
    )
    .default({}),
});

export interface AllocationRules {
  readonly virtual: ReadonlyMap<string, VirtualDimension>;
  readonly fiscalYearStart?: number;
  /** By id: how each metric adds up, its target, and where it comes from. */
  readonly metrics: ReadonlyMap<string, MetricSettings>;
}

export type MetricSettings = z.output<typeof metricSchema>;

type Fail = (path: Path, problem: string, suggestion?: string, cause?: unknown) => TrimtabError;

/**
 * Reads a rules file (YAML, see docs/guides/allocation.md). Conditions may use any dimension but virtual ones.
 * @throws RULES_INVALID with line and column
 */
export const parseRules = (text: string, file: string): AllocationRules => {
  const draft = readYamlDraft(text);
  const refuse = (position: Position, problem: string, suggestion: string, cause?: unknown) =>
    queryErrors.create("RULES_INVALID", { file, ...position, problem, suggestion }, { cause });
  if (draft.status === "unreadable") throw refuse(draft.position, draft.problem, "");
  const fail: Fail = (path, problem, suggestion = "", cause) =>
    refuse(draft.locate(path, "value"), problem, suggestion, cause);
  const parsed = fileSchema.safeParse(draft.content);
  if (!parsed.success) {
    const { path, message } = deepest(parsed.error.issues);
    throw fail(path, message);
  }
  const dimensions = Object.entries(parsed.data.dimensions).map(([name, { otherwise, rules }]) => {
    const path = ["dimensions", name];
    if (KEYWORDS.has(name.toLowerCase()) || findDimension(name, new Map()) !== undefined) {
      throw fail(path, `${name} already has a meaning in queries`);
    }
    return {
      kind: "virtual" as const,
      name,
      type: "text" as const,
      otherwise,
      rules: rules.map((rule, index) => ruleOf(rule, [...path, "rules", index], fail)),
    };
  });
  const { fiscalYearStart } = parsed.data;
  return {
    virtual: new Map(dimensions.map((dimension) => [dimension.name, dimension])),
    metrics: new Map(Object.entries(parsed.data.metrics)),
    ...(fiscalYearStart === undefined ? {} : { fiscalYearStart }),
  };
};

interface Issue {
  readonly path: Path;
  readonly message: string;
}

/** The issue that got furthest into a union: the one closest to what was meant. */
const deepest = (issues: readonly z.core.$ZodIssue[], base: Path = []): Issue => {
  const found = issues.map((issue): Issue => {
    const path = [...base, ...issue.path.map((part) => (typeof part === "symbol" ? String(part) : part))];
    if (issue.code !== "invalid_union" || issue.errors.length === 0) return { path, message: issue.message };
    return issue.errors.map((branch) => deepest(branch, path)).reduce(deeper);
  });
  return found.reduce(deeper);
};

const deeper = (a: Issue, b: Issue): Issue => (b.path.length > a.path.length ? b : a);

type ParsedRule = z.output<typeof ruleSchema>;

const ruleOf = (rule: ParsedRule, path: Path, fail: Fail): Rule => {
  const where = rule.where === undefined ? undefined : conditionOf(rule.where, [...path, "where"], fail);
  if ("from" in rule) {
    const source = findDimension(rule.from, new Map());
    if (source === undefined || source.type === "decimal") {
      throw fail([...path, "from"], `there is no dimension ${rule.from} to take the value from`);
    }
    return { from: source.name, ...(where === undefined ? {} : { where }) };
  }
  if (where === undefined) throw fail(path, "the rule has no condition");
  if ("value" in rule) return { where, value: rule.value };
  checkSplit(rule.split, [...path, "split"], fail);
  return { where, shared: { name: rule.shared, split: rule.split } };
};

const checkSplit = (split: z.output<typeof splitSchema>, path: Path, fail: Fail): void => {
  if (split.by !== "share") return;
  const entries = Object.entries(split.shares);
  for (const [name, text] of entries) {
    const value = tryDecimal(text);
    if (value === undefined || sign(value) < 0) {
      throw fail([...path, "shares", name], `the share of ${name} is no number of zero or more`);
    }
  }
  if (!entries.some(([, text]) => sign(tryDecimal(text) ?? ZERO) > 0)) {
    throw fail([...path, "shares"], "nobody has a share above zero");
  }
};

const conditionOf = (where: z.output<typeof whereSchema>, path: Path, fail: Fail) => {
  const model: SemanticModel = BASE_MODEL;
  try {
    return typeof where === "string" ? parseFilterText(where, model) : canonicalFilter(where, model);
  } catch (error) {
    if (!(error instanceof TrimtabError)) throw error;
    const { problem = error.message, column, suggestion = "" } = error.details;
    const place = column === undefined ? "" : ` (character ${column} of the condition)`;
    throw fail(path, `${problem}${place}`, String(suggestion), error);
  }
};

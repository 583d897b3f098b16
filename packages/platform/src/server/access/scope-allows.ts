import { canonicalFilter } from "../../query/canonical.ts";
import type { Condition, Filter, Scope } from "../../query/types.ts";

/**
 * What is known of a thing, by the name of the dimension: null where it is known to have no value; a dimension that is
 * not there is not known.
 */
export type Attributes = Readonly<Record<string, string | null>>;

/** True, false, or not to be told. */
type Verdict = boolean | undefined;

/**
 * Whether a scope shows a thing that is no charge: the same filter, held against what is known of it. What can't be told
 * is not shown.
 */
export const scopeAllows = (scope: Scope, attributes: Attributes): boolean =>
  scope === "unrestricted" || verdictOf(canonicalFilter(scope), attributes) === true;

const verdictOf = (filter: Filter, attributes: Attributes): Verdict => {
  if ("not" in filter) return opposite(verdictOf(filter.not, attributes));
  if ("and" in filter) return allOf(filter.and.map((term) => verdictOf(term, attributes)));
  if ("or" in filter) return opposite(allOf(filter.or.map((term) => opposite(verdictOf(term, attributes)))));
  if (!Object.hasOwn(attributes, filter.dimension)) return undefined;
  return holds(filter, attributes[filter.dimension] ?? null);
};

const opposite = (verdict: Verdict): Verdict => (verdict === undefined ? undefined : !verdict);

const allOf = (verdicts: readonly Verdict[]): Verdict => {
  if (verdicts.includes(false)) return false;
  return verdicts.includes(undefined) ? undefined : true;
};

const holds = (condition: Condition, value: string | null): Verdict => {
  switch (condition.op) {
    case "is null":
    case "absent":
      return value === null;
    case "is not null":
    case "present":
      return value !== null;
    case "=":
      return value === condition.value;
    case "!=":
      return value !== condition.value;
    case "in":
      return value !== null && condition.values.includes(value);
    case "not in":
      return value === null || !condition.values.includes(value);
    case "<":
      return value !== null && inBytes(value, condition.value) < 0;
    case "<=":
      return value !== null && inBytes(value, condition.value) <= 0;
    case ">":
      return value !== null && inBytes(value, condition.value) > 0;
    case ">=":
      return value !== null && inBytes(value, condition.value) >= 0;
    case "contains":
      return value?.includes(condition.value) ?? false;
    case "starts with":
      return value?.startsWith(condition.value) ?? false;
    case "matches":
      return undefined;
  }
};

/** Texts are ordered as the engines order them. */
const inBytes = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

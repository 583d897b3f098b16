import { canonicalFilter } from "../../query/canonical.ts";
import { formatFilter } from "../../query/format-query.ts";
import { findDimension } from "../../query/model/dimensions.ts";
import { type Condition, type Filter, filterSchema, type Scope } from "../../query/types.ts";
import { accessErrors } from "./errors.ts";
import type { Role } from "./permissions.ts";

/** Holds for no charge, whatever is in it. */
export const NOTHING: Filter = {
  and: [
    { dimension: "BillingCurrency", op: "is null" },
    { dimension: "BillingCurrency", op: "is not null" },
  ],
};

/** A team as far as scopes are concerned; null: it sees all charges. */
export interface ScopedTeam {
  readonly scope: string | null;
}

/**
 * What somebody sees: all that any of their teams sees. Admins see all charges; everybody else without a team sees none.
 * The teams come in a fixed order, so that one scope has one form.
 */
export const scopeOf = (role: Role, teams: readonly ScopedTeam[]): Scope => {
  if (role === "admin" || teams.some(({ scope }) => scope === null)) return "unrestricted";
  const texts = [...new Set(teams.flatMap(({ scope }) => scope ?? []))].toSorted();
  const [first, ...rest] = texts.map(readScope);
  if (first === undefined) return NOTHING;
  return rest.length === 0 ? first : { or: [first, ...rest] };
};

/** What was written by a later version or changed by hand shows nothing. */
const readScope = (text: string): Filter => {
  const parsed = filterSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return NOTHING;
  try {
    return checkScope(parsed.data);
  } catch {
    return NOTHING;
  }
};

/**
 * A filter that a team may see by, with names in their one spelling. It stands on what the bill itself says: dimensions
 * made by rules would let whoever writes the rules widen it, and patterns mean something else outside of the engine, where
 * resources are held against it, too.
 * @throws ACCESS_SCOPE_INVALID
 */
export const checkScope = (filter: Filter): Filter => {
  for (const condition of conditionsOf(filter)) checkCondition(condition);
  return canonicalFilter(filter);
};

const noRules = new Map<string, never>();

const checkCondition = ({ dimension: name, op }: Condition): void => {
  const refuse = (reason: string) =>
    accessErrors.create("ACCESS_SCOPE_INVALID", { dimension: name.slice(0, 100), reason });
  const dimension = findDimension(name, noRules);
  if (dimension === undefined) throw refuse("it is no column of a bill");
  if (dimension.type !== "text") throw refuse("it is no text");
  if (op === "matches") throw refuse("patterns can't be held against resources");
};

const conditionsOf = (filter: Filter): readonly Condition[] => {
  if ("and" in filter) return filter.and.flatMap(conditionsOf);
  if ("or" in filter) return filter.or.flatMap(conditionsOf);
  return "not" in filter ? conditionsOf(filter.not) : [filter];
};

/** The scope in words, for people. */
export const scopeText = (scope: Scope): string => {
  if (scope === "unrestricted") return "all charges";
  return scope === NOTHING ? "no charges" : formatFilter(scope);
};

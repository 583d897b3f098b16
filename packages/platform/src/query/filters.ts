import { day, instant, tryDecimal } from "@trimtab/domain";
import {
  and,
  call,
  cases,
  eq,
  ge,
  gt,
  isIn,
  isNotNull,
  isNull,
  le,
  lit,
  lt,
  ne,
  or,
  param,
  type QueryExpr,
} from "../sql/expr.ts";
import { queryErrors } from "./errors.ts";
import type { Dimension, Leaf, VirtualDimension } from "./model/dimensions.ts";
import { dimensionOf, type SemanticModel } from "./model/model.ts";
import { timestampText } from "./periods.ts";
import type { Condition, Filter } from "./types.ts";

/** Turns dimensions and filters into expressions over one table. */
export interface ExpressionContext {
  readonly model: SemanticModel;
  /** The table's expression of a leaf; the plan has made sure that it has one. */
  leaf(leaf: Leaf): QueryExpr;
}

export const dimensionExpr = (dimension: Dimension, context: ExpressionContext): QueryExpr =>
  dimension.kind === "virtual" ? virtualExpr(dimension, context) : context.leaf(dimension);

/** Null where the charge belongs to shared costs: then {@link poolExpr} says to which. */
const virtualExpr = (dimension: VirtualDimension, context: ExpressionContext): QueryExpr<"text"> => {
  const whens = dimension.rules.map((rule): readonly [QueryExpr<"boolean">, QueryExpr<"text">] => {
    if ("shared" in rule) return [filterExpr(rule.where, context), lit("text", null)];
    if ("value" in rule) return [filterExpr(rule.where, context), param("text", rule.value)];
    const value = asText(dimensionExpr(dimensionOf(rule.from, context.model), context));
    const has = isNotNull(value);
    return [rule.where === undefined ? has : and(filterExpr(rule.where, context), has), value];
  });
  return cases("text", whens, param("text", dimension.otherwise));
};

/** Index of the rule whose shared costs the charge belongs to; null where it belongs to none. */
export const poolExpr = (dimension: VirtualDimension, context: ExpressionContext): QueryExpr<"bigint"> => {
  const whens = dimension.rules.map((rule, index): readonly [QueryExpr<"boolean">, QueryExpr<"bigint">] => {
    const pool = lit("bigint", "shared" in rule ? index : null);
    if (!("from" in rule)) return [filterExpr(rule.where, context), pool];
    const has = isNotNull(dimensionExpr(dimensionOf(rule.from, context.model), context));
    return [rule.where === undefined ? has : and(filterExpr(rule.where, context), has), pool];
  });
  return cases("bigint", whens);
};

const asText = (expr: QueryExpr): QueryExpr<"text"> =>
  expr.type === "text"
    ? (expr as QueryExpr<"text">)
    : { type: "text", node: { kind: "cast", expr, safe: false } };

/**
 * A condition of the WHERE clause. Negations are pushed down to the leaves, where they include rows without a value,
 * so that a filter and its negation always split all rows in two, and engines can still use it to skip files.
 * @throws QUERY_FILTER_TYPE, QUERY_FILTER_VALUE, QUERY_DIMENSION_UNKNOWN
 */
export const filterExpr = (
  filter: Filter,
  context: ExpressionContext,
  negated = false,
): QueryExpr<"boolean"> => {
  if ("not" in filter) return filterExpr(filter.not, context, !negated);
  if ("and" in filter || "or" in filter) {
    const terms = ("and" in filter ? filter.and : filter.or).map((term) =>
      filterExpr(term, context, negated),
    );
    return "and" in filter !== negated ? and(...terms) : or(...terms);
  }
  const dimension = dimensionOf(filter.dimension, context.model);
  return conditionExpr(filter, dimension, dimensionExpr(dimension, context), negated);
};

const conditionExpr = (
  condition: Condition,
  dimension: Dimension,
  expr: QueryExpr,
  negated: boolean,
): QueryExpr<"boolean"> => {
  const { op } = condition;
  const value = (text: string) => bound(text, dimension);
  switch (op) {
    case "is null":
    case "absent":
      return negated ? isNotNull(expr) : isNull(expr);
    case "is not null":
    case "present":
      return negated ? isNull(expr) : isNotNull(expr);
    case "in":
    case "not in": {
      const list = isIn(expr, condition.values.map(value));
      return (op === "in") === negated ? complement(list, expr) : list;
    }
    case "=":
      return negated ? or(ne(expr, value(condition.value)), isNull(expr)) : eq(expr, value(condition.value));
    case "!=":
      return negated ? eq(expr, value(condition.value)) : or(ne(expr, value(condition.value)), isNull(expr));
    case "<":
    case "<=":
    case ">":
    case ">=": {
      const compared = comparisons[op](expr, value(condition.value));
      return negated ? complement(compared, expr) : compared;
    }
    case "contains":
    case "starts with":
    case "matches": {
      if (dimension.type !== "text") throw wrongType(dimension, op);
      const found = call("boolean", textFunctions[op], expr, param("text", condition.value));
      return negated ? complement(found, expr) : found;
    }
  }
};

const comparisons = { "<": lt, "<=": le, ">": gt, ">=": ge } as const;

const textFunctions = {
  contains: "contains",
  "starts with": "startsWith",
  matches: "regexpMatches",
} as const;

/** All rows that the condition leaves out, those without a value included. */
const complement = (condition: QueryExpr<"boolean">, expr: QueryExpr): QueryExpr<"boolean"> =>
  or({ type: "boolean", node: { kind: "not", expr: condition } }, isNull(expr));

const typeNames = { text: "text", timestamp: "times", decimal: "amounts" } as const;

const wrongType = (dimension: Dimension, operator: string) =>
  queryErrors.create("QUERY_FILTER_TYPE", {
    dimension: dimension.name,
    type: typeNames[dimension.type],
    operator,
  });

/** The value as a bound parameter of the dimension's type, checked here so that no engine has to guess. */
const bound = (text: string, dimension: Dimension): QueryExpr => {
  if (dimension.type === "text") return param("text", text);
  const plain = dimension.type === "decimal" ? decimalText(text) : momentText(text);
  if (plain !== undefined) return param(dimension.type, plain);
  throw queryErrors.create("QUERY_FILTER_VALUE", {
    dimension: dimension.name,
    type: typeNames[dimension.type],
    value: text.slice(0, 60),
  });
};

/** Without exponent, and within what a DECIMAL(38,12) can hold. */
const decimalText = (text: string): string | undefined => {
  const value = tryDecimal(text);
  if (value === undefined || value.scale > 12) return undefined;
  const plain = value.toString();
  return plain.replace(/[-.]/g, "").length + 12 - value.scale <= 38 ? plain : undefined;
};

const momentText = (text: string): string | undefined => {
  try {
    return text.includes("T") ? timestampText(instant(text)) : `${day(text)} 00:00:00`;
  } catch {
    return undefined;
  }
};

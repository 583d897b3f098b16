import { cases, type Expr, isOneOf, nullOf, text } from "../../sql/expr.ts";

/**
 * A constant table as one expression: the value of the key, else `otherwise`. Keys of one value share a branch, and
 * an engine stops at the first branch that leaves no row over, so put frequent values first.
 */
export const lookUp = (
  key: Expr<"text">,
  table: Iterable<readonly [key: string, value: string]>,
  otherwise: Expr<"text"> = nullOf("text"),
): Expr<"text"> => {
  const keysByValue = Map.groupBy(table, ([, value]) => value);
  const whens = [...keysByValue].map(
    ([value, entries]) => [isOneOf(key, ...entries.map(([entry]) => entry)), text(value)] as const,
  );
  return cases("text", whens, otherwise);
};

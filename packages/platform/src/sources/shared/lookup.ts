import { cases, type Expr, eq, isOneOf, nullOf, text } from "../../sql/expr.ts";
import { tableValue } from "../../sql/mapping-expr.ts";

/** Above this many keys a join against the table is cheaper than comparing one by one. */
const SMALL = 16;

/**
 * A constant table as one expression: the value of the key, else null. Name a key of a large table with
 * `InputTable.define` first.
 */
export const lookUp = (
  key: Expr<"text">,
  table: Iterable<readonly [key: string, value: string]>,
): Expr<"text"> => {
  const entries = [...new Map(table)];
  if (entries.length > SMALL) return tableValue(key, entries);
  const whens = [...Map.groupBy(entries, ([, value]) => value)].map(([value, own]) => {
    const [first] = own;
    const single = own.length === 1 && first !== undefined;
    const when = single ? eq(key, text(first[0])) : isOneOf(key, ...own.map(([name]) => name));
    return [when, text(value)] as const;
  });
  return cases("text", whens, nullOf("text"));
};

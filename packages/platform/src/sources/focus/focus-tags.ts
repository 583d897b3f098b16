import type { InputTable } from "../../lake/source-definition.ts";
import { call, cases, coalesce, type Expr, lambda, text } from "../../sql/expr.ts";
import { field, jsonToRecords, mapFromRecords, record } from "../../sql/mapping-expr.ts";
import { parsePhysicalType } from "../shared/physical-type.ts";

const toRecord = lambda("e", "struct", (element) =>
  record({ k: field(element, "key", "text"), v: coalesce(field(element, "value", "text"), text("true")) }),
);

const toKey = lambda("r", "struct", (element) => field(element, "k", "text"));

const fromPairs = (input: InputTable, name: string, pairs: Expr<"list">): Expr<"map"> => {
  const records = input.define(name, call("list", "listTransform", pairs, toRecord));
  return mapFromRecords(records, input.define(`${name}Keys`, call("list", "listTransform", records, toKey)));
};

/** The list of key and value records in a physical type: bare, or wrapped as BigQuery writes lists to Parquet. */
const pairsOf = (column: Expr, type: string): Expr<"list"> | undefined => {
  const outer = parsePhysicalType(type);
  if (outer.lists === 1 && outer.fields.has("key") && outer.fields.has("value"))
    return column as Expr<"list">;
  const inner = outer.lists === 0 ? outer.fields.get("list") : undefined;
  const element = inner?.fields.get("element");
  if (
    inner?.lists !== 1 ||
    element === undefined ||
    !element.fields.has("key") ||
    !element.fields.has("value")
  )
    return undefined;
  const unwrap = lambda("w", "struct", (item) => field(item, "element", "struct"));
  return call("list", "listTransform", field(column, "list", "list"), unwrap);
};

/**
 * Tags as a map. FOCUS wants an object; Google's export has a list of records with `key` and `value`, where a key
 * without value means the same as `true` does in FOCUS.
 */
export const focusTags = (input: InputTable, name: string): Expr<"map"> => {
  if (input.header.format === "ndjson") {
    const raw = input.text(name);
    const pairs = fromPairs(input, "tagPairs", input.define("tagList", jsonToRecords(raw, ["key", "value"])));
    const isList = call("boolean", "startsWith", raw, text("["));
    return cases("map", [[isList, pairs]], input.map(name));
  }
  const type =
    input.header.columns.find((column) => column.name.toLowerCase() === name.toLowerCase())?.type ?? "";
  const pairs = pairsOf(input.physical(name, "struct"), type);
  return pairs === undefined ? input.map(name) : fromPairs(input, "tagPairs", pairs);
};

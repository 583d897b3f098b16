import { call, coalesce, type Expr, lambda, nullOf, text } from "../../sql/expr.ts";
import type { CurColumns } from "./cur-columns.ts";

const tagColumn = /^(?:resourceTags\/|resource_?tags_)(.+)$/i;

/** A tag's key without the prefix of its kind: what users set stands bare, what AWS sets keeps `aws:`. */
const tagKey = (name: string): string => name.replace(/^user[:_]/i, "").replace(/^aws[:_]/i, "aws:");

/** Legacy reports have a column a tag. Of names that meet under one key the first column counts. */
const columnTags = (cur: CurColumns): Expr<"map"> => {
  const columnByKey = new Map<string, string>();
  for (const { name, empty } of cur.input.header.columns) {
    if (empty === true) continue;
    const own = tagColumn.exec(name)?.[1];
    if (own !== undefined && !columnByKey.has(tagKey(own))) columnByKey.set(tagKey(own), name);
  }
  if (columnByKey.size === 0) return nullOf("map");
  const pairs = [...columnByKey].flatMap(([key, name]) => [text(key), cur.input.text(name)]);
  return call("map", "mapFromPairs", ...pairs);
};

/** CUR 2.0 has one map, with keys such as `user_team` and `aws_created_by`. */
const nestedTags = (cur: CurColumns): Expr<"map"> => {
  const key = (element: Expr): Expr<"text"> => {
    const bare = call("text", "regexpReplace", element, text("^user_"), text(""));
    return call("text", "regexpReplace", bare, text("^aws_"), text("aws:"));
  };
  return call("map", "mapTransformKeys", cur.input.map("resource_tags"), lambda("key", "text", key));
};

export const readTags = (cur: CurColumns): Expr<"map"> =>
  cur.input.has("resource_tags") ? coalesce(nestedTags(cur), columnTags(cur)) : columnTags(cur);

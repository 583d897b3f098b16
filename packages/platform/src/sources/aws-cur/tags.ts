import {
  and,
  call,
  cases,
  coalesce,
  type Expr,
  eq,
  lambda,
  lit,
  minus,
  not,
  nullOf,
  plus,
  text,
  times,
} from "../../sql/expr.ts";
import type { CurColumns } from "./cur-columns.ts";

const tagColumn = /^(?:resourceTags\/|resource_?tags_)(.+)$/i;

/** A tag's key without the prefix of its kind: what users set stands bare, what AWS sets keeps `aws:`. */
const tagKey = (name: string): string => name.replace(/^user[:_]/i, "").replace(/^aws[:_]/i, "aws:");

/** Legacy reports have a column a tag. Of names that meet under one key the first column counts. */
const columnTags = (cur: CurColumns): Expr<"map"> | undefined => {
  const columnByKey = new Map<string, string>();
  for (const { name, empty } of cur.input.header.columns) {
    if (empty === true) continue;
    const own = tagColumn.exec(name)?.[1];
    if (own !== undefined && !columnByKey.has(tagKey(own))) columnByKey.set(tagKey(own), name);
  }
  if (columnByKey.size === 0) return undefined;
  const pairs = [...columnByKey].flatMap(([key, name]) => [text(key), cur.input.text(name)]);
  return call("map", "mapFromPairs", ...pairs);
};

const USER = '"user_';
const AWS = '"aws_';

const size = (value: Expr<"text">): Expr<"bigint"> => call("bigint", "byteLength", value);
const holds = (value: Expr<"text">, what: string): Expr<"boolean"> =>
  call("boolean", "contains", value, text(what));
const replaced = (value: Expr<"text">, what: string, by: string): Expr<"text"> =>
  call("text", "replace", value, text(what), text(by));
const number = (value: number): Expr<"bigint"> => lit("bigint", value);

/**
 * CUR 2.0 has one map, with keys such as `user_team` and `aws_created_by`. The engine is slow at maps of changed keys
 * and five times faster at changing the text of a whole one. That says the same where no value and no escape can be
 * taken for a key and where every key has a prefix, so that no two meet under one name; other rows go the slow way.
 */
const nestedTags = (cur: CurColumns): Expr<"map"> => {
  const define = <E extends Expr>(name: string, expr: E): E => cur.input.define(name, expr);
  const map = cur.input.map("resource_tags");
  const json = define("tagText", call("text", "toText", map));
  const bare = define("tagTextOfUsers", replaced(json, USER, '"'));
  const hasAws = define("hasAwsTags", holds(bare, AWS));
  const keys = call("bigint", "listLength", call("list", "mapKeys", map));

  // A `user_` key is five bytes shorter without its prefix, an `aws_` key four.
  const ofUsers = minus(size(json), size(bare));
  const ofAws = minus(size(bare), size(replaced(bare, AWS, '"')));
  const isMixedPlain = and(
    not(holds(json, `:${AWS}`)),
    not(holds(json, `${USER}aws`)),
    eq(plus(times(ofUsers, number(4)), times(ofAws, number(5))), times(keys, number(20))),
  );
  const isPlain = define(
    "areTagsPlain",
    and(
      not(holds(json, "\\")),
      not(holds(json, `:${USER}`)),
      cases("boolean", [[hasAws, isMixedPlain]], eq(ofUsers, times(keys, number(5)))),
    ),
  );
  const renamed = cases("text", [[hasAws, replaced(bare, AWS, '"aws:')]], bare);
  const plain = define("plainTags", cases("text", [[isPlain, renamed]]));
  const odd = define("oddTags", cases("text", [[not(isPlain), json]]));

  const key = (element: Expr): Expr<"text"> => {
    const user = call("text", "regexpReplace", element, text("^user_"), text(""));
    return call("text", "regexpReplace", user, text("^aws_"), text("aws:"));
  };
  const slow = call("map", "mapTransformKeys", call("map", "mapFromObject", odd), lambda("key", "text", key));
  return coalesce(call("map", "mapFromObject", plain), slow);
};

export const readTags = (cur: CurColumns): Expr<"map"> => {
  const columns = columnTags(cur);
  if (!cur.input.has("resource_tags")) return columns ?? nullOf("map");
  return columns === undefined ? nestedTags(cur) : coalesce(nestedTags(cur), columns);
};

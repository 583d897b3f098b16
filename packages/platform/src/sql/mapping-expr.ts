import { call, type Expr, type SqlType, text } from "./expr.ts";

/** Field of a struct value. The name is one of ours or of the format's definition; it is quoted. */
export const field = <T extends SqlType>(struct: Expr, name: string, type: T): Expr<T> =>
  call(type, "field", struct, text(name));

/** A struct value with named fields, e.g. to hand several values of an element on; read them with {@link field}. */
export const record = (fields: Readonly<Record<string, Expr>>): Expr<"struct"> =>
  call("struct", "record", ...Object.entries(fields).flatMap(([name, value]) => [text(name), value]));

/** A list of the given values, all of one type. */
export const listOf = (...values: readonly Expr[]): Expr<"list"> => call("list", "list", ...values);

/** Values under constant names. */
export type Pairs = Readonly<Record<string, Expr<"text">>>;

/** JSON text of an object of these pairs; those whose value is null are left out. */
export const jsonObject = (pairs: Pairs): Expr<"text"> =>
  call("text", "jsonFromPairs", ...Object.entries(pairs).flatMap(([name, value]) => [text(name), value]));

/** A JSON pointer (RFC 6901) takes any key. */
export const jsonPointer = (key: string): string => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;

/**
 * JSON text of an array of objects as a list of structs with these text fields; keys that an object lacks are null,
 * other keys are left out. Null when the text is no JSON array.
 */
export const jsonToRecords = (json: Expr<"text">, fields: readonly string[]): Expr<"list"> =>
  call("list", "jsonToRecords", json, ...fields.map(text));

/**
 * A map of a list of records `{k, v}` of texts. Records without a key are left out; of equal keys the first wins.
 * @param keys the list of the records' keys; both lists are looked at often: name them with `InputTable.define` first
 */
export const mapFromRecords = (records: Expr<"list">, keys: Expr<"list">): Expr<"map"> =>
  call("map", "mapFromRecords", records, keys);

/**
 * The value of a constant table at this key, else null. Keys must be unique. Name the key with `InputTable.define`
 * first: it is rendered into a subquery.
 */
export const tableValue = (
  key: Expr<"text">,
  table: readonly (readonly [key: string, value: string])[],
): Expr<"text"> => call("text", "lookUp", key, ...table.flatMap(([from, to]) => [text(from), text(to)]));

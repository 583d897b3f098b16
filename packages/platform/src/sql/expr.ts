/**
 * The one typed expression builder. Source definitions (columns → expressions) and queries (measures, dimensions)
 * are both made of these nodes; a {@link Dialect} turns them into SQL text. Nothing here knows an engine.
 *
 * Constants written in our own code are `lit`; anything that came from a user or a bill is `param` and is bound.
 */

/** The column types an expression can have. `decimal` is DECIMAL(38,12); `exact` is DECIMAL(38,30), for residues only. */
export type SqlType =
  | "text"
  | "decimal"
  | "exact"
  | "bigint"
  | "double"
  | "boolean"
  | "timestamp"
  | "date"
  | "map"
  | "list"
  | "struct";

export type Scalar = string | number | bigint | boolean | null;

/** The closed set of functions; each dialect must render every one. */
export type FunctionName =
  | "lower"
  | "upper"
  | "trim"
  | "byteLength"
  | "substring"
  | "replace"
  | "concat"
  | "md5"
  | "lookUp"
  | "splitPart"
  | "startsWith"
  | "contains"
  | "regexpMatches"
  | "regexpExtract"
  | "regexpReplace"
  | "coalesce"
  | "nullIf"
  | "abs"
  | "greatest"
  | "least"
  | "dateTrunc"
  | "parseTimestamp"
  | "formatTimestamp"
  | "addMonths"
  | "addDays"
  | "addHours"
  | "atTimeZone"
  | "mapGet"
  | "mapKeys"
  | "mapValues"
  | "mapConcat"
  | "mapTransformKeys"
  | "mapFromPairs"
  | "constantMap"
  | "mapFromEntries"
  | "mapFromRecords"
  | "jsonToRecords"
  | "record"
  | "list"
  | "listReverse"
  | "listConcat"
  | "multiply"
  | "jsonFromPairs"
  | "mapFromObject"
  | "jsonToMap"
  | "jsonGet"
  | "objectGet"
  | "listFilter"
  | "listTransform"
  | "listSum"
  | "listJoin"
  | "listFirst"
  | "listLength"
  | "field"
  | "plainDecimalText"
  | "exactDecimal"
  | "exactDecimalOfDouble"
  | "residueOfDouble"
  | "roundingResidue"
  | "saneInstant"
  | "isoInstant"
  | "toText"
  | "toTextMap"
  | "sum"
  | "count"
  | "min"
  | "max"
  | "any";

export type BinaryOperator = "=" | "<>" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "and" | "or";

export type Node =
  | { readonly kind: "column"; readonly name: string; readonly table?: string }
  | { readonly kind: "lit"; readonly value: Scalar }
  | { readonly kind: "param"; readonly value: Scalar }
  | { readonly kind: "call"; readonly fn: FunctionName; readonly args: readonly Expr[] }
  | { readonly kind: "binary"; readonly op: BinaryOperator; readonly left: Expr; readonly right: Expr }
  | { readonly kind: "not"; readonly expr: Expr }
  | { readonly kind: "isNull"; readonly expr: Expr }
  | { readonly kind: "in"; readonly expr: Expr; readonly values: readonly Expr[] }
  | { readonly kind: "case"; readonly whens: readonly (readonly [Expr, Expr])[]; readonly otherwise?: Expr }
  | { readonly kind: "cast"; readonly expr: Expr; readonly safe: boolean }
  | { readonly kind: "lambda"; readonly parameter: string; readonly body: Expr };

/** An immutable expression of one SQL type. Build it with the functions of this file, never by hand. */
export interface Expr<T extends SqlType = SqlType> {
  readonly type: T;
  readonly node: Node;
}

const make = <T extends SqlType>(type: T, node: Node): Expr<T> => ({ type, node });

/** A column by its exact name; it is quoted, so any name from a file's header is safe. */
export const column = <T extends SqlType>(name: string, type: T, table?: string): Expr<T> =>
  make(type, table === undefined ? { kind: "column", name } : { kind: "column", name, table });

/** A constant of our own code. Values from users or bills are {@link param}. */
export const lit = <T extends SqlType>(type: T, value: Scalar): Expr<T> => make(type, { kind: "lit", value });
export const text = (value: string): Expr<"text"> => lit("text", value);
export const nullOf = <T extends SqlType>(type: T): Expr<T> => lit(type, null);
export const zero: Expr<"decimal"> = lit("decimal", "0");
export const yes: Expr<"boolean"> = lit("boolean", true);
export const no: Expr<"boolean"> = lit("boolean", false);

/** A value that is bound, never spliced into the text. */
export const param = <T extends SqlType>(type: T, value: Scalar): Expr<T> =>
  make(type, { kind: "param", value });

export const call = <T extends SqlType>(type: T, fn: FunctionName, ...args: readonly Expr[]): Expr<T> =>
  make(type, { kind: "call", fn, args });

const binary =
  (op: BinaryOperator) =>
  (left: Expr, right: Expr): Expr<"boolean"> =>
    make("boolean", { kind: "binary", op, left, right });

export const eq = binary("=");
export const ne = binary("<>");
export const lt = binary("<");
export const le = binary("<=");
export const gt = binary(">");
export const ge = binary(">=");

const arithmetic =
  (op: "+" | "-") =>
  <T extends "decimal" | "exact" | "bigint" | "double">(left: Expr<T>, right: Expr<T>): Expr<T> =>
    make(left.type, { kind: "binary", op, left, right });

export const plus = arithmetic("+");
export const minus = arithmetic("-");

const fold =
  (op: "and" | "or", empty: Expr<"boolean">) =>
  (...terms: readonly Expr<"boolean">[]): Expr<"boolean"> =>
    terms.length === 0
      ? empty
      : terms.reduce((left, right) => make("boolean", { kind: "binary", op, left, right }));

/** Conjunction of any number of terms; none is true. */
export const and = fold("and", yes);
/** Disjunction of any number of terms; none is false. */
export const or = fold("or", no);
export const not = (expr: Expr<"boolean">): Expr<"boolean"> => make("boolean", { kind: "not", expr });
export const isNull = (expr: Expr): Expr<"boolean"> => make("boolean", { kind: "isNull", expr });
export const isNotNull = (expr: Expr): Expr<"boolean"> => not(isNull(expr));

/** `expr IN (values)`; no value at all is false. */
export const isIn = (expr: Expr, values: readonly Expr[]): Expr<"boolean"> =>
  values.length === 0 ? no : make("boolean", { kind: "in", expr, values });

/** `expr IN ('a', 'b')` over constants of our own code. */
export const isOneOf = (expr: Expr<"text">, ...values: readonly string[]): Expr<"boolean"> =>
  isIn(expr, values.map(text));

export const cases = <T extends SqlType>(
  type: T,
  whens: readonly (readonly [Expr<"boolean">, Expr<T>])[],
  otherwise?: Expr<T>,
): Expr<T> =>
  whens.length === 0
    ? (otherwise ?? nullOf(type))
    : make(type, otherwise === undefined ? { kind: "case", whens } : { kind: "case", whens, otherwise });

/** Cast that fails the query on a bad value. */
export const cast = <T extends SqlType>(type: T, expr: Expr): Expr<T> =>
  make(type, { kind: "cast", expr, safe: false });
/** Cast that is null on a bad value. */
export const tryCast = <T extends SqlType>(type: T, expr: Expr): Expr<T> =>
  make(type, { kind: "cast", expr, safe: true });

export const coalesce = <T extends SqlType>(first: Expr<T>, ...rest: readonly Expr<T>[]): Expr<T> =>
  rest.length === 0 ? first : call(first.type, "coalesce", first, ...rest);
export const nullIf = <T extends SqlType>(expr: Expr<T>, value: Expr<T>): Expr<T> =>
  call(expr.type, "nullIf", expr, value);
export const concat = (...parts: readonly Expr[]): Expr<"text"> => call("text", "concat", ...parts);
export const lower = (expr: Expr<"text">): Expr<"text"> => call("text", "lower", expr);
export const mapGet = (map: Expr<"map">, key: Expr<"text">): Expr<"text"> => call("text", "mapGet", map, key);

/** A one-parameter function for `listFilter` and `listTransform`; `body` sees the element as a column of that name. */
export const lambda = <T extends SqlType>(
  parameter: string,
  elementType: SqlType,
  body: (element: Expr) => Expr<T>,
): Expr<T> => {
  const inner = body(column(parameter, elementType));
  return make(inner.type, { kind: "lambda", parameter, body: inner });
};

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

/** Product: of decimals rounded half away from zero to 12 places and null where it does not fit, of others as it is. */
export const times = <T extends "decimal" | "double" | "bigint">(left: Expr<T>, right: Expr<T>): Expr<T> =>
  left.type === "decimal"
    ? call(left.type, "multiply", left, right)
    : make(left.type, { kind: "binary", op: "*", left, right });

/**
 * The value of a constant table at this key, else null. Keys must be unique. Name the key with `InputTable.define`
 * first: it is rendered into a subquery.
 */
export const tableValue = (
  key: Expr<"text">,
  table: readonly (readonly [key: string, value: string])[],
): Expr<"text"> => call("text", "lookUp", key, ...table.flatMap(([from, to]) => [text(from), text(to)]));

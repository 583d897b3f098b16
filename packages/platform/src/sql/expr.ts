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

/** What queries are made of: every dialect must render each. */
export type QueryFunction =
  | "contains"
  | "startsWith"
  | "regexpMatches"
  | "coalesce"
  | "dateTrunc"
  | "addMonths"
  | "addDays"
  | "mapGet"
  | "objectGet"
  | "sum"
  | "count"
  | "min"
  | "max";

/** What only mappings of bills are made of: a dialect that renders these too can load bills. */
export type MappingFunction =
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
  | "regexpExtract"
  | "regexpReplace"
  | "nullIf"
  | "abs"
  | "greatest"
  | "least"
  | "parseTimestamp"
  | "formatTimestamp"
  | "addHours"
  | "atTimeZone"
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
  | "any";

export type FunctionName = QueryFunction | MappingFunction;

export type BinaryOperator = "=" | "<>" | "<" | "<=" | ">" | ">=" | "+" | "-" | "*" | "and" | "or";

export type Node<F extends FunctionName = FunctionName> =
  | { readonly kind: "column"; readonly name: string; readonly table?: string }
  | { readonly kind: "lit"; readonly value: Scalar }
  | { readonly kind: "param"; readonly value: Scalar }
  | { readonly kind: "objectKey"; readonly key: string }
  | { readonly kind: "call"; readonly fn: F; readonly args: readonly Expr<SqlType, F>[] }
  | {
      readonly kind: "binary";
      readonly op: BinaryOperator;
      readonly left: Expr<SqlType, F>;
      readonly right: Expr<SqlType, F>;
    }
  | { readonly kind: "not"; readonly expr: Expr<SqlType, F> }
  | { readonly kind: "isNull"; readonly expr: Expr<SqlType, F> }
  | { readonly kind: "in"; readonly expr: Expr<SqlType, F>; readonly values: readonly Expr<SqlType, F>[] }
  | {
      readonly kind: "case";
      readonly whens: readonly (readonly [Expr<SqlType, F>, Expr<SqlType, F>])[];
      readonly otherwise?: Expr<SqlType, F>;
    }
  | { readonly kind: "cast"; readonly expr: Expr<SqlType, F>; readonly safe: boolean }
  | { readonly kind: "lambda"; readonly parameter: string; readonly body: Expr<SqlType, F> };

/**
 * An immutable expression of one SQL type, made of functions of `F` only. Build it with the functions of this file,
 * never by hand.
 */
export interface Expr<T extends SqlType = SqlType, F extends FunctionName = FunctionName> {
  readonly type: T;
  readonly node: Node<F>;
}

/** An expression that every engine can answer. */
export type QueryExpr<T extends SqlType = SqlType> = Expr<T, QueryFunction>;

const make = <T extends SqlType, F extends FunctionName = never>(type: T, node: Node<F>): Expr<T, F> => ({
  type,
  node,
});

/** A column by its exact name; it is quoted, so any name from a file's header is safe. */
export const column = <T extends SqlType>(name: string, type: T, table?: string): Expr<T, never> =>
  make(type, table === undefined ? { kind: "column", name } : { kind: "column", name, table });

/** A constant of our own code. Values from users or bills are {@link param}. */
export const lit = <T extends SqlType>(type: T, value: Scalar): Expr<T, never> =>
  make(type, { kind: "lit", value });
export const text = (value: string): Expr<"text", never> => lit("text", value);
export const nullOf = <T extends SqlType>(type: T): Expr<T, never> => lit(type, null);
export const zero: Expr<"decimal", never> = lit("decimal", "0");
export const yes: Expr<"boolean", never> = lit("boolean", true);
export const no: Expr<"boolean", never> = lit("boolean", false);

/** A value that is bound, never spliced into the text. */
export const param = <T extends SqlType>(type: T, value: Scalar): Expr<T, never> =>
  make(type, { kind: "param", value });

/** Any key of a JSON object, for `objectGet`: bound in the form that the engine's paths have. */
export const objectKey = (key: string): Expr<"text", never> => make("text", { kind: "objectKey", key });

export function call<T extends SqlType>(
  type: T,
  fn: QueryFunction,
  ...args: readonly QueryExpr[]
): QueryExpr<T>;
export function call<T extends SqlType>(type: T, fn: FunctionName, ...args: readonly Expr[]): Expr<T>;
export function call<T extends SqlType>(type: T, fn: FunctionName, ...args: readonly Expr[]): Expr<T> {
  return make(type, { kind: "call", fn, args });
}

const binary =
  (op: BinaryOperator) =>
  <F extends FunctionName>(left: Expr<SqlType, F>, right: Expr<SqlType, F>): Expr<"boolean", F> =>
    make("boolean", { kind: "binary", op, left, right });

export const eq = binary("=");
export const ne = binary("<>");
export const lt = binary("<");
export const le = binary("<=");
export const gt = binary(">");
export const ge = binary(">=");

const arithmetic =
  (op: "+" | "-") =>
  <T extends "decimal" | "exact" | "bigint" | "double", F extends FunctionName>(
    left: Expr<T, F>,
    right: Expr<T, F>,
  ): Expr<T, F> =>
    make(left.type, { kind: "binary", op, left, right });

export const plus = arithmetic("+");
export const minus = arithmetic("-");

const fold =
  (op: "and" | "or", empty: Expr<"boolean", never>) =>
  <F extends FunctionName>(...terms: readonly Expr<"boolean", F>[]): Expr<"boolean", F> =>
    terms.length === 0
      ? empty
      : terms.reduce((left, right) => make("boolean", { kind: "binary", op, left, right }));

/** Conjunction of any number of terms; none is true. */
export const and = fold("and", yes);
/** Disjunction of any number of terms; none is false. */
export const or = fold("or", no);
export const not = <F extends FunctionName>(expr: Expr<"boolean", F>): Expr<"boolean", F> =>
  make("boolean", { kind: "not", expr });
export const isNull = <F extends FunctionName>(expr: Expr<SqlType, F>): Expr<"boolean", F> =>
  make("boolean", { kind: "isNull", expr });
export const isNotNull = <F extends FunctionName>(expr: Expr<SqlType, F>): Expr<"boolean", F> =>
  not(isNull(expr));

/** `expr IN (values)`; no value at all is false. */
export const isIn = <F extends FunctionName>(
  expr: Expr<SqlType, F>,
  values: readonly Expr<SqlType, F>[],
): Expr<"boolean", F> => (values.length === 0 ? no : make("boolean", { kind: "in", expr, values }));

/** `expr IN ('a', 'b')` over constants of our own code. */
export const isOneOf = <F extends FunctionName>(
  expr: Expr<"text", F>,
  ...values: readonly string[]
): Expr<"boolean", F> => isIn(expr, values.map(text));

export const cases = <T extends SqlType, F extends FunctionName>(
  type: T,
  whens: readonly (readonly [Expr<"boolean", F>, Expr<T, F>])[],
  otherwise?: Expr<T, F>,
): Expr<T, F> =>
  whens.length === 0
    ? (otherwise ?? nullOf(type))
    : make(type, otherwise === undefined ? { kind: "case", whens } : { kind: "case", whens, otherwise });

/** Cast that fails the query on a bad value. */
export const cast = <T extends SqlType, F extends FunctionName>(
  type: T,
  expr: Expr<SqlType, F>,
): Expr<T, F> => make(type, { kind: "cast", expr, safe: false });
/** Cast that is null on a bad value. */
export const tryCast = <T extends SqlType>(type: T, expr: Expr): Expr<T> =>
  make(type, { kind: "cast", expr, safe: true });

export function coalesce<T extends SqlType>(
  first: QueryExpr<T>,
  ...rest: readonly QueryExpr<T>[]
): QueryExpr<T>;
export function coalesce<T extends SqlType>(first: Expr<T>, ...rest: readonly Expr<T>[]): Expr<T>;
export function coalesce<T extends SqlType>(first: Expr<T>, ...rest: readonly Expr<T>[]): Expr<T> {
  return rest.length === 0 ? first : call(first.type, "coalesce", first, ...rest);
}
export const nullIf = <T extends SqlType>(expr: Expr<T>, value: Expr<T>): Expr<T> =>
  call(expr.type, "nullIf", expr, value);
export const concat = (...parts: readonly Expr[]): Expr<"text"> => call("text", "concat", ...parts);
export const lower = (expr: Expr<"text">): Expr<"text"> => call("text", "lower", expr);
export function mapGet(map: QueryExpr<"map">, key: QueryExpr<"text">): QueryExpr<"text">;
export function mapGet(map: Expr<"map">, key: Expr<"text">): Expr<"text">;
export function mapGet(map: Expr<"map">, key: Expr<"text">): Expr<"text"> {
  return call("text", "mapGet", map, key);
}

/** A one-parameter function for `listFilter` and `listTransform`; `body` sees the element as a column of that name. */
export const lambda = <T extends SqlType>(
  parameter: string,
  elementType: SqlType,
  body: (element: Expr) => Expr<T>,
): Expr<T> => {
  const inner = body(column(parameter, elementType));
  return make(inner.type, { kind: "lambda", parameter, body: inner });
};

/** Product: of decimals rounded half away from zero to 12 places and null where it does not fit, of others as it is. */
export const times = <T extends "decimal" | "double" | "bigint">(left: Expr<T>, right: Expr<T>): Expr<T> =>
  left.type === "decimal"
    ? call(left.type, "multiply", left, right)
    : make(left.type, { kind: "binary", op: "*", left, right });

import { type Dialect, filterAggregate, quoteIdent } from "./dialect.ts";
import type { QueryFunction, Scalar, SqlType } from "./expr.ts";

const types = {
  text: "VARCHAR",
  decimal: "DECIMAL(38,12)",
  exact: "DECIMAL(38,30)",
  bigint: "BIGINT",
  double: "DOUBLE",
  boolean: "BOOLEAN",
  timestamp: "TIMESTAMP(6)",
  date: "DATE",
  map: "MAP(VARCHAR, VARCHAR)",
  list: "ARRAY(VARCHAR)",
  struct: "JSON",
} as const satisfies Record<SqlType, string>;

/** A quote is doubled; nothing else has a meaning inside Trino's literals, a backslash and a NUL included. */
const textLiteral = (value: string): string => `'${value.replaceAll("'", "''")}'`;

const literal = (type: SqlType, value: Scalar): string => {
  if (value === null) return `CAST(NULL AS ${types[type]})`;
  if (typeof value === "boolean") return value ? "true" : "false";
  if (type === "text") return textLiteral(String(value));
  if (type === "bigint") return BigInt(value).toString();
  return `CAST(${textLiteral(String(value))} AS ${types[type]})`;
};

/** Trino writes all six places of a second; the embedded engine writes none that is not needed. */
const timestampAsText = (sql: string): string =>
  `trim(TRAILING '.' FROM trim(TRAILING '0' FROM CAST(${sql} AS VARCHAR)))`;

const cast = (sql: string, from: SqlType, to: SqlType, safe: boolean): string => {
  if (from === to) return sql;
  if (from === "timestamp" && to === "text") return timestampAsText(sql);
  return `${safe ? "TRY_CAST" : "CAST"}(${sql} AS ${types[to]})`;
};

const at = (args: readonly string[], index: number): string => args[index] ?? "NULL";

/** A charge's day may be a date: in Trino that stays one, in the embedded engine it becomes a timestamp. */
const moved = (unit: "month" | "day", args: readonly string[]): string =>
  `date_add('${unit}', ${at(args, 1)}, CAST(${at(args, 0)} AS ${types.timestamp}))`;

/** What queries are made of. */
export const trinoFunctions: Record<QueryFunction, (args: readonly string[]) => string> = {
  contains: (args) => `(strpos(${at(args, 0)}, ${at(args, 1)}) > 0)`,
  startsWith: (args) => `starts_with(${args.join(", ")})`,
  regexpMatches: (args) => `regexp_like(${args.join(", ")})`,
  coalesce: (args) => `COALESCE(${args.join(", ")})`,
  dateTrunc: (args) => `CAST(date_trunc(${at(args, 0)}, ${at(args, 1)}) AS ${types.timestamp})`,
  addMonths: (args) => moved("month", args),
  addDays: (args) => moved("day", args),
  // The subscript fails the query where the map has no such key.
  mapGet: (args) => `element_at(${at(args, 0)}, ${at(args, 1)})`,
  // The scalar is null for a nested value, whose JSON is what the embedded engine gives.
  objectGet: (args) => {
    const nested = `json_format(json_extract(${args.join(", ")}))`;
    return `COALESCE(json_extract_scalar(${args.join(", ")}), NULLIF(${nested}, 'null'))`;
  },
  sum: (args) => `sum(${at(args, 0)})`,
  count: (args) => `count(${args[0] ?? "*"})`,
  min: (args) => `min(${at(args, 0)})`,
  max: (args) => `max(${at(args, 0)})`,
};

const dialectOf = (id: "trino" | "athena"): Dialect => ({
  id,
  types,
  quoteIdent,
  bind: (value, type) => literal(type, value),
  literal,
  cast,
  lambda: (parameter, body) => `${quoteIdent(parameter)} -> ${body}`,
  // JSONPath: any key in double quotes, in which quotes and backslashes are escaped.
  objectPath: (key) => `$["${key.replace(/["\\]/g, "\\$&")}"]`,
  aggregate: filterAggregate,
  call: (fn, args) => trinoFunctions[fn](args),
});

/**
 * Trino. It has no placeholders of its own over HTTP: a client writes the values of EXECUTE as literals, so values are
 * literals here, made at one place. WITH queries run each time they are named.
 * @see https://trino.io/docs/476/language/types.html (read 2026-11-22)
 */
export const trinoDialect: Dialect = dialectOf("trino");

/**
 * Amazon Athena, engine version 3, which is Trino's: its statements are the same. Its Hive tables read milliseconds, so a
 * charge's finer times are cut there. Compiled and parsed in tests, not run.
 * @see https://docs.aws.amazon.com/athena/latest/ug/engine-versions-reference-0003.html (read 2026-11-22)
 */
export const athenaDialect: Dialect = dialectOf("athena");

import type { AggregateName, Dialect } from "./dialect.ts";
import type { Expr, QueryFunction, Scalar, SqlType } from "./expr.ts";

/** DECIMAL(38,12) needs 26 digits before its point; NUMERIC has 29 and 9 places, BIGNUMERIC 38 and 38. */
const types = {
  text: "STRING",
  decimal: "BIGNUMERIC",
  exact: "BIGNUMERIC",
  bigint: "INT64",
  double: "FLOAT64",
  boolean: "BOOL",
  timestamp: "DATETIME",
  date: "DATE",
  map: "ARRAY<STRUCT<key STRING, value STRING>>",
  list: "ARRAY<STRING>",
  struct: "JSON",
} as const satisfies Record<SqlType, string>;

const escapes: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "'": "\\'",
  "`": "\\`",
  "\n": "\\n",
  "\r": "\\r",
  "\0": "\\x00",
};
const escaped = (text: string): string => text.replace(/[\\'`\n\r\0]/g, (char) => escapes[char] ?? char);

const literal = (type: SqlType, value: Scalar): string => {
  if (value === null) return `CAST(NULL AS ${types[type]})`;
  if (typeof value === "boolean") return value ? "true" : "false";
  if (type === "bigint") return BigInt(value).toString();
  const text = `'${escaped(String(value))}'`;
  return type === "text" ? text : `CAST(${text} AS ${types[type]})`;
};

const cast = (sql: string, from: SqlType, to: SqlType, safe: boolean): string => {
  if (from === to) return sql;
  if (from === "timestamp" && to === "text") return `FORMAT_DATETIME('%F %H:%M:%E*S', ${sql})`;
  return `${safe ? "SAFE_CAST" : "CAST"}(${sql} AS ${types[to]})`;
};

const at = (args: readonly string[], index: number): string => args[index] ?? "NULL";
const asTime = (args: readonly string[], index: number): string =>
  `CAST(${at(args, index)} AS ${types.timestamp})`;

/** Weeks start on Monday, as everywhere else. */
const truncated = (args: readonly string[], [unit]: readonly Expr[]): string => {
  const name = unit?.node.kind === "lit" ? String(unit.node.value).toUpperCase() : "";
  return `DATETIME_TRUNC(${asTime(args, 1)}, ${name === "WEEK" ? "ISOWEEK" : name})`;
};

const functions: Record<QueryFunction, (args: readonly string[], nodes: readonly Expr[]) => string> = {
  contains: (args) => `(STRPOS(${at(args, 0)}, ${at(args, 1)}) > 0)`,
  startsWith: (args) => `STARTS_WITH(${args.join(", ")})`,
  regexpMatches: (args) => `REGEXP_CONTAINS(${args.join(", ")})`,
  coalesce: (args) => `COALESCE(${args.join(", ")})`,
  dateTrunc: truncated,
  addMonths: (args) => `DATETIME_ADD(${asTime(args, 0)}, INTERVAL ${at(args, 1)} MONTH)`,
  addDays: (args) => `DATETIME_ADD(${asTime(args, 0)}, INTERVAL ${at(args, 1)} DAY)`,
  // Parquet's maps are repeated records there.
  mapGet: (args) =>
    `(SELECT e.value FROM UNNEST(${at(args, 0)}.key_value) AS e WHERE e.key = ${at(args, 1)})`,
  objectGet: (args) => `COALESCE(JSON_VALUE(${args.join(", ")}), JSON_QUERY(${args.join(", ")}))`,
  sum: (args) => `SUM(${at(args, 0)})`,
  count: (args) => `COUNT(${args[0] ?? "*"})`,
  min: (args) => `MIN(${at(args, 0)})`,
  max: (args) => `MAX(${at(args, 0)})`,
};

const aggregate = (fn: AggregateName, of: string, where?: string): string => {
  if (where === undefined) return `${fn.toUpperCase()}(${of})`;
  return of === "*" ? `COUNTIF(${where})` : `${fn.toUpperCase()}(IF(${where}, ${of}, NULL))`;
};

/**
 * BigQuery, over the external table that `trimtab lake ddl --engine bigquery` makes. Compiled and parsed in tests, not run.
 * @see https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax (read 2026-11-22)
 */
export const bigqueryDialect: Dialect = {
  id: "bigquery",
  types,
  quoteIdent: (name) => `\`${escaped(name)}\``,
  bind: (value, type, params) => {
    params.push(value);
    return cast(`@p${params.length}`, "text", type, false);
  },
  literal,
  cast,
  lambda: (parameter, body) => `${parameter} -> ${body}`,
  objectPath: (key) => `$."${key.replace(/["\\]/g, "\\$&")}"`,
  aggregate,
  call: (fn, args, nodes) => functions[fn](args, nodes),
};

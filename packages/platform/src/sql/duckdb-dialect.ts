import { filterAggregate, type MappingDialect, quoteIdent, quoteText } from "./dialect.ts";
import type { Expr, FunctionName, Scalar, SqlType } from "./expr.ts";
import { jsonPointer } from "./mapping-expr.ts";

const types = {
  text: "VARCHAR",
  decimal: "DECIMAL(38,12)",
  exact: "DECIMAL(38,30)",
  bigint: "BIGINT",
  double: "DOUBLE",
  boolean: "BOOLEAN",
  timestamp: "TIMESTAMP",
  date: "DATE",
  map: "MAP(VARCHAR, VARCHAR)",
  list: "VARCHAR[]",
  struct: "JSON",
} as const satisfies Record<SqlType, string>;

const literal = (type: SqlType, value: Scalar): string => {
  if (value === null) return `CAST(NULL AS ${types[type]})`;
  if (typeof value === "boolean") return value ? "true" : "false";
  if (type === "text") return quoteText(String(value));
  if (type === "bigint") return BigInt(value).toString();
  return `CAST(${quoteText(String(value))} AS ${types[type]})`;
};

/**
 * DuckDB 1.5 casts text to DECIMAL(38,12) 60 to 90 times slower than to DECIMAL(18,12), so the narrow cast comes
 * first and the wide one only where it is null. Texts with an exponent cast wrongly: see `plainDecimalText`.
 */
const cast = (sql: string, from: SqlType, to: SqlType, safe: boolean): string => {
  if (from === to) return sql;
  const verb = safe ? "TRY_CAST" : "CAST";
  if (from === "text" && to === "decimal" && safe) {
    return `COALESCE(CAST(TRY_CAST(${sql} AS DECIMAL(18,12)) AS DECIMAL(38,12)), TRY_CAST(${sql} AS DECIMAL(38,12)))`;
  }
  return `${verb}(${sql} AS ${types[to]})`;
};

/** Names a value inside an expression. Repeating its text instead makes planning a wide bill take seconds. */
const letIn = (name: string, value: string, body: string): string =>
  `list_transform([${value}], lambda ${name}: ${body})[1]`;

/** Anything else with an e in it is no number. */
const EXPONENT_TEXT = "[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)e[-+]?[0-9]+";

/**
 * Shifts the point of a text like `-9.5e-14` so that it has no exponent, exactly. An exponent over ±60 cannot be
 * an amount of money and gives null, so that the row is quarantined.
 */
const plainDecimalText = (sql: string): string => {
  const parts =
    "{'sign': CASE WHEN starts_with(t, '-') THEN '-' ELSE '' END, " +
    "'digits': regexp_replace(split_part(t, 'e', 1), '[-+.]', '', 'g'), " +
    "'whole': length(regexp_replace(split_part(split_part(t, 'e', 1), '.', 1), '[-+]', '', 'g')), " +
    "'exponent': TRY_CAST(replace(split_part(t, 'e', 2), '+', '') AS INTEGER)}";
  const point = "(p.whole + p.exponent)";
  const shifted =
    `CASE WHEN abs(p.exponent) > 60 OR NOT regexp_full_match(t, ${quoteText(EXPONENT_TEXT)}) THEN NULL ` +
    `WHEN ${point} <= 0 THEN p.sign || '0.' || repeat('0', -${point}) || p.digits ` +
    `WHEN ${point} >= length(p.digits) THEN p.sign || p.digits || repeat('0', ${point} - length(p.digits)) ` +
    `ELSE p.sign || left(p.digits, ${point}) || '.' || substr(p.digits, ${point} + 1) END`;
  const general = letIn("t", `lower(${sql})`, letIn("p", parts, shifted));
  return `(CASE WHEN NOT contains(${sql}, 'e') AND NOT contains(${sql}, 'E') THEN ${sql} ELSE ${general} END)`;
};

/** DECIMAL(38,12) of a text, null where it is no number: exponents shifted out, digit separators refused. */
const exactDecimal = (sql: string): string =>
  `(CASE WHEN contains(${sql}, 'e') OR contains(${sql}, 'E') THEN TRY_CAST(${plainDecimalText(sql)} AS DECIMAL(38,12)) ` +
  `WHEN contains(${sql}, '_') OR contains(${sql}, ' ') THEN NULL ` +
  `ELSE ${cast(sql, "text", "decimal", true)} END)`;

/**
 * A double means its shortest decimal that reads back as the same double. Doubles below 1000 lie closer together than
 * 12 places, so at most one decimal of 12 places reads back as the double: where the cast's does, it is that shortest
 * one. Ten times faster than by way of text, which takes the rest.
 */
const isShort = (sql: string): string =>
  `abs(${sql}) < 1000 AND CAST(TRY_CAST(${sql} AS DECIMAL(18,12)) AS DOUBLE) = ${sql}`;

const exactDecimalOfDouble = (sql: string): string =>
  `(CASE WHEN ${isShort(sql)} THEN CAST(TRY_CAST(${sql} AS DECIMAL(18,12)) AS DECIMAL(38,12)) ` +
  `WHEN ${sql} IS NOT NULL THEN ${letIn("d", `CAST(${sql} AS VARCHAR)`, exactDecimal("d"))} END)`;

const residueOfDouble = (sql: string): string =>
  `(CASE WHEN ${isShort(sql)} THEN NULL ` +
  `WHEN ${sql} IS NOT NULL THEN ${letIn("d", `CAST(${sql} AS VARCHAR)`, roundingResidue("d"))} END)`;

const isNested = ({ type }: Expr): boolean => ["list", "struct", "map"].includes(type);

/** The JSON of a text; one that was made of a nested value is its JSON already. */
const jsonOf = (sql: string, expr: Expr | undefined): string => {
  const made = expr?.node.kind === "call" && expr.node.fn === "toText" ? expr.node.args[0] : undefined;
  return made !== undefined && isNested(made) ? sql : `to_json(${sql})`;
};

/** JSON text of an object of the pairs whose value is not null: `to_json` of a null is null, which `concat_ws` leaves out. */
const objectText = (args: readonly string[], nodes: readonly Expr[]): string => {
  const members = args.flatMap((value, index) => {
    if (index % 2 === 0) return [];
    const key = nodes[index - 1]?.node;
    const name =
      key?.kind === "lit"
        ? quoteText(`${JSON.stringify(String(key.value))}:`)
        : `to_json(${args[index - 1]}) || ':'`;
    return [`${name} || ${jsonOf(value, nodes[index])}`];
  });
  return members.length === 0 ? "'{}'" : `'{' || concat_ws(',', ${members.join(", ")}) || '}'`;
};

/**
 * A map of the members of an object as JSON text. DuckDB 1.5 builds a map that way four times faster than by
 * `map_from_entries`, which compares boxed keys row by row.
 */
const mapOfObject = (json: string): string => `json_transform(${json}, '"MAP(VARCHAR, VARCHAR)"')`;

const mapFromPairs = (args: readonly string[], nodes: readonly Expr[]): string =>
  mapOfObject(objectText(args, nodes));

/** By way of JSON text as well; keys that stood before are left out first. */
const mapFromRecords = (records: string, keys: string): string => {
  const first = `list_filter(${records}, lambda e, i: e.k IS NOT NULL AND list_position(${keys}, e.k) = i)`;
  const members = `list_transform(${first}, lambda e: to_json(e.k) || ':' || to_json(e.v))`;
  return mapOfObject(`'{' || array_to_string(${members}, ',') || '}'`);
};

/**
 * exact value − value rounded half away from zero to 12 places, of a decimal text of any size; null when it has no
 * digit past the 12th place. Exact up to 30 places.
 */
const roundingResidue = (sql: string): string => {
  const carried = "CASE WHEN t >= '5' THEN CAST('0.000000000001' AS DECIMAL(38,30)) ELSE 0 END";
  const lost = `(TRY_CAST('0.000000000000' || t AS DECIMAL(38,30)) - ${carried})`;
  const signed = `CASE WHEN t <> '' THEN CASE WHEN starts_with(${sql}, '-') THEN -1 ELSE 1 END * ${lost} END`;
  const tail = `substr(split_part(${plainDecimalText(sql)}, '.', 2), 13)`;
  return (
    // A text this short has no 13th decimal, with or without a zero before its point.
    `(CASE WHEN (strlen(${sql}) > 13 AND length(split_part(${sql}, '.', 2)) > 12) OR contains(${sql}, 'e') OR contains(${sql}, 'E')` +
    ` THEN ${letIn("t", tail, signed)} END)`
  );
};

/** Clouds bill between 1990 and 2200; anything else, `infinity` included, is a value that was misread. */
const saneInstant = (sql: string): string =>
  `(CASE WHEN ${sql} >= TIMESTAMP '1990-01-01' AND ${sql} < TIMESTAMP '2200-01-01' THEN ${sql} END)`;

/**
 * The UTC instant of an ISO 8601 text. DuckDB 1.5 drops an offset such as `+02:00` in a cast to TIMESTAMP; the one to
 * TIMESTAMPTZ, in a session whose zone is UTC, heeds it. Only texts long enough to have one pay for that.
 */
const isoInstant = (sql: string): string =>
  `(CASE WHEN strlen(${sql}) > 20 THEN CAST(TRY_CAST(${sql} AS TIMESTAMPTZ) AS TIMESTAMP) ELSE TRY_CAST(${sql} AS TIMESTAMP) END)`;

const toText = (sql: string, expr: Expr | undefined): string =>
  expr !== undefined && isNested(expr) ? `CAST(to_json(${sql}) AS VARCHAR)` : `CAST(${sql} AS VARCHAR)`;

/** Keys that would meet under one new name keep their old ones: a map with equal keys is an error. */
const mapTransformKeys = (map: string, lambda: string): string => {
  const keys = `list_transform(map_keys(${map}), ${lambda})`;
  return `(CASE WHEN len(list_distinct(${keys})) = len(${keys}) THEN map(${keys}, map_values(${map})) ELSE ${map} END)`;
};

const infix = (operator: string) => (args: readonly string[]) => `(${args.join(` ${operator} `)})`;
const plain = (name: string) => (args: readonly string[]) => `${name}(${args.join(", ")})`;
const at = (args: readonly string[], index: number): string => args[index] ?? "NULL";

const functions: Record<FunctionName, (args: readonly string[], nodes: readonly Expr[]) => string> = {
  lower: plain("lower"),
  upper: plain("upper"),
  trim: plain("trim"),
  byteLength: plain("strlen"),
  substring: plain("substring"),
  replace: plain("replace"),
  concat: infix("||"),
  md5: plain("md5"),
  // A join against the constants: ten times faster than a MAP, and a CASE of hundreds of branches runs out of memory.
  lookUp: ([key, ...pairs]) => {
    const keys = pairs.filter((_, index) => index % 2 === 0).join(", ");
    const values = pairs.filter((_, index) => index % 2 === 1).join(", ");
    const table = `(SELECT unnest([${keys}]) AS "$key", unnest([${values}]) AS "$value")`;
    return `(SELECT "$value" FROM ${table} WHERE "$key" = ${key})`;
  },
  splitPart: plain("split_part"),
  startsWith: plain("starts_with"),
  contains: plain("contains"),
  regexpMatches: plain("regexp_matches"),
  regexpExtract: plain("regexp_extract"),
  regexpReplace: (args) => `regexp_replace(${args.join(", ")}, 'g')`,
  coalesce: plain("COALESCE"),
  nullIf: plain("NULLIF"),
  abs: plain("abs"),
  greatest: plain("greatest"),
  least: plain("least"),
  dateTrunc: (args) => `CAST(date_trunc(${at(args, 0)}, ${at(args, 1)}) AS TIMESTAMP)`,
  parseTimestamp: (args) => `TRY_STRPTIME(${at(args, 0)}, ${at(args, 1)})`,
  formatTimestamp: (args) => `strftime(${at(args, 0)}, ${at(args, 1)})`,
  addMonths: (args) => `(${at(args, 0)} + to_months(CAST(${at(args, 1)} AS INTEGER)))`,
  addDays: (args) => `(${at(args, 0)} + to_days(CAST(${at(args, 1)} AS INTEGER)))`,
  addHours: (args) => `(${at(args, 0)} + to_hours(${at(args, 1)}))`,
  atTimeZone: (args) => `timezone(${at(args, 1)}, timezone('UTC', ${at(args, 0)}))`,
  mapGet: (args) => `${at(args, 0)}[${at(args, 1)}]`,
  mapKeys: plain("map_keys"),
  mapValues: plain("map_values"),
  mapConcat: plain("map_concat"),
  mapTransformKeys: (args) => mapTransformKeys(at(args, 0), at(args, 1)),
  mapFromPairs: (args, nodes) => mapFromPairs(args, nodes),
  constantMap: (args) => {
    const every = (parity: number) => args.filter((_, index) => index % 2 === parity).join(", ");
    return `map([${every(0)}], [${every(1)}])`;
  },
  mapFromEntries: (args) => `TRY(map_from_entries(${at(args, 0)}))`,
  mapFromRecords: (args) => mapFromRecords(at(args, 0), at(args, 1)),
  jsonToRecords: (args, nodes) => {
    const fields = nodes
      .slice(1)
      .map(({ node }) => [node.kind === "lit" ? String(node.value) : "", "VARCHAR"]);
    const structure = quoteText(JSON.stringify([Object.fromEntries(fields)]));
    return `from_json(TRY_CAST(${at(args, 0)} AS JSON), ${structure})`;
  },
  record: (args) =>
    `{${args.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${at(args, index + 1)}`] : [])).join(", ")}}`,
  list: (args) => `[${args.join(", ")}]`,
  listReverse: plain("list_reverse"),
  listConcat: plain("list_concat"),
  multiply: (args) =>
    `CAST(TRY(CAST(${at(args, 0)} AS DECIMAL(38,12)) * CAST(${at(args, 1)} AS DECIMAL(38,12))) AS DECIMAL(38,12))`,
  jsonFromPairs: (args, nodes) => objectText(args, nodes),
  mapFromObject: (args) => mapOfObject(at(args, 0)),
  jsonToMap: (args) => `TRY_CAST(TRY_CAST(${at(args, 0)} AS JSON) AS MAP(VARCHAR, VARCHAR))`,
  objectGet: (args) => `json_extract_string(${at(args, 0)}, ${at(args, 1)})`,
  jsonGet: (args) => `json_extract_string(TRY_CAST(${at(args, 0)} AS JSON), ${at(args, 1)})`,
  listFilter: plain("list_filter"),
  listTransform: plain("list_transform"),
  listSum: plain("list_sum"),
  listJoin: plain("array_to_string"),
  listFirst: (args) => `${at(args, 0)}[1]`,
  listLength: plain("len"),
  field: (args, nodes) => {
    const name = nodes[1]?.node;
    return `${at(args, 0)}.${quoteIdent(name?.kind === "lit" ? String(name.value) : "")}`;
  },
  plainDecimalText: (args) => plainDecimalText(at(args, 0)),
  exactDecimal: (args) => exactDecimal(at(args, 0)),
  exactDecimalOfDouble: (args) => exactDecimalOfDouble(at(args, 0)),
  residueOfDouble: (args) => residueOfDouble(at(args, 0)),
  roundingResidue: (args) => roundingResidue(at(args, 0)),
  isoInstant: (args) => isoInstant(at(args, 0)),
  saneInstant: (args) => saneInstant(at(args, 0)),
  toText: (args, nodes) => toText(at(args, 0), nodes[0]),
  toTextMap: (args) => `TRY(CAST(${at(args, 0)} AS MAP(VARCHAR, VARCHAR)))`,
  sum: plain("sum"),
  count: (args) => (args.length === 0 ? "count(*)" : `count(${at(args, 0)})`),
  min: plain("min"),
  max: plain("max"),
  any: plain("any_value"),
};

/** DuckDB 1.5, the embedded engine. */
export const duckdbDialect: MappingDialect = {
  id: "duckdb",
  types,
  materialized: "MATERIALIZED ",
  quoteIdent,
  bind: (value, type, params) => {
    params.push(value);
    return cast(`$${params.length}`, "text", type, false);
  },
  literal,
  cast: (sql, from, to, safe) => cast(sql, from, to, safe),
  lambda: (parameter, body) => `lambda ${quoteIdent(parameter)}: ${body}`,
  objectPath: jsonPointer,
  aggregate: filterAggregate,
  call: (fn, args, nodes) => functions[fn](args, nodes),
};

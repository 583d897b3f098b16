import type { MappingDialect } from "./dialect.ts";
import type { Expr, FunctionName, MappingFunction, SqlType } from "./expr.ts";
import { trinoDialect, trinoFunctions } from "./trino-dialect.ts";

/**
 * What the message of a statement starts with that met a value which the two engines may read differently. Nothing is
 * guessed: such bills are loaded by the embedded engine.
 */
export const NOT_PLAIN = "trimtab: not plain: ";

const { types } = trinoDialect;
const quoted = (value: string): string => trinoDialect.literal("text", value);
const matches = (sql: string, pattern: string): string => `regexp_like(${sql}, ${quoted(pattern)})`;
const notPlain = (what: string): string => `fail(${quoted(NOT_PLAIN + what)})`;
const at = (args: readonly string[], index: number): string => args[index] ?? "NULL";

/** Names a value inside an expression; without, its text is planned and computed once more at each place. */
const letIn = (name: string, value: string, body: string): string =>
  `element_at(transform(ARRAY[${value}], "${name}" -> ${body}), 1)`;

const NUMBER = "^[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?\\z";
const HAS_EXPONENT = "[eE]";
const EXPONENT = "[eE]([-+]?[0-9]+)\\z";
/** An exponent past this is no amount of money; see `plainDecimalText` of the embedded engine's dialect. */
const MAX_EXPONENT = 60;

/** DECIMAL(38,12) of a text, rounded half away from zero; null where it is no number. */
const exactDecimal = (sql: string): string => {
  const isSmall = `COALESCE(abs(TRY_CAST(regexp_extract(${sql}, ${quoted(EXPONENT)}, 1) AS BIGINT)) <= ${MAX_EXPONENT}, false)`;
  return (
    `(CASE WHEN ${matches(sql, NUMBER)} THEN CASE WHEN ${matches(sql, HAS_EXPONENT)} AND NOT ${isSmall} THEN NULL ` +
    `ELSE TRY_CAST(${sql} AS ${types.decimal}) END ` +
    `WHEN ${matches(sql, "[\\t\\n\\v\\f\\r]")} THEN ${notPlain("an amount with white space")} END)`
  );
};

/** Text without an exponent of a number's text; null where it is none. */
const plainDecimalText = (sql: string): string => {
  const parts =
    "CAST(ROW(CASE WHEN starts_with(t, '-') THEN '-' ELSE '' END, " +
    "regexp_replace(split_part(t, 'e', 1), '[-+.]', ''), " +
    "CAST(length(regexp_replace(split_part(split_part(t, 'e', 1), '.', 1), '[-+]', '')) AS BIGINT), " +
    "TRY_CAST(split_part(t, 'e', 2) AS BIGINT)) AS ROW(sign VARCHAR, digits VARCHAR, whole BIGINT, exponent BIGINT))";
  const point = "(p.whole + p.exponent)";
  const shifted =
    `CASE WHEN p.exponent IS NULL OR abs(p.exponent) > ${MAX_EXPONENT} THEN NULL ` +
    `WHEN ${point} <= 0 THEN p.sign || '0.' || lpad('', -${point}, '0') || p.digits ` +
    `WHEN ${point} >= length(p.digits) THEN p.sign || rpad(p.digits, ${point}, '0') ` +
    `ELSE p.sign || substr(p.digits, 1, ${point}) || '.' || substr(p.digits, ${point} + 1) END`;
  return (
    `(CASE WHEN NOT ${matches(sql, NUMBER)} THEN NULL WHEN NOT ${matches(sql, HAS_EXPONENT)} THEN ${sql} ` +
    `ELSE ${letIn("t", `lower(${sql})`, letIn("p", parts, shifted))} END)`
  );
};

/** exact value − value rounded half away from zero to 12 places; null without a digit past the 12th place. */
const roundingResidue = (sql: string): string => {
  const carried = `CASE WHEN t >= '5' THEN CAST('0.000000000001' AS ${types.exact}) ELSE CAST('0' AS ${types.exact}) END`;
  const lost = `(TRY_CAST('0.000000000000' || t AS ${types.exact}) - ${carried})`;
  const signed = `CASE WHEN t <> '' THEN CASE WHEN starts_with(${sql}, '-') THEN -${lost} ELSE ${lost} END END`;
  const tail = `substr(COALESCE(split_part(${plainDecimalText(sql)}, '.', 2), ''), 13)`;
  const mayHave = `length(COALESCE(split_part(${sql}, '.', 2), '')) > 12 OR ${matches(sql, HAS_EXPONENT)}`;
  return `(CASE WHEN ${mayHave} THEN ${letIn("t", tail, signed)} END)`;
};

/** Below it doubles have fewer digits, and are written in different ways. */
const SMALLEST = "DOUBLE '2.3E-308'";

/** The shortest digits that read back as this double, as the embedded engine writes them: `0.0001`, `1e-05`, `1.5e+16`. */
const doubleText = (sql: string): string => {
  const parts =
    "CAST(ROW(CASE WHEN starts_with(t, '-') THEN '-' ELSE '' END, " +
    "regexp_replace(regexp_replace(split_part(t, 'E', 1), '[-.]', ''), '(.)0+\\z', '$1'), " +
    "CAST(split_part(t, 'E', 2) AS BIGINT)) AS ROW(sign VARCHAR, digits VARCHAR, exponent BIGINT))";
  const written =
    "CASE WHEN p.exponent < -4 OR p.exponent > 15 THEN p.sign || substr(p.digits, 1, 1) || " +
    "CASE WHEN length(p.digits) > 1 THEN '.' || substr(p.digits, 2) ELSE '' END || " +
    "CASE WHEN p.exponent < 0 THEN 'e-' ELSE 'e+' END || lpad(CAST(abs(p.exponent) AS VARCHAR), " +
    "greatest(2, length(CAST(abs(p.exponent) AS VARCHAR))), '0') " +
    "WHEN p.exponent < 0 THEN p.sign || '0.' || lpad('', -p.exponent - 1, '0') || p.digits " +
    "WHEN length(p.digits) <= p.exponent + 1 THEN p.sign || rpad(p.digits, p.exponent + 1, '0') || '.0' " +
    "ELSE p.sign || substr(p.digits, 1, p.exponent + 1) || '.' || substr(p.digits, p.exponent + 2) END";
  return (
    `(CASE WHEN is_finite(${sql}) AND (${sql} = 0 OR abs(${sql}) > ${SMALLEST}) ` +
    `THEN ${letIn("t", `CAST(${sql} AS VARCHAR)`, letIn("p", parts, written))} ` +
    `WHEN ${sql} IS NOT NULL THEN ${notPlain("a number without a plain text")} END)`
  );
};

/** By way of text: a double means its shortest decimal. Sizes that no amount of money has are null. */
const exactDecimalOfDouble = (sql: string): string =>
  `(CASE WHEN ${sql} = 0 OR abs(${sql}) >= 1e-60 THEN TRY_CAST(CAST(${sql} AS VARCHAR) AS ${types.decimal}) END)`;

const residueOfDouble = (sql: string): string =>
  `(CASE WHEN is_finite(${sql}) AND ${sql} <> 0 THEN ${letIn("d", `CAST(${sql} AS VARCHAR)`, roundingResidue("d"))} END)`;

const DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
const TIME = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,6})?";
const UTC = "(Z| UTC)";
const OFFSET = "[-+][0-9]{2}:[0-9]{2}";

/** The UTC instant of an ISO 8601 text in the forms that every reader takes alike. */
const isoInstant = (sql: string): string => {
  const spaced = (text: string) => `replace(${text}, 'T', ' ')`;
  const local = spaced(`regexp_replace(${sql}, ${quoted(`${UTC}\\z`)}, '')`);
  const zoned = spaced(`regexp_replace(${sql}, ${quoted(`(${OFFSET})\\z`)}, ' $1')`);
  return (
    `(CASE WHEN ${matches(sql, `^${DATE}([T ]${TIME}${UTC}?)?\\z`)} THEN TRY_CAST(${local} AS ${types.timestamp}) ` +
    `WHEN ${matches(sql, `^${DATE}[T ]${TIME}${OFFSET}\\z`)} ` +
    `THEN CAST(TRY_CAST(${zoned} AS TIMESTAMP(6) WITH TIME ZONE) AT TIME ZONE 'UTC' AS ${types.timestamp}) ` +
    // A source names its other forms, and reads them by those.
    `WHEN ${matches(sql, `^${DATE}T[0-9]{2}:[0-9]{2}Z\\z`)} OR NOT ${matches(sql, "[0-9]")} THEN NULL ` +
    `WHEN ${sql} IS NOT NULL THEN ${notPlain("a date and time of another form")} END)`
  );
};

/** What each letter of a strptime pattern stands for: as a pattern, and in MySQL's, which Trino reads. */
const STRPTIME: Readonly<Record<string, readonly [pattern: string, mysql: string]>> = {
  Y: ["[0-9]{4}", "%Y"],
  m: ["[0-9]{2}", "%m"],
  d: ["[0-9]{2}", "%d"],
  H: ["[0-9]{2}", "%H"],
  M: ["[0-9]{2}", "%i"],
  S: ["[0-9]{2}", "%s"],
};

const translated = (node: Expr | undefined, part: 0 | 1): string => {
  const format = node?.node.kind === "lit" ? String(node.node.value) : "";
  return format.replace(/%(.)/g, (_, letter: string) => {
    const own = STRPTIME[letter];
    if (own === undefined) throw new TypeError(`No form in Trino for %${letter}`);
    return own[part];
  });
};

/** Only as many digits as the pattern says: elsewhere readers differ in what else they take. */
const parseTimestamp = (sql: string, format: Expr | undefined): string =>
  `(CASE WHEN ${matches(sql, `^${translated(format, 0)}\\z`)} ` +
  `THEN CAST(TRY(date_parse(${sql}, ${quoted(translated(format, 1))})) AS ${types.timestamp}) END)`;

const toJson = (sql: string): string => `json_format(CAST(${sql} AS JSON))`;

/** JSON text of a text. Trino writes characters outside the basic plane as two escapes, the embedded engine as they are. */
const jsonText = (sql: string): string =>
  `(CASE WHEN NOT ${matches(sql, '["\\\\\\x00-\\x1f]')} THEN '"' || ${sql} || '"' ` +
  `WHEN ${matches(sql, "[\\x{10000}-\\x{10FFFF}]")} THEN ${notPlain("a text with escapes and rare characters")} ` +
  `WHEN ${sql} IS NOT NULL THEN ${toJson(sql)} END)`;

/** JSON text of a value in a map. Engines write numbers with an exponent each in their own way. */
const memberText = (sql: string): string =>
  letIn(
    "j",
    `COALESCE(${toJson(sql)}, 'null')`,
    `CASE WHEN NOT starts_with(j, '"') AND strpos(j, 'E') > 0 THEN ${notPlain("a number with an exponent")} ` +
      `WHEN ${matches("j", "\\\\u[dD][89abAB]")} THEN ${notPlain("a rare character in a map")} ELSE j END`,
  );

/** In the order of the entries; a cast of the map would sort them. */
const mapText = (sql: string): string =>
  `('{' || array_join(transform(map_entries(${sql}), "e" -> ${jsonText("e[1]")} || ':' || ${memberText("e[2]")}), ',') || '}')`;

const pairsOf = (args: readonly string[]) => ({
  keys: `ARRAY[${args.filter((_, index) => index % 2 === 0).join(", ")}]`,
  values: `ARRAY[${args.filter((_, index) => index % 2 === 1).join(", ")}]`,
});

const mapFromPairs = (args: readonly string[]): string => {
  const { keys, values } = pairsOf(args);
  return `map_filter(MAP(${keys}, ${values}), ("k", "v") -> v IS NOT NULL)`;
};

/** A nested value that was made a text is its JSON already. */
const isJson = (expr: Expr | undefined): boolean => {
  const made = expr?.node.kind === "call" && expr.node.fn === "toText" ? expr.node.args[0] : undefined;
  return made?.type === "map";
};

const jsonFromPairs = (args: readonly string[], nodes: readonly Expr[]): string => {
  const members = args.flatMap((value, index) => {
    if (index % 2 === 0) return [];
    const key = nodes[index - 1]?.node;
    const name = quoted(`${JSON.stringify(key?.kind === "lit" ? String(key.value) : "")}:`);
    return [`${name} || ${isJson(nodes[index]) ? value : jsonText(value)}`];
  });
  return members.length === 0 ? "'{}'" : `('{' || concat_ws(',', ARRAY[${members.join(", ")}]) || '}')`;
};

const TEXT = '"(?:[^"\\\\\\x00-\\x1f]|\\\\(?:["\\\\/bfnrt]|u[0-9a-fA-F]{4}))*"';
const SPACE = "[ \\t\\n\\r]*";
const MEMBER = `${SPACE}${TEXT}${SPACE}:${SPACE}(?:${TEXT}|null)${SPACE}`;
const PLAIN_OBJECT = `^${SPACE}[{](?:${MEMBER}(?:,${MEMBER})*|${SPACE})[}]${SPACE}\\z`;
const KEY = `${TEXT}${SPACE}:`;
/** NUL, and halves of characters. */
const ODD_ESCAPE = "\\\\u(?:0000|[dD][89a-fA-F])";

/** A map of JSON text of an object with texts. Readers differ in numbers, in what is nested and in which of two equal keys counts. */
const jsonToMap = (sql: string): string => {
  const isWhole = `cardinality(m) = cardinality(regexp_extract_all(${sql}, ${quoted(KEY)}))`;
  const map = letIn(
    "m",
    `TRY_CAST(json_parse(${sql}) AS ${types.map})`,
    `CASE WHEN ${isWhole} THEN m ELSE ${notPlain("a JSON object with a key that stands twice")} END`,
  );
  return (
    `(CASE WHEN ${matches(sql, PLAIN_OBJECT)} AND NOT ${matches(sql, ODD_ESCAPE)} THEN ${map} ` +
    `WHEN ${matches(sql, `^${SPACE}[{\\[]`)} THEN ${notPlain("JSON with other values than texts")} END)`
  );
};

const mapTransformKeys = (map: string, lambda: string): string => {
  const keys = `transform(map_keys(${map}), ${lambda})`;
  return `(CASE WHEN cardinality(array_distinct(${keys})) = cardinality(${keys}) THEN MAP(${keys}, map_values(${map})) ELSE ${map} END)`;
};

const toText = (sql: string, type: SqlType | undefined): string => {
  if (type === "map") return mapText(sql);
  if (type === "double") return doubleText(sql);
  return trinoDialect.cast(sql, type ?? "bigint", "text", false);
};

/** The embedded engine gives the empty text for a part that is not there. */
const splitPart = (args: readonly string[]): string =>
  `COALESCE(split_part(${args.join(", ")}), CASE WHEN ${at(args, 0)} IS NOT NULL THEN '' END)`;

const plain = (name: string) => (args: readonly string[]) => `${name}(${args.join(", ")})`;

/** What the mappings that run on a cluster are made of, besides what queries need. */
const functions: Partial<
  Record<MappingFunction, (args: readonly string[], nodes: readonly Expr[]) => string>
> = {
  byteLength: (args) => `length(to_utf8(${at(args, 0)}))`,
  replace: plain("replace"),
  concat: (args) => `(${args.join(" || ")})`,
  lookUp: ([key = "NULL", ...pairs]) => {
    const { keys, values } = pairsOf(pairs);
    return `element_at(MAP(${keys}, ${values}), ${key})`;
  },
  splitPart,
  regexpReplace: plain("regexp_replace"),
  nullIf: plain("NULLIF"),
  parseTimestamp: (args, nodes) => parseTimestamp(at(args, 0), nodes[1]),
  formatTimestamp: (args, nodes) => `date_format(${at(args, 0)}, ${quoted(translated(nodes[1], 1))})`,
  addHours: (args) => `date_add('hour', ${at(args, 1)}, ${at(args, 0)})`,
  mapKeys: plain("map_keys"),
  mapTransformKeys: (args) => mapTransformKeys(at(args, 0), at(args, 1)),
  mapFromPairs: (args) => mapFromPairs(args),
  constantMap: (args) => {
    const { keys, values } = pairsOf(args);
    return `MAP(${keys}, ${values})`;
  },
  jsonFromPairs,
  mapFromObject: (args) => `CAST(json_parse(${at(args, 0)}) AS ${types.map})`,
  jsonToMap: (args) => jsonToMap(at(args, 0)),
  listLength: plain("cardinality"),
  plainDecimalText: (args) => plainDecimalText(at(args, 0)),
  exactDecimal: (args) => exactDecimal(at(args, 0)),
  exactDecimalOfDouble: (args) => exactDecimalOfDouble(at(args, 0)),
  residueOfDouble: (args) => residueOfDouble(at(args, 0)),
  roundingResidue: (args) => roundingResidue(at(args, 0)),
  saneInstant: (args) =>
    `(CASE WHEN ${at(args, 0)} >= TIMESTAMP '1990-01-01' AND ${at(args, 0)} < TIMESTAMP '2200-01-01' THEN ${at(args, 0)} END)`,
  isoInstant: (args) => isoInstant(at(args, 0)),
  toText: (args, nodes) => toText(at(args, 0), nodes[0]?.type),
  toTextMap: (args) => `transform_values(${at(args, 0)}, ("k", "v") -> ${doubleText("v")})`,
};

const all: Partial<Record<FunctionName, (args: readonly string[], nodes: readonly Expr[]) => string>> = {
  ...trinoFunctions,
  ...functions,
};

/**
 * Trino as an engine that maps bills, for the sources that say so. Where the embedded engine would read a value in a way
 * that this does not copy, the statement fails with {@link NOT_PLAIN}.
 * @see https://trino.io/docs/476/functions.html (read 2026-11-22)
 */
export const trinoMappingDialect: MappingDialect = {
  ...trinoDialect,
  call: (fn, args, nodes) => {
    const render = all[fn];
    if (render === undefined) throw new TypeError(`No form in Trino for ${fn}`);
    return render(args, nodes);
  },
};

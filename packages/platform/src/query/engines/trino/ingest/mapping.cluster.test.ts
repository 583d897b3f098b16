import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AMOUNTS } from "../../../../../../../test/fuzz/hostile-values.ts";
import { type Database, openDatabase } from "../../../../lake/database.ts";
import { type MappingDialect, Renderer } from "../../../../sql/dialect.ts";
import { duckdbDialect } from "../../../../sql/duckdb-dialect.ts";
import { call, cast, column, type Expr, lit, mapGet, type SqlType, text } from "../../../../sql/expr.ts";
import { jsonObject } from "../../../../sql/mapping-expr.ts";
import { NOT_PLAIN, trinoMappingDialect } from "../../../../sql/trino-mapping.ts";
import { CLUSTER_TESTS, hasCluster } from "../../../../testing/cluster.ts";
import { openTrinoClient, type TrinoClient } from "../trino-client.ts";
import { readTrinoSettings } from "../trino-settings.ts";

const v = column("v", "text");
const over = (type: SqlType, expr: Expr) => cast(type, expr) as Expr;

const TIMES = [
  "2026-01-02T03:04:05Z",
  "2026-01-02 03:04:05",
  "2026-01-02T03:04:05.5Z",
  "2026-01-02 03:04:05.123456 UTC",
  "2026-01-02 03:04:05 UTC",
  "2026-01-02T03:04:05",
  "2026-01-02",
  "2026-02-30",
  "2026-13-01T00:00:00Z",
  "2026-01-02T03:04:05+02:00",
  "2026-01-02 23:04:05-05:30",
  "2026-01-02T03:04:05.25+00:00",
  "yesterday",
  "infinity",
  "",
  "1989-12-31T23:59:59Z",
  "2200-01-01",
];
/** The engines may read these in two ways. */
const ODD_TIMES = [
  "2026-1-2",
  "2026/01/02",
  "2026-01-02T24:00:00Z",
  "20260102",
  " 2026-01-02",
  "2026-01-02 03:04",
  "2026-01-02T03:04:05+02",
];

const DOUBLES = [
  "0",
  "-0.0",
  "1",
  "100",
  "0.1",
  "0.30000000000000004",
  "123456.789",
  "1e15",
  "1e16",
  "1.5e16",
  "123456789012345680",
  "0.0001",
  "0.00001234",
  "1e-5",
  "-2.5e-7",
  "9.5e-14",
  "5e-13",
  "1e-100",
  "1e22",
  "1.7976931348623157e308",
  "0.0000000000005",
  "999.9999999999995",
];

const TEXTS = [
  "",
  "a",
  'say "hi"',
  "back\\slash",
  "tab\tnew\nline",
  "é€ü",
  "👩‍👩‍👧‍👦",
  "\u0001\u001f\u007f\u2028",
  "a/b:c|d",
  "null",
];

const OBJECTS = [
  "{}",
  '{"team":"web"}',
  '{ "team" : "web" , "env":null }',
  '{"a":"","b\\"c":"d\\u00e9\\n"}',
  '{"a,b":"c:d","e":"\\":"}',
  "team:web",
  "5",
  '"text"',
  "",
];
const ODD_OBJECTS = [
  '{"a":1}',
  '{"a":{"b":"c"}}',
  '{"a":"1","a":"2"}',
  "[]",
  '{"a":"\\ud83d\\ude00"}',
  '{"a":"b"',
  "{'a':'b'}",
];

const quoted = (value: string): string => `'${value.replaceAll("'", "''")}'`;
const select = (dialect: MappingDialect, expr: Expr, values: readonly string[]): string =>
  `SELECT v, ${new Renderer(dialect).sql(call("text", "toText", expr))} FROM (VALUES ${values
    .map((value) => `(CAST(${quoted(value)} AS VARCHAR))`)
    .join(", ")}) AS t(v) ORDER BY 1`;

describe.skipIf(!hasCluster)(`mappings read values as the embedded engine does, ${CLUSTER_TESTS}`, () => {
  let database: Database;
  let client: TrinoClient;
  beforeAll(async () => {
    database = await openDatabase({ threads: 1 });
    client = openTrinoClient(readTrinoSettings(process.env));
  });
  afterAll(() => database.close());

  const embedded = async (expr: Expr, values: readonly string[]) =>
    (await database.run({ text: select(duckdbDialect, expr, values) })).rows;
  const cluster = async (expr: Expr, values: readonly string[]) =>
    (await client.run(select(trinoMappingDialect, expr, values))).rows;

  it.each<[string, Expr, readonly string[]]>([
    ["amounts", call("decimal", "exactDecimal", v), AMOUNTS.filter((value) => !/[\t\n\0]/.test(value))],
    [
      "what rounding takes",
      call("exact", "roundingResidue", v),
      AMOUNTS.filter((value) => !/\s/.test(value)),
    ],
    ["doubles as amounts", call("decimal", "exactDecimalOfDouble", over("double", v)), DOUBLES],
    ["what rounding a double takes", call("exact", "residueOfDouble", over("double", v)), DOUBLES],
    ["doubles as text", over("double", v), DOUBLES],
    ["instants", call("timestamp", "saneInstant", call("timestamp", "isoInstant", v)), TIMES],
    [
      "instants of one form",
      call("timestamp", "parseTimestamp", v, text("%Y-%m-%dT%H:%MZ")),
      ["2026-01-02T03:04Z", "2026-01-02T03:04:05Z", "2026-02-30T03:04Z", "x"],
    ],
    ["JSON of texts", jsonObject({ "a b": v, c: text("d") }), TEXTS.filter((value) => !value.includes("👩"))],
    ["JSON of rare characters", jsonObject({ a: v }), ["👩‍👩‍👧‍👦", "x"]],
    ["maps of pairs", mapGet(call("map", "mapFromPairs", text("k"), v), text("k")), TEXTS],
    ["a key of JSON", mapGet(call("map", "jsonToMap", v), text("team")), OBJECTS],
    ["another key of JSON", mapGet(call("map", "jsonToMap", v), text('b"c')), OBJECTS],
    [
      "how many keys",
      call("bigint", "listLength", call("list", "mapKeys", call("map", "jsonToMap", v))),
      OBJECTS,
    ],
    ["parts", call("text", "splitPart", v, text(":"), lit("bigint", 2)), TEXTS],
    ["sizes", call("bigint", "byteLength", v), TEXTS],
    ["constants", call("text", "lookUp", v, text("a"), text("1"), text("null"), text("2")), TEXTS],
    ["constant maps", mapGet(call("map", "constantMap", text("a"), text("1")), v), TEXTS],
    ["replacements", call("text", "regexpReplace", v, text("^.*/"), text("")), TEXTS],
  ])("%s", async (_, expr, values) => {
    expect(await cluster(expr, values)).toEqual(await embedded(expr, values));
  });

  it.each<[string, Expr, readonly string[]]>([
    ["amounts", call("decimal", "exactDecimal", v), ["\t1", "1\n", "1\v"]],
    ["instants", call("timestamp", "isoInstant", v), ODD_TIMES],
    ["tags", call("bigint", "listLength", call("list", "mapKeys", call("map", "jsonToMap", v))), ODD_OBJECTS],
    ["texts", jsonObject({ a: v }), ['"👩"']],
    ["doubles", over("double", v), ["NaN", "Infinity", "4.9e-324"]],
  ])("does not guess at odd %s", async (_, expr, values) => {
    for (const value of values) await expect(cluster(expr, [value]), value).rejects.toThrow(NOT_PLAIN);
  });
});

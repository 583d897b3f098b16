import { execFileSync } from "node:child_process";
import type { Instant } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { CHARGE_COLUMNS, EXTRA_COLUMN } from "../lake/charge-columns.ts";
import { COST_COLUMNS, type LoadEntry } from "../lake/manifest.ts";
import { bigqueryDialect } from "../sql/bigquery-dialect.ts";
import type { Dialect } from "../sql/dialect.ts";
import { athenaDialect, trinoDialect } from "../sql/trino-dialect.ts";
import { QUERY_CATALOGUE } from "../testing/query-catalogue.ts";
import { canonicalRequest } from "./canonical.ts";
import { compileQuery } from "./compile.ts";
import type { EngineSnapshot } from "./engines/engine.ts";
import { BASE_MODEL } from "./model/model.ts";
import { parseQueryText } from "./parse-query.ts";
import { planQuery } from "./plan.ts";

const load = (source: string, month: string, rollups: LoadEntry["rollups"]): LoadEntry =>
  ({
    id: `${source}-${month}`,
    source,
    instance: `${source}/1/x`,
    billingPeriod: `${month}-01`,
    loadedAt: "2026-04-02T00:00:00Z",
    rollups,
    chargeStart: `${month}-01T00:00:00Z`,
    chargeEnd: `${month}-28T00:00:00Z`,
    usageEnd: `${month}-28T00:00:00Z`,
    sums: { USD: {} },
    counted: true,
    tagColumns: source === "focus" ? { team: "x_tag_team" } : {},
  }) as unknown as LoadEntry;

const DAILY = {
  path: "d.parquet",
  rows: 1,
  bytes: 1,
  dimensions: ["ServiceName", "BillingCurrency", "RegionId"],
};
const snapshot = {
  version: 1,
  manifest: {
    loads: ["2026-02", "2026-03"].flatMap((month) => [load("focus", month, [DAILY]), load("csv", month, [])]),
  },
} as unknown as EngineSnapshot;

const compiled = (text: string, dialect: Dialect): string => {
  const context = {
    scope: "unrestricted",
    currency: "each",
    timeZone: "UTC",
    now: "2026-07-01T00:00:00Z" as Instant,
    signal: new AbortController().signal,
  } as const;
  const request = canonicalRequest(parseQueryText(text, BASE_MODEL), BASE_MODEL);
  const plan = planQuery(snapshot, request, context, { rollups: true });
  const scan = (_: EngineSnapshot, { table, loads }: { table: string; loads: readonly LoadEntry[] }) =>
    `(SELECT * FROM ${dialect.quoteIdent(table)} WHERE ${dialect.quoteIdent("load")} IN (${loads
      .map(({ id }) => dialect.literal("text", id))
      .join(", ")}))`;
  return compileQuery(plan, { dialect, scan }).text;
};

/** The catalogue, and what only names from outside can bring. */
const QUESTIONS = [
  ...QUERY_CATALOGUE,
  'rows by "tag:it\'s ""odd""\\\\", "x:a.b[0]$"',
  "rows where ServiceName = 'a''b\\c'",
];

/** `npm test` installs it, and says here where. */
const { TRIMTAB_TEST_SQLGLOT: sqlglot, TRIMTAB_TEST_NO_SQLGLOT: noSqlglot } = process.env;
const pythonEnv = sqlglot === undefined ? process.env : { ...process.env, PYTHONPATH: sqlglot };
const hasParser = (() => {
  try {
    execFileSync("python3", ["-c", "import sqlglot"], { stdio: "ignore", env: pythonEnv });
    return true;
  } catch {
    return false;
  }
})();
const whyNoParser = hasParser
  ? ""
  : ` (skipped: ${noSqlglot ?? "no Python with sqlglot, which `npm test` installs"})`;

const columnsOf = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, "VARCHAR"]));
const CHARGES = [...CHARGE_COLUMNS.map(({ name }) => name), "Tags", EXTRA_COLUMN, "x_tag_team", "load"];
/** The tables that the statements read; types play no part in looking names up. */
const SCHEMA = {
  charges: columnsOf(...CHARGES),
  daily: columnsOf(...CHARGES, "ChargeDay", "charge_rows", ...COST_COLUMNS.map((name) => `${name}_nulls`)),
};

const dialects = [trinoDialect, athenaDialect, bigqueryDialect] as const;

describe.each(dialects.map((dialect) => [dialect.id, dialect] as const))("SQL for %s", (id, dialect) => {
  const statements = QUESTIONS.flatMap((text) => {
    const sql = compiled(text, dialect);
    return [[text, sql] as const];
  });

  it("is as it was", async () => {
    const page = statements.map(([text, sql]) => `-- ${text}\n${sql};\n`).join("\n");
    await expect(page).toMatchFileSnapshot(`goldens/catalogue-${id}.sql`);
  });

  it.skipIf(!hasParser)(
    `is read by a parser of that dialect, and every name in it is known${whyNoParser}`,
    () => {
      const problems = parse(
        id,
        statements.map(([, sql]) => sql),
      );
      expect(problems).toEqual([]);
    },
  );

  it.skipIf(!hasParser)(`is refused by that parser when it is broken${whyNoParser}`, () => {
    const [, sql = ""] = statements.find(([text]) => text === "effective by ServiceName") ?? [];
    const charges = dialect.quoteIdent("charges");
    const problems = parse(id, [
      sql.replace("GROUP BY", "GROUP OF"),
      sql.replaceAll(dialect.quoteIdent("EffectiveCost"), dialect.quoteIdent("EffectiveCosts")),
      `DELETE FROM ${charges}`,
    ]);
    expect(problems).toEqual([
      expect.stringMatching(/Line \d+[\s\S]*GROUP/),
      expect.stringMatching(/Column 'EffectiveCosts' could not be resolved/i),
      expect.stringContaining("no query"),
    ]);
  });
});

/** Reads statements as the dialect does and looks each name up in the tables: what is wrong with them. */
function parse(dialect: string, statements: readonly string[]): readonly string[] {
  const program = `
import json, sys, sqlglot
from sqlglot.optimizer.qualify import qualify
dialect, schema, statements = json.load(sys.stdin)
problems = []
for sql in statements:
    try:
        parsed = sqlglot.parse(sql, read=dialect, error_level=sqlglot.ErrorLevel.RAISE)
        if len(parsed) != 1 or parsed[0].key not in ("select", "union"):
            problems.append("no query: " + sql[:200])
        else:
            qualify(parsed[0], schema=schema, dialect=dialect)
    except Exception as error:
        problems.append(str(error)[:300])
print(json.dumps(problems))
`;
  const input = JSON.stringify([dialect, SCHEMA, statements]);
  return JSON.parse(
    execFileSync("python3", ["-c", program], { input, encoding: "utf8", env: pythonEnv }),
  ) as string[];
}

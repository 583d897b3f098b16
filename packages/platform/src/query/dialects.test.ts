import { execFileSync } from "node:child_process";
import type { Instant } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import type { LoadEntry } from "../lake/manifest.ts";
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

  it.skipIf(!hasParser())(
    `is read by a parser of that dialect${hasParser() ? "" : " (skipped: no Python with sqlglot)"}`,
    () => {
      const problems = parse(
        id,
        statements.map(([, sql]) => sql),
      );
      expect(problems).toEqual([]);
    },
  );
});

/** `pip install sqlglot` brings it. */
function hasParser(): boolean {
  try {
    execFileSync("python3", ["-c", "import sqlglot"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function parse(dialect: string, statements: readonly string[]): readonly string[] {
  const program = `
import json, sys, sqlglot
dialect, statements = json.load(sys.stdin)
problems = []
for sql in statements:
    try:
        parsed = sqlglot.parse(sql, read=dialect, error_level=sqlglot.ErrorLevel.RAISE)
        if len(parsed) != 1 or parsed[0].key not in ("select", "union"):
            problems.append("no query: " + sql[:200])
    except Exception as error:
        problems.append(str(error)[:300])
print(json.dumps(problems))
`;
  const input = JSON.stringify([dialect, statements]);
  return JSON.parse(execFileSync("python3", ["-c", program], { input, encoding: "utf8" })) as string[];
}

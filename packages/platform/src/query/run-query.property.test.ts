import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  add,
  compare,
  currencyCode,
  type Decimal,
  decimal,
  divide,
  formatDecimal,
  instant,
  isZero,
  subtract,
  ZERO,
} from "@trimtab/domain";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Lake } from "../lake/lake.ts";
import { duckdbDialect } from "../sql/duckdb-dialect.ts";
import { anyFilter, anyLoads, anyRequest } from "../testing/any-question.ts";
import { type TestCharge, writeChargeLake } from "../testing/charge-lake.ts";
import { openDuckdbEngine } from "./engines/duckdb.ts";
import type { QueryEngine } from "./engines/engine.ts";
import { runQuery } from "./run-query.ts";
import type { Filter, QueryContext, QueryRequest, QueryResult } from "./types.ts";

/** A second, naive answer to every question: rows in memory, one after another, no SQL. */

interface Row {
  readonly charge: TestCharge;
  readonly source: string;
}

const rows: readonly Row[] = anyLoads.flatMap(({ source, charges }) =>
  charges.map((charge) => ({ charge, source })),
);

const root = mkdtempSync(join(tmpdir(), "trimtab-property-"));
let lake: Lake;
beforeAll(async () => {
  lake = await writeChargeLake(root, anyLoads);
});
afterAll(() => {
  lake.close();
  rmSync(root, { recursive: true, force: true });
});

const valueOfDimension = ({ charge, source }: Row, name: string): string | null => {
  if (name === "source") return source;
  const [, prefix, key = ""] = /^(tag|x):(.+)$/.exec(name) ?? [];
  const map = charge[prefix === "tag" ? "Tags" : "x_extra"];
  if (prefix !== undefined) return (typeof map === "object" ? map?.[key] : undefined) ?? null;
  const value = charge[name];
  return typeof value === "string" ? value : null;
};

const holds = (filter: Filter, row: Row): boolean => {
  if ("and" in filter) return filter.and.every((term) => holds(term, row));
  if ("or" in filter) return filter.or.some((term) => holds(term, row));
  if ("not" in filter) return !holds(filter.not, row);
  const value = valueOfDimension(row, filter.dimension);
  switch (filter.op) {
    case "is null":
    case "absent":
      return value === null;
    case "is not null":
    case "present":
      return value !== null;
    case "in":
      return value !== null && filter.values.includes(value);
    case "not in":
      return value === null || !filter.values.includes(value);
    case "=":
      if (filter.dimension === "ListCost")
        return value !== null && compare(decimal(value), decimal(filter.value)) === 0;
      return value === filter.value;
    case "!=":
      return value !== filter.value;
    case ">":
      return value !== null && compare(decimal(value), decimal(filter.value)) > 0;
    case "contains":
      return value?.includes(filter.value) ?? false;
    case "starts with":
      return value?.startsWith(filter.value) ?? false;
    case "matches":
      return value !== null && new RegExp(filter.value).test(value);
    default:
      throw new Error(`${filter.op} is not generated`);
  }
};

/** The embedded engine, made to read each WITH query once, as statements for clusters do. */
const onePassEngine = (): QueryEngine => {
  const { materialized: _, ...dialect } = duckdbDialect;
  const embedded = openDuckdbEngine(lake);
  // DuckDB 1.5 can't plan some of these unless it keeps what WITH names (an assertion of its own fails).
  const run: QueryEngine["run"] = ({ text: sql, params }, options) =>
    embedded.run({ text: sql.replaceAll(/\b([gvp]) AS \(/g, "$1 AS MATERIALIZED ("), params }, options);
  return { ...embedded, dialect, run };
};

const ask = (
  question: QueryRequest,
  context: Partial<QueryContext> = {},
  engine: QueryEngine = openDuckdbEngine(lake),
): Promise<QueryResult> =>
  runQuery(engine, question, {
    scope: "unrestricted",
    currency: currencyCode("USD"),
    timeZone: "UTC",
    now: instant("2026-07-01T00:00:00Z"),
    signal: new AbortController().signal,
    ...context,
  });

const bucketStart = (time: string, grain: string, fiscalStart: number): string => {
  const date = new Date(`${time.slice(0, 10)}T00:00:00Z`);
  const year = date.getUTCFullYear();
  switch (grain) {
    case "hour":
      return `${time.slice(0, 13).replace(" ", "T")}:00:00Z`;
    case "day":
      return time.slice(0, 10);
    case "week": {
      while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() - 1);
      return date.toISOString().slice(0, 10);
    }
    case "month":
      return time.slice(0, 7);
    case "quarter":
      return `${year}-Q${Math.floor(date.getUTCMonth() / 3) + 1}`;
    case "year":
      return String(year);
    default:
      return `FY${fiscalStart > 1 && date.getUTCMonth() + 1 >= fiscalStart ? year + 1 : year}`;
  }
};

const sum = (list: readonly (string | null)[]): Decimal | null => {
  const known = list.filter((value) => value !== null);
  return known.length === 0 ? null : known.map(decimal).reduce(add);
};

const naiveCell = (name: string, group: readonly TestCharge[]): (string | null)[] => {
  const column = (key: string) => group.map((charge) => charge[key] as string | null);
  const money = (value: Decimal | null) =>
    value === null ? (group.length === 0 ? "0" : null) : formatDecimal(value);
  const usage = group.filter(
    ({ ChargeCategory }) => !["Purchase", "Tax", "Credit", "Adjustment"].includes(ChargeCategory as string),
  );
  const listed = usage.filter(({ ListCost, EffectiveCost }) => ListCost !== null && EffectiveCost !== null);
  const list = sum(listed.map(({ ListCost }) => ListCost as string));
  const saved =
    list === null
      ? null
      : subtract(list, sum(listed.map(({ EffectiveCost }) => EffectiveCost as string)) ?? ZERO);
  switch (name) {
    case "effective":
      return [money(sum(column("EffectiveCost")))];
    case "billed":
      return [money(sum(column("BilledCost")))];
    case "list":
      return [money(sum(column("ListCost")))];
    case "savings":
      return [saved === null && usage.length === 0 ? "0" : money(saved)];
    case "savings-rate":
      return [saved === null || list === null || isZero(list) ? null : formatDecimal(divide(saved, list, 6))];
    case "unlisted":
      return [
        formatDecimal(
          sum(usage.filter((c) => c.ListCost === null).map((c) => c.EffectiveCost as string | null)) ?? ZERO,
        ),
      ];
    case "rows":
      return [String(group.length)];
    default: {
      const units = new Set(
        group.filter((c) => c.ConsumedQuantity !== null).map((c) => c.ConsumedUnit as string),
      );
      if (units.size > 1) return [null, null];
      const value = money(sum(column("ConsumedQuantity")));
      return [value, value === null ? null : ([...units][0] ?? "")];
    }
  }
};

const rankPart: Readonly<Record<string, (group: readonly TestCharge[]) => Decimal | null>> = {
  "savings-rate": (group) => tryDecimal(naiveCell("savings", group)[0] ?? null),
  consumed: (group) => sum(group.map(({ ConsumedQuantity }) => ConsumedQuantity as string | null)),
};
const tryDecimal = (value: string | null) => (value === null ? null : decimal(value));
const bytes = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : Buffer.compare(Buffer.from(a), Buffer.from(b));

/** The rows of the answer, sorted as text: the order is a property of its own. */
const naive = (question: QueryRequest & { measures: string[]; by: string[] }, scope?: Filter) => {
  const { measures, by, grain, where, period, top, fiscalYearStart = 1 } = question;
  const moment = (value: string | undefined) =>
    value === undefined
      ? undefined
      : value.length === 7
        ? `${value}-01`
        : value.replace("T", " ").replace("Z", "");
  const [start, end] = [moment(period?.start), moment(period?.end)];
  const kept = rows.filter((row) => {
    const at = row.charge.ChargePeriodStart as string;
    return (
      (start === undefined || at >= start) &&
      (end === undefined || at < end) &&
      (scope === undefined || holds(scope, row)) &&
      (where === undefined || holds(where as Filter, row))
    );
  });
  const dims = (row: Row) => by.map((name) => valueOfDimension(row, name));
  const [first = ""] = measures;
  const ranked = [...Map.groupBy(kept, (row) => JSON.stringify(dims(row)))]
    .map(([key, own]) => {
      const group = own.map(({ charge }) => charge);
      const rank =
        rankPart[first] ?? ((g: readonly TestCharge[]) => tryDecimal(naiveCell(first, g)[0] ?? null));
      return { key, keys: JSON.parse(key) as (string | null)[], value: rank(group) };
    })
    .sort((a, b) => {
      if (a.value === null || b.value === null) {
        if (a.value !== b.value) return a.value === null ? 1 : -1;
      } else if (compare(a.value, b.value) !== 0) return compare(b.value, a.value);
      return a.keys.map((key, i) => bytes(key, b.keys[i] ?? null)).find((order) => order !== 0) ?? 0;
    });
  const shown = new Set(ranked.slice(0, top ?? ranked.length).map(({ key }) => key));
  const time = (row: Row) =>
    grain === undefined ? [] : [bucketStart(row.charge.ChargePeriodStart as string, grain, fiscalYearStart)];
  const lineKey = (row: Row) =>
    JSON.stringify([
      ...time(row),
      ...(shown.has(JSON.stringify(dims(row))) ? dims(row) : by.map(() => "(other)")),
    ]);
  const lines = [...Map.groupBy(kept, lineKey)].map(([key, own]) => [
    ...(JSON.parse(key) as (string | null)[]),
    ...measures.flatMap((name) =>
      naiveCell(
        name,
        own.map(({ charge }) => charge),
      ),
    ),
  ]);
  const total = measures.flatMap((name) =>
    naiveCell(
      name,
      kept.map(({ charge }) => charge),
    ),
  );
  return { lines: by.length === 0 && grain === undefined ? [] : lines, total };
};

const sorted = (lines: readonly (readonly (string | null)[])[]) =>
  lines.map((line) => JSON.stringify(line)).toSorted();
describe("runQuery, for any question", () => {
  it("answers as a naive computation over the rows does, digit for digit", async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, async (question) => {
        const result = await ask(question);
        const expected = naive(question);
        const keys = question.by.length + (question.grain === undefined ? 0 : 1);
        expect(sorted(result.rows)).toEqual(sorted(expected.lines));
        expect(result.total.slice(keys)).toEqual(expected.total);
      }),
      { numRuns: 120 },
    );
  });

  it("answers the same, in the same order, where rows and totals are made in one pass", async () => {
    const asked = fc.record({
      question: anyRequest,
      limit: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
      isCompared: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(asked, async ({ question, limit, isCompared }) => {
        const whole = {
          ...question,
          limit,
          ...(isCompared && question.grain !== "hour"
            ? { period: { start: "2026-02", end: "2026-03" }, compare: "previous" as const }
            : {}),
        };
        expect(await ask(whole, {}, onePassEngine())).toEqual(await ask(whole));
      }),
      { numRuns: 120 },
    );
  });

  it("never sees beyond the scope: in rows, rest, totals and comparison", async () => {
    await fc.assert(
      fc.asyncProperty(anyRequest, anyFilter, async (question, scope) => {
        const result = await ask(question, { scope });
        if (!rows.some((row) => holds(scope, row))) {
          // Nothing is told of a lake of which nothing may be seen, not even that it holds nothing.
          expect(result).toMatchObject({ rows: [], periods: [], completeTo: null, answeredBy: "nothing" });
          return;
        }
        const expected = naive(question, scope);
        const keys = question.by.length + (question.grain === undefined ? 0 : 1);
        expect(sorted(result.rows)).toEqual(sorted(expected.lines));
        expect(result.total.slice(keys)).toEqual(expected.total);
        const period = { start: "2026-02", end: "2026-03" };
        const compared = await ask({ ...question, period, grain: undefined, compare: "month" }, { scope });
        const before = naive({ ...question, period: { start: "2026-01", end: "2026-02" } }, scope);
        const first = compared.columns.findIndex(({ aspect }) => aspect === "previous");
        expect(compared.total[first]).toBe(before.total[0]);
      }),
      { numRuns: 50 },
    );
  });

  it("splits all rows in two by a filter and its negation", async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, async (where) => {
        const [yes, no, all] = await Promise.all([
          ask({ measures: ["rows", "billed"], where }),
          ask({ measures: ["rows", "billed"], where: { not: where } }),
          ask({ measures: ["rows", "billed"] }),
        ]);
        for (const [index, total] of all.total.entries()) {
          expect(formatDecimal(add(decimal(yes?.total[index] ?? ""), decimal(no?.total[index] ?? "")))).toBe(
            total,
          );
        }
      }),
      { numRuns: 25 },
    );
  });

  it("orders rows by the first measure, ties by key, and cuts in the same place in SQL and here", async () => {
    const cut = fc.record({ question: anyRequest, limit: fc.integer({ min: 1, max: 6 }) });
    await fc.assert(
      fc.asyncProperty(cut, async ({ question, limit }) => {
        const { top: _top, ...whole } = question;
        const [all, some] = [await ask(whole), await ask({ ...whole, limit })];
        expect(some.rows).toEqual(all.rows.slice(0, limit));
        expect(some.total).toEqual(all.total);
        expect(some.rowCount).toBe(all.rows.length);
      }),
      { numRuns: 40 },
    );
  });
});

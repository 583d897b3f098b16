import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { currencyCode, day, instant, period } from "@trimtab/domain";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { analyze } from "../../packages/platform/src/insight/analyze/analyze.ts";
import { explain } from "../../packages/platform/src/insight/explain/explain.ts";
import type { Lake } from "../../packages/platform/src/lake/lake.ts";
import { openDuckdbEngine } from "../../packages/platform/src/query/engines/duckdb.ts";
import type { QueryEngine } from "../../packages/platform/src/query/engines/engine.ts";
import { listCharges } from "../../packages/platform/src/query/list-charges.ts";
import { parseRates } from "../../packages/platform/src/query/rates.ts";
import { runQuery } from "../../packages/platform/src/query/run-query.ts";
import type { Filter, QueryContext, QueryRequest } from "../../packages/platform/src/query/types.ts";
import { visibleTagKeys } from "../../packages/platform/src/query/visible-snapshot.ts";
import { anyFilter, anyLoads, anyRequest } from "../../packages/platform/src/testing/any-question.ts";
import {
  type TestCharge,
  type TestLoad,
  writeChargeLake,
} from "../../packages/platform/src/testing/charge-lake.ts";

/**
 * Nothing of what a scope hides has an influence: whoever asks within the scope is told the same by a lake that never had
 * the hidden charges. `SubAccountId` marks what is hidden, in loads of its own and among visible charges.
 */
const HIDDEN_MARK = "hidden-account";
const scope: Filter = { dimension: "SubAccountId", op: "!=", value: HIDDEN_MARK };

const hide = (charge: TestCharge): TestCharge => ({ ...charge, SubAccountId: HIDDEN_MARK });
const isHidden = (charge: TestCharge): boolean => charge.SubAccountId === HIDDEN_MARK;

const odd: TestCharge = hide({
  BillingCurrency: "EUR",
  BillingPeriodStart: "2026-02-01 00:00:00",
  ChargePeriodStart: "2026-02-03 00:00:00",
  ChargePeriodEnd: "2026-02-03 00:00:00",
  ChargeCategory: "Usage",
  ServiceName: "Secret service",
  RegionId: "secret-region",
  BilledCost: "99999.5",
  EffectiveCost: "99999.5",
  ListCost: null,
  Tags: { "secret-key": "secret-value" },
  x_extra: {},
});

/** When an export begins and ends is a fact of the export, which whoever sees some of it may know. */
const isOutermost = (charge: TestCharge, charges: readonly TestCharge[]): boolean => {
  const starts = charges.map(({ ChargePeriodStart }) => String(ChargePeriodStart)).toSorted();
  return [starts[0], starts.at(-1)].includes(String(charge.ChargePeriodStart));
};

/** Every third charge is hidden, one currency and one tag are in hidden charges only, and so are whole loads and months. */
const mixed: readonly TestLoad[] = anyLoads.map((load, index) => ({
  ...load,
  rollups: (load.rollups ?? []).map((rollup) => ({
    ...rollup,
    dimensions: [...rollup.dimensions, "SubAccountId"],
  })),
  charges: [
    ...load.charges.map((charge, at) =>
      at % 3 === 0 && !isOutermost(charge, load.charges) ? hide(charge) : charge,
    ),
    ...(index === 2 ? [odd] : []),
  ],
}));
const secretLoads: readonly TestLoad[] = ["2025-12-01", "2026-03-01", "2026-04-01"].map((billingPeriod) => ({
  id: `secret-${billingPeriod}`,
  source: "gcp-billing",
  instance: "gcp-billing/secret/export",
  billingPeriod,
  loadedAt: `${billingPeriod.slice(0, 8)}05T00:00:00Z`,
  tagColumns: { "secret-key": "tag_secret" },
  charges: [
    {
      ...odd,
      BillingPeriodStart: `${billingPeriod} 00:00:00`,
      ChargePeriodStart: `${billingPeriod} 00:00:00`,
      ChargePeriodEnd: `${billingPeriod} 00:00:00`,
    },
  ],
}));
const without: readonly TestLoad[] = mixed.map((load) => ({
  ...load,
  charges: load.charges.filter((charge) => !isHidden(charge)),
}));

const root = mkdtempSync(join(tmpdir(), "trimtab-leaks-"));
let lakes: readonly [Lake, Lake];
let engines: readonly [QueryEngine, QueryEngine];
beforeAll(async () => {
  lakes = [
    await writeChargeLake(join(root, "all"), [...mixed, ...secretLoads]),
    await writeChargeLake(join(root, "visible"), without),
  ];
  engines = [openDuckdbEngine(lakes[0]), openDuckdbEngine(lakes[1])];
});
afterAll(() => {
  for (const lake of lakes) lake.close();
  rmSync(root, { recursive: true, force: true });
});

const contextOf = (context: Partial<QueryContext> = {}): QueryContext => ({
  scope,
  currency: "each",
  timeZone: "UTC",
  now: instant("2026-07-01T00:00:00Z"),
  signal: new AbortController().signal,
  ...context,
});

/** What both lakes say to it, an error's text included. */
const both = (ask: (engine: QueryEngine) => Promise<unknown>): Promise<readonly unknown[]> =>
  Promise.all(
    engines.map((engine) =>
      ask(engine).catch(
        (error: { readonly code?: string; readonly message: string; readonly hint?: string }) => ({
          code: error.code,
          message: error.message,
          hint: error.hint,
        }),
      ),
    ),
  );

const rates = parseRates("date,from,to,rate\n2026-01-01,USD,CHF,0.9\n", "rates.csv");
const contexts: readonly Partial<QueryContext>[] = [
  {},
  { currency: currencyCode("USD") },
  // There is no rate for EUR: that there are charges in EUR must not show by an error either.
  { currency: currencyCode("CHF"), rates },
];

describe("a scope", () => {
  it("hides what is hidden from every question: rows, rest, totals, comparison, currencies, periods, errors", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRequest,
        fc.constantFrom(...contexts),
        fc.boolean(),
        async (question, context, compares) => {
          const period = { start: "2026-02", end: "2026-03" };
          const asked: QueryRequest = compares
            ? { ...question, period, grain: undefined, compare: "month" }
            : question;
          const [all, visible] = await both((engine) => runQuery(engine, asked, contextOf(context)));
          expect(all).toEqual(visible);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("holds whatever the filter says", async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, async (where) => {
        for (const filter of [
          where,
          { not: where },
          { or: [where, { dimension: "SubAccountId", op: "=", value: HIDDEN_MARK }] } satisfies Filter,
        ]) {
          const question: QueryRequest = {
            measures: ["effective", "rows"],
            by: ["SubAccountId"],
            where: filter,
          };
          const [all, visible] = await both((engine) => runQuery(engine, question, contextOf()));
          expect(all).toEqual(visible);
          expect(JSON.stringify(all)).not.toContain(HIDDEN_MARK);
        }
      }),
      { numRuns: 12 },
    );
  });

  it("takes any text in a filter for a text", async () => {
    const hostile = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom(
        "' OR 1=1 --",
        "'; DROP TABLE x; --",
        "\\' OR ''='",
        "$1",
        "?",
        "%",
        "_",
        "\u0000",
        "NULL",
        '"',
        "x') OR TRUE OR ('a'='",
      ),
    );
    await fc.assert(
      fc.asyncProperty(
        hostile,
        fc.constantFrom("=", "!=", "contains", "starts with", "<", ">="),
        async (value, op) => {
          const filters: readonly Filter[] = [
            { dimension: "ServiceName", op, value } as Filter,
            { dimension: "ServiceName", op: "in", values: [value, "S1"] },
            ...(value === "" ? [] : [{ dimension: `tag:${value}`, op: "present" } as Filter]),
          ];
          for (const where of filters) {
            const question: QueryRequest = { measures: ["effective", "rows"], by: ["ServiceName"], where };
            const [all, visible] = await both((engine) => runQuery(engine, question, contextOf()));
            expect(all).toEqual(visible);
            expect(JSON.stringify(all)).not.toContain("Secret service");
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it("hides it from analyses and explanations", async () => {
    const request = { top: 5, period: period(day("2026-01-01"), day("2026-04-01")) };
    const [all, visible] = await both((engine) => analyze(engine, request, contextOf()));
    expect(all).toEqual(visible);
    const [open, openVisible] = await both((engine) => analyze(engine, { top: 5 }, contextOf()));
    expect(open).toEqual(openVisible);
    expect(JSON.stringify([all, open])).not.toMatch(/secret|EUR/i);
    const change = {
      measure: "effective",
      from: period(day("2026-01-01"), day("2026-02-01")),
      to: period(day("2026-02-01"), day("2026-03-01")),
      by: ["ServiceName"],
    } as const;
    const [why, whyVisible] = await both((engine) =>
      explain(engine, { ...change, top: 10 } as never, contextOf()),
    );
    expect(why).toEqual(whyVisible);
    expect(JSON.stringify(why)).not.toMatch(/secret|EUR/i);
  });

  it("hides it from the charges behind a number", async () => {
    await fc.assert(
      fc.asyncProperty(
        anyFilter,
        fc.integer({ min: 0, max: 30 }),
        fc.boolean(),
        async (where, offset, costsFirst) => {
          const request = { where, offset, limit: 20 };
          const many = costsFirst ? 0 : undefined;
          const [all, visible] = await both((engine) => listCharges(engine, request, contextOf(), many));
          expect(all).toEqual(visible);
          expect(JSON.stringify(all)).not.toMatch(/secret/i);
        },
      ),
      { numRuns: 15 },
    );
  });

  it("costs a look at the exports once for each version and scope, whoever's turn it is", async () => {
    const snapshot = await engines[0].snapshot();
    const statements: string[] = [];
    const turn = (): QueryEngine => ({
      ...engines[0],
      snapshot: async () => snapshot,
      run: (statement, options) => {
        statements.push(statement.text);
        return engines[0].run(statement, options);
      },
    });
    for (let n = 0; n < 3; n++) await runQuery(turn(), { by: ["ServiceName"] }, contextOf());
    expect(statements.filter((text) => text.includes("AS probe"))).toHaveLength(1);
  });

  it("hides tag keys that only hidden charges carry", async () => {
    const unrestricted = await visibleTagKeys(engines[0], contextOf({ scope: "unrestricted" }));
    expect(unrestricted).toContain("secret-key");
    expect(await visibleTagKeys(engines[0], contextOf())).toEqual(
      await visibleTagKeys(engines[1], contextOf()),
    );
  });

  it("that shows nothing looks like a lake that holds nothing", async () => {
    const nothing: Filter = {
      and: [
        { dimension: "SubAccountId", op: "is null" },
        { dimension: "SubAccountId", op: "is not null" },
      ],
    };
    const result = await runQuery(engines[0], { by: ["ServiceName"] }, contextOf({ scope: nothing }));
    expect(result).toMatchObject({
      rows: [],
      completeTo: null,
      periods: [],
      currency: [],
      answeredBy: "nothing",
    });
    expect(await analyze(engines[0], { top: 5 }, contextOf({ scope: nothing }))).toEqual([]);
  });
});

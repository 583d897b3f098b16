import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { add, currencyCode, decimal, formatDecimal, instant, ZERO } from "@trimtab/domain";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Lake } from "../../lake/lake.ts";
import { openMetricStore } from "../../lake/metrics.ts";
import { type TestCharge, writeChargeLake } from "../../testing/charge-lake.ts";
import { openDuckdbEngine } from "../engines/duckdb.ts";
import { openMetrics } from "../metrics/open-metrics.ts";
import { BASE_MODEL } from "../model/model.ts";
import { parseQueryText } from "../parse-query.ts";
import { runQuery } from "../run-query.ts";
import type { QueryContext } from "../types.ts";
import { parseRules } from "./rules.ts";

const charge = (day: string, service: string, cost: string, team?: string): TestCharge => ({
  BillingCurrency: "USD",
  BillingPeriodStart: `${day.slice(0, 7)}-01 00:00:00`,
  ChargePeriodStart: `${day} 00:00:00`,
  ChargePeriodEnd: `${day} 12:00:00`,
  ServiceName: service,
  RegionId: "eu",
  EffectiveCost: cost,
  BilledCost: cost,
  Tags: team === undefined ? {} : { team },
});

const charges = [
  charge("2026-01-05", "Compute", "30", "search"),
  charge("2026-01-06", "Compute", "10", "ads"),
  charge("2026-01-07", "Storage", "5"),
  charge("2026-01-31", "Support", "10"),
  charge("2026-02-05", "Compute", "1", "search"),
  charge("2026-02-06", "Compute", "2", "ads"),
  charge("2026-02-06", "Network", "0.000000000001"),
  charge("2026-02-28", "Support", "10"),
  charge("2026-02-28", "Credit", "-4", "ads"),
  charge("2026-03-31", "Support", "7"),
];

const root = mkdtempSync(join(tmpdir(), "trimtab-allocation-"));
let lake: Lake;
beforeAll(async () => {
  const byMonth = Map.groupBy(charges, ({ BillingPeriodStart }) => String(BillingPeriodStart).slice(0, 10));
  lake = await writeChargeLake(
    root,
    [...byMonth].map(([billingPeriod, own]) => ({ id: billingPeriod, billingPeriod, charges: own })),
  );
  const store = openMetricStore(lake.storage, lake.database, () => new Date());
  await store.write("requests", [
    { time: "2026-01-10 00:00:00", value: "1", labels: { team: "search" } },
    { time: "2026-01-10 00:00:00", value: "3", labels: { team: "ads" } },
  ]);
});
afterAll(() => {
  lake.close();
  rmSync(root, { recursive: true, force: true });
});

const rules = (split: string) => `
version: 1
dimensions:
  team:
    otherwise: nobody
    rules:
      - where: ServiceName = 'Support'
        shared: support
        split: ${split}
      - from: tag:team
`;

const ask = async (text: string, split: string, context: Partial<QueryContext> = {}) => {
  const store = openMetricStore(lake.storage, lake.database, () => new Date());
  const { virtual } = parseRules(rules(split), "rules.yaml");
  const model = { ...BASE_MODEL, virtual, metrics: await openMetrics(store) };
  return runQuery(openDuckdbEngine(lake), parseQueryText(text, model), {
    scope: "unrestricted",
    currency: currencyCode("USD"),
    timeZone: "UTC",
    now: instant("2026-04-01T00:00:00Z"),
    signal: new AbortController().signal,
    model,
    ...context,
  });
};

describe("virtual dimensions", () => {
  it("splits a shared cost evenly among those that have costs in that month, and shows what nobody owns", async () => {
    const result = await ask("effective by team per month", "{ by: even }");
    expect(result.rows).toEqual([
      ["2026-01", "search", "35"],
      ["2026-01", "ads", "15"],
      ["2026-01", "nobody", "5"],
      ["2026-02", "search", "6"],
      ["2026-02", "ads", "3"],
      ["2026-02", "nobody", "0.000000000001"],
      ["2026-03", "nobody", "7"],
    ]);
    expect(result.notes).toEqual([
      "Shared cost support had nobody to bear it in part of the time; it stays nobody.",
      "nobody in team: effective 12.000000000001 USD (16.9 %).",
    ]);
  });

  it("splits by fixed shares, by cost and by a business metric", async () => {
    const january = "effective by team from 2026-01 to 2026-01";
    const shares = await ask(january, "{ by: share, shares: { search: 1, ads: 1, ops: 1 } }");
    expect(shares.rows).toEqual([
      ["search", "33.333333333334"],
      ["ads", "13.333333333333"],
      ["nobody", "5"],
      ["ops", "3.333333333333"],
    ]);
    expect((await ask(january, "{ by: metric, metric: effective }")).rows).toEqual([
      ["search", "37.5"],
      ["ads", "12.5"],
      ["nobody", "5"],
    ]);
    expect((await ask(january, "{ by: metric, metric: requests }")).rows).toEqual([
      ["search", "32.5"],
      ["ads", "17.5"],
      ["nobody", "5"],
    ]);
  });

  it("filters after the split, without changing who bears what", async () => {
    const text = "effective by ServiceName where team = 'search' and RegionId = 'eu' from 2026-01 to 2026-01";
    const result = await ask(text, "{ by: even }");
    expect(result.rows).toEqual([
      ["Compute", "30"],
      ["Support", "5"],
    ]);
    expect(result.total).toEqual([null, "35"]);
    await expect(ask("effective where team = 'a' or RegionId = 'b'", "{ by: even }")).rejects.toThrow(
      "shares costs out",
    );
  });

  it("never hides what nobody owns in the rest of a top", async () => {
    const result = await ask("effective by team top 1", "{ by: even }");
    expect(result.rows).toEqual([
      ["search", "41"],
      ["nobody", "12.000000000001"],
      ["(other)", "18"],
    ]);
  });

  it("compares periods after splitting each by its own weights", async () => {
    const result = await ask(
      "effective by team from 2026-02 to 2026-02 compare month",
      "{ by: metric, metric: effective }",
    );
    expect(result.rows.map((row) => row.slice(0, 3))).toEqual([
      ["search", "11", "37.5"],
      ["nobody", "0.000000000001", "5"],
      ["ads", "-2", "12.5"],
    ]);
  });

  it("conserves every sum to the last digit, whatever is split how and cut where", async () => {
    const split = fc.constantFrom(
      "{ by: even }",
      "{ by: even, among: [x, y, z] }",
      "{ by: share, shares: { a: 0.1, b: 33, c: 7 } }",
      "{ by: metric, metric: effective }",
      "{ by: metric, metric: billed, among: [search, ads] }",
      "{ by: metric, metric: requests }",
    );
    const text = fc.constantFrom(
      "effective, billed, rows by team",
      "effective, billed, rows by team, ServiceName per month",
      "effective, billed, rows by team per day top 1",
      "effective, billed, rows by ServiceName, team where RegionId = 'eu' top 2",
      "effective, billed, rows by team per fiscal year starting 2",
    );
    const scope = fc.constantFrom(undefined, {
      dimension: "ServiceName",
      op: "!=" as const,
      value: "Compute",
    });
    await fc.assert(
      fc.asyncProperty(split, text, scope, async (how, question, limited) => {
        const result = await ask(question, how, limited === undefined ? {} : { scope: limited });
        for (const [index, column] of result.columns.entries()) {
          if (column.role !== "measure") continue;
          const sum = result.rows.reduce((total, row) => add(total, decimal(row[index] ?? "0")), ZERO);
          expect(formatDecimal(sum)).toBe(result.total[index]);
        }
      }),
      { numRuns: 60 },
    );
  });
});

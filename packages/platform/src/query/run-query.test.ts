import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { currencyCode, instant } from "@trimtab/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Lake } from "../lake/lake.ts";
import { type TestCharge, writeChargeLake } from "../testing/charge-lake.ts";
import { openDuckdbEngine } from "./engines/duckdb.ts";
import { parseQueryText } from "./parse-query.ts";
import { parseRates } from "./rates.ts";
import { runQuery } from "./run-query.ts";
import type { QueryContext, QueryResult } from "./types.ts";

const charge = (
  day: string,
  service: string,
  effective: string | null,
  rest: TestCharge = {},
): TestCharge => ({
  BillingCurrency: "USD",
  BillingPeriodStart: `${day.slice(0, 7)}-01 00:00:00`,
  ChargePeriodStart: `${day} 00:00:00`,
  ChargePeriodEnd: `${day} 23:00:00`,
  ChargeCategory: "Usage",
  ServiceName: service,
  BilledCost: effective,
  EffectiveCost: effective,
  ...rest,
});

const root = mkdtempSync(join(tmpdir(), "trimtab-query-"));
let lake: Lake;

beforeAll(async () => {
  lake = await writeChargeLake(root, [
    {
      id: "jan",
      billingPeriod: "2026-01-01",
      tagColumns: { team: "x_tag_team" },
      rollups: [
        { dimensions: ["BillingCurrency", "BillingPeriodStart", "ServiceName", "ChargeCategory"] },
        {
          dimensions: ["BillingCurrency", "BillingPeriodStart", "ServiceName", "ChargeCategory"],
          tag: "team",
        },
      ],
      charges: [
        charge("2026-01-01", "Compute", "10.5", { ListCost: "12", Tags: { team: "search" } }),
        charge("2026-01-15", "Storage", "4.25", { ListCost: "4.25" }),
        charge("2026-01-31", "Compute", "0.000000000001", { Tags: { team: "ads", "a b": "x" } }),
        charge("2026-01-31", "Tax", "2", { ChargeCategory: "Tax" }),
      ],
    },
    {
      id: "feb",
      billingPeriod: "2026-02-01",
      source: "csv",
      instance: "csv/1/x",
      loadedAt: "2026-02-11T06:00:00Z",
      charges: [
        charge("2026-02-01", "Compute", "7", { ListCost: "8", Tags: { team: "search" } }),
        charge("2026-02-10", "Network", "-3", { ChargeCategory: "Credit" }),
        charge("2026-02-10", "Euro", "5", { BillingCurrency: "EUR" }),
      ],
    },
    {
      id: "twin",
      billingPeriod: "2026-02-01",
      instance: "focus/1/twin",
      counted: { because: "the same charges", load: "feb" },
      charges: [charge("2026-02-01", "Compute", "7")],
    },
  ]);
});
afterAll(() => {
  lake.close();
  rmSync(root, { recursive: true, force: true });
});

const ask = (text: string, context: Partial<QueryContext> = {}): Promise<QueryResult> =>
  runQuery(openDuckdbEngine(lake), parseQueryText(text, context.model), {
    scope: "unrestricted",
    currency: currencyCode("USD"),
    timeZone: "UTC",
    now: instant("2026-02-20T00:00:00Z"),
    signal: new AbortController().signal,
    ...context,
  });

describe("runQuery", () => {
  it("sums by a dimension, largest first, from rollups and charges together", async () => {
    const result = await ask("effective by ServiceName");
    expect(result.rows).toEqual([
      ["Compute", "17.500000000001"],
      ["Storage", "4.25"],
      ["Tax", "2"],
      ["Network", "-3"],
    ]);
    expect(result.total).toEqual([null, "20.750000000001"]);
    expect(result.notes.join()).toContain("Charges in EUR are not part of this answer: effective 5 EUR.");
  });

  it("answers January from the rollup alone, also by its tag", async () => {
    const january = await ask("effective, savings by tag:team from 2026-01 to 2026-01");
    expect(january.answeredBy).toBe("daily");
    expect(january.rows).toEqual([
      ["search", "10.5", "1.5"],
      [null, "6.25", "0"],
      ["ads", "0.000000000001", null],
    ]);
    const hourly = await ask("effective, savings by tag:team, ChargePeriodStart from 2026-01 to 2026-01");
    expect(hourly.answeredBy).toBe("charges");
    expect(hourly.total.slice(2)).toEqual(january.total.slice(1));
  });

  it("reports what has no list price instead of calling it zero", async () => {
    const { unknown } = await ask("savings by ServiceName from 2026-01 to 2026-01");
    expect(unknown).toEqual([
      {
        column: "savings",
        reason: "no list price is known",
        rows: 1,
        ofRows: 3,
        share: "0.333333",
        amount: "0.000000000001",
        cells: [0],
      },
    ]);
  });

  it("keeps the rest of a top exact and per bucket", async () => {
    const result = await ask("effective by ServiceName per month top 1");
    expect(result.rows).toEqual([
      ["2026-01", "Compute", "10.500000000001"],
      ["2026-01", "(other)", "6.25"],
      ["2026-02", "Compute", "7"],
      ["2026-02", "(other)", "-3"],
    ]);
    expect(result.other).toEqual([1, 3]);
  });

  it("compares equal complete days", async () => {
    const result = await ask(
      "effective by ServiceName from 2026-02 to 2026-02 compare month order by change asc",
    );
    expect(result.comparison).toEqual({
      kind: "month",
      current: { start: "2026-02-01", end: "2026-02-10", days: 9 },
      previous: { start: "2026-01-01", end: "2026-01-10", days: 9 },
      equalDays: true,
    });
    expect(result.rows).toEqual([["Compute", "7", "10.5", "-3.5", "-0.333333"]]);
    expect(result.completeTo).toBe("2026-02-10T00:00:00Z");
  });

  it("shows each currency, converts with rates, never adds them", async () => {
    const each = await ask("effective by ServiceName from 2026-02 to 2026-02 order by ServiceName asc", {
      currency: "each",
    });
    expect(each.columns.map(({ name }) => name)).toEqual([
      "ServiceName",
      "effective (EUR)",
      "effective (USD)",
    ]);
    expect(each.rows).toEqual([
      ["Compute", "0", "7"],
      ["Euro", "5", "0"],
      ["Network", "0", "-3"],
    ]);
    const rates = parseRates("date,from,to,rate\n2026-02-01,EUR,USD,1.1\n2026-02-05,EUR,USD,1.25\n", "r.csv");
    const converted = await ask("effective by ServiceName from 2026-02 to 2026-02", { rates });
    expect(converted.rows[1]).toEqual(["Euro", "6.25"]);
    expect(converted.total).toEqual([null, "10.25"]);
    expect(converted.rates).toEqual([{ date: "2026-02-05", from: "EUR", to: "USD", rate: "1.25" }]);
  });

  it("never looks outside the scope", async () => {
    const scope = { dimension: "tag:team", op: "=", value: "search" } as const;
    const result = await ask("effective by ServiceName top 1", { scope });
    expect(result.rows).toEqual([["Compute", "17.5"]]);
    expect(result.total).toEqual([null, "17.5"]);
    expect(result.notes).toContain("Only charges that you may see are counted.");
    expect(result.notes.join()).not.toContain("EUR");
  });

  it("is cancelled by its signal", async () => {
    const signal = AbortSignal.abort();
    await expect(ask("effective by ServiceName", { signal })).rejects.toThrow("cancelled");
  });

  it("says that nothing is known of a period without loads", async () => {
    const result = await ask("effective by ServiceName from 2024-01 to 2024-02");
    expect(result.total).toEqual([null, null]);
    expect(result.unknown[0]?.reason).toBe("no load covers this period");
  });

  it("keeps the two time axes apart", async () => {
    const byInvoice = await ask("effective per invoice month");
    expect(byInvoice.rows).toEqual([
      ["2026-01", "16.750000000001"],
      ["2026-02", "4"],
    ]);
    expect(byInvoice.basis).toBe("effective cost; with tax, credits, support; by invoice");
    expect(byInvoice.periods.map(({ billingPeriod, status }) => [billingPeriod, status])).toEqual([
      ["2026-01-01", "closed"],
      ["2026-02-01", "open"],
    ]);
    const previous = await ask("billed per invoice month from 2026-02 to 2026-02 compare previous");
    expect(previous.rows[0]?.slice(0, 3)).toEqual(["2026-02", "4", "16.750000000001"]);
  });

  it("shows month lengths and changes per day where they differ", async () => {
    const context = { now: instant("2026-07-01T00:00:00Z") };
    const whole = await ask("effective from 2026-01-01 to 2026-01-31 compare month", context);
    expect(whole.comparison).toMatchObject({
      current: { days: 31 },
      previous: { days: 31 },
      equalDays: true,
    });
    const invoices = await ask("effective invoiced from 2026-02 to 2026-02 compare month");
    expect(invoices.comparison).toMatchObject({
      current: { days: 28 },
      previous: { days: 31 },
      equalDays: false,
    });
    expect(invoices.columns.at(-1)).toMatchObject({ aspect: "change-rate-per-day", kind: "ratio" });
    expect(invoices.total).toEqual(["4", "16.750000000001", "-12.750000000001", "-0.761194", "-0.735608"]);
  });

  it("labels hours as the reader's clocks show them, and bounds them by the reader's days", async () => {
    const context = { timeZone: "America/New_York" };
    const result = await ask("effective per hour from 2026-01-14 to 2026-01-14", context);
    expect(result.rows).toEqual([["2026-01-14T19:00:00-05:00", "4.25"]]);
    await expect(ask("effective per hour", { timeZone: "Mars/Base" })).rejects.toThrow("no time zone");
  });

  it("says with and without what the figures are", async () => {
    const { basis } = await ask("savings where not ServiceName = 'x'");
    expect(basis).toBe(
      "list − effective cost of usage; with support; without tax, credits; by time of charge",
    );
  });

  it("reads an old version, and refuses one that never was", async () => {
    const old = await ask("effective by ServiceName", { lakeVersion: 1 });
    expect(old.lakeVersion).toBe(1);
    await expect(ask("effective", { lakeVersion: 99 })).rejects.toMatchObject({
      code: "LAKE_VERSION_UNKNOWN",
    });
  });

  it("tells a pattern that the engine can't read from a failure of its own", async () => {
    await expect(ask("effective where ServiceName matches '(('")).rejects.toMatchObject({
      code: "QUERY_PATTERN_INVALID",
    });
  });

  it("binds every value: hostile names and values change nothing", async () => {
    const hostile = "'; DROP TABLE x; --";
    const result = await runQuery(
      openDuckdbEngine(lake),
      {
        by: [`tag:${hostile}"]`, `x:${hostile}`],
        where: { not: { dimension: `tag:${hostile}`, op: "in", values: [hostile, "$1", "\\"] } },
      },
      {
        scope: "unrestricted",
        currency: currencyCode("USD"),
        timeZone: "UTC",
        now: instant("2026-02-20T00:00:00Z"),
        signal: new AbortController().signal,
      },
    );
    expect(result.rows).toEqual([[null, null, "20.750000000001"]]);
  });
});

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { currencyCode, instant } from "@trimtab/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Lake } from "../lake/lake.ts";
import { type TestCharge, writeChargeLake } from "../testing/charge-lake.ts";
import { openDuckdbEngine } from "./engines/duckdb.ts";
import { parseQueryText } from "./parse-query.ts";
import { runQuery } from "./run-query.ts";

type Costs = readonly [billed: string, effective: string, list: string | null];

const charge = (
  month: string,
  category: string | null,
  [BilledCost, EffectiveCost, ListCost]: Costs,
  rest: TestCharge = {},
): TestCharge => ({
  BillingCurrency: "USD",
  BillingPeriodStart: `${month}-01 00:00:00`,
  ChargePeriodStart: `${month}-03 00:00:00`,
  ChargePeriodEnd: `${month}-04 00:00:00`,
  ChargeCategory: category,
  BilledCost,
  EffectiveCost,
  ListCost,
  ...rest,
});

/** A reservation of 60 bought ahead: 50 of it cover usage that lists at 100, 10 are unused. */
const bill = (month: string): readonly TestCharge[] => [
  charge(month, "Purchase", ["60", "0", "60"]),
  charge(month, "Usage", ["0", "50", "100"], { CommitmentDiscountStatus: "Used" }),
  charge(month, "Usage", ["0", "10", "0"], { CommitmentDiscountStatus: "Unused" }),
  charge(month, "Usage", ["20", "20", "20"]),
  charge(month, "Usage", ["7", "7", null]),
  charge(month, "Tax", ["9", "9", "18"]),
  charge(month, "Credit", ["-5", "-5", "-5"]),
  charge(month, "Adjustment", ["3", "3", null]),
];

const root = mkdtempSync(join(tmpdir(), "trimtab-savings-"));
const core = ["BillingCurrency", "BillingPeriodStart"];
let lake: Lake;
beforeAll(async () => {
  const load = (id: string, month: string, dimensions: readonly (readonly string[])[]) => ({
    id,
    billingPeriod: `${month}-01`,
    charges: bill(month),
    rollups: dimensions.map((names) => ({ dimensions: names })),
  });
  lake = await writeChargeLake(root, [
    load("charges", "2026-01", []),
    load("rollup", "2026-02", [[...core, "ChargeCategory"]]),
    load("poor-rollup", "2026-03", [core]),
    {
      id: "untold",
      billingPeriod: "2026-04-01",
      charges: [charge("2026-04", null, ["6", "6", "8"])],
      rollups: [{ dimensions: [...core, "ChargeCategory"] }],
    },
  ]);
});
afterAll(() => {
  lake.close();
  rmSync(root, { recursive: true, force: true });
});

const ask = (text: string) =>
  runQuery(openDuckdbEngine(lake), parseQueryText(text), {
    scope: "unrestricted",
    currency: currencyCode("USD"),
    timeZone: "UTC",
    now: instant("2026-07-01T00:00:00Z"),
    signal: new AbortController().signal,
  });

describe("savings against list", () => {
  it.each([
    ["2026-01", "charges"],
    ["2026-02", "daily"],
    ["2026-03", "charges"],
  ])("are those of usage, %s answered by %s", async (month, answeredBy) => {
    const result = await ask(`savings, savings-rate, unlisted, list from ${month} to ${month}`);
    expect(result.answeredBy).toBe(answeredBy);
    // 100 + 0 + 20 listed − (50 + 10 + 20) paid; the list column as a whole also has purchase, tax and credit.
    expect(result.total).toEqual(["40", "0.333333", "7", "193"]);
    expect(result.unknown).toMatchObject([
      { column: "savings", rows: 1, ofRows: 4, amount: "7" },
      { column: "savings-rate", rows: 1, ofRows: 4, amount: "7" },
      { column: "list", rows: 2, ofRows: 8 },
    ]);
  });

  it("are exactly nothing for what is no usage", async () => {
    const result = await ask("savings by ChargeCategory from 2026-02 to 2026-02 order by ChargeCategory asc");
    expect(result.rows).toEqual([
      ["Adjustment", "0"],
      ["Credit", "0"],
      ["Purchase", "0"],
      ["Tax", "0"],
      ["Usage", "40"],
    ]);
    expect(result.basis).toBe(
      "list − effective cost of usage; with support; without tax, credits; by time of charge",
    );
  });

  it("take a charge without a category for usage", async () => {
    const { total, answeredBy } = await ask("savings, savings-rate from 2026-04 to 2026-04");
    expect([answeredBy, ...total]).toEqual(["daily", "2", "0.25"]);
  });
});

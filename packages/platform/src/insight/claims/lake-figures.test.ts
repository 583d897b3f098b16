import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { instant } from "@trimtab/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Lake } from "../../lake/lake.ts";
import { openDuckdbEngine } from "../../query/engines/duckdb.ts";
import { type TestCharge, writeChargeLake } from "../../testing/charge-lake.ts";
import { auditClaims } from "./audit-claims.ts";
import { lakeFigures } from "./lake-figures.ts";
import { parseClaims } from "./parse-claims.ts";
import type { LakeFigures } from "./rules/lake.ts";

const charge = (
  day: string,
  ServiceName: string,
  BilledCost: string,
  BillingCurrency = "USD",
): TestCharge => ({
  BillingCurrency,
  BillingPeriodStart: `${day.slice(0, 7)}-01 00:00:00`,
  ChargePeriodStart: `${day} 00:00:00`,
  ChargePeriodEnd: `${day} 23:00:00`,
  ChargeCategory: "Usage",
  ServiceName,
  BilledCost,
  EffectiveCost: BilledCost,
});

const root = mkdtempSync(join(tmpdir(), "trimtab-claims-"));
let lake: Lake;
let figures: LakeFigures;

beforeAll(async () => {
  const jan = [charge("2026-01-03", "Run", "20.25"), charge("2026-01-04", "SQL", "10")];
  const feb = [charge("2026-02-03", "Run", "20.5"), charge("2026-02-04", "Euro", "1", "EUR")];
  lake = await writeChargeLake(root, [
    { id: "jan", billingPeriod: "2026-01-01", charges: jan },
    { id: "feb", billingPeriod: "2026-02-01", charges: feb },
  ]);
  figures = lakeFigures(openDuckdbEngine(lake), {
    scope: "unrestricted",
    currency: "each",
    timeZone: "UTC",
    now: instant("2026-03-01T00:00:00Z"),
    signal: new AbortController().signal,
  });
});
afterAll(() => {
  lake.close();
  rmSync(root, { recursive: true, force: true });
});

describe("a claim against the lake", () => {
  it.each([
    ["a total", "$40.75", "billed where ServiceName = 'Run'", "exact"],
    ["a rounded total", "$41", "billed where ServiceName = 'Run'", "rounded"],
    ["an average of months", "$20.38/month", "billed where ServiceName = 'Run' per month", "rounded"],
    ["one month", "$10", "billed where ServiceName = 'SQL' from 2026-01 to 2026-01", "exact"],
    ["a range", "$10-50", "billed where BillingCurrency = 'USD'", "off"],
    ["several currencies", "$50", "billed", "unchecked"],
    ["charges that are not there", "$50", "billed where ServiceName = 'None'", "unchecked"],
  ])("is checked with %s", async (_, says, query, expected) => {
    const text = `claims:\n  x:\n    says: ${says}\n    lake: ${query}`;
    const { held, findings } = await auditClaims(parseClaims(text, "yaml", "sheet.yaml"), figures);
    const [finding] = findings;
    const result = finding === undefined ? held[0]?.how : finding.severity === "note" ? "unchecked" : "off";
    expect(result, finding?.explanation).toBe(expected);
  });

  it("names the place in a query that cannot be asked", async () => {
    const sheet = parseClaims(
      "claims:\n  x:\n    says: 5 USD\n    lake: billed wherever",
      "yaml",
      "sheet.yaml",
    );
    await expect(auditClaims(sheet, figures)).rejects.toMatchObject({ code: "QUERY_TEXT_INVALID" });
  });
});

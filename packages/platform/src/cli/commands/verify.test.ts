import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addDays, type Day, day } from "@trimtab/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verificationReportSchema } from "../../ledger/verify/verification-report.ts";
import { type TestCharge, writeChargeLake } from "../../testing/charge-lake.ts";
import { noise } from "../../testing/noise.ts";
import { runCli } from "../../testing/run-cli.ts";

const START = day("2026-01-01");
const CHANGE = day("2026-05-04");
const END = day("2026-06-01");

const daysFrom = (start: Day, end: Day): readonly Day[] => {
  const all: Day[] = [];
  for (let date = start; date < end; date = addDays(date, 1)) all.push(date);
  return all;
};

const charge = (date: Day, name: string, cost: string): TestCharge => ({
  BillingCurrency: "USD",
  BillingPeriodStart: `${date.slice(0, 7)}-01 00:00:00`,
  ChargePeriodStart: `${date} 00:00:00`,
  ChargePeriodEnd: `${addDays(date, 1)} 00:00:00`,
  ChargeCategory: "Usage",
  ServiceName: name,
  RegionId: "r1",
  SkuId: "<b>|hours|</b>",
  PricingUnit: "Hours",
  PricingQuantity: cost,
  BilledCost: cost,
  EffectiveCost: cost,
});

describe("trimtab verify", () => {
  const folder = mkdtempSync(join(tmpdir(), "trimtab-test-"));
  const lake = join(folder, "lake");
  const verify = (...options: readonly string[]) =>
    runCli(["verify", "--where", "ServiceName = 'A'", "--changed-at", CHANGE, "--lake", lake, ...options]);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  beforeAll(async () => {
    // How often chance looks like a saving is the business of placebo.test.ts; here it must not.
    const { normal } = noise(13);
    const cost = (base: number) => (base * (1 + 0.01 * normal())).toFixed(6);
    const charges = daysFrom(START, END).flatMap((date) => [
      charge(date, "A", cost(date >= CHANGE ? 80 : 100)),
      charge(date, "B", cost(50)),
    ]);
    mkdirSync(lake, { recursive: true });
    const months = [...Map.groupBy(charges, (row) => String(row.BillingPeriodStart).slice(0, 10))];
    const loads = months.map(([billingPeriod, own]) => ({ id: billingPeriod, billingPeriod, charges: own }));
    (await writeChargeLake(lake, loads)).close();
    const rows = daysFrom(START, END).map(
      (date) => `${date},p95_ms,${(200 * (1 + 0.01 * normal())).toFixed(3)}`,
    );
    writeFileSync(join(folder, "p95.csv"), ["time,metric,value", ...rows].join("\n"));
    await runCli(["metrics", "load", join(folder, "p95.csv"), "--lake", lake]);
  });

  it("prints the verdict with what it rests on", async () => {
    const { code, out } = await verify("--control", "auto", "--metric", "p95_ms:5%");
    expect(code).toBe(0);
    expect(out).toContain("Proven: the change of 2026-05-04");
    expect(out).toMatch(/in 7 days from 2026-05-04 +13\d\.\d\d/);
    expect(out).toMatch(/p95_ms +yes +\+5\.0 %/);
    expect(out).toContain("B in r1");
    expect(out).toMatch(/2026-05\n +Status +closed|2026-05 +closed/);
  });

  it("gives JSON that its schema reads, and Markdown that names of bills can't break", async () => {
    const json = await verify("--json");
    expect(verificationReportSchema.parse(JSON.parse(json.out)).verdict).toBe("proven");
    const { out } = await runCli([
      ...["verify", "--where", "SkuId = '<b>|hours|</b>'", "--changed-at", CHANGE, "--lake", lake],
      ...["--control", "ServiceName = '<i>|'", "--markdown"],
    ]);
    expect(out).toMatch(/^# Proven: the change of 2026-05-04/);
    expect(out).toContain("ServiceName = '\\<i\\>\\|'");
    expect(out).not.toContain("<i>");
  });

  it("ends with 1 where nothing is proven, and with a hint where the question is wrong", async () => {
    const unchanged = ["verify", "--where", "ServiceName = 'B'", "--changed-at", CHANGE, "--lake", lake];
    expect((await runCli(unchanged)).code).toBe(1);
    const failures = [
      [["--metric", "p95_ms"], "CLI_METRIC_INVALID"],
      [["--metric", "p95_ms:0%"], "CLI_METRIC_INVALID"],
      [["--metric", "p96_ms:5%"], "METRIC_UNKNOWN"],
      [["--ignore", "2026-05-04"], "VERIFY_IGNORED_AFTER_CHANGE"],
    ] as const;
    for (const [options, expected] of failures) {
      const { code, err } = await verify(...options);
      expect([code, err]).toEqual([2, expect.stringContaining(expected)]);
    }
    expect((await runCli(["verify", "--lake", lake])).err).toContain("--changed-at");
  });
});

import { add, addDays, type Day, day, decimal, formatDecimal, instant, subtract } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { openDuckdbEngine } from "../../query/engines/duckdb.ts";
import type { MetricPoint } from "../../query/model/model.ts";
import type { QueryContext } from "../../query/types.ts";
import { type TestCharge, writeChargeLake } from "../../testing/charge-lake.ts";
import { noise } from "../../testing/noise.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { reportJson, type VerificationReport, verificationReportSchema } from "./verification-report.ts";
import { type VerifyRequest, verifyChange } from "./verify-change.ts";

const START = day("2025-11-01");
const CHANGE = day("2026-05-04");
const END = day("2026-06-01");

const context: QueryContext = {
  scope: "unrestricted",
  currency: "each",
  timeZone: "UTC",
  now: instant("2026-06-20T00:00:00Z"),
  signal: new AbortController().signal,
};

interface Estate {
  /** Share of use that is left after the change. */
  readonly left: number;
  /** Unit price after the change. */
  readonly price?: string;
  readonly extra?: readonly TestCharge[];
  readonly loadedAt?: string;
  readonly seed?: number;
  readonly end?: Day;
}

const usage = (
  date: Day,
  resource: string,
  hours: string,
  price: string,
  rest: TestCharge = {},
): TestCharge => {
  const cost = formatDecimal(decimal(String((Number(hours) * Number(price)).toFixed(6))));
  return {
    BillingCurrency: "USD",
    BillingPeriodStart: `${date.slice(0, 7)}-01 00:00:00`,
    ChargePeriodStart: `${date} 00:00:00`,
    ChargePeriodEnd: `${addDays(date, 1)} 00:00:00`,
    ChargeCategory: "Usage",
    ServiceName: "Compute",
    RegionId: "r1",
    SkuId: "hours",
    ResourceId: resource,
    PricingUnit: "Hours",
    PricingQuantity: hours,
    BilledCost: cost,
    EffectiveCost: cost,
    ListCost: cost,
    ...rest,
  };
};

/** Two machines whose use wanders by 1 % a day and dips at weekends; the change is to the first. */
const estate = ({ left, price = "2", extra = [], seed = 1, end = END }: Estate): readonly TestCharge[] => {
  const { normal } = noise(seed);
  const charges: TestCharge[] = [...extra];
  for (let date = START; date < end; date = addDays(date, 1)) {
    const weekend = [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay()) ? 0.8 : 1;
    const changed = date >= CHANGE;
    const hours = (base: number, share: number) =>
      (base * weekend * share * (1 + 0.01 * normal())).toFixed(4);
    charges.push(usage(date, "vm-1", hours(500, changed ? left : 1), changed ? price : "2"));
    charges.push(usage(date, "vm-2", hours(300, 1), "2"));
  }
  return charges;
};

const verify = async (of: Estate, request: Partial<VerifyRequest> = {}): Promise<VerificationReport> => {
  const months = Map.groupBy(estate(of), (row) => String(row.BillingPeriodStart).slice(0, 10));
  const loads = [...months].map(([billingPeriod, charges]) => ({
    id: billingPeriod,
    billingPeriod,
    charges,
    ...(of.loadedAt === undefined ? {} : { loadedAt: of.loadedAt }),
  }));
  const lake = await writeChargeLake(tempFolder(), loads);
  try {
    return await verifyChange(
      openDuckdbEngine(lake),
      {
        where: { dimension: "ResourceId", op: "=", value: "vm-1" },
        changedAt: instant(`${CHANGE}T00:00:00Z`),
        until: END,
        basis: "billed",
        controls: [],
        metrics: [],
        ...request,
      },
      context,
    );
  } finally {
    lake.close();
  }
};

const total = (texts: readonly string[]) => formatDecimal(texts.map((text) => decimal(text)).reduce(add));

/** Every identity that a report promises, to the last digit. */
const expectExact = (report: VerificationReport) => {
  const { bill, saving, invoices } = report;
  if (bill === null || saving === null) throw new Error("nothing was told");
  expect(total(Object.values(bill.effects))).toBe(bill.change);
  expect(total([bill.before, bill.change])).toBe(bill.after);
  expect(formatDecimal(subtract(decimal(bill.counterfactual), decimal(bill.actual)))).toBe(saving.mid);
  expect(formatDecimal(subtract(decimal(bill.drift), decimal(saving.mid)))).toBe(bill.effects.usage);
  for (const line of invoices.lines) expect(total(Object.values(line.effects))).toBe(line.change);
  const saved = invoices.lines.flatMap((line) => (line.saved === null ? [] : [line.saved]));
  for (const end of ["low", "mid", "high"] as const)
    expect(total(saved.map((range) => range[end]))).toBe(saving[end]);
};

describe("verifyChange", () => {
  it("proves a saving, with an interval that holds it, and an exact account of the bill", async () => {
    const report = await verify({ left: 0.9 });
    expect(report.verdict).toBe("proven");
    expect(report.window).toEqual({ start: CHANGE, end: "2026-05-18", days: 14 });
    // 14 days, 10 at full and 4 at weekend use: 500 h × 2 USD × (10 + 4 × 0.8) × 10 %.
    const truth = 1320;
    expect(Number(report.saving?.low)).toBeLessThan(truth);
    expect(Number(report.saving?.high)).toBeGreaterThan(truth);
    expect(Math.abs(Number(report.saving?.mid) / truth - 1)).toBeLessThan(0.1);
    expect(report.statistics?.method).toContain("waves of the week");
    expectExact(report);
  });

  it("keeps a price cut, credits, tax and a commitment apart from the saving in use", async () => {
    const of = (date: string, category: string, cost: string): TestCharge =>
      usage(day(date), "vm-1", "1", cost, {
        ChargeCategory: category,
        PricingQuantity: null,
        SkuId: category,
      });
    const report = await verify({
      left: 0.9,
      price: "1.5",
      extra: [
        of("2026-05-10", "Credit", "-75"),
        of("2026-05-11", "Tax", "19"),
        of("2026-05-12", "Purchase", "300"),
      ],
    });
    expect(report.bill?.effects).toMatchObject({ credit: "-75", tax: "19", commitment: "300" });
    // What is still used costs a quarter less.
    expect(Number(report.bill?.effects.rate) / Number(report.bill?.actual)).toBeCloseTo(-0.25, 6);
    expect(Math.abs(Number(report.saving?.mid) / 1320 - 1)).toBeLessThan(0.1);
    expectExact(report);
  });

  it("says that nothing was saved where nothing was, and what it could have proven", async () => {
    const report = await verify({ left: 1 });
    expect(report.verdict).toBe("not-proven");
    expect(report.statistics?.p).toBeGreaterThan(0.05);
    expect(report.statistics?.detectable).toBeLessThan(0.05);
    expect(report.reasons.join()).toMatch(/only changes above \d\.\d % are found/);
    expectExact(report);
  });

  it("calls it harmful where use costs more, also while the bill is open", async () => {
    const report = await verify({ left: 1.2, loadedAt: "2026-05-20T00:00:00Z" });
    expect(report.verdict).toBe("harmful");
    expect(report.reasons).toEqual(["Use costs more than it would have without the change."]);
  });

  it("waits for the bill to close", async () => {
    const report = await verify({ left: 0.8, loadedAt: "2026-05-31T12:00:00Z" });
    expect(report.verdict).toBe("pending");
    expect(report.reasons[0]).toContain("2026-05 is not closed");
    expect(report.saving).not.toBeNull();
  });

  it("leans on an untouched part of the bill where both moved together", async () => {
    const where = { dimension: "ResourceId", op: "=", value: "vm-2" } as const;
    const named = await verify({ left: 0.9 }, { controls: [{ name: "vm-2", where }] });
    expect(named.verdict).toBe("proven");
    expect(named.controls).toEqual(["vm-2"]);
    const found = await verify({ left: 0.9 }, { controls: "auto" });
    expect(found.controls).toEqual(["Compute in r1"]);
    expectExact(found);
  });

  it("abstains with a reason where the time before is too short", async () => {
    const report = await verify({ left: 0.5 }, { changedAt: instant("2025-11-20T00:00:00Z") });
    expect(report.verdict).toBe("not-proven");
    expect(report.saving).toBeNull();
    expect(report.reasons.join()).toContain("No saving can be told");
    expect(report.invoices.lines.map(({ billingPeriod }) => billingPeriod)).toContain("2026-05-01");
  });

  it("holds latency to its margin, and calls a slower service harmful", async () => {
    const points = (factor: number): readonly MetricPoint[] => {
      const { normal } = noise(7);
      const all: MetricPoint[] = [];
      for (let date = START; date < END; date = addDays(date, 1)) {
        const value = 200 * (date >= CHANGE ? factor : 1) * (1 + 0.01 * normal());
        all.push({ time: `${date} 00:00:00`, value: value.toFixed(3), labels: {} });
      }
      return all;
    };
    const margin = { kind: "share", size: 0.05, worse: "higher" } as const;
    const of = (factor: number) => ({
      metrics: [{ id: "p95_ms", labels: {}, margin, points: points(factor) }],
    });
    const same = await verify({ left: 0.9 }, of(1));
    expect(same.verdict).toBe("proven");
    expect(same.metrics[0]).toMatchObject({ verdict: "held" });
    const slower = await verify({ left: 0.9 }, of(1.15));
    expect(slower.verdict).toBe("harmful");
    expect(slower.metrics[0]?.result?.low).toBeGreaterThan(0.05);
  });

  it("gives the same text for the same report, which its schema reads again", async () => {
    const report = await verify({ left: 0.9 });
    const text = reportJson(report);
    expect(verificationReportSchema.parse(JSON.parse(text))).toEqual(report);
    expect(reportJson(await verify({ left: 0.9 }))).toBe(text);
  });

  it("leaves a known incident out of the time before, and never a day after the change", async () => {
    const spike = ["2026-03-17", "2026-03-18"].map((date) => usage(day(date), "vm-1", "900", "2"));
    const hidden = await verify({ left: 0.9, extra: spike });
    const ignored = [{ start: day("2026-03-17"), end: day("2026-03-19") }];
    const known = await verify({ left: 0.9, extra: spike }, { ignored });
    expect(known.verdict).toBe("proven");
    expect(known.statistics?.detectable).toBeLessThan((hidden.statistics?.detectable ?? 0) / 2);
    expect(known.notes.join()).toContain("2026-03-17");
    const late = [{ start: day("2026-05-01"), end: day("2026-05-05") }];
    await expect(verify({ left: 1 }, { ignored: late })).rejects.toMatchObject({
      code: "VERIFY_IGNORED_AFTER_CHANGE",
    });
  });

  it("says before a change what it could prove, which is what it then holds to", async () => {
    const planned = await verify({ left: 1, end: CHANGE }, { until: CHANGE });
    expect(planned).toMatchObject({ verdict: "not-proven", window: null, statistics: null });
    expect(planned.provable.map(({ days }) => days)).toEqual([14, 7, 3, 1]);
    const later = await verify({ left: 0.9 });
    expect(later.provable).toEqual(planned.provable);
    expect(later.statistics?.detectable).toBe(planned.provable[0]?.change);
  });

  it("refuses a filter that nothing matches", async () => {
    const where = { dimension: "ResourceId", op: "=", value: "vm-9" } as const;
    await expect(verify({ left: 1 }, { where })).rejects.toMatchObject({ code: "VERIFY_NOTHING_BILLED" });
  });
});

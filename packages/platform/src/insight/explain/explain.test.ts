import {
  add,
  day,
  decimal,
  formatDecimal,
  instant,
  period,
  subtract,
  sumDecimals,
  ZERO,
} from "@trimtab/domain";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { openDuckdbEngine } from "../../query/engines/duckdb.ts";
import type { QueryContext } from "../../query/types.ts";
import { type TestCharge, writeChargeLake } from "../../testing/charge-lake.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { averagePrices, type Cell, type CellKind, decompose, type Presence } from "./decompose.ts";
import { type ExplainRequest, explain } from "./explain.ts";

const context: QueryContext = {
  scope: "unrestricted",
  currency: "each",
  timeZone: "UTC",
  now: instant("2026-04-01T00:00:00Z"),
  signal: new AbortController().signal,
};

const between = (start: string, end: string) => period(day(start), day(end));

const charge = (date: string, cost: string, rest: TestCharge = {}): TestCharge => ({
  BillingCurrency: "USD",
  BillingPeriodStart: `${date.slice(0, 7)}-01 00:00:00`,
  ChargePeriodStart: `${date} 00:00:00`,
  ChargePeriodEnd: `${date} 23:00:00`,
  ChargeCategory: "Usage",
  ServiceName: "Compute",
  SkuId: "small",
  ResourceId: "vm-1",
  PricingUnit: "Hours",
  BilledCost: cost,
  EffectiveCost: cost,
  ...rest,
});

const explainLake = async (charges: readonly TestCharge[], request: Partial<ExplainRequest> = {}) => {
  const months = Map.groupBy(charges, (row) => String(row.BillingPeriodStart).slice(0, 10));
  const loads = [...months].map(([billingPeriod, own]) => ({
    id: billingPeriod,
    billingPeriod,
    charges: own,
  }));
  const lake = await writeChargeLake(tempFolder(), loads);
  try {
    const defaults = { measure: "effective", by: [], lines: 5 } as const;
    const from = between("2026-01-01", "2026-02-01");
    const to = between("2026-02-01", "2026-03-01");
    return await explain(openDuckdbEngine(lake), { from, to, ...defaults, ...request }, context);
  } finally {
    lake.close();
  }
};

const amounts = (parts: readonly { id: string; amount: string }[] | undefined) =>
  Object.fromEntries((parts ?? []).map(({ id, amount }) => [id, amount]));

describe("explain", () => {
  it("splits a change into month length, usage, price and discounts that a person can check", async () => {
    const [found] = await explainLake([
      // 31 hours at list 2, paid 1.50: 46.50. A day: 1 hour.
      charge("2026-01-10", "46.5", { PricingQuantity: "31", ListCost: "62" }),
      // 56 hours at list 3, paid 2: 112. The same daily use would be 28 hours.
      charge("2026-02-10", "112", { PricingQuantity: "56", ListCost: "168" }),
    ]);
    expect(found?.change).toBe("65.5");
    expect(amounts(found?.parts)).toEqual({
      "month-length": "-4.5",
      usage: "42",
      price: "42",
      discounts: "-14",
    });
  });

  it("keeps credits, tax, purchases, corrections, new and gone resources apart", async () => {
    const [found] = await explainLake([
      charge("2026-01-10", "10", { ResourceId: "old" }),
      charge("2026-02-10", "7", { ResourceId: "young" }),
      charge("2026-02-11", "-3", { ChargeCategory: "Credit" }),
      charge("2026-02-11", "2", { ChargeCategory: "Tax" }),
      charge("2026-02-11", "5", { ChargeCategory: "Purchase" }),
      charge("2026-02-11", "-1", { ChargeClass: "Correction" }),
      charge("2026-02-11", "4", { CommitmentDiscountStatus: "Unused" }),
    ]);
    expect(amounts(found?.parts)).toEqual({
      "new-resources": "7",
      "gone-resources": "-10",
      "unused-commitments": "4",
      credits: "-3",
      purchases: "5",
      adjustments: "-1",
      tax: "2",
    });
  });

  it("tells mix from usage: the same hours moved to a dearer size", async () => {
    const use = (date: string, sku: string, quantity: string, cost: string) =>
      charge(date, cost, { SkuId: sku, ResourceId: sku, PricingQuantity: quantity, ListCost: cost });
    const [found] = await explainLake(
      [
        use("2026-01-10", "small", "10", "10"),
        use("2026-01-10", "large", "10", "30"),
        use("2026-02-10", "small", "5", "5"),
        use("2026-02-10", "large", "15", "45"),
      ],
      { from: between("2026-01-01", "2026-01-29"), by: ["ServiceName"] },
    );
    expect(amounts(found?.parts)).toEqual({ usage: "0", mix: "10" });
    expect(found?.groups).toEqual([
      { dimensions: ["Compute"], before: "40", after: "50", change: "10", parts: { mix: "10" } },
    ]);
  });

  it("names the charges behind a part so that a query finds them", async () => {
    const [found] = await explainLake([
      charge("2026-01-10", "1", { PricingQuantity: "1" }),
      charge("2026-02-10", "9", { PricingQuantity: "9" }),
    ]);
    const [line] = found?.parts.find(({ id }) => id === "usage")?.lines ?? [];
    expect(line).toMatchObject({ service: "Compute", sku: "small", before: "1", after: "9" });
    expect(line?.where).toEqual({
      and: [
        { dimension: "ServiceName", op: "=", value: "Compute" },
        {
          or: ["SkuPriceId", "SkuId", "ChargeDescription"].map((dimension) => ({
            dimension,
            op: "=",
            value: "small",
          })),
        },
      ],
    });
  });

  it("refuses periods that overlap", async () => {
    const overlapping = { to: between("2026-01-15", "2026-02-15") };
    await expect(explainLake([charge("2026-01-10", "1")], overlapping)).rejects.toThrow(RangeError);
  });
});

describe("decompose", () => {
  const amount = fc.bigInt(-(10n ** 18n), 10n ** 18n).map((units) => decimal(`${units}e-12`));
  const side = fc.record({
    cost: amount,
    list: fc.option(amount),
    quantity: fc.option(amount),
  });
  const cells = fc.array(
    fc.record({
      kind: fc.constantFrom<CellKind>("usage", "usage", "usage", "credit", "tax", "unused"),
      presence: fc.constantFrom<Presence>("both", "both", "new", "gone"),
      service: fc.constantFrom("a", "b"),
      sku: fc.constantFrom("x", "y"),
      label: fc.constant(null),
      unit: fc.constantFrom("h", "GB"),
      dimensions: fc.constant([]),
      before: side,
      after: side,
    }),
    { maxLength: 8 },
  );

  it("conserves the change of every cell to the last digit", () => {
    fc.assert(
      fc.property(cells, fc.integer({ min: 1, max: 31 }), fc.integer({ min: 1, max: 31 }), (all, a, b) => {
        const prices = averagePrices(all as readonly Cell[]);
        for (const cell of all as readonly Cell[]) {
          const parts = Object.values(decompose(cell, { before: a, after: b }, prices));
          const total = parts.reduce((sum, part) => add(sum, part), ZERO);
          expect(formatDecimal(total)).toBe(formatDecimal(subtract(cell.after.cost, cell.before.cost)));
        }
      }),
    );
  });

  it("leaves nothing but rounding to the part of division", () => {
    const one = { cost: decimal("10"), list: decimal("12"), quantity: decimal("3") };
    const two = { cost: decimal("11"), list: decimal("13"), quantity: decimal("7") };
    const cell = {
      kind: "usage",
      presence: "both",
      service: "s",
      sku: "k",
      label: null,
      unit: "h",
      dimensions: [],
    } as const;
    const parts = decompose({ ...cell, before: one, after: two }, { before: 31, after: 28 }, new Map());
    const rest = formatDecimal(parts.division ?? ZERO);
    expect(["0", "0.000000000001", "-0.000000000001"]).toContain(rest);
    expect(formatDecimal(sumDecimals(Object.values(parts)))).toBe("1");
  });
});

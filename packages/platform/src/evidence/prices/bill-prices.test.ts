import { decimal, type Instant, type Month } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { billPrices } from "./bill-prices.ts";
import type { BilledSku, BilledSkus } from "./read-billed-skus.ts";

const months: BilledSkus["months"] = [
  { month: "2026-05" as Month, isComplete: true },
  { month: "2026-04" as Month, isComplete: true },
  { month: "2026-06" as Month, isComplete: false },
];

const CPU: BilledSku = {
  service: "Cloud Run",
  meter: "Services CPU (Request-based billing) in us-central1",
  description: null,
  operation: null,
  details: null,
  billingAccount: "01-AA",
  currency: "USD",
  region: "us-central1",
  skuId: "AAAA",
  skuPriceId: "AAAA/0/",
  unit: "second",
  pricingCategory: "Standard",
  contractedUnitPrice: decimal("0.000024"),
  credit: "none",
  month: "2026-05" as Month,
  effective: decimal("24"),
  quantity: decimal("1000000"),
  rows: 31,
  lastUsed: "2026-05-31T00:00:00Z" as Instant,
};

const of = (...skus: readonly Partial<BilledSku>[]) =>
  billPrices({ skus: skus.map((sku) => ({ ...CPU, ...sku })), months, billingAccounts: new Map() });

const only = (...skus: readonly Partial<BilledSku>[]) => {
  const { prices, refusals } = of(...skus);
  expect(prices.length + refusals.length).toBe(1);
  const [price] = prices;
  return price === undefined
    ? refusals[0]?.reason
    : [
        String(price.price),
        price.origin.basis,
        price.origin.period.start,
        price.origin.rows,
        ...price.notes,
      ].join(" | ");
};

describe("billPrices", () => {
  it("takes the contracted price of the newest complete month, with the rows that show it", () => {
    expect(only({}, { month: "2026-04" as Month, contractedUnitPrice: decimal("0.00003") })).toBe(
      "0.000024 | contracted | 2026-05-01 | 31",
    );
  });

  it("takes a month before where the newest has no price, and the running one last, saying so", () => {
    expect(only({ month: "2026-04" as Month })).toBe("0.000024 | contracted | 2026-04-01 | 31");
    expect(only({ month: "2026-06" as Month })).toBe(
      "0.000024 | contracted | 2026-06-01 | 31 | of 2026-06, which is not complete",
    );
  });

  it("takes the price of the highest tier: the last units are the first that a change saves", () => {
    const free = { skuPriceId: "AAAA/0/", contractedUnitPrice: decimal("0"), effective: decimal("0") };
    const beyond = { skuPriceId: "AAAA/240000/", contractedUnitPrice: decimal("0.000024") };
    expect(only(free, beyond)).toBe("0.000024 | contracted | 2026-05-01 | 31");
    const cheaper = { skuPriceId: "AAAA/9000000/", contractedUnitPrice: decimal("0.00002"), rows: 4 };
    expect(only(beyond, cheaper)).toBe(
      "0.00002 | contracted | 2026-05-01 | 4 | the price beyond 9000000 units, where this account's usage ends",
    );
  });

  it("takes the newer price where it changed within the month, and says what it was", () => {
    const before = {
      contractedUnitPrice: decimal("0.00003"),
      lastUsed: "2026-05-14T00:00:00Z" as Instant,
      rows: 14,
    };
    expect(only({ rows: 17 }, before)).toBe(
      "0.000024 | contracted | 2026-05-01 | 17 | it was 0.00003 until 2026-05-14",
    );
  });

  it("names another SKU that is sold as the same", () => {
    const other = {
      skuId: "BBBB",
      contractedUnitPrice: decimal("0.00002"),
      lastUsed: "2026-05-20T00:00:00Z" as Instant,
    };
    expect(only({}, other)).toBe(
      "0.000024 | contracted | 2026-05-01 | 31 | SKU BBBB is sold as the same at 0.00002",
    );
  });

  it("divides cost by quantity where the bill has no price, without rows that carry credits of free tiers", () => {
    const bare = { contractedUnitPrice: null, effective: decimal("1"), quantity: decimal("3") };
    const credited = { ...bare, credit: "free" as const, effective: decimal("0.1") };
    expect(only(bare, credited)).toBe("0.333333333333333333 | effective | 2026-05-01 | 31");
    expect(only(credited)).toContain("all of its usage carries credits");
  });

  it("never takes zero for a price", () => {
    const free = { contractedUnitPrice: decimal("0"), effective: decimal("0") };
    expect(only(free)).toBe("its usage was free in the bill, which tells no price of the next unit");
    expect(only({ ...free, effective: decimal("-1") })).toContain("free in the bill");
  });

  it("counts what is paid after sustained use discounts", () => {
    const core = {
      service: "Compute Engine",
      meter: "N1 Predefined Instance Core running in Americas",
      unit: "hour",
      contractedUnitPrice: decimal("0.0316"),
      credit: "sustained" as const,
      effective: decimal("25"),
      quantity: decimal("1000"),
    };
    expect(only(core)).toBe(
      "0.025 | effective | 2026-05-01 | 31 | after sustained use discounts, which shrink as usage does",
    );
  });

  it("converts units by 3600 seconds an hour and 730 hours a month, and refuses what can't be compared", () => {
    expect(only({ unit: "hour", contractedUnitPrice: decimal("0.0864") })).toMatch(/^0.000024 /);
    expect(only({ unit: "count" })).toBe("its usage is counted in count");
  });

  it("keeps regions, currencies and billing accounts apart", () => {
    expect(
      of({}, { region: "europe-west1" }, { currency: "EUR" }, { billingAccount: "02-BB" }).prices,
    ).toHaveLength(4);
  });

  it("leaves out spot prices that no item has, and SKUs that it does not know", () => {
    const spot = {
      service: "Amazon Elastic Compute Cloud",
      meter: "BoxUsage:m5.large",
      operation: "RunInstances",
      unit: "Hrs",
    };
    expect(of({ ...spot, pricingCategory: "Dynamic" }, { meter: "Something new" })).toEqual({
      prices: [],
      refusals: [],
    });
  });
});

import type { Instant, PriceQuestion } from "@trimtab/domain";
import { describe, expect, it, onTestFinished } from "vitest";
import { openDuckdbEngine } from "../../query/engines/duckdb.ts";
import type { QueryContext } from "../../query/types.ts";
import { type TestCharge, writeChargeLake } from "../../testing/charge-lake.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { openPriceBook } from "./open-price-book.ts";

const context: QueryContext = {
  scope: "unrestricted",
  currency: "each",
  timeZone: "UTC",
  now: "2026-07-01T00:00:00Z" as Instant,
  signal: new AbortController().signal,
};

const RUN: TestCharge = {
  ServiceName: "Cloud Run",
  SkuMeter: "Services CPU (Request-based billing) in us-central1",
  SkuId: "AAAA",
  SkuPriceId: "AAAA/0/",
  RegionId: "us-central1",
  SubAccountId: "shop-prod",
  BillingAccountId: "01-AA",
  BillingCurrency: "USD",
  ChargeCategory: "Usage",
  PricingCategory: "Standard",
  PricingUnit: "second",
  PricingQuantity: "1000",
  ContractedUnitPrice: "0.00002",
  EffectiveCost: "0.02",
  BilledCost: "0.02",
};

const charge = (day: string, more: TestCharge = {}): TestCharge => ({
  ...RUN,
  ChargePeriodStart: `${day} 00:00:00`,
  ChargePeriodEnd: `${day} 23:00:00`,
  ...more,
});

const open = async (charges: readonly TestCharge[], own: Partial<QueryContext> = {}) => {
  const lake = await writeChargeLake(tempFolder(), [{ id: "a", billingPeriod: "2026-06-01", charges }]);
  onTestFinished(() => lake.close());
  return openPriceBook(openDuckdbEngine(lake), { ...context, ...own });
};

const cpu: PriceQuestion = {
  item: "gcp.run.cpu",
  attributes: { billing: "request" },
  scope: { provider: "gcp", account: "shop-prod", region: "us-central1" },
};

const priceIn = async (charges: readonly TestCharge[], own: Partial<QueryContext> = {}, question = cpu) => {
  const book = await open(charges, own);
  const found = book.price(question);
  if (found.status === "unknown") return found.reason;
  const { price, origin } = found.value;
  return origin.kind === "list" ? `list ${price}` : `${price} of ${origin.rows} in ${origin.period.start}`;
};

describe("openPriceBook", () => {
  it("reads on-demand usage of the newest complete month only", async () => {
    const charges = [
      charge("2026-04-30", { ContractedUnitPrice: "0.00005" }),
      charge("2026-05-01"),
      charge("2026-05-31"),
      charge("2026-06-15", { ContractedUnitPrice: "0.00009" }),
    ];
    expect(await priceIn(charges)).toBe("0.00002 of 2 in 2026-05-01");
  });

  it("leaves out what commitments cover, credits, taxes, purchases and corrections", async () => {
    const dear = { ContractedUnitPrice: "0.7", SkuPriceId: "AAAA/9/" };
    const charges = [
      charge("2026-05-01"),
      charge("2026-05-02", { ...dear, CommitmentDiscountId: "c", PricingCategory: "Committed" }),
      charge("2026-05-02", { ...dear, PricingCategory: "Committed" }),
      charge("2026-05-02", { ...dear, ChargeCategory: "Credit" }),
      charge("2026-05-02", { ...dear, ChargeCategory: "Tax" }),
      charge("2026-05-02", { ...dear, ChargeCategory: "Purchase" }),
      charge("2026-05-02", { ...dear, ChargeClass: "Correction" }),
      charge("2026-06-30"),
    ];
    expect(await priceIn(charges)).toBe("0.00002 of 1 in 2026-05-01");
  });

  it("takes a list price where all usage was free or covered, and never zero", async () => {
    const free = { ContractedUnitPrice: "0", EffectiveCost: "0", BilledCost: "0" };
    expect(await priceIn([charge("2026-05-01", free), charge("2026-06-30", free)])).toBe("list 0.000024");
  });

  it("divides by usage without credits of a free tier where the bill has no prices", async () => {
    const bare = { ContractedUnitPrice: null };
    const credited = { ...bare, EffectiveCost: "0.001", x_extra: { x_DiscountCredit: "-0.019" } };
    const charges = [charge("2026-05-01", bare), charge("2026-05-02", credited), charge("2026-06-30", bare)];
    expect(await priceIn(charges)).toBe("0.00002 of 1 in 2026-05-01");
  });

  it("shows a scope no price outside of it", async () => {
    const charges = [charge("2026-05-01"), charge("2026-06-30")];
    const scope = { dimension: "SubAccountId", op: "=", value: "other" } as const;
    expect(await priceIn(charges, { scope })).toBe("list 0.000024");
  });

  it("asks for what advisors will want of Cloud Run, and knows nothing of an empty lake but lists", async () => {
    const book = await open([charge("2026-05-01"), charge("2026-06-30")]);
    expect(book.likely.map(({ item, attributes }) => `${item} ${Object.values(attributes)}`)).toEqual([
      "gcp.run.cpu idle",
      "gcp.run.cpu instance",
      "gcp.run.cpu request",
      "gcp.run.memory idle",
      "gcp.run.memory instance",
      "gcp.run.memory request",
      "gcp.run.requests ",
    ]);
    expect(await priceIn([])).toBe("list 0.000024");
  });
});

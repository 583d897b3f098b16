import { currencyCode, day, decimal, month, monthPeriod, type PriceQuestion } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { parseRates } from "../../query/rates.ts";
import type { BillPrice } from "./bill-prices.ts";
import type { ListPrice } from "./list-price.ts";
import { createPriceBook, type PriceBookParts } from "./price-book.ts";
import { publishedPrices } from "./published-prices.ts";

const USD = currencyCode("USD");
const EUR = currencyCode("EUR");

const billed = (item: BillPrice["item"], price: string, more: Partial<BillPrice> = {}): BillPrice => ({
  item,
  attributes: {},
  region: "us-central1",
  billingAccount: "01-AA",
  currency: USD,
  price: decimal(price),
  origin: {
    kind: "bill",
    basis: "contracted",
    skuIds: ["S"],
    period: monthPeriod(month("2026-05")),
    rows: 3,
  },
  notes: [],
  ...more,
});

const book = (more: Partial<PriceBookParts> = {}) =>
  createPriceBook({
    bill: { prices: [], refusals: [] },
    billingAccounts: new Map([["shop-prod", "01-AA"]]),
    lists: publishedPrices(),
    currency: undefined,
    billCurrencies: [USD],
    rates: undefined,
    today: "2026-06-15",
    ...more,
  });

const question = (
  item: PriceQuestion["item"],
  attributes: Readonly<Record<string, string>> = {},
  region = "us-central1",
): PriceQuestion => ({ item, attributes, scope: { provider: "gcp", account: "shop-prod", region } });

const said = (found: ReturnType<ReturnType<typeof createPriceBook>["price"]>): string =>
  found.status === "unknown"
    ? found.reason
    : `${found.value.price} ${found.value.currency}/${found.value.unit} ${found.value.origin.kind}`;

const snapshot = question("gcp.compute.snapshot");

describe("createPriceBook", () => {
  it("answers from the bill first, then from lists", () => {
    expect(said(book().price(snapshot))).toBe("0.05 USD/GiB-mo list");
    const own = book({ bill: { prices: [billed("gcp.compute.snapshot", "0.04")], refusals: [] } });
    expect(said(own.price(snapshot))).toBe("0.04 USD/GiB-mo bill");
  });

  it("takes the price of the billing account that pays for the project", () => {
    const prices = [
      billed("gcp.compute.snapshot", "0.01", { billingAccount: "02-BB" }),
      billed("gcp.compute.snapshot", "0.04"),
    ];
    expect(said(book({ bill: { prices, refusals: [] } }).price(snapshot))).toBe("0.04 USD/GiB-mo bill");
  });

  it("prefers the region's own price to one that the bill gives without a region", () => {
    const prices = [
      billed("gcp.run.requests", "0.0000005", { region: null }),
      billed("gcp.run.requests", "0.0000004"),
    ];
    const both = book({ bill: { prices, refusals: [] } });
    expect(said(both.price(question("gcp.run.requests")))).toMatch(/^0.0000004 /);
    expect(said(both.price(question("gcp.run.requests", {}, "europe-west1")))).toMatch(/^0.0000005 /);
  });

  it("makes a machine's price of its vCPUs and memory", () => {
    const of = { family: "n2", spot: "no" };
    const prices = [
      billed("gcp.compute.core", "0.03", { attributes: of }),
      billed("gcp.compute.ram", "0.004", { attributes: of }),
    ];
    const machine = question("gcp.compute.instance", { machineType: "n2-standard-4", spot: "no" });
    expect(said(book({ bill: { prices, refusals: [] } }).price(machine))).toBe("0.184 USD/h bill");
    // 4 × 0.031611 + 16 × 0.004237, as Google's list has it
    expect(said(book().price(machine))).toBe("0.194236 USD/h list");
    const spot = { ...machine, attributes: { machineType: "n2-standard-4", spot: "yes" } };
    expect(said(book().price(spot))).toContain(
      "no price of gcp.compute.instance (machineType n2-standard-4, spot yes)",
    );
  });

  it("reads engines and licences as clouds and bills spell them", () => {
    const cpu = (engine: string) => ({ engine, edition: "ENTERPRISE", availability: "ZONAL" });
    expect(
      ["POSTGRES_16", "PostgreSQL", "MYSQL_8_0", "SQLSERVER_2022_WEB"].map((engine) =>
        said(book().price(question("gcp.sql.cpu", cpu(engine)))),
      ),
    ).toEqual(Array.from({ length: 4 }, () => "0.0413 USD/vCPU-h list"));
  });

  it("says what it looked for, and why the bill's own is no price", () => {
    expect(said(book().price(question("gcp.run.cpu", { billing: "idle" })))).toBe(
      "no price of gcp.run.cpu (billing idle) in us-central1: neither on-demand usage of it in the bill nor a list price",
    );
    expect(said(book().price(question("gcp.run.cpu")))).toBe("gcp.run.cpu was asked for without billing");
    const refusal = {
      item: "gcp.compute.forwarding-rule",
      attributes: {},
      region: null,
      billingAccount: null,
      reason: "five are billed as one",
    } as const;
    const refused = book({ bill: { prices: [], refusals: [refusal] } });
    expect(said(refused.price(question("gcp.compute.forwarding-rule")))).toMatch(
      /; in the bill five are billed as one$/,
    );
  });

  it("prices in the bill's currency and converts lists by the user's rates only", () => {
    const euros = { billCurrencies: [EUR] };
    expect(said(book(euros).price(snapshot))).toBe(
      "the price of gcp.compute.snapshot is known in USD only, and no rate from USD to EUR was given",
    );
    const rates = parseRates(
      "date,from,to,rate\n2026-06-01,USD,EUR,0.9\n2026-07-01,USD,EUR,0.5\n",
      "rates.csv",
    );
    expect(said(book({ ...euros, rates }).price(snapshot))).toBe("0.045 EUR/GiB-mo list");
    expect(said(book({ currency: EUR, rates }).price(snapshot))).toBe("0.045 EUR/GiB-mo list");
  });

  it("takes the user's list before a published one, and one in another currency last", () => {
    const own: ListPrice = {
      item: "gcp.compute.snapshot",
      attributes: {},
      region: "*",
      price: decimal("0.03"),
      currency: USD,
      source: "our contract",
      date: day("2026-01-01"),
    };
    expect(said(book({ lists: [own, ...publishedPrices()] }).price(snapshot))).toBe("0.03 USD/GiB-mo list");
    const yen = { ...own, currency: currencyCode("JPY") };
    expect(said(book({ lists: [yen, ...publishedPrices()] }).price(snapshot))).toBe("0.05 USD/GiB-mo list");
  });
});

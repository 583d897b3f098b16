import { describe, expect, test } from "vitest";
import { decimal } from "./decimal.ts";
import { addMoney, currencyCode, formatMoney, minorUnits, money, pricingCurrency } from "./money.ts";

const of = (amount: string, currency: string) => money(decimal(amount), currencyCode(currency));

describe("money", () => {
  test.each([
    ["59480.69", "USD", "59,480.69 USD"],
    ["0", "EUR", "0.00 EUR"],
    ["-1234567.891", "USD", "-1,234,567.89 USD"],
    ["999.995", "USD", "1,000.00 USD"],
    ["-100", "GBP", "-100.00 GBP"],
    ["1234.5", "JPY", "1,234 JPY"],
    ["1234.5678", "KWD", "1,234.568 KWD"],
    ["1.25", "XAU", "1.25 XAU"],
    ["123456789012345678901234567890.12", "USD", "123,456,789,012,345,678,901,234,567,890.12 USD"],
  ])("%s %s reads %s", (amount, currency, text) => {
    expect(formatMoney(of(amount, currency))).toBe(text);
  });

  test("shows the places that are asked for", () => {
    expect(formatMoney(of("0.0000166667", "USD"), { scale: 10 })).toBe("0.0000166667 USD");
    expect(formatMoney(of("1234.5", "USD"), { scale: 0 })).toBe("1,234 USD");
  });

  test("adds in one currency only", () => {
    expect(addMoney(of("0.1", "USD"), of("0.2", "USD"))).toEqual(of("0.3", "USD"));
    expect(() => addMoney(of("1", "USD"), of("1", "EUR"))).toThrow(
      expect.objectContaining({
        code: "CURRENCY_MIXED",
        message: "Cannot add USD and EUR",
        details: { left: "USD", right: "EUR" },
      }),
    );
  });
});

describe("currencies", () => {
  test.each(["usd", "US", "USDT", "", "Credits", " USD", "constructor"])("%j is none", (text) => {
    expect(() => currencyCode(text)).toThrow(expect.objectContaining({ code: "CURRENCY_INVALID" }));
  });

  test("know their minor units", () => {
    const digits = ["USD", "JPY", "BHD", "CLF", "HUF", "XXX"].map((code) => minorUnits(currencyCode(code)));
    expect(digits).toEqual([2, 0, 3, 4, 2, undefined]);
  });

  test("of price lists may be virtual", () => {
    expect(pricingCurrency("Credits")).toBe("Credits");
  });
});

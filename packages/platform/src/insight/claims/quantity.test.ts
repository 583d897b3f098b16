import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatQuantity, parseQuantity } from "./quantity.ts";

const shown = (text: string): string | undefined => {
  const quantity = parseQuantity(text, "USD");
  return quantity && formatQuantity(quantity);
};

describe("a figure", () => {
  it.each([
    ["$3,500/month", "$3,500/month"],
    ["$4-6K/month", "$4,000–6,000/month"],
    ["$0.5-1K/month", "$500–1,000/month"],
    ["$410,000-460,000/year", "$410,000–460,000/year"],
    ["-$250/month", "-$250/month"],
    ["1,200.50 EUR/month", "1,200.5 EUR/month"],
    ["€12", "€12"],
    ["33.6%", "33.6%"],
    ["40 %", "40%"],
    ["-40%", "-40%"],
    ["87%+", "≥ 87%"],
    ["<50ms", "< 50 ms"],
    ["~31,000 lines", "~31,000 lines"],
    ["2.4x", "2.4x"],
    ["12-16 weeks", "12–16 weeks"],
    ["less than 1 month", "< 1 month"],
    [">= 99.95%", "≥ 99.95%"],
    ["9,270 req/s", "9,270 req/s"],
    ["16 indexes", "16 indexes"],
    ["$50K", "$50,000"],
  ])("%s is read as %s", (text, expected) => {
    expect(shown(text)).toBe(expected);
  });

  it.each(["", "lots", "2026", "$", "1/5 = 20%", "-"])("%j is none, or a plain number", (text) => {
    expect(shown(text) ?? "none").toMatch(/^(none|2,026)$/);
  });

  it("comes back as it was shown", () => {
    const units = fc.constantFrom(
      "",
      "%",
      " points",
      "x",
      " ms",
      " weeks",
      " GB",
      " lines",
      " USD",
      " EUR/month",
      " USD/year",
    );
    fc.assert(
      fc.property(
        fc.integer({ min: -1e9, max: 1e9 }),
        fc.integer({ min: 0, max: 6 }),
        units,
        (digits, places, unit) => {
          const text = `${digits < 0 ? "-" : ""}${String(Math.abs(digits))
            .padStart(places + 1, "0")
            .replace(new RegExp(`(\\d{${places}})$`), places > 0 ? ".$1" : "$1")}${unit}`;
          const once = shown(text);
          expect(once).toBeDefined();
          expect(shown(once ?? "")).toBe(once);
        },
      ),
    );
  });
});

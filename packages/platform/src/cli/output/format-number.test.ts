import { describe, expect, it } from "vitest";
import { formatNumber, formatPercent } from "./format-number.ts";

describe("numbers", () => {
  it.each([
    ["1234567.891", { scale: 2 }, "1,234,567.89"],
    ["-1234.5", { scale: 2 }, "-1,234.50"],
    ["12345678901234567890.125", { scale: 2 }, "12,345,678,901,234,567,890.12"],
    ["0.000000000001", { scale: 2 }, "<0.01"],
    ["-0.004", { scale: 2 }, ">-0.01"],
    ["0.4", { scale: 0 }, "<1"],
    ["0", { scale: 2 }, "0.00"],
    ["5", { scale: 2, signed: true }, "+5.00"],
    ["0", { scale: 2, signed: true }, "0.00"],
    ["981234.50", {}, "981,234.5"],
    ["n/a", { scale: 2 }, "n/a"],
  ])("%s with %j is %s", (text, format, expected) => {
    expect(formatNumber(text, format)).toBe(expected);
  });

  it.each([
    ["0.336", {}, "33.6 %"],
    ["1", { scale: 0 }, "100 %"],
    ["0.124", { signed: true }, "+12.4 %"],
    ["0.00001", {}, "<0.1 %"],
  ])("the ratio %s with %j is %s", (ratio, format, expected) => {
    expect(formatPercent(ratio, format)).toBe(expected);
  });
});

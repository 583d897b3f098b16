import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  abs,
  add,
  allocateByWeight,
  compare,
  type Decimal,
  decimal,
  divide,
  equals,
  formatDecimal,
  formatFixed,
  isZero,
  multiply,
  negate,
  type Rounding,
  roundTo,
  sign,
  subtract,
  sumDecimals,
  tryDecimal,
  ZERO,
} from "./decimal.ts";

const anyDecimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: -10, max: 28 }))
  .map(([units, scale]) => decimal(`${units}e${-scale}`));
const nonZero = anyDecimal.filter((d) => !isZero(d));
const d = decimal;

describe("reading", () => {
  test.each([
    ["0", "0"],
    ["-0", "0"],
    ["+1.50", "1.5"],
    [".5", "0.5"],
    ["7.", "7"],
    ["-.25", "-0.25"],
    ["007", "7"],
    ["9.5e-14", "0.000000000000095"],
    ["1E3", "1000"],
    ["-1.25e+2", "-125"],
    ["0.0000000000000000000000000001", "0.0000000000000000000000000001"],
    ["0e6144", "0"],
    ["12345678901234567890123456789.123456789", "12345678901234567890123456789.123456789"],
  ])("%s is %s", (text, canonical) => {
    expect(formatDecimal(decimal(text))).toBe(canonical);
  });

  test.each([
    "",
    " ",
    "1 ",
    ".",
    "-",
    "NaN",
    "Infinity",
    "-Infinity",
    "1,5",
    "1_000",
    "0x10",
    "1e",
    "e5",
    "1.2.3",
    "1e9999",
    "1e99999999999",
    "٣",
    "1n",
    "1\n",
  ])("refuses %j", (text) => {
    expect(tryDecimal(text)).toBeUndefined();
    expect(() => decimal(text)).toThrow(expect.objectContaining({ code: "DECIMAL_INVALID" }));
  });

  test("writes and reads back every value, in one canonical form", () => {
    fc.assert(
      fc.property(anyDecimal, (value) => {
        const text = formatDecimal(value);
        expect(text).toMatch(/^(0|-?(0|[1-9]\d*)(\.\d*[1-9])?)$/);
        expect(decimal(text)).toEqual(value);
        expect(decimal(`${text}${text.includes(".") ? "" : "."}000`)).toEqual(value);
      }),
    );
  });

  test("agrees with the shortest text of any finite number", () => {
    fc.assert(
      fc.property(fc.double({ noDefaultInfinity: true, noNaN: true }), (number) => {
        expect(Number(formatDecimal(decimal(String(number))))).toBe(number === 0 ? 0 : number);
      }),
    );
  });

  test("reads whole numbers from bigint", () => {
    expect(decimal(-1200n)).toEqual(decimal("-1.2e3"));
  });
});

describe("as a value", () => {
  test("is a string in JSON and in texts, and no operand", () => {
    const price = decimal("0.10");
    expect(JSON.stringify({ price })).toBe('{"price":"0.1"}');
    expect(`${price}`).toBe("0.1");
    const operand: unknown = price;
    expect(() => Number(operand)).toThrow(TypeError);
    expect(Object.isFrozen(price)).toBe(true);
  });
});

describe("arithmetic", () => {
  test("adds what binary floating point cannot", () => {
    expect(formatDecimal(add(d("0.1"), d("0.2")))).toBe("0.3");
    expect(formatDecimal(subtract(d("1"), d("0.99999999999999999999")))).toBe("0.00000000000000000001");
    expect(formatDecimal(multiply(d("-0.05"), d("0.02")))).toBe("-0.001");
  });

  test("keeps the laws of numbers", () => {
    fc.assert(
      fc.property(anyDecimal, anyDecimal, anyDecimal, (a, b, c) => {
        expect(add(a, b)).toEqual(add(b, a));
        expect(add(add(a, b), c)).toEqual(add(a, add(b, c)));
        expect(multiply(a, add(b, c))).toEqual(add(multiply(a, b), multiply(a, c)));
        expect(subtract(add(a, b), b)).toEqual(a);
        expect(sumDecimals([a, b, c, negate(a)])).toEqual(add(b, c));
        expect(compare(a, b)).toBe(sign(subtract(a, b)));
        expect(equals(a, b)).toBe(compare(a, b) === 0);
        expect(sign(abs(a))).toBe(isZero(a) ? 0 : 1);
      }),
    );
  });

  test("sums nothing to zero", () => {
    expect(sumDecimals([])).toEqual(ZERO);
  });

  test("sorts by value", () => {
    const sorted = ["2", "-10", "0.5", "0.25"].map(d).sort(compare).map(formatDecimal);
    expect(sorted).toEqual(["-10", "0.25", "0.5", "2"]);
  });
});

describe("rounding", () => {
  const cases: [text: string, scale: number, even: string, away: string, down: string][] = [
    ["0.5", 0, "0", "1", "0"],
    ["1.5", 0, "2", "2", "1"],
    ["-0.5", 0, "0", "-1", "0"],
    ["-2.5", 0, "-2", "-3", "-2"],
    ["-3.5", 0, "-4", "-4", "-3"],
    ["2.50001", 0, "3", "3", "2"],
    ["1.005", 2, "1", "1.01", "1"],
    ["1.015", 2, "1.02", "1.02", "1.01"],
    ["12.3", 2, "12.3", "12.3", "12.3"],
  ];
  test.each(cases)("%s to %i places", (text, scale, even, away, down) => {
    const rounded = (rounding: Rounding) => formatDecimal(roundTo(d(text), scale, rounding));
    expect([rounded("half-even"), rounded("half-away"), rounded("down")]).toEqual([even, away, down]);
    expect(divide(d(text), d("1"), scale, "half-away")).toEqual(d(away));
  });

  test("a quotient is off by at most half of its last place", () => {
    fc.assert(
      fc.property(anyDecimal, nonZero, fc.integer({ min: 0, max: 12 }), (a, b, scale) => {
        const error = abs(subtract(a, multiply(divide(a, b, scale), b)));
        const half = multiply(abs(b), d(`5e-${scale + 1}`));
        expect(compare(error, half)).toBeLessThanOrEqual(0);
        const cut = divide(a, b, scale, "down");
        expect(compare(multiply(abs(cut), abs(b)), abs(a))).toBeLessThanOrEqual(0);
      }),
    );
  });

  test("divides exactly where it can", () => {
    fc.assert(
      fc.property(anyDecimal, nonZero, (a, b) => {
        expect(divide(multiply(a, b), b, a.scale)).toEqual(a);
      }),
    );
  });

  test("refuses to divide by zero or to odd places", () => {
    expect(() => divide(d("1"), ZERO, 2)).toThrow(
      expect.objectContaining({ code: "DECIMAL_DIVISION_BY_ZERO" }),
    );
    for (const scale of [-1, 1.5, Number.NaN]) {
      expect(() => roundTo(d("1"), scale, "down")).toThrow(
        expect.objectContaining({ code: "DECIMAL_SCALE_INVALID" }),
      );
    }
  });

  test("prints fixed places", () => {
    expect(formatFixed(d("59480.685"), 2)).toBe("59480.68");
    expect(formatFixed(d("-0.004"), 2)).toBe("0.00");
    expect(formatFixed(d("7"), 3)).toBe("7.000");
    expect(formatFixed(d("-7.5"), 0)).toBe("-8");
  });
});

describe("sharing out", () => {
  const shares = (total: string, weights: string[], scale: number) =>
    allocateByWeight(d(total), weights.map(d), scale).map(formatDecimal);

  test("gives the odd cents to the largest remainders, then to the earlier", () => {
    expect(shares("100", ["1", "1", "1"], 2)).toEqual(["33.34", "33.33", "33.33"]);
    expect(shares("-100", ["1", "1", "1"], 2)).toEqual(["-33.34", "-33.33", "-33.33"]);
    expect(shares("0.05", ["3", "7"], 2)).toEqual(["0.02", "0.03"]);
    expect(shares("10", ["0", "0.2", "0.8"], 0)).toEqual(["0", "2", "8"]);
    expect(shares("0", ["1", "2"], 2)).toEqual(["0", "0"]);
  });

  test("keeps the places of a finer total", () => {
    expect(shares("0.001", ["1", "1"], 2)).toEqual(["0.001", "0"]);
  });

  const weight = fc
    .tuple(fc.bigInt({ min: 0n, max: 10n ** 12n }), fc.integer({ min: 0, max: 8 }))
    .map(([units, scale]) => d(`${units}e-${scale}`));
  const weights = fc
    .array(weight, { minLength: 1, maxLength: 12 })
    .filter((list) => list.some((w) => !isZero(w)));

  test("conserves the total and stays within one unit of the exact share", () => {
    fc.assert(
      fc.property(anyDecimal, weights, fc.integer({ min: 0, max: 12 }), (total, list, scale) => {
        const parts = allocateByWeight(total, list, scale);
        expect(sumDecimals(parts)).toEqual(total);
        const sum = sumDecimals(list);
        const unit = d(`1e-${Math.max(scale, total.scale)}`);
        for (const [index, part] of parts.entries()) {
          const own = list[index] as Decimal;
          const offBy = abs(subtract(multiply(part, sum), multiply(total, own)));
          expect(compare(offBy, multiply(unit, sum))).toBe(-1);
          if (isZero(own)) expect(isZero(part)).toBe(true);
        }
        expect(allocateByWeight(negate(total), list, scale)).toEqual(parts.map(negate));
      }),
    );
  });

  test("refuses what has no answer", () => {
    expect(() => shares("1", ["0", "0"], 2)).toThrow(
      expect.objectContaining({ code: "ALLOCATION_NO_WEIGHT" }),
    );
    expect(() => shares("1", [], 2)).toThrow(expect.objectContaining({ code: "ALLOCATION_NO_WEIGHT" }));
    expect(() => shares("1", ["2", "-1"], 2)).toThrow(
      expect.objectContaining({ code: "ALLOCATION_NEGATIVE_WEIGHT" }),
    );
  });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import type { SavingLine } from "./advice.ts";
import { day } from "./calendar.ts";
import { compare, decimal, subtract } from "./decimal.ts";
import { estimate } from "./estimate.ts";
import { currencyCode, money } from "./money.ts";
import { capLines, exactly, grossOf, savingOf } from "./saving.ts";

const USD = currencyCode("USD");

const line = (units: SavingLine["units"], price: string): SavingLine => ({
  about: "vCPU-hours",
  units,
  price: {
    question: {
      item: "gcp.sql.cpu",
      scope: { provider: "gcp", account: "p", region: "europe-west1" },
      attributes: {},
    },
    price: decimal(price),
    currency: USD,
    unit: "vCPU-h",
    origin: { kind: "list", source: "a test", date: day("2026-01-01") },
  },
});

test("lines sum to the gross saving exactly, added cost included", () => {
  const lines = [line(exactly(decimal("1460")), "0.0413"), line(exactly(decimal("-10")), "0.2")];
  expect(String(grossOf(lines, USD).mid)).toBe("58.298");
  expect(savingOf(lines, USD).net).toEqual(savingOf(lines, USD).gross);
});

test("what commitments take and give back is in the net saving", () => {
  const lines = [line(estimate(decimal("50"), decimal("100"), decimal("120")), "1")];
  const part = (share: string) => ({ ...exactly(decimal(share)), currency: USD });
  const effect = { commitments: ["cud-1"], covered: part("40"), reused: part("15"), reason: "a test" };
  const { net } = savingOf(lines, USD, effect);
  expect([net.low, net.mid, net.high].map(String)).toEqual(["25", "75", "95"]);
  expect(() => savingOf(lines, USD, { ...effect, reused: part("41") })).toThrow(/give back 41/);
  expect(() => savingOf(lines, USD, { ...effect, covered: part("60") })).toThrow(/saving of 50/);
});

test("no saving is more than the resource costs, whatever the lines", () => {
  const amount = fc.bigInt({ min: -1000n, max: 100_000n }).map((units) => decimal(`${units}e-3`));
  const price = fc.bigInt({ min: 1n, max: 99_999n }).map((units) => `${units}e-4`);
  const anyLine = fc.tuple(fc.tuple(amount, amount, amount), price).map(([units, at]) => {
    const [low, mid, high] = units.toSorted(compare) as [
      (typeof units)[0],
      (typeof units)[0],
      (typeof units)[0],
    ];
    return line(estimate(low, mid, high), at);
  });
  fc.assert(
    fc.property(fc.array(anyLine, { minLength: 1, maxLength: 6 }), amount, (lines, cost) => {
      fc.pre(compare(cost, decimal("0")) >= 0);
      const before = grossOf(lines, USD);
      const after = grossOf(capLines(lines, money(cost, USD)), USD);
      expect(compare(after.high, cost)).toBeLessThanOrEqual(0);
      if (compare(before.high, cost) <= 0) expect(after).toEqual(before);
      else expect(compare(subtract(cost, after.high), decimal("1e-9"))).toBeLessThan(0);
    }),
  );
});

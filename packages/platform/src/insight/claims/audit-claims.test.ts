import { known, unknown } from "@trimtab/domain";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auditClaims, type ClaimsReport } from "./audit-claims.ts";
import { parseClaims } from "./parse-claims.ts";
import type { LakeFigures } from "./rules/lake.ts";

const audit = (claims: string, lake?: LakeFigures): Promise<ClaimsReport> =>
  auditClaims(parseClaims(`claims:\n${claims.replace(/^/gm, "  ")}`, "yaml", "sheet.yaml"), lake);

/** Severity and rule of all that is found, or how the claim named `x` held. */
async function outcome(claims: string, lake?: LakeFigures): Promise<string[]> {
  const { findings, held } = await audit(claims, lake);
  if (findings.length > 0) return findings.map(({ severity, rule }) => `${severity} ${rule}`);
  return held.filter(({ claim }) => claim === "x").map(({ how, rule }) => `${how} ${rule}`);
}

describe("figures that follow from others", () => {
  it.each([
    ["a sum", "a: $3,500\nb: $1,500\nx: $5,000 = a + b", ["exact sum"]],
    ["a wrong sum", "a: $3,500\nb: $1,400\nx: $5,000 = a + b", ["wrong sum"]],
    ["a sum of rounded parts", "a: $20,007\nb: $39,473\nx: $59,480.69 = a + b", ["inputs-rounded sum"]],
    ["a sum a cent too far", "a: $20,007\nb: $39,473\nx: $59,481.51 = a + b", ["wrong sum"]],
    [
      "a sum of counts, which are never rounded",
      "a: 3 people\nb: 3 people\nx: 7 people = a + b",
      ["wrong sum"],
    ],
    ["a share at its digits", "a: $20,007\nb: $59,480.69\nx: 33.6% = share(a, b)", ["rounded percentage"]],
    [
      "a share at too many digits",
      "a: $20,007\nb: $59,480.69\nx: 33.63% = share(a, b)",
      ["wrong percentage"],
    ],
    ["a wrong share", "a: $6,730\nb: $10,000\nx: 40% = share(a, b)", ["wrong percentage"]],
    ["a half rounded up", "a: 45 ms -> 20 ms\nx: 2.3x = ratio(a)", ["rounded before-after"]],
    ["a half rounded down", "a: 45 ms -> 20 ms\nx: 2.2x = ratio(a)", ["rounded before-after"]],
    ["a cut", "a: 850 ms -> 120 ms\nx: 85.9% = cut(a)", ["rounded before-after"]],
    ["a change with its sign", "a: $5,000 -> $3,000\nx: -40% = change(a)", ["exact before-after"]],
    ["an average of unlike units of time", "a: 1 s\nb: 500 ms\nx: 750 ms = avg(a, b)", ["exact average"]],
    ["a month by twelve", "a: $6,730/month\nx: $80,760/year = a", ["exact annualised"]],
    ["a month by months", "a: $1,962/month\nx: $70,632 = a * 36 months", ["exact product"]],
    ["ranges end to end", "a: $7-8K\nb: $1-2K\nx: $5-7K = a - b", ["exact range"]],
    ["a range with a wrong end", "a: $7-8K\nb: $1.0-2.0K\nx: $6,000-7,000 = a - b", ["wrong range"]],
    ["a share of a range", "a: $4-6K\nb: $10,000\nx: 40-50% = share(a, b)", ["wrong range"]],
    ["a point in a range", "a: $18,000\nb: $90,000-130,000\nx: 20% = share(a, b)", ["within range"]],
    ["at least", "a: 13 files\nx: 10+ files = a", ["exact same-figure"]],
    ["at least, missed", "a: 9 files\nx: 10+ files = a", ["wrong same-figure"]],
    [
      "about, at the last digit that is not zero",
      "a: 18,160 lines\nx: ~18,000 lines = a",
      ["rounded same-figure"],
    ],
    ["about, too far", "a: 29,430 lines\nx: ~31,000 lines = a", ["wrong same-figure"]],
    ["a hit rate of two caches", "a: 64.2%\nb: 89.3%\nx: 96.2% = a + (100% - a) * b", ["rounded derived"]],
    ["the same figure twice", "a: 36.4 ms\nx: 28.7 ms = a", ["wrong same-figure"]],
    ["a net return", "a: $100\nb: $130\nx: 30% = roi(a, b)", ["exact return"]],
    ["a gross return", "a: $100\nb: $130\nx: 130% = roi(a, b)", ["wrong return"]],
    ["a payback", "a: $50K\nb: $2,000/month\nx: 25 months = payback(a, b)", ["exact return"]],
    [
      "what is estimated against what is measured",
      "a: {says: $99, basis: measured}\nx: {says: $100 = a, basis: estimated}",
      ["doubtful same-figure"],
    ],
    ["a second reading", "a: 4\nx: {says: 4 = a + 1, or: a}", ["note derived"]],
    ["a division by zero", "a: 0\nx: 4 = 1 / a", ["doubtful not-computable"]],
  ])("%s", async (_, claims, expected) => {
    expect(await outcome(claims)).toEqual(expected);
  });

  it("says what a gross return leaves out", async () => {
    const { findings } = await audit("a: $100\nb: $130\nx: 130% = roi(a, b)");
    expect(findings[0]?.explanation).toContain("the investment has not been taken off");
  });

  it("shows claimed, computed and difference", async () => {
    const { findings } = await audit("a: $6,730\nb: $10,000\nx: 40% = share(a, b)");
    expect(findings[0]).toMatchObject({
      claimed: "40%",
      computed: "67.3%",
      difference: "-27.3 points",
      source: "sheet.yaml:4",
    });
  });

  it("are exact for any amounts, and never off by less than half of the last digit", async () => {
    const cents = fc.integer({ min: 0, max: 1e9 });
    const amount = (value: number): string =>
      `$${Math.trunc(value / 100)}.${String(value % 100).padStart(2, "0")}`;
    await fc.assert(
      fc.asyncProperty(
        fc.array(cents, { minLength: 2, maxLength: 6 }),
        fc.integer({ min: -3, max: 3 }),
        async (parts, off) => {
          const total = parts.reduce((a, b) => a + b, 0) + off;
          fc.pre(total >= 0);
          const lines = parts.map((part, index) => `p${index}: ${amount(part)}`);
          const sum = parts.map((_, index) => `p${index}`).join(" + ");
          const [result] = await outcome([...lines, `x: ${amount(total)} = ${sum}`].join("\n"));
          const slack = (parts.length + 1) / 2;
          expect(result).toBe(
            off === 0 ? "exact sum" : Math.abs(off) < slack ? "inputs-rounded sum" : "wrong sum",
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("units", () => {
  it.each([
    ["amounts a month and a year are not added", "a: $5/month\nb: $5\nx: $10 = a + b", ["wrong units"]],
    ["currencies are not added", "a: $5\nb: €5\nx: $10 = a + b", ["wrong units"]],
    ["lines and tests are not added", "a: 5 lines\nb: 5 tests\nx: 10 lines = a + b", ["wrong units"]],
    ["a return in months", "a: $5\nb: $6\nx: 0.8 months = roi(a, b)", ["wrong units"]],
    ["months and years are converted", "a: $12/year\nb: $1/month\nx: $24/year = a + b", ["exact sum"]],
    ["a relative change of a percentage", "a: 76% -> 90%\nx: +18% = change(a)", ["note points"]],
  ])("%s", async (_, claims, expected) => {
    expect(await outcome(claims)).toEqual(expected);
  });
});

describe("savings and discounts", () => {
  const line = "cost: {says: $1000/month, kind: cost}\n";
  it.each([
    [
      "a saving below its cost",
      `${line}x: {says: $400/month, kind: saving, on: cost}`,
      ["within saving-above-cost"],
    ],
    [
      "a saving above its cost",
      `${line}x: {says: $1200/month, kind: saving, on: cost}`,
      ["wrong saving-above-cost"],
    ],
    [
      "a yearly saving above a monthly cost",
      `${line}x: {says: "$13,000/year", kind: saving, on: cost}`,
      ["wrong saving-above-cost"],
    ],
    [
      "savings that together pass the cost",
      `${line}a: {says: $600/month, kind: saving, on: cost}\nb: {says: $700/month, kind: saving, on: cost}\nx: {says: $1.3K/month = a + b, kind: saving}`,
      ["wrong saving-above-cost"],
    ],
    [
      "the cost for the saving",
      `${line}x: {says: $1.0K/month = cost - 800 USD/month, kind: saving, on: cost}`,
      ["wrong cost-as-saving"],
    ],
    [
      "the cost after for the saving",
      "a: $3,500 -> $2,100\nx: {says: $2.1K = before(a) - after(a), kind: saving, on: a}",
      ["wrong cost-as-saving"],
    ],
    [
      "an opportunity beside the change that realises it",
      `${line}a: {says: $300/month, kind: saving}\no: {says: $310/month, kind: opportunity, realised-by: a}\nx: {says: $610/month = a + o, kind: saving}`,
      ["wrong opportunity-listed-again"],
    ],
    [
      "a cost that was prevented",
      `a: {says: $300/month, kind: saving}\np: {says: $500/month, kind: avoided}\nx: {says: $800/month = a + p, kind: saving}`,
      ["wrong avoided-as-saving"],
    ],
    [
      "one amount twice on one line",
      `${line}a: {says: $360/month, kind: saving, on: cost}\nb: {says: $360/month, kind: saving, on: cost}\nx: {says: $720/month = a + b, kind: saving}`,
      ["doubtful saving-counted-twice"],
    ],
    [
      "one saving named twice",
      "a: {says: $5, kind: saving}\nx: {says: $10 = a + a, kind: saving}",
      ["wrong saving-counted-twice"],
    ],
    ["a discount on what can be", `${line}x: {says: 40%, kind: discount, on: cost}`, ["exact discount-base"]],
    [
      "a discount on what cannot be",
      "a: $5\nb: {says: $6, not-committable: storage}\nall: $11 = a + b\nx: {says: 40%, kind: discount, on: all}",
      ["wrong discount-base"],
    ],
    [
      "a return without its cost",
      "a: $10\nother: $90\ng: {says: $15, needs: other}\nx: 50% = roi(a, g)",
      ["wrong return-without-cost"],
    ],
    [
      "a return with its cost",
      "a: $10\nother: $90\ng: {says: $150, needs: other}\nx: 50% = roi(a + other, g)",
      ["exact return"],
    ],
  ])("%s", async (_, claims, expected) => {
    const found = await outcome(claims);
    expect(found).toEqual(expect.arrayContaining(expected));
    expect(found.every((one) => expected.some((each) => one.split(" ")[0] === each.split(" ")[0]))).toBe(
      true,
    );
  });
});

describe("targets and status", () => {
  it.each([
    ["a target met", "x: {says: 36 ms, target: <50 ms, verdict: met}", ["met target"]],
    ["a target called met at its edge", "x: {says: 0.3%, target: <0.3%, verdict: met}", ["wrong target"]],
    ["a target met in another unit", "x: {says: 0.04 s, target: <50 ms, verdict: met}", ["met target"]],
    ["a target of another kind", "x: {says: 4 files, target: <50 ms, verdict: met}", ["wrong units"]],
    [
      "a target met by a simulation",
      "x: {says: 36 ms, basis: simulated, target: <50 ms, verdict: met}",
      ["wrong target"],
    ],
    [
      "a target called missed that is met",
      "x: {says: 36 ms, target: <50 ms, verdict: missed}",
      ["doubtful target"],
    ],
    [
      "a target met with nothing observed",
      "x: {says: Fast, note: none, target: <50 ms, verdict: met}",
      ["wrong target", "note remark"],
    ],
    ["done over done boxes", "x: {says: Done, status: complete, done: [a, b]}", ["done complete-over-open"]],
    [
      "done over an open box",
      "x: {says: Done, status: complete, done: 3, open: [deploy]}",
      ["wrong complete-over-open"],
    ],
    [
      "done over work that is not",
      "t: {says: T, status: in-progress}\nx: {says: Done, status: complete, over: t}",
      ["wrong complete-over-open"],
    ],
    [
      "done over boxes two steps away",
      "a: {says: A, status: complete, over: b}\nb: {says: B, status: open, open: 2}",
      ["wrong complete-over-open"],
    ],
    [
      "done over a circle",
      "a: {says: A, status: complete, over: x}\nx: {says: B, status: complete, over: a}",
      ["done complete-over-open"],
    ],
    ["ready over open boxes", "x: {says: Ready, status: ready, open: 2}", ["doubtful complete-over-open"]],
    [
      "done on simulated data",
      "x: {says: Done, status: complete, basis: simulated}",
      ["wrong complete-on-simulated"],
    ],
    ["progress by tasks done", "t: {says: T, status: in-progress}\nx: 1 = done(t)", ["wrong progress"]],
    ["a count of what is listed", "x: {says: 2 names, lists: [a, b]}", ["exact count"]],
    ["a count of more than is listed", "x: {says: 16 indexes, lists: [a, b]}", ["wrong count"]],
    ["a figure from nowhere", "x: {says: $500, basis: unstated}", ["note unsupported"]],
    ["a reader's doubt", "x: {says: $500, doubt: Why?}", ["doubtful remark"]],
  ])("%s", async (_, claims, expected) => {
    expect(await outcome(claims)).toEqual(expected);
  });
});

describe("dates", () => {
  it.each([
    ["a day that is", "x: 2024-02-29", ["exact date"]],
    ["a day that is not", "x: 2026-02-29", ["wrong date"]],
    ["an end before the beginning", "x: 2026-02-19..2026-02-16", ["wrong order"]],
    [
      "work before what it waits for",
      "a: 2026-02-16..2026-02-19\nx: {says: 2026-02-13..2026-02-16, after: a}",
      ["wrong order"],
    ],
    ["a weekday", "x: {says: 2025-10-18, weekday: Monday}", ["wrong weekday"]],
    [
      "done before its time",
      "x: {says: 2026-02-05..2026-02-06, status: complete}\nas-of-day: 2026-02-04",
      ["exact date"],
    ],
    ["a length in weeks", "a: 2026-01-19..2026-02-14\nx: 2 weeks = days(a)", ["wrong schedule"]],
    ["working days", "a: 2026-01-19..2026-01-30\nx: 10 days = weekdays(a)", ["exact schedule"]],
    ["days ahead", "a: 2026-01-20\nb: 2026-02-14\nx: 25 days = gap(a, b)", ["exact schedule"]],
    ["the same dates", "a: 2026-02-04\nx: 2026-02-05 = a", ["wrong same-figure"]],
    ["a weekend", "x: 2026-02-05..2026-02-07", ["note weekend"]],
  ])("%s", async (_, claims, expected) => {
    expect(await outcome(claims)).toEqual(expect.arrayContaining(expected));
  });

  it("are not done in a paper that was written before them", async () => {
    const sheet = "as-of: 2026-02-04\nclaims:\n  x: {says: 2026-02-05, status: complete}";
    const { findings } = await auditClaims(parseClaims(sheet, "yaml", "sheet.yaml"));
    expect(findings.map(({ rule }) => rule)).toEqual(["done-before-its-time"]);
  });

  it("of last year's calendar are recognised", async () => {
    const dates = ["2026-02-17..2026-02-28", "2026-03-03..2026-03-07", "2026-03-10..2026-03-14"];
    const { findings } = await audit(dates.map((days, index) => `d${index}: ${days}`).join("\n"));
    expect(findings[0]?.explanation).toContain("the dates seem to be that year's");
  });
});

describe("the lake", () => {
  const lake = (value: string, currency?: string): LakeFigures => ({
    figure: async () => known({ value, currency }),
  });
  const claim = 'x: {says: "$20,007", lake: billed}';

  it.each([
    ["the figure", lake("20007", "USD"), ["exact lake"]],
    ["a figure that rounds to it", lake("20006.6931", "USD"), ["rounded lake"]],
    ["another figure", lake("20008", "USD"), ["wrong lake"]],
    ["another currency", lake("20007", "EUR"), ["wrong units"]],
    ["no figure", { figure: async () => unknown("no bills of that time") }, ["note lake"]],
  ] satisfies [string, LakeFigures, string[]][])("has %s", async (_, figures, expected) => {
    expect(await outcome(claim, figures)).toEqual(expected);
  });

  it("is not asked without being given", async () => {
    expect((await audit(claim)).counts.checks).toBe(0);
  });
});

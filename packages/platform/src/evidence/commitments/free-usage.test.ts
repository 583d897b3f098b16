import { add, compare, type Decimal, decimal, sign, subtract, sumDecimals, ZERO } from "@trimtab/domain";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CoveredUsage, type Freed, freeUsage, inOrder, type OnDemandUsage } from "./free-usage.ts";

const d = decimal;

const covered = (
  hour: string,
  resource: string | null,
  commitment: string,
  units: string,
  value: string,
  isSpend = false,
): CoveredUsage => ({
  hour,
  resource,
  item: "vm",
  commitment,
  units: d(units),
  value: d(value),
  isSpend,
});

const onDemand = (
  hour: string,
  resource: string | null,
  value: string,
  fits: Readonly<Record<string, string>> = {},
): OnDemandUsage => ({
  hour,
  resource,
  item: "vm",
  value: d(value),
  fits: new Map(Object.entries(fits).map(([id, units]) => [id, d(units)])),
});

const freed = (resource: string, amount: string): Freed => ({ resource, item: "vm", amount: d(amount) });

const texts = (outcomes: ReturnType<typeof freeUsage>) =>
  outcomes.map(
    (each) => `${each.freed} freed, ${each.covered} covered, ${each.reused} reused of ${each.commitments}`,
  );

describe("freeUsage", () => {
  it("saves nothing where the commitment goes on costing and nobody takes it over", () => {
    expect(texts(freeUsage([covered("1", "a", "ri", "8", "4")], [], [[freed("a", "4")]]))).toEqual([
      "4 freed, 4 covered, 0 reused of ri",
    ]);
  });

  it("covers other usage of the same hour, and of no other hour", () => {
    const own = [covered("1", "a", "ri", "8", "4"), covered("2", "a", "ri", "8", "4")];
    const others = [onDemand("1", null, "3", { ri: "6" }), onDemand("3", null, "9", { ri: "18" })];
    expect(texts(freeUsage(own, others, [[freed("a", "8")]]))).toEqual([
      "8 freed, 8 covered, 3 reused of ri",
    ]);
  });

  it("covers a part of larger usage, by units", () => {
    // 2 of the 8 units that the other machine of 6 would need
    const others = [onDemand("1", null, "6", { ri: "8" })];
    expect(texts(freeUsage([covered("1", "a", "ri", "2", "1.5")], others, [[freed("a", "1.5")]]))).toEqual([
      "1.5 freed, 1.5 covered, 1.5 reused of ri",
    ]);
  });

  it("takes the resource's own usage on demand off first: the commitment covers what is left", () => {
    const own = [covered("1", "a", "ri", "8", "4")];
    expect(texts(freeUsage(own, [onDemand("1", "a", "4")], [[freed("a", "4")]]))).toEqual([
      "4 freed, 0 covered, 0 reused of ",
    ]);
    expect(texts(freeUsage(own, [onDemand("1", "a", "4")], [[freed("a", "6")]]))).toEqual([
      "6 freed, 2 covered, 0 reused of ri",
    ]);
  });

  it("frees spend before reservations", () => {
    const own = [covered("1", "a", "ri", "8", "4"), covered("1", "a", "sp", "3", "4", true)];
    expect(texts(freeUsage(own, [], [[freed("a", "4")]]))).toEqual(["4 freed, 4 covered, 0 reused of sp"]);
  });

  it("gives spend to other usage at that usage's own discount, the deepest first", () => {
    // 0.5 of the plan is freed: 0.2 covers all of the first at 60 % off, 0.3 covers a half of the second at 40 % off
    const others = [onDemand("1", null, "1", { sp: "0.6" }), onDemand("1", null, "0.5", { sp: "0.2" })];
    expect(
      texts(freeUsage([covered("1", "a", "sp", "0.5", "1.2", true)], others, [[freed("a", "1.2")]])),
    ).toEqual(["1.2 freed, 1.2 covered, 1 reused of sp"]);
  });

  it("gives nothing twice: neither freed units nor the usage that takes them over", () => {
    const own = [covered("1", "a", "ri", "4", "2"), covered("1", "b", "ri", "4", "2")];
    const others = [onDemand("1", null, "3", { ri: "6" })];
    expect(texts(freeUsage(own, others, [[freed("a", "2")], [freed("b", "2")]]))).toEqual([
      "2 freed, 2 covered, 2 reused of ri",
      "2 freed, 2 covered, 1 reused of ri",
    ]);
  });

  it("gives nothing to usage that another draft removes", () => {
    const own = [covered("1", "a", "ri", "4", "2")];
    const others = [onDemand("1", "b", "2", { ri: "4" })];
    expect(texts(freeUsage(own, others, [[freed("a", "2")], [freed("b", "2")]]))).toEqual([
      "2 freed, 2 covered, 0 reused of ri",
      "2 freed, 0 covered, 0 reused of ",
    ]);
  });

  it("counts a second draft of a resource after the first", () => {
    const own = [covered("1", "a", "ri", "4", "2")];
    expect(texts(freeUsage(own, [onDemand("1", "a", "1")], [[freed("a", "1")], [freed("a", "3")]]))).toEqual([
      "1 freed, 0 covered, 0 reused of ",
      "2 freed, 2 covered, 0 reused of ri",
    ]);
  });
});

const amount = fc.integer({ min: 0, max: 500 }).map((cents) => d(`${cents / 100}`));
const hour = fc.constantFrom("1", "2", "3");
const resource = fc.constantFrom("a", "b", "c");
const commitment = fc.constantFrom("ri", "sp");
const coveredUsage = fc.record({
  hour,
  resource: fc.option(resource),
  item: fc.constant("vm"),
  commitment,
  units: amount,
  value: amount,
  isSpend: fc.boolean(),
});
const onDemandUsage = fc.record({
  hour,
  resource: fc.option(resource),
  item: fc.constant("vm"),
  value: amount,
  fits: fc
    .dictionary(commitment, amount, { noNullPrototype: true })
    .map((fits) => new Map(Object.entries(fits))),
});
const drafts = fc.array(
  fc.array(
    fc.record({
      resource,
      item: fc.constant("vm"),
      amount: fc.integer({ min: -200, max: 900 }).map((cents) => d(`${cents / 100}`)),
    }),
    { maxLength: 2 },
  ),
  { maxLength: 5 },
);

const valueIn = (usage: readonly { readonly value: Decimal }[]) =>
  sumDecimals(usage.map(({ value }) => value));
const isAtMost = (a: Decimal, b: Decimal) => compare(a, b) <= 0;

describe("freeUsage, of any usage", () => {
  it("reuses at most what it covers, covers at most what is freed, frees at most what there is", () => {
    fc.assert(
      fc.property(
        fc.array(coveredUsage, { maxLength: 12 }),
        fc.array(onDemandUsage, { maxLength: 12 }),
        drafts,
        (own, others, all) => {
          const outcomes = freeUsage(own, others, all);
          for (const { freed: most, covered: part, reused } of outcomes) {
            expect(sign(reused) >= 0 && isAtMost(reused, part) && isAtMost(part, most)).toBe(true);
          }
          const total = (name: "freed" | "covered" | "reused") =>
            sumDecimals(outcomes.map((each) => each[name]));
          const drafted = (usage: readonly { readonly resource: string | null }[]) =>
            usage.filter((each) => each.resource !== null);
          expect(isAtMost(total("covered"), valueIn(drafted(own) as CoveredUsage[]))).toBe(true);
          expect(
            isAtMost(
              total("freed"),
              add(valueIn(drafted(own) as CoveredUsage[]), valueIn(drafted(others) as OnDemandUsage[])),
            ),
          ).toBe(true);
          // What is saved on demand, by removal or by a commitment in its place, never is more than was paid on demand.
          const saved = add(subtract(total("freed"), total("covered")), total("reused"));
          expect(isAtMost(saved, valueIn(others))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it("is the same whatever order rows come in", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(coveredUsage, {
          maxLength: 6,
          selector: ({ hour: at, resource: of, commitment: by }) => `${at}${of}${by}`,
        }),
        drafts,
        (own, all) => {
          const sums = (usage: readonly CoveredUsage[]) =>
            freeUsage(usage, [], all).map(({ freed: each }) => compare(each, ZERO));
          expect(sums(own.toReversed())).toEqual(sums(own));
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe("inOrder", () => {
  it("lowers what is larger than the next", () => {
    expect(Object.values(inOrder(d("3"), d("2"), d("1"))).map(String)).toEqual(["1", "1", "1"]);
    expect(Object.values(inOrder(d("1"), d("2"), d("3"))).map(String)).toEqual(["1", "2", "3"]);
  });
});

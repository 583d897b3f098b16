import {
  compare,
  currencyCode,
  type Day,
  type Decimal,
  day,
  decimal,
  estimate,
  sumDecimals,
} from "@trimtab/domain";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Effect, SCENARIOS } from "./effect.ts";
import { type Waterfall, type WaterfallTask, waterfall } from "./waterfall.ts";

const USD = currencyCode("USD");
const AT = day("2026-06-01");
const sure = (text: string) => estimate(decimal(text), decimal(text), decimal(text));
const line = (name: string, monthly: string) => ({ name, monthly: decimal(monthly) });
const task = (key: string, ...effects: Effect[]): WaterfallTask => ({
  key,
  title: key,
  effects,
  excludes: [],
});
const amount = (on: string, by: string): Effect => ({ on: [on], change: { kind: "amount", by: sure(by) } });
const share = (on: string[], by: string): Effect => ({ on, change: { kind: "share", by: sure(by) } });
const resize = (on: string, resource: string, costNow: string, saves: string): Effect => ({
  on: [on],
  change: { kind: "resource", resource, costNow: decimal(costNow), net: sure(saves), gross: sure(saves) },
});
const run = (lines: ReturnType<typeof line>[], tasks: WaterfallTask[], at: Day = AT) =>
  waterfall({ currency: USD, lines, tasks, at });
const marginals = ({ steps }: Waterfall) => steps.map(({ marginal }) => String(marginal.mid));

describe("a waterfall", () => {
  it("takes percentages of what is left, so that they compound", () => {
    const answer = run(
      [line("run", "1000"), line("sql", "100")],
      [task("a", share(["run"], "0.5")), task("b", share(["run", "sql"], "0.2"))],
    );
    expect(marginals(answer)).toEqual(["500", "120"]);
    expect(String(answer.steps[1]?.alone.mid)).toBe("220");
    expect(String(answer.overlap.mid)).toBe("100");
    expect(String(answer.end.mid)).toBe("480");
  });

  it("gives the second change of one resource only what the first left of it", () => {
    const answer = run(
      [line("sql", "300")],
      [
        task("resize", resize("sql", "db-1", "100", "50")),
        task("nights", resize("sql", "db-1", "100", "60")),
      ],
    );
    expect(marginals(answer)).toEqual(["50", "30"]);
    const back = run(
      [line("sql", "300")],
      [
        task("nights", resize("sql", "db-1", "100", "60")),
        task("resize", resize("sql", "db-1", "100", "50")),
      ],
    );
    expect(marginals(back)).toEqual(["60", "20"]);
  });

  it("never takes more than a line or a resource costs, nor below zero", () => {
    const answer = run(
      [line("run", "100.01"), line("sql", "10")],
      [
        task("a", amount("run", "70")),
        task("b", amount("run", "70")),
        task("c", resize("sql", "db", "8", "9")),
      ],
    );
    expect(marginals(answer)).toEqual(["70", "30.01", "8"]);
    expect(answer.lines.map(({ end }) => String(end.mid))).toEqual(["0", "2"]);
  });

  it("scales resources down that are said to cost more than their line", () => {
    const answer = run(
      [line("sql", "100")],
      [task("a", resize("sql", "db-1", "150", "75")), task("b", resize("sql", "db-2", "50", "50"))],
    );
    expect(marginals(answer)).toEqual(["37.5", "25"]);
    expect(answer.scaled).toEqual(["sql"]);
  });

  it("adds what a change costs", () => {
    const answer = run(
      [line("sql", "100"), line("cache", "0")],
      [task("a", amount("sql", "40"), amount("cache", "-15"))],
    );
    expect(marginals(answer)).toEqual(["25"]);
    expect(answer.lines.map(({ end }) => String(end.mid))).toEqual(["60", "15"]);
  });

  it("counts what commitments pay for until they end, and a commitment until it does", () => {
    const committed: Effect = {
      on: ["sql"],
      change: {
        kind: "resource",
        resource: "db",
        costNow: decimal("100"),
        net: sure("10"),
        gross: sure("50"),
        committedUntil: day("2026-11-01"),
      },
    };
    const bought = { ...share(["run"], "0.4"), from: day("2026-03-01"), until: day("2029-03-01") };
    const at = (date: string) =>
      marginals(
        run([line("sql", "100"), line("run", "10")], [task("a", committed), task("b", bought)], day(date)),
      );
    expect(at("2026-02-28")).toEqual(["10", "0"]);
    expect(at("2026-10-31")).toEqual(["10", "4"]);
    expect(at("2026-11-01")).toEqual(["50", "4"]);
    expect(at("2029-03-01")).toEqual(["50", "0"]);
  });

  it("refuses alternatives together and says which, and lines that are not there", () => {
    const first = task("resize", share(["run"], "0.1"));
    const second = { ...task("scale", share(["run"], "0.2")), excludes: ["resize"] };
    expect(() => run([line("run", "1")], [first, second])).toThrow(/scale \(scale\) and resize \(resize\)/);
    expect(() => run([line("run", "1")], [second])).not.toThrow();
    expect(() => run([line("run", "1")], [task("a", amount("sql", "1"))])).toThrow(/sql, which is no line/);
  });
});

const cents = fc.integer({ min: 0, max: 1_000_000 }).map((n) => decimal(`${n}e-2`));
const signedCents = fc.integer({ min: -100_000, max: 1_000_000 }).map((n) => decimal(`${n}e-2`));
const part = fc.integer({ min: -200, max: 1000 }).map((n) => decimal(`${n}e-3`));
const ordered = (values: fc.Arbitrary<Decimal>) =>
  fc.tuple(values, values, values).map((list) => {
    const [low, mid, high] = list.toSorted(compare);
    return estimate(low ?? decimal("0"), mid ?? decimal("0"), high ?? decimal("0"));
  });
const NAMES = ["run", "sql", "rest"];
const name = fc.constantFrom(...NAMES);
const effects: fc.Arbitrary<Effect> = fc.oneof(
  fc.record({
    on: fc.uniqueArray(name, { minLength: 1 }),
    change: fc.record({ kind: fc.constant("amount" as const), by: ordered(signedCents) }),
  }),
  fc.record({
    on: fc.uniqueArray(name, { minLength: 1 }),
    change: fc.record({ kind: fc.constant("share" as const), by: ordered(part) }),
  }),
  fc.tuple(name, fc.constantFrom("a", "b"), cents, ordered(signedCents)).map(
    ([on, id, costNow, net]): Effect => ({
      on: [on],
      change: { kind: "resource", resource: `${on}-${id}`, costNow, net, gross: net },
    }),
  ),
);
const lists = fc.array(fc.array(effects, { maxLength: 3 }), { maxLength: 6 });
const lines = fc
  .tuple(cents, cents, cents)
  .map((amounts) => amounts.map((monthly, i) => ({ name: NAMES[i] ?? "", monthly })));

describe("any waterfall", () => {
  it("has parts that sum to the total exactly, in each scenario, and over its lines", () => {
    fc.assert(
      fc.property(lines, lists, (bill, list) => {
        const answer = run(
          bill,
          list.map((own, index) => task(`t${index}`, ...own)),
        );
        for (const scenario of SCENARIOS) {
          const parts = sumDecimals(answer.steps.map(({ marginal }) => marginal[scenario]));
          const byLine = sumDecimals(
            answer.steps.flatMap((step) => step.byLine.map(({ marginal }) => marginal[scenario])),
          );
          const ends = sumDecimals(answer.lines.map(({ end }) => end[scenario]));
          expect(String(parts)).toBe(String(answer.saved[scenario]));
          expect(String(byLine)).toBe(String(parts));
          expect(String(sumDecimals([ends, parts]))).toBe(String(answer.start));
        }
      }),
    );
  });

  it("leaves nothing below zero, and saves no less where each task saves more", () => {
    fc.assert(
      fc.property(lines, lists, (bill, list) => {
        const answer = run(
          bill,
          list.map((own, index) => task(`t${index}`, ...own)),
        );
        for (const { end } of answer.lines)
          for (const scenario of SCENARIOS)
            expect(compare(end[scenario], decimal("0"))).toBeGreaterThanOrEqual(0);
        expect(compare(answer.saved.low, answer.saved.mid)).toBeLessThanOrEqual(0);
        expect(compare(answer.saved.mid, answer.saved.high)).toBeLessThanOrEqual(0);
      }),
    );
  });

  it("has one total, and each task one saving, in whatever order tasks of different lines are done", () => {
    const one = fc.tuple(lines, ordered(cents), ordered(part), fc.integer({ min: 0, max: 5 }));
    fc.assert(
      fc.property(one, ([bill, by, of, turn]) => {
        const tasks = [
          task("a", { on: ["run"], change: { kind: "amount", by } }),
          task("b", { on: ["sql"], change: { kind: "share", by: of } }),
          task("c", {
            on: ["rest"],
            change: { kind: "resource", resource: "x", costNow: decimal("50"), net: by, gross: by },
          }),
        ];
        const moved = [...tasks.slice(turn % 3), ...tasks.slice(0, turn % 3)];
        const other = turn > 2 ? moved.toReversed() : moved;
        const [first, second] = [run(bill, tasks), run(bill, other)];
        expect(second.saved).toEqual(first.saved);
        for (const step of first.steps)
          expect(second.steps.find(({ key }) => key === step.key)?.marginal).toEqual(step.marginal);
      }),
    );
  });

  it("takes from a resource at most what it costs, however many tasks touch it", () => {
    fc.assert(
      fc.property(cents, fc.array(ordered(cents), { maxLength: 5 }), (costNow, savings) => {
        const own = savings.map((net, index) =>
          task(`t${index}`, {
            on: ["run"],
            change: { kind: "resource", resource: "x", costNow, net, gross: net },
          }),
        );
        const answer = run([line("run", "1000000")], own);
        expect(compare(answer.saved.high, costNow)).toBeLessThanOrEqual(0);
      }),
    );
  });
});

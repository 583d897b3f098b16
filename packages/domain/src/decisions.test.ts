import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instant } from "./calendar.ts";
import { canonicalJson, type Json } from "./canonical-json.ts";
import { decimal } from "./decimal.ts";
import { estimate } from "./estimate.ts";
import { type JournalLine, journalProblem, PLAN_MOVES, stepStates } from "./plan.ts";
import { decisionProblem, statusAt } from "./recommendation.ts";
import { findDependencyCycle, taskMoveProblem } from "./task.ts";

describe("canonical JSON", () => {
  it("is one text for one value, whatever the order of its keys", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const text = canonicalJson(value as Json);
        expect(canonicalJson(JSON.parse(text))).toBe(text);
        expect(canonicalJson(reversed(value as Json))).toBe(text);
      }),
    );
    expect(canonicalJson({ b: [1, -0, 1e21, "é"], a: null, "\u20ac": 1, "\ud83d\ude00": 2 })).toBe(
      '{"a":null,"b":[1,0,1e+21,"é"],"€":1,"😀":2}',
    );
  });

  it.each([undefined, Number.NaN, 1n, new Date(), () => 1, { a: undefined }, new Map()])(
    "refuses %o",
    (value) => {
      expect(() => canonicalJson(value as unknown as Json)).toThrow(/JSON can't say/);
    },
  );
});

const reversed = (value: Json): Json => {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([key, one]) => [key, reversed(one)]),
  );
};

describe("a decision on a recommendation", () => {
  const now = instant("2026-07-01T00:00:00Z");
  it("is refused without what it needs", () => {
    expect(decisionProblem("open", { status: "accepted" }, now)).toBeUndefined();
    expect(decisionProblem("accepted", { status: "accepted" }, now)).toContain("already");
    expect(decisionProblem("open", { status: "dismissed", reason: "  " }, now)).toContain("reason");
    expect(decisionProblem("open", { status: "snoozed", until: now }, now)).toContain("future");
    expect(
      decisionProblem("snoozed", { status: "snoozed", until: instant("2026-07-01T00:00:00.5Z") }, now),
    ).toBeUndefined();
  });

  it("that snoozes ends on its own", () => {
    const rests = { status: "snoozed", snoozedUntil: now } as const;
    expect(statusAt(rests, instant("2026-06-30T23:59:59.999Z"))).toBe("snoozed");
    expect(statusAt(rests, now)).toBe("open");
  });
});

describe("a task", () => {
  it("is done by evidence, and stops or comes back with a reason", () => {
    expect(taskMoveProblem("in-progress", { status: "done", hasEvidence: false })).toContain("evidence");
    expect(taskMoveProblem("in-progress", { status: "done", hasEvidence: true })).toBeUndefined();
    expect(taskMoveProblem("todo", { status: "done", hasEvidence: true })).toContain("can't become");
    expect(taskMoveProblem("todo", { status: "blocked", hasEvidence: false })).toContain("reason");
    expect(taskMoveProblem("done", { status: "in-progress", hasEvidence: false })).toContain("reason");
  });

  it("is found in a circle exactly where there is one", () => {
    const name = fc.integer({ min: 0, max: 7 }).map(String);
    fc.assert(
      fc.property(fc.array(fc.record({ task: name, dependsOn: name }), { maxLength: 14 }), (edges) => {
        const circle = findDependencyCycle(edges);
        const isCircle = (from: string, seen: readonly string[]): boolean =>
          edges.some(
            ({ task, dependsOn }) =>
              task === from && (seen.includes(dependsOn) || isCircle(dependsOn, [...seen, dependsOn])),
          );
        expect(circle !== undefined).toBe(edges.some(({ task }) => isCircle(task, [task])));
        for (const [index, task] of (circle ?? []).slice(0, -1).entries())
          expect(edges).toContainEqual({ task, dependsOn: circle?.[index + 1] });
      }),
    );
    const chain = Array.from({ length: 50_000 }, (_, index) => ({
      task: `${index}`,
      dependsOn: `${index + 1}`,
    }));
    expect(findDependencyCycle(chain)).toBeUndefined();
    expect(findDependencyCycle([...chain, { task: "50000", dependsOn: "0" }])).toHaveLength(50_002);
  });
});

describe("a journal", () => {
  it("never begins a step that may have happened", () => {
    const step = fc.constantFrom("a", "b");
    const line: fc.Arbitrary<JournalLine> = fc.oneof(
      fc.record({ step, direction: fc.constantFrom("apply", "roll-back"), kind: fc.constant("intent") }),
      fc.record({
        step,
        direction: fc.constantFrom("apply", "roll-back"),
        kind: fc.constant("outcome"),
        result: fc.constantFrom("succeeded", "failed"),
      }),
    ) as fc.Arbitrary<JournalLine>;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 20 }), (offered) => {
        const kept: JournalLine[] = [];
        for (const one of offered)
          if (journalProblem(stepStates(kept).get(one.step) ?? "untouched", one) === undefined)
            kept.push(one);
        for (const name of ["a", "b"]) {
          const own = kept.filter((one) => one.step === name);
          for (const [index, one] of own.entries())
            expect(one.kind).toBe(index % 2 === 0 ? "intent" : "outcome");
          const applied = own.filter(
            (one) => one.kind === "outcome" && one.direction === "apply" && one.result === "succeeded",
          );
          expect(applied.length).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it("belongs to a plan whose states all lead somewhere", () => {
    const ends = Object.entries(PLAN_MOVES).filter(([, to]) => to.length === 0);
    expect(ends.map(([from]) => from)).toEqual(["rolled-back", "withdrawn"]);
  });
});

describe("an estimate", () => {
  it("runs from low to high", () => {
    expect(estimate(decimal("-1"), decimal("0"), decimal("0")).low).toEqual(decimal("-1"));
    expect(() => estimate(decimal("2"), decimal("1"), decimal("3"))).toThrow(
      /No estimate runs from 2 over 1 to 3/,
    );
  });
});

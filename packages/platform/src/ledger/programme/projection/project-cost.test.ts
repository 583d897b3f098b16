import { describe, expect, it } from "vitest";
import { projectCost } from "./project-cost.ts";

/** Errors of about 2 %, always the same. */
function noise(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state / 2 ** 32 - 0.5) * 0.08;
  };
}

const made = (count: number, cost: (load: number, day: number) => number, seed = 1, swing = 0.3) => {
  const random = noise(seed);
  return Array.from({ length: count }, (_, day) => {
    const load = 1000 * (1 + (day % 7 < 5 ? swing : -swing) + random());
    return { load, cost: cost(load, day) * (1 + random()) };
  });
};
const month = 730 / 24;
const known = (answer: ReturnType<typeof projectCost>) => {
  if (answer.status === "unknown") throw new Error(answer.reason);
  return answer.value;
};

describe("a projection of cost", () => {
  it("finds what is fixed and what grows, and says how sure it is", () => {
    const days = made(180, (load) => 20 + 0.05 * load);
    const { fixed, perUnit, projections, step } = known(projectCost(days, [1, 2, 10]));
    expect(step).toBeUndefined();
    expect(fixed / month).toBeCloseTo(20, -0.5);
    expect(perUnit.low).toBeLessThan(0.05);
    expect(perUnit.high).toBeGreaterThan(0.05);
    const today =
      days
        .slice(-28)
        .map(({ load }) => load)
        .toSorted((a, b) => a - b)[14] ?? 0;
    for (const { factor, cost } of projections) {
      if (cost.status === "unknown") throw new Error(cost.reason);
      const truth = month * (20 + 0.05 * today * factor);
      expect(Math.abs(cost.value.mid - truth) / truth).toBeLessThan(0.05);
      expect(cost.value.low).toBeLessThanOrEqual(cost.value.mid);
    }
  });

  it("is not bent by single days, and sees a jump that stayed", () => {
    const days = made(180, (load, day) => (day === 40 ? 900 : (day >= 91 ? 60 : 20) + 0.05 * load));
    const { step, perUnit, fixed } = known(projectCost(days, [1]));
    expect(step?.day).toBe(91);
    expect((step?.by ?? 0) / month).toBeCloseTo(40, -0.7);
    expect(perUnit.mid).toBeCloseTo(0.05, 2);
    expect(fixed / month).toBeCloseTo(60, -0.9);
  });

  it("has the truth within its 90 % interval about that often", () => {
    let within = 0;
    for (let seed = 1; seed <= 20; seed += 1) {
      const { perUnit } = known(
        projectCost(
          made(84, (load) => 20 + 0.05 * load, seed),
          [1],
        ),
      );
      if (perUnit.low <= 0.05 && 0.05 <= perUnit.high) within += 1;
    }
    expect(within / 20).toBeGreaterThanOrEqual(0.7);
  });

  it("abstains where history can't tell", () => {
    const reason = (days: ReturnType<typeof made>) => {
      const answer = projectCost(days, [2]);
      return answer.status === "unknown" ? answer.reason : "known";
    };
    expect(reason(made(30, (load) => load))).toMatch(/30 days/);
    expect(reason(made(100, (load) => load, 1, 0.01))).toMatch(/hardly changed/);
    expect(reason(made(100, (_, day) => (day % 2 === 0 ? 5 : 500)))).toMatch(/median error|far apart/);
  });
});

import { cloudRunProblems } from "@trimtab/domain";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CLOUD_RUN_TODAY } from "../../testing/cloud-run-evidence.ts";
import { pointsOf, settingsGrid } from "./grid.ts";
import { cheapest, cheapestByExhaustion, type ScalingProblem } from "./optimise.ts";
import { serviceTimeOf } from "./simulate/service-time.ts";

const RATES = {
  "active cpu": 24e-6,
  "active memory": 2.5e-6,
  "idle cpu": 2.5e-6,
  "idle memory": 2.5e-6,
  requests: 0.4e-6,
  "instance cpu": 18e-6,
  "instance memory": 2e-6,
};

const service = serviceTimeOf(
  { bounds: [50, 100, 200, 400, 800], counts: [10, 40, 30, 15, 5, 0] },
  undefined,
);
if (service === undefined) throw new Error("no service time");

const problems = fc
  .record({
    base: fc.double({ min: 0.5, max: 3000, noNaN: true }),
    swing: fc.double({ min: 0, max: 1, noNaN: true }),
    cpuPerRequest: fc.constantFrom(0.02, 0.1, 0.4),
    usedMiB: fc.constantFrom(100, 300, 900),
    minInstances: fc.integer({ min: 0, max: 5 }),
    concurrency: fc.constantFrom(1, 4, 80),
    cpuAllocation: fc.constantFrom("request" as const, "instance" as const),
    p95Seconds: fc.constantFrom(0.6, 0.9, 5),
    coldShare: fc.constantFrom(0.0001, 0.01, 1),
  })
  .map((drawn) => {
    const counts = Float64Array.from({ length: 24 }, (_, hour) =>
      Math.round(drawn.base * (1 + drawn.swing * Math.sin((2 * Math.PI * hour) / 24))),
    );
    const today = {
      ...CLOUD_RUN_TODAY,
      minInstances: drawn.minInstances,
      maxInstances: 60,
      concurrency: drawn.concurrency,
      cpuAllocation: drawn.cpuAllocation,
    };
    const problem: ScalingProblem = {
      today,
      workload: { startMs: 0, intervalSeconds: 3600, counts, service },
      startupSeconds: 3,
      cpuPerRequest: drawn.cpuPerRequest,
      rates: RATES,
      limits: { p95Seconds: drawn.p95Seconds, errorShare: 0.001, coldShare: drawn.coldShare },
    };
    const shapes = settingsGrid(today, {
      cpuPerRequest: drawn.cpuPerRequest,
      neededMiB: (concurrency) => drawn.usedMiB * Math.max(1, concurrency / drawn.concurrency),
      mostConcurrency: drawn.concurrency === 1 ? 1 : 100,
      cpuAllocations: ["request", "instance"],
      peakInstances: 4,
      leastMinimum: 0,
      mayLowerMaximum: true,
    });
    return { problem, shapes };
  });

describe("cheapest", () => {
  it("chooses what exhaustive replay chooses, to the last digit, from fewer replays", () => {
    let [replayed, points, chosen] = [0, 0, 0];
    fc.assert(
      fc.property(problems, ({ problem, shapes }) => {
        const fast = cheapest(problem, shapes);
        const slow = cheapestByExhaustion(problem, shapes);
        expect(fast?.point).toEqual(slow?.point);
        expect(fast?.cost).toBe(slow?.cost);
        replayed += fast?.replayed ?? 0;
        points += slow?.replayed ?? 0;
        chosen += fast === undefined ? 0 : 1;
      }),
      { numRuns: 6, seed: 26 },
    );
    expect(chosen).toBeGreaterThan(2);
    expect(replayed).toBeLessThan(points);
  });

  it("proposes nothing that Cloud Run refuses", () => {
    fc.assert(
      fc.property(problems, ({ problem, shapes }) => {
        for (const { point } of pointsOf(shapes, problem.today)) expect(cloudRunProblems(point)).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  it("finds the limits too tight rather than breaking them", () => {
    fc.assert(
      fc.property(problems, ({ problem, shapes }) => {
        const limits = { ...problem.limits, p95Seconds: 0.001 };
        expect(cheapest({ ...problem, limits }, shapes)).toBeUndefined();
      }),
      { numRuns: 3 },
    );
  });
});

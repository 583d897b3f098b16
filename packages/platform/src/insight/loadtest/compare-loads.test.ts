import { expect, test } from "vitest";
import { compareLoads } from "./compare-loads.ts";
import type { IntervalResult } from "./run-load.ts";

const margins = { relative: 0.1, failures: 0.001 };
const run = (own: (index: number) => Partial<IntervalResult>): readonly IntervalResult[] =>
  Array.from({ length: 20 }, (_, index) => {
    const base = 20 + (index % 5);
    const known = { seconds: 10, requestsPerSecond: 50, sent: 500, answered: 500, failed: 0 };
    return {
      ...known,
      p50: base,
      p90: base * 2,
      p97_5: base * 3,
      p99: base * 4,
      max: base * 6,
      ...own(index),
    };
  });
const before = run(() => ({}));

test("the same run is no worse", () => {
  const { verdict, changes } = compareLoads(before, before, margins);
  expect(verdict).toBe("no worse");
  expect(changes.map(({ change }) => change)).toEqual([0, 0, 0, 0, 0, 0]);
});

test("a fifth slower at the tail is worse, and says where", () => {
  const after = before.map((one, index) => ({ ...one, p99: one.p99 * (1.2 + (index % 3) / 100) }));
  const { verdict, reason, changes } = compareLoads(before, after, margins);
  expect([verdict, reason]).toEqual(["worse", "p99: worse beyond the margin"]);
  const [low, high] = changes.find(({ figure }) => figure === "p99")?.interval ?? [0, 0];
  expect(low).toBeGreaterThan(0.19);
  expect(high).toBeLessThan(0.23);
});

test("what swings too much to tell is not proven", () => {
  const after = before.map((one, index) => ({ ...one, p50: one.p50 * (index % 2 === 0 ? 0.5 : 1.7) }));
  expect(compareLoads(before, after, margins)).toMatchObject({ verdict: "not proven" });
});

test("failures count by their share", () => {
  const after = before.map((one) => ({ ...one, failed: 5, answered: 495 }));
  const { changes, verdict } = compareLoads(before, after, margins);
  expect(verdict).toBe("worse");
  expect(changes.find(({ figure }) => figure === "failures")).toMatchObject({
    after: 0.01,
    verdict: "worse",
  });
});

test("less throughput is worse, more is not", () => {
  const less = before.map((one) => ({ ...one, answered: 400 }));
  expect(compareLoads(before, less, margins).changes[0]).toMatchObject({
    figure: "throughput",
    verdict: "worse",
  });
  expect(compareLoads(less, before, margins).changes[0]).toMatchObject({ verdict: "no worse" });
});

test("few intervals prove nothing", () => {
  expect(compareLoads(before.slice(0, 5), before.slice(0, 5), margins)).toMatchObject({
    verdict: "not proven",
    pairs: 5,
  });
  expect(compareLoads([], [], margins)).toMatchObject({ verdict: "not proven", pairs: 0 });
});

test("the interval covers a known change as often as it says", () => {
  // Ten thousand requests' worth of noise in each interval, a true change of 5 %.
  let state = 7;
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const noise = () => 1 + 0.05 * (random() + random() + random() - 1.5);
  let covered = 0;
  for (let trial = 0; trial < 100; trial++) {
    const one = run(() => ({ p50: 20 * noise() }));
    const other = run(() => ({ p50: 21 * noise() }));
    const { interval } = compareLoads(one, other, margins).changes[1] ?? { interval: [0, 0] as const };
    if (interval[0] <= 0.05 && interval[1] >= 0.05) covered += 1;
  }
  expect(covered).toBeGreaterThanOrEqual(86);
});

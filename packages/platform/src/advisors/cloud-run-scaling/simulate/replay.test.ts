import { describe, expect, it } from "vitest";
import { runOracle } from "../../../testing/cloud-run-oracle.ts";
import {
  countsOf,
  type Draw,
  generateRequests,
  latencyHistogram,
  lognormal,
  meanOf,
  randomOf,
} from "../../../testing/cloud-run-workload.ts";
import { instanceShape } from "./autoscaling.ts";
import { type Minimum, replay } from "./replay.ts";
import { serviceTimeOf } from "./service-time.ts";
import { demandOf } from "./workload.ts";

interface Case {
  readonly hours: number;
  readonly rate: (minute: number, random: () => number) => number;
  readonly time: Draw;
}

const CASES: Readonly<Record<string, Case>> = {
  steady: { hours: 12, rate: () => 5, time: lognormal(0.2, 0.7) },
  diurnal: {
    hours: 24,
    rate: (minute) => 6 * (1 + 0.9 * Math.sin((2 * Math.PI * minute) / 720)),
    time: lognormal(0.15, 0.6),
  },
  bursty: {
    hours: 24,
    rate: (minute, random) => (minute % 7 < 2 ? 20 : 2) * (0.5 + random()),
    time: lognormal(0.2, 0.5),
  },
  "low traffic": { hours: 168, rate: () => 0.002, time: lognormal(0.3, 0.5) },
  "long requests": { hours: 48, rate: () => 0.3, time: lognormal(40, 0.5) },
};

function both(name: string, concurrency: number, minimum: Minimum, maxInstances = 100) {
  const { hours, rate, time } = CASES[name] as Case;
  const requests = generateRequests(name, hours, rate, time);
  const shape = instanceShape({ cpu: 1, concurrency }, 0, 3);
  const oracle = runOracle({
    ...requests,
    ...shape,
    minInstances: (seconds) =>
      typeof minimum === "number" ? minimum : (minimum[Math.floor(seconds / 3600) % 168] ?? 0),
    maxInstances,
    random: randomOf(`${name} routes`),
  });
  const mean = meanOf(requests.services) * 1000;
  const service = serviceTimeOf(latencyHistogram(requests.services), mean);
  if (service === undefined) throw new Error("no requests");
  const counts = countsOf(requests, 60);
  // 2026-10-05 was a Monday.
  const demand = demandOf({
    startMs: Date.parse("2026-10-05T00:00:00Z"),
    intervalSeconds: 60,
    counts,
    service,
  });
  const [replayed] = replay(demand, shape, maxInstances, [minimum]);
  if (replayed === undefined) throw new Error("no replay");
  return { oracle, replayed, total: replayed.total };
}

const off = (value: number, of: number) => Math.abs(value / of - 1);

describe("replay", () => {
  it.each(Object.keys(CASES).flatMap((name) => [1, 8, 80].map((concurrency) => ({ name, concurrency }))))(
    "says the instance-hours of the oracle within 3 %: $name at $concurrency",
    ({ name, concurrency }) => {
      const { oracle, total } = both(name, concurrency, 0);
      expect(off(total.alive / 3600, oracle.aliveHours)).toBeLessThan(0.03);
      expect(off(total.billed / 3600, oracle.billedHours)).toBeLessThan(0.03);
    },
  );

  it("says the waiting minimum instances of the oracle, constant or by hour of the week", () => {
    const byHour = Array.from({ length: 168 }, (_, hour) => (hour % 24 < 8 ? 1 : 4));
    for (const minimum of [2, byHour]) {
      const { oracle, total } = both("diurnal", 8, minimum);
      expect(off(total.idleMinimum / 3600, oracle.idleMinimumHours)).toBeLessThan(0.03);
      expect(off(total.alive / 3600, oracle.aliveHours)).toBeLessThan(0.03);
    }
  });

  it("says how long requests take and how many find no instance", () => {
    const { oracle, replayed, total } = both("low traffic", 80, 0);
    expect(off(replayed.latency(0.5), oracle.p50)).toBeLessThan(0.1);
    expect(off(replayed.latency(0.95), oracle.p95)).toBeLessThan(0.1);
    expect(Math.abs(total.cold / total.requests - oracle.coldShare)).toBeLessThan(0.02);
    expect(replayed.within(replayed.latency(0.95))).toBeCloseTo(0.95, 3);
    expect(both("low traffic", 80, 1).total.cold).toBe(0);
  });

  it("refuses what there is no room for", () => {
    const { oracle, total } = both("steady", 1, 0, 1);
    expect(oracle.errorShare).toBeGreaterThan(0.1);
    expect(total.refused / total.requests).toBeCloseTo(oracle.errorShare, 1);
  });

  it("does not count what is not known", () => {
    const service = serviceTimeOf({ bounds: [100, 200], counts: [0, 1, 0] }, undefined);
    if (service === undefined) throw new Error("no service time");
    const counts = Float64Array.from({ length: 1440 }, (_, at) => (at < 720 ? 60 : Number.NaN));
    const demand = demandOf({ startMs: 0, intervalSeconds: 60, counts, service });
    const [replayed] = replay(demand, instanceShape({ cpu: 1, concurrency: 8 }, 0, 1), 10, [0]);
    expect(replayed?.total.seconds).toBe(720 * 60);
    expect(replayed?.total.requests).toBe(720 * 60);
  });
});

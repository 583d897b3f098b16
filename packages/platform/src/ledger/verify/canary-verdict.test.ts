import { describe, expect, it } from "vitest";
import { noise } from "../../testing/noise.ts";
import { bandWidth, type CanaryMetric, type CanaryPair, canaryVerdict } from "./canary-verdict.ts";

interface Canary {
  readonly seed: number;
  /** Logarithm of canary ÷ control. */
  readonly effect: number;
  readonly phi: number;
  readonly minutes: number;
}

const pairsOf = ({ seed, effect, phi, minutes }: Canary): readonly CanaryPair[] => {
  const { normal } = noise(seed * 7919 + 1);
  let stray = normal();
  return Array.from({ length: minutes }, (_, minute) => {
    stray = phi * stray + Math.sqrt(1 - phi * phi) * normal();
    return { atMs: minute * 60_000, control: 100, canary: 100 * Math.exp(effect + 0.06 * stray) };
  });
};

const latency = (pairs: readonly CanaryPair[]): CanaryMetric => ({
  id: "p95_ms",
  kind: "ratio",
  margin: 0.05,
  worse: "higher",
  pairs,
});

/** What stands at the first look that ends the canary, asked every minute. */
const watched = (canary: Canary) => {
  const pairs = pairsOf(canary);
  for (let minute = 1; minute <= pairs.length; minute++) {
    const { verdict } = canaryVerdict([latency(pairs.slice(0, minute))]);
    if (verdict !== "continue") return verdict;
  }
  return "continue";
};

const shares = (of: Omit<Canary, "seed">, runs: number) => {
  const verdicts = Array.from({ length: runs }, (_, seed) => watched({ ...of, seed }));
  const share = (wanted: string) => verdicts.filter((verdict) => verdict === wanted).length / runs;
  return { stopped: share("stop-harm"), passed: share("pass") };
};

describe("canaryVerdict", () => {
  it("is rarely wrong on the margin itself, looked at every minute, also where minutes hang together", () => {
    for (const phi of [0, 0.5]) {
      const { stopped, passed } = shares({ effect: Math.log(1.05), phi, minutes: 120 }, 150);
      // At 5 % 150 runs stray by 1.8 points.
      expect(stopped).toBeLessThan(0.09);
      expect(passed).toBeLessThan(0.09);
    }
  });

  it("passes what is as fast, stops what is a good deal slower", () => {
    expect(shares({ effect: 0, phi: 0.3, minutes: 180 }, 60).passed).toBeGreaterThan(0.95);
    expect(shares({ effect: Math.log(1.2), phi: 0.3, minutes: 60 }, 60).stopped).toBeGreaterThan(0.95);
  });

  it("needs all metrics to pass and one to stop, and some time for either", () => {
    const calm = pairsOf({ seed: 1, effect: 0, phi: 0, minutes: 200 });
    const slow = pairsOf({ seed: 2, effect: 0.5, phi: 0, minutes: 200 });
    const failing = calm.map(({ atMs }, minute) => ({ atMs, control: 0.001 * (minute % 2), canary: 0.05 }));
    const errors: CanaryMetric = {
      id: "errors",
      kind: "difference",
      margin: 0.01,
      worse: "higher",
      pairs: failing,
    };
    expect(canaryVerdict([latency(calm)]).verdict).toBe("pass");
    expect(canaryVerdict([latency(calm), { ...latency(calm.slice(0, 3)), id: "new" }]).verdict).toBe(
      "continue",
    );
    expect(canaryVerdict([latency(calm), errors])).toMatchObject({ verdict: "stop-harm" });
    expect(canaryVerdict([{ ...latency(slow), worse: "lower", margin: 0.05 }]).verdict).toBe("pass");
    expect(canaryVerdict([latency(slow.slice(0, 5))])).toMatchObject({
      verdict: "continue",
      metrics: [{ worse: null }],
    });
    expect(canaryVerdict([]).verdict).toBe("continue");
  });

  it("shows how much worse it is, within a band", () => {
    const [evidence] = canaryVerdict([
      latency(pairsOf({ seed: 3, effect: Math.log(1.1), phi: 0, minutes: 300 })),
    ]).metrics;
    expect(evidence?.worse?.low).toBeLessThan(0.1);
    expect(evidence?.worse?.high).toBeGreaterThan(0.1);
    expect(evidence?.worse?.mid).toBeCloseTo(0.1, 1);
  });

  it("has a band that narrows with time and is wider than that of a single look", () => {
    const widths = [20, 80, 320, 1280].map((count) => bandWidth(count, 1, 0.05));
    expect(widths).toEqual(widths.toSorted((a, b) => b - a));
    for (const [index, count] of [20, 80, 320, 1280].entries())
      expect(widths[index]).toBeGreaterThan(1.96 / Math.sqrt(count));
  });
});

import { describe, expect, it } from "vitest";
import { noise } from "../../testing/noise.ts";
import { type Assessment, assess } from "./assess.ts";
import { equivalence } from "./equivalence.ts";
import { criticalSize, effectiveCount, leastEffective, pValue } from "./placebo.ts";
import { assessSettings, studyChange, studyWindow, watchChange } from "./study-change.ts";
import { DAY_MS, HOUR_MS, stepAtOrAfter, type TimeSeries, toSteps } from "./time-series.ts";

describe("placebo", () => {
  it("counts the date itself, so that no p-value is nothing", () => {
    const sizes = Array.from({ length: 99 }, (_, index) => index);
    const placebo = { sizes, effective: 99 };
    expect(pValue(placebo, 1000)).toBe(0.01);
    expect(pValue(placebo, 95)).toBe(0.05);
    expect(pValue(placebo, -1)).toBe(1);
  });

  it("has its p-value at most the level exactly where the interval leaves nothing out", () => {
    const { uniform } = noise(1);
    for (const effective of [19, 25.3, 60, 140]) {
      const placebo = { sizes: Array.from({ length: 140 }, uniform), effective };
      const critical = criticalSize(placebo, 0.05);
      expect(pValue(placebo, critical + 1e-9)).toBeLessThanOrEqual(0.05);
      expect(pValue(placebo, critical)).toBeGreaterThan(0.05);
    }
  });

  it("takes overlapping windows for fewer than they are, and separate ones for what they are", () => {
    expect(effectiveCount(100, 1, 1)).toBe(100);
    expect(effectiveCount(100, 7, 7)).toBe(100);
    expect(effectiveCount(100, 7, 1)).toBeLessThan(30);
    expect(effectiveCount(100, 7, 1)).toBeGreaterThan(100 / 7);
    expect(leastEffective(0.05)).toBe(19);
  });
});

const walk = (seed: number, length: number, stepMs: number): TimeSeries => {
  const { normal } = noise(seed);
  let level = 100;
  const values = Array.from({ length }, () => {
    level += 0.2 * normal();
    return level + normal();
  });
  return { startMs: 0, stepMs, values };
};

const changed = (series: TimeSeries, from: number, factor: number): TimeSeries => ({
  ...series,
  values: series.values.map((value, at) => (value === null || at < from ? value : value * factor)),
});

const assessed = (found: Assessment | undefined) => {
  if (found?.kind !== "assessed") throw new Error(`not assessed: ${found?.reason}`);
  return found;
};

describe("assess", () => {
  it("is wrong about 5 of 100 times where a level wanders, and finds what it says it finds", () => {
    const runs = Array.from({ length: 300 }, (_, seed) => {
      const { trials } = studyWindow(
        { series: walk(seed + 1, 160, DAY_MS), controls: [], change: 157 },
        3,
        false,
      );
      return assessed(assess(trials, 157, assessSettings(DAY_MS, 3)));
    });
    const wrong = runs.filter(({ p }) => p <= 0.05).length / runs.length;
    // 300 runs at 5 % stray by 1.3 points.
    expect(wrong).toBeGreaterThan(0.015);
    expect(wrong).toBeLessThan(0.085);
    const found = runs.filter(({ effect, halfWidth, detectable }) => {
      const shown = (1 + effect) * (1 + detectable) - 1;
      return shown > halfWidth;
    });
    expect(found.length / runs.length).toBeGreaterThan(0.85);
  });

  it("takes the longest window that the time before can calibrate, whatever came after", () => {
    const series = walk(2, 200, DAY_MS);
    const horizonOf = (one: TimeSeries) =>
      studyChange({ series: one, controls: [], change: 160 }, [28, 14, 7, 3, 1])?.study.horizon;
    expect(horizonOf(series)).toBe(7);
    expect(horizonOf(changed(series, 160, 0.2))).toBe(7);
  });

  it("abstains with a reason and never with a number that is none", () => {
    const short = studyChange({ series: walk(3, 40, DAY_MS), controls: [], change: 30 }, [7, 3, 1]);
    expect(short?.assessment).toMatchObject({ kind: "abstained" });
    const gaps = { ...walk(3, 100, DAY_MS), values: Array.from({ length: 100 }, () => null) };
    const empty = studyChange({ series: gaps, controls: [], change: 80 }, [7, 3, 1]);
    expect(empty?.assessment).toMatchObject({ kind: "abstained" });
  });

  it("answers for series that are always zero", () => {
    const zeros: TimeSeries = { startMs: 0, stepMs: DAY_MS, values: Array.from({ length: 160 }, () => 0) };
    const question = { series: zeros, controls: [], change: 150, unit: "absolute" as const };
    const quiet = assessed(studyChange(question, [7])?.assessment);
    const margin = { kind: "absolute", size: 0.001, worse: "higher" } as const;
    expect(equivalence(quiet, margin)).toEqual({ verdict: "held", change: 0, low: 0, high: 0 });
    const failing = changedTo(zeros, 150, 0.01);
    const broken = assessed(studyChange({ ...question, series: failing }, [7])?.assessment);
    expect(equivalence(broken, margin).verdict).toBe("broken");
  });
});

const changedTo = (series: TimeSeries, from: number, to: number): TimeSeries => ({
  ...series,
  values: series.values.map((value, at) => (at < from ? value : to)),
});

describe("equivalence", () => {
  const series = walk(9, 167, DAY_MS);
  const verdictAt = (factor: number, size: number, worse: "higher" | "lower" | "either") => {
    const question = { series: changed(series, 160, factor), controls: [], change: 160 };
    return equivalence(assessed(studyChange(question, [7])?.assessment), { kind: "share", size, worse })
      .verdict;
  };

  it("is held, broken or open, by which way is worse", () => {
    expect(verdictAt(1, 0.1, "higher")).toBe("held");
    expect(verdictAt(1, 0.1, "either")).toBe("held");
    expect(verdictAt(1.2, 0.1, "higher")).toBe("broken");
    expect(verdictAt(1.2, 0.1, "lower")).toBe("held");
    expect(verdictAt(0.8, 0.1, "lower")).toBe("broken");
    expect(verdictAt(0.8, 0.1, "higher")).toBe("held");
    expect(verdictAt(0.8, 0.1, "either")).toBe("broken");
    expect(verdictAt(1, 0.0001, "either")).toBe("open");
  });
});

describe("watchChange", () => {
  const hourly = walk(11, 24 * 60 + 30, HOUR_MS);
  const change = 24 * 60;

  it("says after each measurement what it knows, with a p-value that never rises", () => {
    const watched = watchChange({ series: changed(hourly, change, 1.1), controls: [], change }, 24);
    if (watched.kind !== "assessed") throw new Error(watched.reason);
    expect(watched.firstFound).not.toBeNull();
    const ps = watched.looks.map(({ p }) => p);
    expect(ps).toEqual(ps.toSorted((a, b) => b - a));
    expect(watched.looks.at(-1)?.effect).toBeGreaterThan(0.05);
  });

  it("says the same of an hour whether or not more hours have come", () => {
    const full = watchChange({ series: hourly, controls: [], change }, 24);
    const soon = { ...hourly, values: hourly.values.slice(0, change + 10) };
    const early = watchChange({ series: soon, controls: [], change }, 24);
    if (full.kind !== "assessed" || early.kind !== "assessed") throw new Error("abstained");
    expect(early.looks).toEqual(full.looks.slice(0, early.looks.length));
    expect(early.looks).toHaveLength(8);
  });
});

describe("toSteps", () => {
  it("takes means and keeps gaps", () => {
    const at = (hours: number, value: number) => ({ atMs: hours * HOUR_MS, value });
    const series = toSteps([at(5.9, 3), at(5.1, 1), at(8, 7)], HOUR_MS);
    expect(series).toEqual({ startMs: 5 * HOUR_MS, stepMs: HOUR_MS, values: [2, null, null, 7] });
    expect(stepAtOrAfter(series, 6.5 * HOUR_MS)).toBe(2);
    expect(stepAtOrAfter(series, 6 * HOUR_MS)).toBe(1);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noise } from "../../testing/noise.ts";
import { candidatesFor } from "./candidates.ts";
import { rollOrigins } from "./rolling-origin.ts";
import { structuralForecaster } from "./structural-forecaster.ts";
import { simplexWeights } from "./synthetic-control.ts";
import { DAY_MS } from "./time-series.ts";

const settings = {
  id: "x",
  method: "x",
  signalToNoise: 0.05,
  trend: false,
  regressors: [],
  coefficientSd: 0.1,
  warmUp: 21,
} as const;

const series = (length: number, value: (at: number) => number) =>
  Float64Array.from({ length }, (_, at) => value(at));

describe("structuralForecaster", () => {
  it("follows a level through spikes and gaps, and to a new level", () => {
    const { normal } = noise(3);
    const values = series(200, (at) => {
      if (at % 17 === 0) return 500;
      if (at % 11 === 0) return Number.NaN;
      return (at < 100 ? 100 : 130) + normal();
    });
    const forecaster = structuralForecaster(values, settings);
    expect(Math.abs(forecaster.forecast(100, 106) - 100)).toBeLessThan(3);
    expect(Math.abs(forecaster.forecast(160, 166) - 130)).toBeLessThan(3);
    expect(forecaster.forecast(10, 12)).toBeNaN();
  });

  it("learns a control's coefficient and a slope", () => {
    const { normal } = noise(4);
    const control = series(200, () => 0.2 * normal());
    const values = series(200, (at) => 100 + 50 * (control[at] as number) + 0.1 * normal());
    const leaning = structuralForecaster(values, { ...settings, regressors: [control], coefficientSd: 1 });
    expect(leaning.forecast(150, 170)).toBeCloseTo(values[170] as number, 0);
    const rising = structuralForecaster(
      series(200, (at) => 100 + at + 0.1 * normal()),
      { ...settings, trend: true },
    );
    expect(Math.abs(rising.forecast(150, 170) - 270)).toBeLessThan(2);
  });

  it("says a constant series goes on, whatever the constant", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e9, max: 1e9, noNaN: true }), (constant) => {
        const said = structuralForecaster(
          series(60, () => constant),
          settings,
        ).forecast(50, 55);
        expect(Math.abs(said - constant)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(constant)));
      }),
    );
  });
});

describe("simplexWeights", () => {
  it("finds the mixture, none of it negative", () => {
    const { normal } = noise(5);
    const rows = Array.from({ length: 100 }, () => [normal(), normal(), normal()]);
    const targets = rows.map(([a, b]) => 0.7 * (a as number) + 0.3 * (b as number) + 0.01 * normal());
    const weights = simplexWeights(rows, targets);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 9);
    expect(weights.map((weight) => Math.round(10 * weight))).toEqual([7, 3, 0]);
    expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
  });
});

describe("rollOrigins", () => {
  it("knows nothing at an origin of what came after its window", () => {
    const { normal } = noise(6);
    const values = series(140, (at) => 100 + 5 * Math.cos((2 * Math.PI * at) / 7) + normal());
    const control = series(140, (at) => 40 + 2 * Math.cos(at / 9) + 0.2 * normal());
    const trialAt = (length: number, origin: number) => {
      const own = values.slice(0, length);
      const study = { stepMs: DAY_MS, warmUp: 21, controls: [control.slice(0, length)] };
      const trials = rollOrigins(own, candidatesFor(own, study), { horizon: 7, warmUp: 21, stride: 1 });
      const found = trials.find((trial) => trial.origin === origin);
      return { id: found?.forecaster.id, missed: found?.missed, chosenBy: found?.chosenBy };
    };
    for (const origin of [40, 77, 110]) expect(trialAt(140, origin)).toEqual(trialAt(origin + 7, origin));
  });

  it("chooses the synthetic control where only untouched series tell what happens", () => {
    const { normal } = noise(8);
    const common = series(200, () => normal());
    const walk = common.map((_, at) => common.slice(0, at + 1).reduce((sum, step) => sum + step, 0));
    const one = walk.map((value) => 100 + value + 0.05 * normal());
    const other = walk.map((value) => 300 - 2 * value + normal());
    const values = walk.map((value) => 100 + value + 0.05 * normal());
    const candidates = candidatesFor(values, { stepMs: DAY_MS, warmUp: 21, controls: [one, other] });
    const last = rollOrigins(values, candidates, { horizon: 7, warmUp: 21, stride: 1 }).at(-1);
    expect(last?.forecaster.id).toMatch(/synthetic|controls/);
    expect(last?.chosenBy).toBeLessThan(0.005);
  });
});

import { expect, test } from "vitest";
import { gaugeScale } from "./gauge-scale.ts";

test("a gauge shows its limit and what is far beyond it", () => {
  expect(gaugeScale(200, 100).at(200)).toBeCloseTo(2 / 3, 5);
  expect(gaugeScale(200, null).at(0)).toBe(0);
  const far = gaugeScale(200, 2000);
  expect(far.at(2000)).toBeGreaterThan(0.9);
  expect(far.at(200)).toBeLessThan(0.1);
});

test("limits of nothing and below nothing have a scale, too", () => {
  expect(gaugeScale(0, 0).at(0)).toBe(0);
  const { least, most, at } = gaugeScale(-10, -5);
  expect([least, most]).toEqual([-15, 0]);
  expect(at(-5)).toBeCloseTo(2 / 3, 5);
});

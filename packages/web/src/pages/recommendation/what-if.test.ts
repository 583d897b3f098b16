import { expect, test, vi } from "vitest";
import type { Setting } from "./recommendation-options.ts";
import { limitText, settingInForce, sliderScale } from "./what-if.ts";

vi.stubGlobal("navigator", { language: "en-US" });

const setting = (change: Partial<Setting>): Setting => ({
  name: "limit",
  description: "limit",
  kind: "number",
  unit: null,
  value: null,
  unset: null,
  effective: null,
  min: null,
  exclusiveMin: null,
  max: null,
  choices: [],
  isEvidence: false,
  ...change,
});

test.each([
  [
    "days, within what is valid",
    { unit: "days", value: 35, min: 14, max: 365 },
    { min: 14, max: 105, step: 1 },
  ],
  [
    "a share in fine steps",
    { unit: "share", value: 0.05, min: 0, max: 1 },
    { min: 0, max: 0.15, step: 0.001 },
  ],
  ["a share of nothing", { unit: "share", min: 0, max: 1 }, { min: 0, max: 0.02, step: 0.0002 }],
  [
    "not beyond what is valid",
    { unit: "share", value: 0.7, min: 0.2, max: 0.9 },
    { min: 0.2, max: 0.9, step: 0.005 },
  ],
  [
    "about what the evidence gave, above nothing",
    { unit: "ms", effective: 900, exclusiveMin: 0 },
    { min: 20, max: 2700, step: 20 },
  ],
] as const)("a slider goes over %s", (_, change, scale) => {
  const one = setting(change);
  expect(sliderScale(one, settingInForce(one) ?? 0)).toEqual(scale);
});

test("a slider reaches what an address asks for", () => {
  expect(sliderScale(setting({ unit: "days", value: 35, min: 14, max: 365 }), 200).max).toBe(200);
});

test.each([
  [84_011, "ms", "84,011 ms"],
  [35, "days", "35 days"],
  [0.05, "share", "5%"],
  [0.0012, "share", "0.12%"],
  [2, "times", "2 ×"],
] as const)("%s %s reads %s", (value, unit, text) => {
  expect(limitText(value, unit)).toBe(text);
});

import { expect, test } from "vitest";
import { cloudRunScalingAdvisor } from "../../advisors/cloud-run-scaling/cloud-run-scaling-advisor.ts";
import { shownSettings } from "./what-if.ts";

const shown = (asked: Parameters<typeof shownSettings>[1]) => {
  const guardrails = [
    { metric: "request.latency", statistic: "p95", comparison: "<=", limit: 840 },
    { metric: "availability", statistic: "mean", comparison: ">=", limit: 0.999 },
  ] as const;
  const settings = shownSettings(cloudRunScalingAdvisor, asked, { guardrails });
  return (name: string) => settings.find((setting) => setting.name === name);
};

test("a setting is told with its value, its unit and what is valid", () => {
  const of = shown({ windowDays: 35, cpuAllocation: "to-instance", mayLowerMaximum: false });
  expect(of("windowDays")).toMatchObject({
    ...{ kind: "number", unit: "days", value: 35, min: 14, max: 365, isEvidence: true, effective: null },
  });
  expect(of("cpuAllocation")).toMatchObject({ kind: "choice", choices: ["keep", "to-instance", "both"] });
  expect(of("mayLowerMaximum")).toMatchObject({ kind: "switch", value: false, isEvidence: false });
  expect(of("missRate")).toMatchObject({ min: null, exclusiveMin: 0, max: 0.5 });
});

test("one that was left to the advisor is told with what the recommendation goes by", () => {
  const of = shown({});
  expect(of("p95Ms")).toMatchObject({ value: null, unset: "as today and the tolerance", effective: 840 });
  expect(of("errorShare")).toMatchObject({ value: null, effective: 0.001 });
  expect(of("coldStartShare")).toMatchObject({ value: null, unset: "as today and 0.1 %", effective: null });
  expect(shown({ p95Ms: 500 })("p95Ms")).toMatchObject({ value: 500, effective: null });
});

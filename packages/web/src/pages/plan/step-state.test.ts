import { expect, test } from "vitest";
import type { PlanRun } from "./plan-search.ts";
import { stepView } from "./step-state.ts";

const run = (status: PlanRun["status"], watched?: string): PlanRun => ({
  ...{
    status,
    mode: "execute",
    startedBy: "olga",
    startedAt: "2026-07-01T00:00:00Z",
    lines: [],
    readings: [],
  },
  ...{ report: null, problem: null },
  watching: watched === undefined ? null : { step: watched, since: "2026-07-01T00:00:00Z" },
});

test("a step whose outcome is not written is under way while a run goes on, and in doubt without one", () => {
  const states = { "step-1": "apply-in-doubt" };
  expect(stepView({ states, run: run("running") }, "step-1")).toMatchObject({
    word: "under way",
    isBusy: true,
  });
  expect(stepView({ states, run: run("ended") }, "step-1")).toMatchObject({
    word: "in doubt",
    isBusy: false,
  });
  expect(stepView({ states, run: null }, "step-1").word).toBe("in doubt");
});

test("a step that was done is watched as long as its run looks at it", () => {
  const states = { "step-1": "applied", "step-2": "rolled-back" };
  expect(stepView({ states, run: run("running", "step-1") }, "step-1").word).toBe("watched");
  expect(stepView({ states, run: run("running", "step-2") }, "step-1").word).toBe("done");
  expect(stepView({ states, run: run("ended", "step-1") }, "step-1").word).toBe("done");
  expect(stepView({ states, run: null }, "step-2").word).toBe("taken back");
  expect(stepView({ states, run: null }, "step-3").word).toBe("to do");
});

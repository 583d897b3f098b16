import type { PlanStep, StepState } from "@trimtab/domain";
import type { RunContext } from "./run-context.ts";
import type { RunNotes, RunReport } from "./run-report.ts";
import { takeBack } from "./run-step.ts";

/** A way back that fails once is tried again: most refusals of a cloud are of the moment. */
const TRIES = 3;

const TO_TAKE_BACK: readonly StepState[] = ["applied", "apply-failed", "roll-back-failed"];

/** Takes back every step that was begun, the last one first. What can't be taken back is kept and named. */
export const rollBack = async (context: RunContext, notes: RunNotes, why: string): Promise<RunReport> => {
  const { plan, store, notify } = context;
  const { steps } = plan.body;
  const states = await store.states();
  const problems: string[] = [];
  for (const step of steps.toReversed()) {
    const state = states.get(step.id);
    if (state === "rolled-back") notes.note(step.id, "rolled-back", "was taken back before");
    if (state === undefined || !TO_TAKE_BACK.includes(state)) continue;
    if (step.reversibility === "irreversible") {
      notes.note(step.id, "kept", "it can't be taken back");
      if (state === "applied") problems.push(`${step.id} can't be taken back`);
      continue;
    }
    notify(`${step.id}: taking back: ${step.title}`);
    const problem = await takeBackPersistently(context, step, why);
    if (problem === undefined) notes.note(step.id, "rolled-back", why);
    else {
      notes.note(step.id, "failed", problem);
      problems.push(`${step.id} could not be taken back: ${problem}`);
      // What was done before it stays: its own way back may need this one's.
      break;
    }
  }
  const status = problems.length === 0 ? "rolled-back" : "failed";
  await store.finish(status);
  return notes.report(plan.id, steps, { status, reason: [why, ...problems].join("; ") });
};

const takeBackPersistently = async (
  context: RunContext,
  step: PlanStep,
  why: string,
): Promise<string | undefined> => {
  let problem: string | undefined;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const result = await takeBack(context, step, why);
    if (result.status === "done") return undefined;
    problem = result.reason;
    if (attempt < TRIES) await context.sleep(context.pollMs);
  }
  return problem;
};

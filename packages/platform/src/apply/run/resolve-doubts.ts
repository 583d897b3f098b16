import { holds, type PlanStep } from "@trimtab/domain";
import type { RunContext } from "./run-context.ts";
import { settle } from "./run-step.ts";

/** What a look at the live system says of a plan whose process died. */
export type Doubts =
  | { readonly status: "clear" }
  | { readonly status: "must-roll-back"; readonly reason: string };

/**
 * Gives every step whose outcome is not written the one that the live system shows. Nothing is changed. A change that was
 * asked for may still be under way, so a state that is as before has to stay so for as long as the step may take to settle.
 */
export const resolveDoubts = async (context: RunContext): Promise<Doubts> => {
  const states = await context.store.states();
  let doubts: Doubts = { status: "clear" };
  for (const step of context.plan.body.steps) {
    const state = states.get(step.id);
    if (state === "apply-in-doubt") doubts = await resolveApply(context, step);
    if (state === "roll-back-in-doubt") await resolveRollBack(context, step);
  }
  return doubts;
};

const resolveApply = async (context: RunContext, step: PlanStep): Promise<Doubts> => {
  const { store, notify } = context;
  const found = await settle(context, step, step.after, step.settleSeconds);
  if (found.isReached) {
    await store.end(step.id, "apply", "succeeded", { about: "found done on resuming" });
    notify(`${step.id}: found done`);
    return { status: "clear" };
  }
  const isUntouched = holds(step.before, found.live) && step.apply.length === 1;
  const reason = isUntouched ? "found not done on resuming" : `found half done on resuming: ${found.problem}`;
  await store.end(step.id, "apply", "failed", { reason });
  notify(`${step.id}: ${reason}`);
  return isUntouched ? { status: "clear" } : { status: "must-roll-back", reason: `${step.id} was ${reason}` };
};

const resolveRollBack = async ({ store, notify, ...rest }: RunContext, step: PlanStep): Promise<void> => {
  const context = { store, notify, ...rest };
  const found = await settle(context, step, step.restored, step.settleSeconds);
  const result = found.isReached ? "succeeded" : "failed";
  await store.end(step.id, "roll-back", result, { about: "found on resuming" });
  notify(`${step.id}: ${found.isReached ? "found taken back" : "found not taken back yet"}`);
};

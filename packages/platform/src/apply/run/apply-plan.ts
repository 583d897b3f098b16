import { holds, type PlanStep, type StepState, TrimtabError } from "@trimtab/domain";
import { readingLine } from "../guardrails/check-guardrails.ts";
import { watchStep } from "../guardrails/watch-step.ts";
import { isInWindow } from "../policy/maintenance-window.ts";
import { resolveDoubts } from "./resolve-doubts.ts";
import { rollBack } from "./roll-back.ts";
import { type RunContext, UNSTOPPED } from "./run-context.ts";
import { RunNotes, type RunReport } from "./run-report.ts";
import { carryOut, liveStateOf } from "./run-step.ts";

export interface ResumeOptions {
  /** Take it back, whatever is left to do. */
  readonly isTakenBack: boolean;
  /** A plan that expired meanwhile is not carried on. */
  readonly isExpired: boolean;
}

/**
 * Carries out a plan that was started for this run and has passed the checks before it: step by step, watched, and on a
 * breach or a failure taken back.
 */
export const applyPlan = async (context: RunContext): Promise<RunReport> =>
  await goOn(context, new RunNotes(), new Map());

/**
 * Finishes or takes back what another run left: first what the live system says of the steps in doubt, then on from
 * there. No step that happened is run again.
 */
export const resumeRun = async (
  context: RunContext,
  { isTakenBack, isExpired }: ResumeOptions,
): Promise<RunReport> => {
  const { plan, store } = context;
  const notes = new RunNotes();
  const doubts = await resolveDoubts(context);
  const states = await store.states();
  const has = (...wanted: readonly StepState[]) =>
    [...states.values()].some((state) => wanted.includes(state));
  const isComplete = plan.body.steps.every(({ id }) => states.get(id) === "applied");
  const why = isTakenBack
    ? "taken back on request"
    : has("rolled-back", "roll-back-failed")
      ? "it was being taken back when it stopped"
      : doubts.status === "must-roll-back"
        ? doubts.reason
        : isExpired && !isComplete
          ? "it expired before it was done"
          : undefined;
  for (const [step, state] of states) if (state === "applied") notes.note(step, "done", "done before");
  return why === undefined ? await goOn(context, notes, states) : await rollBack(context, notes, why);
};

const goOn = async (
  context: RunContext,
  notes: RunNotes,
  states: ReadonlyMap<string, StepState>,
): Promise<RunReport> => {
  const { plan, store, notify } = context;
  const { steps } = plan.body;
  const lastDone = steps.findLast(({ id }) => states.get(id) === "applied");
  for (const step of steps) {
    const state = states.get(step.id);
    // Whether the watch of the last one was over when its process died, nobody knows: it is watched again.
    if (state === "applied" && step !== lastDone) continue;
    const stop = await stopBefore(context);
    if (stop !== undefined) return await stopped(context, notes, stop);
    if (state !== "applied") {
      const begun = await tryStep(context, step, state);
      if (begun.status === "stop") return await stopped(context, notes, begun.reason);
      if (begun.status === "failed") {
        notes.note(step.id, "failed", begun.reason);
        return await rollBack(context, notes, `${step.id} failed: ${begun.reason}`);
      }
      notes.note(step.id, "done", begun.about);
    }
    const watched = await watch(context, step);
    if (watched.status === "stopped") return await stopped(context, notes, watched.reason);
    if (watched.status === "breached") {
      notify(`${step.id}: guardrail broken: ${watched.reason}`);
      return await rollBack(context, notes, `guardrail broken after ${step.id}: ${watched.reason}`);
    }
    if (watched.readings.length > 0)
      notes.note(step.id, "done", watched.readings.map(readingLine).join("; "));
  }
  await store.finish("applied");
  return notes.report(plan.id, steps, { status: "applied" });
};

type Tried =
  | { readonly status: "done"; readonly about: string }
  | { readonly status: "failed"; readonly reason: string }
  | { readonly status: "stop"; readonly reason: string };

const tryStep = async (context: RunContext, step: PlanStep, state: StepState | undefined): Promise<Tried> => {
  if (state === "apply-failed") {
    if (step.reversibility === "irreversible")
      return {
        status: "stop",
        reason: `${step.id} can't be undone and failed once: look at it, then make a new plan`,
      };
    if (!holds(step.before, await liveStateOf(context, step)))
      return { status: "failed", reason: "an earlier try left it half done" };
  }
  context.notify(`${step.id}: ${step.title}`);
  try {
    return await carryOut(context, step);
  } catch (error) {
    // A state that can't be read is no reason to leave everything before it standing; a lost journal is.
    if (error instanceof TrimtabError && !error.code.startsWith("STATE_"))
      return (await isInDoubt(context, step))
        ? { status: "stop", reason: error.message }
        : { status: "failed", reason: error.message };
    throw error;
  }
};

const isInDoubt = async ({ store }: RunContext, { id }: PlanStep): Promise<boolean> =>
  (await store.states()).get(id) === "apply-in-doubt";

const stopBefore = async ({ stopReason, plan, clock }: RunContext): Promise<string | undefined> =>
  (await stopReason()) ??
  (isInWindow(plan.policy.windows, clock()) ? undefined : "the maintenance window is over");

/** Hands off: nothing more is done and nothing is taken back; `--resume` or `--rollback` goes on from here. */
const stopped = async ({ plan, store }: RunContext, notes: RunNotes, reason: string): Promise<RunReport> => {
  const states = await store.states();
  const isClear = [...states.values()].every((state) => !state.endsWith("in-doubt"));
  if (isClear) await store.finish("failed");
  return notes.report(plan.id, plan.body.steps, { status: "failed", reason: `stopped: ${reason}` });
};

const watch = (context: RunContext, step: PlanStep) => {
  const { plan, ask, judge, stopReason, clock, sleep, notify, onReadings } = context;
  if (step.watchSeconds > 0) notify(`${step.id}: watching for ${step.watchSeconds} s`);
  if (step.watchSeconds === 0) return { status: "quiet", looks: 0, readings: [] } as const;
  return watchStep({
    step,
    source: plan.policy.guardrails,
    ask,
    judge,
    stopReason,
    clock,
    sleep,
    signal: UNSTOPPED,
    ...(onReadings === undefined ? {} : { onReadings: (readings) => onReadings(step.id, readings) }),
  });
};

import type { Transitions } from "./transitions.ts";

export type PlanStatus =
  | "draft"
  | "approved"
  | "applying"
  | "applied"
  | "failed"
  | "rolled-back"
  | "withdrawn";

export const PLAN_MOVES: Transitions<PlanStatus> = {
  draft: ["approved", "withdrawn"],
  // Back to draft where an approval is revoked.
  approved: ["draft", "applying", "withdrawn"],
  applying: ["applied", "failed", "rolled-back"],
  // Taken back on request; failed where the way back ends halfway.
  applied: ["rolled-back", "failed"],
  // Resumed, or taken back.
  failed: ["applying", "rolled-back"],
  "rolled-back": [],
  withdrawn: [],
};

export type StepDirection = "apply" | "roll-back";

/** One line of a plan's journal: what is about to be done, or how it went. */
export type JournalLine =
  | { readonly step: string; readonly direction: StepDirection; readonly kind: "intent" }
  | {
      readonly step: string;
      readonly direction: StepDirection;
      readonly kind: "outcome";
      readonly result: "succeeded" | "failed";
    };

/**
 * Where a step stands. In doubt: its intent is written and its outcome is not, so it may or may not have happened; only
 * the live system knows.
 */
export type StepState =
  | "untouched"
  | "apply-in-doubt"
  | "applied"
  | "apply-failed"
  | "roll-back-in-doubt"
  | "rolled-back"
  | "roll-back-failed";

/** The state of every step that the journal names. */
export function stepStates(lines: readonly JournalLine[]): ReadonlyMap<string, StepState> {
  return new Map(lines.map((line) => [line.step, stateAfter(line)]));
}

function stateAfter(line: JournalLine): StepState {
  if (line.kind === "intent") return `${line.direction}-in-doubt`;
  if (line.result === "failed") return `${line.direction}-failed`;
  return line.direction === "apply" ? "applied" : "rolled-back";
}

const MAY_BEGIN: Readonly<Record<StepDirection, readonly StepState[]>> = {
  apply: ["untouched", "apply-failed"],
  "roll-back": ["applied", "apply-failed", "roll-back-failed"],
};

/** Why a line can't follow on what the journal says of its step; undefined: it can. No step runs twice. */
export function journalProblem(state: StepState, line: JournalLine): string | undefined {
  if (line.kind === "outcome") {
    const isAwaited = state === `${line.direction}-in-doubt`;
    return isAwaited ? undefined : `no intent to ${line.direction} it awaits an outcome (it is ${state})`;
  }
  if (MAY_BEGIN[line.direction].includes(state)) return undefined;
  return state.endsWith("in-doubt")
    ? `its last intent has no outcome: look at the live system and write that first`
    : `it is ${state}`;
}

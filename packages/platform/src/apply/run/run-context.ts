import type { Json, PlanBody, StepDirection, StepState } from "@trimtab/domain";
import type { CommandRunner } from "../commands/command-runner.ts";
import type { AskMetric } from "../guardrails/ask-prometheus.ts";
import type { CanaryJudge } from "../guardrails/canary-judge.ts";
import type { GuardrailReading } from "../guardrails/check-guardrails.ts";
import type { Actions } from "../plan/make-plan.ts";
import type { Policy } from "../policy/policy.ts";

export type JournalDetail = { readonly [key: string]: Json };

/** The journal of one plan, held by this run alone. Every line is on the disk when its promise resolves. */
export interface RunStore {
  begin(step: string, direction: StepDirection, detail: JournalDetail): Promise<void>;
  end(
    step: string,
    direction: StepDirection,
    result: "succeeded" | "failed",
    detail: JournalDetail,
  ): Promise<void>;
  states(): Promise<ReadonlyMap<string, StepState>>;
  finish(status: "applied" | "failed" | "rolled-back"): Promise<void>;
}

export interface RunPlan {
  readonly id: string;
  readonly body: PlanBody;
  readonly policy: Policy;
}

/** All that a run needs; nothing of it is global, so that tests hand in a cloud of their own. */
export interface RunContext {
  readonly plan: RunPlan;
  readonly actions: Actions;
  readonly store: RunStore;
  readonly run: CommandRunner;
  readonly ask?: AskMetric;
  readonly judge?: CanaryJudge;
  readonly clock: () => Date;
  readonly sleep: (ms: number) => Promise<void>;
  /** How often a state is looked at while it settles. */
  readonly pollMs: number;
  /** Why nothing more may be changed now: the kill switch, Ctrl-C, a hold that was lost. */
  readonly stopReason: () => Promise<string | undefined>;
  readonly notify: (line: string) => void;
  /** What the guardrails of a step said at one look. */
  readonly onReadings?: (step: string, readings: readonly GuardrailReading[]) => void;
  /** Called by name at every moment at which a process may die; only tests listen. */
  readonly onPoint?: (point: string) => void;
}

/** Commands run to their end, whatever is pressed meanwhile: half a change is worse than a late answer. */
export const UNSTOPPED: AbortSignal = new AbortController().signal;

import type { PlanStep } from "@trimtab/domain";

/** What a run did to one step. */
export interface StepReport {
  readonly step: string;
  readonly title: string;
  readonly result: "done" | "failed" | "rolled-back" | "kept" | "not-reached";
  readonly about: string;
}

export interface RunReport {
  readonly plan: string;
  readonly status: "applied" | "failed" | "rolled-back";
  /** Why it did not simply end. */
  readonly reason?: string;
  readonly steps: readonly StepReport[];
}

/** The last word on each step, in the order of the plan. */
export class RunNotes {
  readonly #notes = new Map<string, { readonly result: StepReport["result"]; readonly about: string }>();

  note(step: string, result: StepReport["result"], about: string): void {
    this.#notes.set(step, { result, about });
  }

  report(
    plan: string,
    steps: readonly PlanStep[],
    { status, reason }: Pick<RunReport, "status"> & { readonly reason?: string | undefined },
  ): RunReport {
    return {
      plan,
      status,
      ...(reason === undefined ? {} : { reason }),
      steps: steps.map(({ id, title }) => {
        const { result, about } = this.#notes.get(id) ?? { result: "not-reached", about: "" };
        return { step: id, title, result, about };
      }),
    };
  }
}

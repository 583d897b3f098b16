import {
  type Day,
  dayOf,
  type Instant,
  type JournalLine,
  type Period,
  type PlanBody,
  type PlanGuardrail,
  type PlanStatus,
  type ResourceRef,
  stepStates,
} from "@trimtab/domain";
import { ledgerErrors } from "../errors.ts";
import { firstWholeDay } from "./verify-change.ts";

export interface PlanRecord {
  readonly id: string;
  readonly status: PlanStatus;
  readonly body: PlanBody;
  readonly journal: readonly (JournalLine & { readonly at: Instant })[];
}

/** What a plan did to which resources, and when: what its verification asks. */
export interface AppliedPlan {
  readonly id: string;
  readonly body: PlanBody;
  readonly resources: readonly ResourceRef[];
  /** The first intent of a step. */
  readonly startedAt: Instant;
  /** The last outcome of one: the change is done. */
  readonly endedAt: Instant;
  readonly guardrails: readonly { readonly resource: ResourceRef; readonly guardrail: PlanGuardrail }[];
}

const NOT_APPLIED: Readonly<
  Record<Exclude<PlanStatus, "applied">, { readonly reason: string; readonly hint: string }>
> = {
  draft: {
    reason: "it was never applied",
    hint: "`trimtab approve` and `trimtab apply --execute` come first.",
  },
  approved: { reason: "it was never applied", hint: "`trimtab apply PLAN --execute` comes first." },
  applying: {
    reason: "it is still being applied",
    hint: "Wait for the run to end; `trimtab apply PLAN --resume` takes up one that died.",
  },
  failed: {
    reason: "its run failed and was neither finished nor taken back",
    hint: "`trimtab apply PLAN --resume` finishes it, `--rollback` takes back what it did.",
  },
  "rolled-back": {
    reason: "it was rolled back, so nothing of it stands",
    hint: "`trimtab plan show PLAN` tells what it did; make a new plan to try again.",
  },
  withdrawn: { reason: "it was withdrawn and never applied", hint: "`trimtab plan list` shows the others." },
};

const unique = <T extends { readonly id: string }>(all: readonly T[]): readonly T[] => [
  ...new Map(all.map((one) => [one.id, one])).values(),
];

/** The applied steps of a plan with their resources and their time. @throws VERIFY_PLAN_NOT_APPLIED */
export const appliedPlan = ({ id, status, body, journal }: PlanRecord): AppliedPlan => {
  const refuse = ({ reason, hint }: { readonly reason: string; readonly hint: string }) =>
    ledgerErrors.create("VERIFY_PLAN_NOT_APPLIED", {
      plan: id,
      reason,
      hint: hint.replaceAll("PLAN", id),
    });
  if (status !== "applied") throw refuse(NOT_APPLIED[status]);
  const states = stepStates(journal);
  const steps = body.steps.filter((step) => states.get(step.id) === "applied");
  const names = new Set(steps.map((step) => step.id));
  const own = journal.filter(({ step, direction }) => direction === "apply" && names.has(step));
  const started = own.find(({ kind }) => kind === "intent");
  const ended = own.findLast(({ kind }) => kind === "outcome");
  if (started === undefined || ended === undefined)
    throw refuse({ reason: "its journal names no applied step", hint: "`trimtab plan show PLAN` shows it." });
  return {
    ...{ id, body, startedAt: started.at, endedAt: ended.at },
    resources: unique(steps.map(({ resource }) => resource)),
    guardrails: steps.flatMap(({ resource, guardrails }) =>
      guardrails.map((guardrail) => ({ resource, guardrail })),
    ),
  };
};

/** Days that were neither before nor after: from the first step to the day that counts. */
export const transitionOf = ({ startedAt, endedAt }: AppliedPlan): readonly Period[] => {
  const start: Day = dayOf(startedAt);
  const end = firstWholeDay(endedAt);
  return start < end ? [{ start, end }] : [];
};

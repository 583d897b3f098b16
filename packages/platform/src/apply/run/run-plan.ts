import { setTimeout as delay } from "node:timers/promises";
import type { Clock, PlanBody, PlanStep } from "@trimtab/domain";
import type { State } from "../../state/state.ts";
import type { CommandRunner } from "../commands/command-runner.ts";
import { applyErrors } from "../errors.ts";
import { prometheusAt } from "../guardrails/ask-prometheus.ts";
import type { CanaryJudge } from "../guardrails/canary-judge.ts";
import type { Actions } from "../plan/make-plan.ts";
import { readPlanBody } from "../plan/plan-schema.ts";
import { frozenPolicy } from "../policy/policy.ts";
import { applyPlan, resumeRun } from "./apply-plan.ts";
import { type HeldPlan, holdPlan } from "./hold-plan.ts";
import { killSwitchReason } from "./kill-switch.ts";
import { type Preflight, preflight } from "./preflight.ts";
import type { RunContext, RunPlan, RunStore } from "./run-context.ts";
import type { RunReport } from "./run-report.ts";

export type RunMode = "dry-run" | "execute" | "resume" | "roll-back";

export interface RunOrder {
  readonly state: State;
  readonly actor: string;
  /** Who holds the plan meanwhile, for another that waits. */
  readonly holder: string;
  readonly planId: string;
  readonly mode: RunMode;
  readonly mayBeIrreversible: boolean;
  readonly mayBeUnwatched: boolean;
  readonly actions: Actions;
  readonly run: CommandRunner;
  readonly judge?: CanaryJudge;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  readonly notify: (line: string) => void;
  readonly onReadings?: RunContext["onReadings"];
  readonly waitMs: number;
  readonly leaseMs?: number;
  readonly pollMs?: number;
  /** Instead of waiting in real time. */
  readonly sleep?: (ms: number) => Promise<void>;
  readonly onPoint?: (point: string) => void;
}

export type RunOutcome =
  | { readonly kind: "checked"; readonly body: PlanBody; readonly preflight: Preflight }
  | { readonly kind: "ran"; readonly body: PlanBody; readonly report: RunReport };

/** After a death of its process a plan can be taken up again within a minute. */
const LEASE_MS = 60_000;
const POLL_MS = 5000;

/**
 * Tries a plan, carries it out, or goes on where another run stopped.
 * @throws APPLY_REFUSED where it may not run; STATE_*, APPLY_TOOL_MISSING, APPLY_READ_FAILED, PLAN_INPUT_UNREADABLE
 */
export const runPlan = async (order: RunOrder): Promise<RunOutcome> => {
  const { state, planId, mode } = order;
  const { readPlan } = await import("../../state/plans.ts");
  const plan = await readPlan(state, planId);
  const body = readPlanBody(planId, plan.body);
  const own: RunPlan = { id: planId, body, policy: frozenPolicy.parse(body.policy.rules) };
  if (mode === "resume" && plan.status === "applied")
    throw refused(planId, "it is applied already", "`--rollback` takes it back.");
  if (mode === "roll-back" && plan.status === "applied" && body.steps.every(isFinal))
    throw refused(planId, "no step of it can be undone", "What was before stands in the plan's steps.");
  if (mode === "dry-run" || mode === "execute") {
    const checked = await check(order, own, plan);
    if (mode === "dry-run") return { kind: "checked", body, preflight: checked };
    if (checked.problems.length > 0)
      throw refused(planId, checked.problems.join("; "), "Mend what is named, then apply it again.");
  }
  const held = await holdPlan({
    ...order,
    mode: mode === "execute" ? "start" : "resume",
    leaseMs: order.leaseMs ?? LEASE_MS,
  });
  try {
    const context = contextOf(order, own, held);
    const report =
      mode === "execute"
        ? await applyPlan(context)
        : await resumeRun(context, {
            isTakenBack: mode === "roll-back",
            isExpired: Date.parse(plan.expiresAt) <= order.clock().getTime(),
          });
    return { kind: "ran", body, report };
  } finally {
    await held.release();
  }
};

const isFinal = ({ reversibility }: PlanStep): boolean => reversibility === "irreversible";

const refused = (plan: string, reason: string, hint: string) =>
  applyErrors.create("APPLY_REFUSED", { plan, reason, hint });

const check = async (
  order: RunOrder,
  plan: RunPlan,
  { status, expiresAt, digest }: Awaited<ReturnType<typeof import("../../state/plans.ts").readPlan>>,
): Promise<Preflight> => {
  const { listApprovals } = await import("../../state/approvals.ts");
  const approvals = (await listApprovals(order.state, plan.id))
    .filter((approval) => approval.revokedAt === null && approval.digest === digest)
    .map(({ approver, approvedAt }) => ({ approver, at: approvedAt }));
  const { mayBeIrreversible, mayBeUnwatched } = order;
  const context = contextOf(order, plan, undefined);
  return await preflight({ context, status, expiresAt, approvals, mayBeIrreversible, mayBeUnwatched });
};

/** A run that holds nothing writes nothing. */
const NO_STORE: RunStore = {
  begin: () => Promise.reject(new TypeError("A dry run writes no journal")),
  end: () => Promise.reject(new TypeError("A dry run writes no journal")),
  states: () => Promise.resolve(new Map()),
  finish: () => Promise.reject(new TypeError("A dry run ends no plan")),
};

const contextOf = (order: RunOrder, plan: RunPlan, held: HeldPlan | undefined): RunContext => {
  const { state, env, signal, clock } = order;
  const { guardrails, killSwitchFile } = plan.policy;
  return {
    plan,
    actions: order.actions,
    store: held?.store ?? NO_STORE,
    run: order.run,
    ...(guardrails === undefined ? {} : { ask: prometheusAt(guardrails.prometheus, env) }),
    ...(order.judge === undefined ? {} : { judge: order.judge }),
    clock,
    // Ctrl-C ends the waiting; what comes next sees it.
    sleep: order.sleep ?? ((ms) => delay(ms, undefined, { signal }).catch(() => undefined)),
    pollMs: order.pollMs ?? POLL_MS,
    stopReason: async () =>
      held?.lostReason() ??
      (signal.aborted ? "interrupted" : undefined) ??
      (await killSwitchReason({ state, env, file: killSwitchFile })),
    notify: order.notify,
    ...(order.onReadings === undefined ? {} : { onReadings: order.onReadings }),
    ...(order.onPoint === undefined ? {} : { onPoint: order.onPoint }),
  };
};

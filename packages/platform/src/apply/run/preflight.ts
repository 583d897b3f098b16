import {
  compare,
  decimal,
  differences,
  holds,
  type Instant,
  type PlanStatus,
  type PlanStep,
} from "@trimtab/domain";
import type { AskMetric } from "../guardrails/ask-prometheus.ts";
import { type GuardrailReading, readGuardrails, readingLine } from "../guardrails/check-guardrails.ts";
import { type GivenApproval, openApprovals } from "../policy/approvals.ts";
import { isInWindow, windowText } from "../policy/maintenance-window.ts";
import { type RunContext, type RunPlan, UNSTOPPED } from "./run-context.ts";
import { liveStateOf } from "./run-step.ts";

export interface PreflightOrder {
  readonly context: Pick<RunContext, "plan" | "actions" | "run" | "ask" | "clock" | "stopReason">;
  readonly status: PlanStatus;
  readonly expiresAt: Instant;
  readonly approvals: readonly GivenApproval[];
  readonly mayBeIrreversible: boolean;
  readonly mayBeUnwatched: boolean;
}

export interface Preflight {
  /** Why it may not run; none: it may. */
  readonly problems: readonly string[];
  /** What the guardrails say before anything is changed. */
  readonly baseline: readonly GuardrailReading[];
}

/** Everything that must be true before the first step. It reads live states and guardrails, and changes nothing. */
export const preflight = async (order: PreflightOrder): Promise<Preflight> => {
  const { context } = order;
  const paper = [...paperProblems(order), ...limitProblems(context.plan), ...windowProblems(order)];
  const stop = await context.stopReason();
  const baseline = await readBaseline(context.plan.body.steps, context.ask);
  const states = await stateProblems(order);
  return {
    problems: [
      ...paper,
      ...(stop === undefined ? [] : [stop]),
      ...states,
      ...baseline.flatMap(baselineProblem),
    ],
    baseline,
  };
};

const paperProblems = ({ context, ...order }: PreflightOrder): readonly string[] => {
  const { body, policy } = context.plan;
  const now = context.clock().getTime();
  const open = openApprovals(body.approvals, policy, order.approvals);
  const irreversible = body.steps.filter(({ reversibility }) => reversibility === "irreversible");
  const unwatched = body.steps.filter(({ guardrails }) =>
    guardrails.some(({ query }) => query === undefined),
  );
  return [
    ...(order.status === "approved" || order.status === "draft" ? [] : [`it is ${order.status}`]),
    ...(open.length === 0 ? [] : [`approvals are missing: ${open.join("; ")}`]),
    ...(Date.parse(order.expiresAt) > now ? [] : [`it expired at ${order.expiresAt}`]),
    ...(irreversible.length === 0 || order.mayBeIrreversible
      ? []
      : [`${irreversible.map(({ id }) => id).join(", ")} can't be undone: say --allow-irreversible`]),
    ...(unwatched.length === 0 || order.mayBeUnwatched
      ? []
      : [
          `guardrails of ${unwatched.map(({ id }) => id).join(", ")} have no query in the policy: say --allow-unwatched`,
        ]),
  ];
};

const limitProblems = ({ body, policy: { limits } }: RunPlan): readonly string[] => {
  const most = limits.resources;
  const money = body.moneyAtRisk.flatMap(({ currency, amount }) => {
    const limit = limits.monthlyCost?.[currency];
    // A limit in one currency says nothing of money in another.
    if (limit === undefined)
      return limits.monthlyCost === undefined ? [] : [`the policy has no limit in ${currency}`];
    return compare(decimal(amount), decimal(limit)) > 0
      ? [`it touches ${amount} ${currency} a month, and one run may touch ${limit}`]
      : [];
  });
  const isTooMany = most !== undefined && body.resources > most;
  return [
    ...(isTooMany ? [`it touches ${body.resources} resources, and one run may touch ${most}`] : []),
    ...money,
  ];
};

const windowProblems = ({ context: { plan, clock } }: PreflightOrder): readonly string[] =>
  isInWindow(plan.policy.windows, clock())
    ? []
    : [`it is outside the maintenance windows (${plan.policy.windows.map(windowText).join("; ")})`];

/** The first step of each resource must find what it expects; what follows is made by the steps before it. */
const stateProblems = async ({ context }: PreflightOrder): Promise<readonly string[]> => {
  const first = new Map<string, PlanStep>();
  for (const step of context.plan.body.steps)
    if (!first.has(step.resource.id)) first.set(step.resource.id, step);
  const problems: string[] = [];
  for (const step of first.values()) {
    const live = await liveStateOf(context, step);
    if (holds(step.before, live)) continue;
    problems.push(`${step.resource.name} is not as planned: ${differences(step.before, live).join("; ")}`);
  }
  return problems;
};

const readBaseline = async (
  steps: readonly PlanStep[],
  ask: AskMetric | undefined,
): Promise<readonly GuardrailReading[]> => {
  if (ask === undefined) return [];
  const all = steps.flatMap(({ guardrails }) => guardrails);
  const distinct = [
    ...new Map(
      all.map((guardrail) => [JSON.stringify([guardrail.query, guardrail.limit]), guardrail]),
    ).values(),
  ];
  return await readGuardrails(distinct, ask, UNSTOPPED);
};

const baselineProblem = (reading: GuardrailReading): readonly string[] => {
  if (reading.status === "holds") return [];
  return reading.status === "missing"
    ? [`before anything is changed, ${readingLine(reading)}`]
    : [`before anything is changed, ${readingLine(reading)}: a breach could not be told from that`];
};

import { instantOf } from "@trimtab/domain";
import type { CommandRunner } from "../apply/commands/command-runner.ts";
import type { RecommendationInput } from "../apply/plan/recommendation-input.ts";
import type { ReadPolicy } from "../apply/policy/policy.ts";
import type { State } from "../state/state.ts";
import type { Work } from "./work.ts";

const MS_PER_HOUR = 3_600_000;

export interface PlanOrder {
  /** Ids of accepted recommendations. */
  readonly recommendations: readonly string[];
  readonly policy: ReadPolicy;
  readonly run: CommandRunner;
  /** Absent: by its first change. */
  readonly title?: string;
  /** Absent: as the policy says. */
  readonly validHours?: number;
}

/**
 * Freezes accepted recommendations into a plan, by what the live systems say now. Reads them, changes nothing there.
 * @returns the plan's id
 * @throws PLAN_*, APPLY_READ_FAILED, APPLY_TOOL_MISSING, STATE_*
 */
export async function freezePlan(
  { services, actor, signal }: Pick<Work, "services" | "actor" | "signal">,
  order: PlanOrder,
): Promise<string> {
  const { makePlan } = await import("../apply/plan/make-plan.ts");
  const { toPlanJson } = await import("../apply/plan/plan-schema.ts");
  const { createPlan } = await import("../state/plans.ts");
  const { approvalsNeeded } = await import("../apply/policy/approvals.ts");
  const state = await services.openState();
  const { policy, run } = order;
  const recommendations = await accepted(state, [...new Set(order.recommendations)]);
  const now = services.clock();
  const body = await makePlan({
    recommendations,
    actions: await services.actions(),
    policy,
    run,
    signal,
    now: instantOf(now),
    program: services.version,
    wasApplied: (resource) => wasApplied(state, resource),
  });
  const hours = order.validHours ?? policy.policy.validHours;
  return await createPlan(state, actor, {
    title: order.title ?? titleOf(body.changes[0]?.title, body.changes.length),
    body: toPlanJson(body),
    expiresAt: instantOf(new Date(now.getTime() + hours * MS_PER_HOUR)),
    requiredApprovals: approvalsNeeded(body.approvals),
    recommendations: recommendations.map((recommendation) => recommendation.id),
  });
}

const titleOf = (first = "", count: number): string =>
  count === 1 ? first : `${first}, and ${count - 1} more`;

/** @throws PLAN_NOT_ACCEPTED, PLAN_INPUT_UNREADABLE, STATE_NOT_FOUND */
const accepted = async (state: State, ids: readonly string[]): Promise<readonly RecommendationInput[]> => {
  const { readRecommendation, readRevision } = await import("../state/recommendations.ts");
  const { readRecommendationInput } = await import("../apply/plan/recommendation-input.ts");
  const { applyErrors } = await import("../apply/errors.ts");
  const found: RecommendationInput[] = [];
  for (const id of ids) {
    const { status, withdrawnAt, revision } = await readRecommendation(state, id);
    const is = withdrawnAt === undefined ? status : "withdrawn: its advisor no longer finds it";
    if (is !== "accepted") throw applyErrors.create("PLAN_NOT_ACCEPTED", { id, status: is });
    const { body } = await readRevision(state, id, revision);
    found.push(readRecommendationInput(id, revision, body));
  }
  return found;
};

/** Whether an earlier plan that was applied touched a resource of this name or id. */
const wasApplied = async (state: State, resource: string): Promise<boolean> => {
  const { listPlans, readPlan } = await import("../state/plans.ts");
  const { readPlanBody } = await import("../apply/plan/plan-schema.ts");
  for (const { id, status } of await listPlans(state)) {
    if (status !== "applied") continue;
    const { changes } = readPlanBody(id, (await readPlan(state, id)).body);
    if (changes.some((change) => change.resource.name === resource || change.resource.id === resource))
      return true;
  }
  return false;
};

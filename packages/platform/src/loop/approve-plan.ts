import { type Instant, instantOf } from "@trimtab/domain";
import type { State } from "../state/state.ts";
import type { Work } from "./work.ts";

/**
 * Approves a plan as it was read, where its policy lets this person.
 * @throws APPROVAL_REFUSED, STATE_NOT_FOUND, STATE_CONFLICT where the digest is another
 */
export async function approveAs(
  { services, actor: approver }: Pick<Work, "services" | "actor">,
  {
    plan: id,
    digest,
    comment,
  }: { readonly plan: string; readonly digest: string; readonly comment?: string },
): Promise<void> {
  const { approvePlan } = await import("../state/approvals.ts");
  const state = await services.openState();
  await requireAllowed(state, id, approver, instantOf(services.clock()));
  await approvePlan(state, approver, { id, digest, ...(comment === undefined ? {} : { comment }) });
}

/** @throws APPROVAL_REFUSED */
const requireAllowed = async (state: State, id: string, approver: string, at: Instant): Promise<void> => {
  const { readPlan } = await import("../state/plans.ts");
  const { listApprovals } = await import("../state/approvals.ts");
  const { readPlanBody } = await import("../apply/plan/plan-schema.ts");
  const { approvalProblem } = await import("../apply/policy/approvals.ts");
  const { frozenPolicy } = await import("../apply/policy/policy.ts");
  const { applyErrors } = await import("../apply/errors.ts");
  const plan = await readPlan(state, id);
  const body = readPlanBody(plan.id, plan.body);
  const policy = frozenPolicy.parse(body.policy.rules);
  const given = (await listApprovals(state, id))
    .filter(({ digest, revokedAt }) => digest === plan.digest && revokedAt === null)
    .map((approval) => ({ approver: approval.approver, at: approval.approvedAt }));
  const reason = approvalProblem(body, policy, given, { approver, at }, plan.createdBy);
  if (reason !== undefined) throw applyErrors.create("APPROVAL_REFUSED", { approver, plan: plan.id, reason });
};

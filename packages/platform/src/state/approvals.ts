import type { Instant } from "@trimtab/domain";
import { checkOptionalText } from "./check-text.ts";
import { stateErrors } from "./errors.ts";
import { newId } from "./ids.ts";
import { movePlanWithin, planAt, requireFrozen } from "./plans.ts";
import type { State, StateWriter } from "./state.ts";
import type { PlanTable } from "./tables.ts";

/** Who approved which digest of a plan. */
export interface Approval {
  readonly id: string;
  readonly digest: string;
  readonly approver: string;
  readonly comment: string | null;
  readonly approvedAt: Instant;
  readonly revokedBy: string | null;
  readonly revokedAt: Instant | null;
}

/** All of a plan, those that were revoked too, oldest first. */
export const listApprovals = (state: State, planId: string): Promise<readonly Approval[]> =>
  state.read((db) =>
    db
      .selectFrom("approvals")
      .select(["id", "digest", "approver", "comment", "approvedAt", "revokedBy", "revokedAt"])
      .where("planId", "=", planId)
      .orderBy("approvedAt")
      .orderBy("id")
      .execute(),
  );

/**
 * Approves what the approver has read: the plan of this digest. With the last approval that it needs, it is approved.
 * @throws STATE_NOT_FOUND, STATE_APPROVAL_REFUSED, STATE_PLAN_EXPIRED, STATE_RECORD_INVALID
 */
export const approvePlan = (
  state: State,
  approver: string,
  {
    id: planId,
    digest,
    comment,
  }: { readonly id: string; readonly digest: string; readonly comment?: string },
): Promise<void> =>
  state.write(approver, async (writer) => {
    const { db, at, note } = writer;
    const plan = await planAt(writer, planId);
    const refuse = (reason: string) => stateErrors.create("STATE_APPROVAL_REFUSED", { plan: planId, reason });
    requireFrozen(plan);
    requireUnexpired(plan, at);
    if (plan.digest !== digest)
      throw refuse(`its digest is ${plan.digest.slice(0, 12)}…, not the one that was read`);
    if (plan.status !== "draft") throw refuse(`it is ${plan.status}`);
    const inForce = await approversOf(writer, plan);
    if (inForce.includes(approver)) throw refuse(`${approver} has approved it already`);
    const kept = checkOptionalText(`approval of plan ${planId}`, "comment", comment);
    await db
      .insertInto("approvals")
      .values({ id: newId("approval"), planId, digest, approver, comment: kept, approvedAt: at })
      .execute();
    note({ action: "plan.approval-given", subject: `plan ${planId}`, details: { digest, comment: kept } });
    if (inForce.length + 1 >= plan.requiredApprovals)
      await movePlanWithin(writer, plan, "approved", { approvers: [...inForce, approver] });
  });

/** Takes an approval back while the plan is not being applied. @throws STATE_NOT_FOUND, STATE_APPROVAL_REFUSED */
export const revokeApproval = (
  state: State,
  actor: string,
  { id: planId, approver }: { readonly id: string; readonly approver: string },
): Promise<void> =>
  state.write(actor, async (writer) => {
    const { db, at, note } = writer;
    const plan = await planAt(writer, planId);
    const refuse = (reason: string) => stateErrors.create("STATE_APPROVAL_REFUSED", { plan: planId, reason });
    if (plan.status !== "draft" && plan.status !== "approved") throw refuse(`it is ${plan.status}`);
    const { numUpdatedRows } = await db
      .updateTable("approvals")
      .set({ revokedBy: actor, revokedAt: at })
      .where("planId", "=", planId)
      .where("approver", "=", approver)
      .where("revokedAt", "is", null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw refuse(`${approver} has not approved it`);
    note({ action: "plan.approval-revoked", subject: `plan ${planId}`, details: { approver } });
    const left = await approversOf(writer, plan);
    if (plan.status === "approved" && left.length < plan.requiredApprovals)
      await movePlanWithin(writer, plan, "draft", { approvers: left });
  });

/** Whose approval of this very digest counts. */
export const approversOf = async (
  { db }: StateWriter,
  { id, digest }: Pick<PlanTable, "id" | "digest">,
): Promise<readonly string[]> => {
  const rows = await db
    .selectFrom("approvals")
    .select("approver")
    .where("planId", "=", id)
    .where("digest", "=", digest)
    .where("revokedAt", "is", null)
    .orderBy("approver")
    .execute();
  return rows.map((row) => row.approver);
};

/** @throws STATE_PLAN_EXPIRED */
export const requireUnexpired = (
  { id, expiresAt }: Pick<PlanTable, "id" | "expiresAt">,
  at: Instant,
): void => {
  if (Date.parse(expiresAt) > Date.parse(at)) return;
  throw stateErrors.create("STATE_PLAN_EXPIRED", { plan: id, expiresAt });
};

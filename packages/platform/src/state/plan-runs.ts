import { type PlanStatus, stepStates } from "@trimtab/domain";
import { approversOf, requireUnexpired } from "./approvals.ts";
import { stateErrors } from "./errors.ts";
import { journalOf } from "./journal.ts";
import { acquireWithin, type Lease, requireLease } from "./leases.ts";
import { movePlanWithin, planAt, requireFrozen } from "./plans.ts";
import type { State, StateWriter } from "./state.ts";
import type { PlanTable } from "./tables.ts";

export interface RunRequest {
  readonly id: string;
  /** Who runs it, for others that have to wait: a person, a host, a process. */
  readonly holder: string;
  /** How long the hold lasts unless it is renewed. */
  readonly leaseMs: number;
}

const leaseOf = ({ id, holder, leaseMs }: RunRequest) => ({
  name: `plan ${id}`,
  holder,
  durationMs: leaseMs,
});

/**
 * Begins to apply an approved plan, alone: what was frozen is unchanged, not expired, and approved as it is.
 * @throws STATE_NOT_FOUND, STATE_MOVE_REFUSED, STATE_PLAN_EXPIRED, STATE_APPROVAL_REFUSED, STATE_RECORD_INVALID,
 *   STATE_LEASE_HELD
 */
export const startPlan = (state: State, actor: string, request: RunRequest): Promise<Lease> =>
  state.write(actor, async (writer) => {
    const plan = await planAt(writer, request.id);
    requireFrozen(plan);
    requireUnexpired(plan, writer.at);
    await requireApproved(writer, plan);
    if (plan.status !== "approved") throw notReady(plan, "applying");
    const lease = await acquireWithin(writer, leaseOf(request));
    await movePlanWithin(writer, plan, "applying", { holder: request.holder });
    return lease;
  });

/**
 * Takes up a plan whose process died, or that failed: to finish it, or to take it back. It may have expired since.
 * @throws STATE_NOT_FOUND, STATE_MOVE_REFUSED, STATE_LEASE_HELD, STATE_RECORD_INVALID
 */
export const resumePlan = (state: State, actor: string, request: RunRequest): Promise<Lease> =>
  state.write(actor, async (writer) => {
    const plan = await planAt(writer, request.id);
    requireFrozen(plan);
    if (!["applying", "failed", "applied"].includes(plan.status)) throw notReady(plan, "resumed");
    const lease = await acquireWithin(writer, leaseOf(request));
    if (plan.status === "failed") await movePlanWithin(writer, plan, "applying", { holder: request.holder });
    return lease;
  });

/**
 * Says how a run ended and lets go of the plan.
 * @throws STATE_LEASE_LOST; STATE_MOVE_REFUSED also where a step is in doubt
 */
export const finishPlan = (
  state: State,
  actor: string,
  {
    id,
    lease,
    status,
  }: {
    readonly id: string;
    readonly lease: Lease;
    readonly status: Extract<PlanStatus, "applied" | "failed" | "rolled-back">;
  },
): Promise<void> =>
  state.write(actor, async (writer) => {
    await requireLease(writer, lease);
    const plan = await planAt(writer, id);
    const states = stepStates(await journalOf(writer.db, id));
    const doubtful = [...states].find(([, found]) => found.endsWith("in-doubt"));
    if (doubtful !== undefined) {
      const reason = `its step ${doubtful[0]} is in doubt`;
      throw stateErrors.create("STATE_MOVE_REFUSED", { subject: `plan ${id}`, status, reason });
    }
    await movePlanWithin(writer, plan, status);
    await writer.db.deleteFrom("leases").where("name", "=", lease.name).execute();
  });

const requireApproved = async (writer: StateWriter, plan: PlanTable): Promise<void> => {
  const approvers = await approversOf(writer, plan);
  if (approvers.length >= plan.requiredApprovals) return;
  const reason = `${approvers.length} of ${plan.requiredApprovals} approvals are in force`;
  throw stateErrors.create("STATE_APPROVAL_REFUSED", { plan: plan.id, reason });
};

const notReady = ({ id, status }: PlanTable, wanted: string) =>
  stateErrors.create("STATE_MOVE_REFUSED", {
    subject: `plan ${id}`,
    status: wanted,
    reason: `it is ${status}`,
  });

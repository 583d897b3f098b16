import { useMay, useMe } from "../../api/use-me.ts";
import type { PlanPage } from "./plan-search.ts";

interface Reader {
  readonly role: string | null;
  readonly mayApprove: boolean;
}

/** Why somebody may not approve a plan; undefined: they may. */
export const whyNotApprove = (
  { approvalProblem, approvals, line }: Pick<PlanPage, "approvalProblem" | "approvals" | "line">,
  { role, mayApprove }: Reader,
): string | undefined => {
  if (line.status !== "draft") return "It waits for no approval.";
  if (!mayApprove) return `Approvers and admins approve; your role is ${role ?? "another"}.`;
  if (approvals.some(({ isOwn, isCounted }) => isCounted && isOwn))
    return "You have approved it: the next approval is somebody else's.";
  return approvalProblem === null ? undefined : `You can't approve it: ${approvalProblem}.`;
};

export const useWhyNotApprove = (page: PlanPage): string | undefined => {
  const me = useMe();
  const mayApprove = useMay("approve");
  return whyNotApprove(page, { role: me?.role ?? null, mayApprove });
};

import { expect, test } from "vitest";
import type { PlanPage } from "./plan-search.ts";
import { planStages } from "./plan-stages.ts";
import { whyNotApprove } from "./why-not-approve.ts";

const line: PlanPage["line"] = {
  ...{ id: "plan-1", title: "Smaller", digest: "0".repeat(64), status: "draft" },
  ...{ createdBy: "olga@example.com", createdAt: "2026-07-01T00:00:00Z", updatedAt: "2026-07-01T00:00:00Z" },
  ...{ expiresAt: "2026-07-04T00:00:00Z", approvals: 0, requiredApprovals: 2, approvers: [] },
  ...{ resources: ["web"], steps: 3, saving: [], proof: null },
};
const now = new Date("2026-07-02T00:00:00Z");
const stages = (changed: Partial<PlanPage["line"]>, at = now) =>
  planStages({ line: { ...line, ...changed } }, at).map(({ title, state }) => `${title}: ${state}`);

test("the stages say where a plan is and where it ended", () => {
  expect(stages({})).toEqual(["Made: done", "Approval: now", "Applied: later", "Proven: later"]);
  expect(stages({}, new Date("2026-07-05T00:00:00Z"))[1]).toBe("Expired: failed");
  expect(stages({ status: "approved" }).slice(1, 3)).toEqual(["Approved: done", "Apply: now"]);
  expect(stages({ status: "rolled-back" })[2]).toBe("Taken back: failed");
  const proof = { verdict: "proven", realised: null, computedAt: "2026-08-01T00:00:00Z" } as const;
  expect(stages({ status: "applied", proof }).slice(2)).toEqual(["Applied: done", "Proven: done"]);
});

test("who may not approve is told why", () => {
  const page = { line, approvals: [], approvalProblem: null };
  const paul = { role: "approver", mayApprove: true };
  expect(whyNotApprove(page, paul)).toBeUndefined();
  expect(whyNotApprove(page, { ...paul, role: "operator", mayApprove: false })).toContain("operator");
  const own = {
    approver: "Paul",
    isOwn: true,
    at: "2026-07-01T00:00:00Z",
    comment: null,
    isCounted: true,
  };
  expect(whyNotApprove({ ...page, approvals: [{ ...own, isOwn: false }] }, paul)).toBeUndefined();
  expect(whyNotApprove({ ...page, approvals: [own] }, paul)).toContain("somebody else's");
  expect(whyNotApprove({ ...page, approvals: [{ ...own, isCounted: false }] }, paul)).toBeUndefined();
  const problem = "who made a plan may not approve it alone";
  expect(whyNotApprove({ ...page, approvalProblem: problem }, paul)).toContain(problem);
});

import { instantOf } from "@trimtab/domain";
import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";
import { cliErrors } from "../errors.ts";

export const approveCommand = defineCommand({
  name: "approve",
  summary: "approve a plan as it was read, or take that back",
  group: "change",
  details: [
    "An approval is of one digest: give the one that `trimtab plan show` printed, or its first twelve characters, so that nobody approves what they have not read. Who may approve is in the plan, as its policy said when it was made.",
  ],
  args: [{ name: "plan", description: "its id", required: true }],
  options: [
    { name: "digest", value: "HEX", description: "of the plan that you have read" },
    { name: "comment", value: "TEXT", description: "kept with the approval" },
    { name: "revoke", description: "take back your approval while the plan is not being applied" },
  ],
  examples: [
    { run: "trimtab approve plan-… --digest 3fa9c1e07b52", does: "approve what was read" },
    { run: "trimtab approve plan-… --revoke", does: "take it back" },
  ],
  async run({ services, env }, { args, options }) {
    const { readPlan } = await import("../../state/plans.ts");
    const { approvePlan, listApprovals, revokeApproval } = await import("../../state/approvals.ts");
    const state = await services.openState();
    const id = String(args.plan);
    const approver = actorOf(env);
    if (options.revoke === true) await revokeApproval(state, approver, { id, approver });
    else {
      const plan = await readPlan(state, id);
      const digest = wholeDigest(options.digest, plan.digest);
      await requireAllowed(plan, await listApprovals(state, id), approver, instantOf(services.clock()));
      const comment = typeof options.comment === "string" ? { comment: options.comment } : {};
      await approvePlan(state, approver, { id, digest, ...comment });
    }
    const plan = await readPlan(state, id);
    const { readPlanBody } = await import("../../apply/plan/plan-schema.ts");
    const { planPage } = await import("../views/plan.ts");
    return planPage({ ...plan, body: readPlanBody(id, plan.body) }, await listApprovals(state, id));
  },
});

/** What was given stands as it is unless it is the beginning of the right one: another digest is then refused. */
const wholeDigest = (given: unknown, digest: string): string => {
  if (typeof given !== "string") {
    throw cliErrors.create("CLI_ARGUMENT_MISSING", {
      command: "approve",
      argument: "--digest HEX, of the plan that you have read",
      usage: "trimtab approve PLAN --digest HEX",
    });
  }
  return given.length >= 12 && digest.startsWith(given) ? digest : given;
};

type Plan = Awaited<ReturnType<typeof import("../../state/plans.ts").readPlan>>;
type Approvals = Awaited<ReturnType<typeof import("../../state/approvals.ts").listApprovals>>;

/** @throws APPROVAL_REFUSED */
const requireAllowed = async (
  plan: Plan,
  approvals: Approvals,
  approver: string,
  at: ReturnType<typeof instantOf>,
): Promise<void> => {
  const { readPlanBody } = await import("../../apply/plan/plan-schema.ts");
  const { approvalProblem } = await import("../../apply/policy/approvals.ts");
  const { frozenPolicy } = await import("../../apply/policy/policy.ts");
  const { applyErrors } = await import("../../apply/errors.ts");
  const body = readPlanBody(plan.id, plan.body);
  const policy = frozenPolicy.parse(body.policy.rules);
  const given = approvals
    .filter(({ digest, revokedAt }) => digest === plan.digest && revokedAt === null)
    .map((approval) => ({ approver: approval.approver, at: approval.approvedAt }));
  const reason = approvalProblem(body, policy, given, { approver, at }, plan.createdBy);
  if (reason !== undefined) throw applyErrors.create("APPROVAL_REFUSED", { approver, plan: plan.id, reason });
};

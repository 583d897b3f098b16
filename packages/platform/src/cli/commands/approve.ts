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
    const { listApprovals, revokeApproval } = await import("../../state/approvals.ts");
    const { approveAs } = await import("../../loop/approve-plan.ts");
    const state = await services.openState();
    const id = String(args.plan);
    const approver = actorOf(env);
    if (options.revoke === true) await revokeApproval(state, approver, { id, approver });
    else {
      const plan = await readPlan(state, id);
      const digest = wholeDigest(options.digest, plan.digest);
      const comment = typeof options.comment === "string" ? { comment: options.comment } : {};
      await approveAs({ services, actor: approver }, { plan: id, digest, ...comment });
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

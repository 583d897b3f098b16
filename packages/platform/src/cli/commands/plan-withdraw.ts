import { actorOf } from "../actor.ts";
import { defineCommand } from "../command.ts";

export const planWithdrawCommand = defineCommand({
  name: "plan withdraw",
  summary: "take back a plan that was not applied",
  group: "change",
  args: [{ name: "plan", description: "its id", required: true }],
  options: [
    { name: "reason", value: "TEXT", description: "why; kept in the audit log", default: "not needed" },
  ],
  examples: [
    { run: 'trimtab plan withdraw plan-… --reason "done by hand"', does: "nobody can apply it any more" },
  ],
  async run({ services, env }, { args, options }) {
    const { readPlan, withdrawPlan } = await import("../../state/plans.ts");
    const state = await services.openState();
    const { id, version } = await readPlan(state, String(args.plan));
    await withdrawPlan(state, actorOf(env), { id, version, reason: String(options.reason) });
    return { document: { title: "Withdrawn", blocks: [] }, json: { id, status: "withdrawn" } };
  },
});

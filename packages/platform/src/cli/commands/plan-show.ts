import { defineCommand } from "../command.ts";
import { cliErrors } from "../errors.ts";
import { planPage } from "../views/plan.ts";

export const planShowCommand = defineCommand({
  name: "plan show",
  summary: "show a plan: what is done, what is watched, the way back, who approves",
  group: "change",
  details: [
    "`--shell` prints the commands for reading, or for typing by hand; `--terraform` the same changes as attributes of Terraform's resources. `trimtab apply` runs neither: it runs the frozen argument lists without a shell.",
  ],
  args: [{ name: "plan", description: "its id", required: true }],
  options: [
    { name: "shell", description: "as commands" },
    { name: "terraform", description: "as a Terraform patch" },
  ],
  examples: [
    { run: "trimtab plan show plan-…", does: "what it does, for a person" },
    { run: "trimtab plan show plan-… --terraform", does: "what to change in Terraform's files" },
  ],
  async run({ services }, { args, options }) {
    if (options.shell === true && options.terraform === true)
      throw cliErrors.create("CLI_OPTIONS_CONFLICT", { first: "--shell", second: "--terraform" });
    const { readPlan } = await import("../../state/plans.ts");
    const { listApprovals } = await import("../../state/approvals.ts");
    const { readPlanBody } = await import("../../apply/plan/plan-schema.ts");
    const state = await services.openState();
    const plan = await readPlan(state, String(args.plan));
    const body = readPlanBody(plan.id, plan.body);
    const page = planPage({ ...plan, body }, await listApprovals(state, plan.id));
    if (options.shell !== true && options.terraform !== true) return page;
    const { shellText, terraformText } = await import("../../apply/plan/plan-text.ts");
    return { ...page, raw: options.shell === true ? shellText(body) : terraformText(body) };
  },
});

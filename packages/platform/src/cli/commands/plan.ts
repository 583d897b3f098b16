import { actorOf } from "../actor.ts";
import { POLICY_OPTION, readPolicy } from "../change-options.ts";
import { defineCommand } from "../command.ts";
import { planPage } from "../views/plan.ts";

export const planCommand = defineCommand({
  name: "plan",
  summary: "freeze accepted recommendations into a plan, by what the live systems say now",
  group: "change",
  details: [
    "Reads the live state of every resource with its cloud's own command line, refuses where it is not what the recommendation was made on, and lays out the steps: what must be true before, the commands, how to tell that they worked, the exact way back, what is watched and for how long. The plan is frozen under a digest and expires; nothing is changed. docs/guides/apply.md has the whole of it.",
  ],
  args: [
    {
      name: "recommendations",
      description: "ids of accepted recommendations",
      required: true,
      variadic: true,
    },
  ],
  options: [
    POLICY_OPTION,
    { name: "title", value: "TEXT", description: "what to call it (default: by its first change)" },
    {
      name: "valid-hours",
      value: "N",
      description: "when it expires (default: as the policy says, else 72)",
    },
  ],
  examples: [
    { run: "trimtab plan rec-4f0c2a9be1d37c55 --policy policy.yaml", does: "plan one change" },
    { run: "trimtab plan show plan-… --shell", does: "read its commands" },
  ],
  async run(context, input) {
    const { services, env, signal } = context;
    const policy = await readPolicy(context, input);
    const { freezePlan } = await import("../../loop/freeze-plan.ts");
    const { commandRunner } = await import("../../apply/commands/run-command.ts");
    const { readPlanBody } = await import("../../apply/plan/plan-schema.ts");
    const { readPlan } = await import("../../state/plans.ts");
    const { title } = input.options;
    const id = await freezePlan(
      { services, actor: actorOf(env), signal },
      {
        recommendations: Array.isArray(input.args.recommendations) ? input.args.recommendations : [],
        policy,
        run: commandRunner(env),
        ...(typeof title === "string" ? { title } : {}),
        ...(await validHours(input.options["valid-hours"])),
      },
    );
    const plan = await readPlan(await services.openState(), id);
    return planPage({ ...plan, body: readPlanBody(id, plan.body) }, []);
  },
});

const validHours = async (value: unknown): Promise<{ readonly validHours?: number }> => {
  if (typeof value !== "string") return {};
  const { wholeNumber } = await import("../option-values.ts");
  return { validHours: wholeNumber("--valid-hours", value, 1) };
};

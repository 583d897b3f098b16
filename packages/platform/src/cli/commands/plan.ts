import { instantOf } from "@trimtab/domain";
import type { RecommendationInput } from "../../apply/plan/recommendation-input.ts";
import type { State } from "../../state/state.ts";
import { actorOf } from "../actor.ts";
import { POLICY_OPTION, readPolicy } from "../change-options.ts";
import { defineCommand } from "../command.ts";
import { planPage } from "../views/plan.ts";

const MS_PER_HOUR = 3_600_000;

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
    const { makePlan } = await import("../../apply/plan/make-plan.ts");
    const { toPlanJson } = await import("../../apply/plan/plan-schema.ts");
    const { commandRunner } = await import("../../apply/commands/run-command.ts");
    const { createPlan, readPlan } = await import("../../state/plans.ts");
    const { approvalsNeeded } = await import("../../apply/policy/approvals.ts");
    const hours = await validHours(input.options["valid-hours"], policy.policy.validHours);
    const state = await services.openState();
    const ids = Array.isArray(input.args.recommendations) ? input.args.recommendations : [];
    const recommendations = await accepted(state, [...new Set(ids)]);
    const now = services.clock();
    const body = await makePlan({
      recommendations,
      actions: await services.actions(),
      policy,
      run: commandRunner(env),
      signal,
      now: instantOf(now),
      program: services.version,
      wasApplied: (resource) => wasApplied(state, resource),
    });
    const [first] = body.changes;
    const id = await createPlan(state, actorOf(env), {
      title:
        typeof input.options.title === "string"
          ? input.options.title
          : titleOf(first?.title, body.changes.length),
      body: toPlanJson(body),
      expiresAt: instantOf(new Date(now.getTime() + hours * MS_PER_HOUR)),
      requiredApprovals: approvalsNeeded(body.approvals),
      recommendations: recommendations.map((recommendation) => recommendation.id),
    });
    const plan = await readPlan(state, id);
    return planPage({ ...plan, body }, []);
  },
});

const titleOf = (first = "", count: number): string =>
  count === 1 ? first : `${first}, and ${count - 1} more`;

const validHours = async (value: unknown, otherwise: number): Promise<number> => {
  if (typeof value !== "string") return otherwise;
  const { wholeNumber } = await import("../option-values.ts");
  return wholeNumber("--valid-hours", value, 1);
};

/** @throws PLAN_NOT_ACCEPTED, PLAN_INPUT_UNREADABLE, STATE_NOT_FOUND */
const accepted = async (state: State, ids: readonly string[]): Promise<readonly RecommendationInput[]> => {
  const { readRecommendation, readRevision } = await import("../../state/recommendations.ts");
  const { readRecommendationInput } = await import("../../apply/plan/recommendation-input.ts");
  const { applyErrors } = await import("../../apply/errors.ts");
  const found: RecommendationInput[] = [];
  for (const id of ids) {
    const { status, withdrawnAt, revision } = await readRecommendation(state, id);
    const is = withdrawnAt === undefined ? status : "withdrawn: its advisor no longer finds it";
    if (is !== "accepted") throw applyErrors.create("PLAN_NOT_ACCEPTED", { id, status: is });
    const { body } = await readRevision(state, id, revision);
    found.push(readRecommendationInput(id, revision, body));
  }
  return found;
};

/** Whether an earlier plan that was applied touched a resource of this name or id. */
const wasApplied = async (state: State, resource: string): Promise<boolean> => {
  const { listPlans, readPlan } = await import("../../state/plans.ts");
  const { readPlanBody } = await import("../../apply/plan/plan-schema.ts");
  for (const { id, status } of await listPlans(state)) {
    if (status !== "applied") continue;
    const { changes } = readPlanBody(id, (await readPlan(state, id)).body);
    if (changes.some((change) => change.resource.name === resource || change.resource.id === resource))
      return true;
  }
  return false;
};

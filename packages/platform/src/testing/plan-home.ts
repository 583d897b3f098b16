import { instantOf, type PlanBody } from "@trimtab/domain";
import { actions } from "../actions/registry.ts";
import type { CommandRunner } from "../apply/commands/command-runner.ts";
import { makePlan } from "../apply/plan/make-plan.ts";
import { toPlanJson } from "../apply/plan/plan-schema.ts";
import { readRecommendationInput } from "../apply/plan/recommendation-input.ts";
import { approvalsNeeded } from "../apply/policy/approvals.ts";
import { DEFAULT_POLICY, parsePolicy, type ReadPolicy } from "../apply/policy/policy.ts";
import { type RunMode, type RunOutcome, runPlan } from "../apply/run/run-plan.ts";
import { approvePlan } from "../state/approvals.ts";
import { createPlan, readPlan } from "../state/plans.ts";
import { decideRecommendation, readRecommendation, recommendationId } from "../state/recommendations.ts";
import { recordRecommendations } from "../state/record-recommendations.ts";
import type { State } from "../state/state.ts";
import type { ActionFixture } from "./action-fixtures.ts";

type Change = Pick<ActionFixture, "resource" | "changes"> & { readonly guardrails?: readonly unknown[] };

/** What an analysis would have written of a change. */
export const recommendationBody = (action: string, { resource, changes, guardrails = [] }: Change) => ({
  key: { advisor: "test", resource: resource.id, scope: resource.scope.account, fingerprint: action },
  title: `Change ${resource.name}`,
  resource: { ...resource, scope: { ...resource.scope } },
  action,
  changes: changes.map(({ setting, from, to }) => ({ setting, from, to })),
  costNow: { amount: "730", currency: "USD" },
  saving: {
    net: { low: "80", mid: "100", high: "120", currency: "USD" },
    gross: { low: "80", mid: "100", high: "120", currency: "USD" },
    lines: [],
  },
  evidence: [],
  risk: { level: "low", breaks: [], mitigations: [] },
  effort: { hours: { low: "1", mid: "1", high: "2" }, about: "" },
  confidence: { value: 0.9, reason: "" },
  reversibility: "reversible",
  prerequisites: [],
  conflicts: [],
  alternatives: [],
  guardrails: [...guardrails],
  notes: [],
});

/** Keeps recommendations and accepts them. @returns their ids */
export const acceptChanges = async (
  state: State,
  bodies: readonly ReturnType<typeof recommendationBody>[],
): Promise<readonly string[]> => {
  await recordRecommendations(state, "test", {
    advisor: "test",
    found: bodies.map((body) => ({
      key: body.key,
      title: body.title,
      body: JSON.parse(JSON.stringify(body)),
    })),
    abstained: [],
    settings: {},
    programVersion: "test",
  });
  const ids = bodies.map(({ key }) => recommendationId(key));
  for (const id of ids) {
    const { status, version } = await readRecommendation(state, id);
    if (status === "open")
      await decideRecommendation(state, "test", { id, version, decision: { status: "accepted" } });
  }
  return ids;
};

export interface PlanMaking {
  readonly action: string;
  readonly changes: readonly Change[];
  readonly run: CommandRunner;
  readonly now: Date;
  readonly policy?: string;
  /** Default 1. */
  readonly validHours?: number;
}

export const makeBody = ({ action, changes, run, now, policy }: PlanMaking): Promise<PlanBody> =>
  makePlan({
    recommendations: changes.map((change) => {
      const body = recommendationBody(action, change);
      return readRecommendationInput(recommendationId(body.key), 1, body);
    }),
    actions,
    policy: policyOf(policy),
    run,
    signal: new AbortController().signal,
    now: instantOf(now),
    program: "test",
    wasApplied: async () => false,
  });

const policyOf = (text: string | undefined): ReadPolicy =>
  text === undefined ? DEFAULT_POLICY : parsePolicy(text, "policy.yaml");

/** A plan in the database, approved as far as one person can. @returns its id */
export const keepPlan = async (state: State, making: PlanMaking): Promise<string> => {
  const ids = await acceptChanges(
    state,
    making.changes.map((change) => recommendationBody(making.action, change)),
  );
  const body = await makeBody(making);
  const id = await createPlan(state, "maker", {
    title: "test",
    body: toPlanJson(body),
    expiresAt: instantOf(new Date(making.now.getTime() + (making.validHours ?? 1) * 3_600_000)),
    requiredApprovals: approvalsNeeded(body.approvals),
    recommendations: ids,
  });
  const { digest, status } = await readPlan(state, id);
  if (status === "draft") await approvePlan(state, "approver", { id, digest });
  return id;
};

/** Runs a plan with no time between its looks. */
export const runKept = (
  state: State,
  planId: string,
  mode: RunMode,
  options: Partial<Parameters<typeof runPlan>[0]> & { readonly run: CommandRunner },
): Promise<RunOutcome> =>
  runPlan({
    state,
    actor: "runner",
    holder: "runner",
    planId,
    mode,
    mayBeIrreversible: false,
    mayBeUnwatched: false,
    actions,
    env: {},
    clock: state.clock,
    signal: new AbortController().signal,
    notify: () => undefined,
    waitMs: 0,
    ...options,
  });

/** Time that passes when somebody sleeps. */
export const timeFrom = (text = "2026-07-01T12:00:00Z") => {
  let nowMs = Date.parse(text);
  return {
    now: () => new Date(nowMs),
    sleep: async (ms: number): Promise<void> => {
      nowMs += ms;
    },
  };
};

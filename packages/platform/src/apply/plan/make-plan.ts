import { createHash } from "node:crypto";
import { differences, type Instant, type LiveSettings, type PlanBody, type PlanStep } from "@trimtab/domain";
import type { ActionDefinition, StepDraft } from "../../actions/action.ts";
import type { CommandRunner } from "../commands/command-runner.ts";
import { readLiveState } from "../commands/read-live-state.ts";
import { applyErrors } from "../errors.ts";
import { approvalsFor } from "../policy/approvals.ts";
import type { ReadPolicy } from "../policy/policy.ts";
import { canaryPower } from "./canary-power.ts";
import { guardrailQueries } from "./guardrail-queries.ts";
import { isNamed, orderChanges } from "./order-changes.ts";
import { overlapOf, planAmount, planEstimate, sumEstimates, sumMoney } from "./plan-money.ts";
import { type RecommendationInput, sameKey } from "./recommendation-input.ts";

export type Actions = Readonly<Record<string, ActionDefinition>>;

export interface PlanOrder {
  readonly recommendations: readonly RecommendationInput[];
  readonly actions: Actions;
  readonly policy: ReadPolicy;
  readonly run: CommandRunner;
  readonly signal: AbortSignal;
  readonly now: Instant;
  readonly program: string;
  /** Whether an earlier plan changed this resource, by name or id, and was applied. */
  readonly wasApplied: (resource: string) => Promise<boolean>;
}

/**
 * Lays out a plan from accepted recommendations and what the live systems say now; it changes nothing.
 * @throws PLAN_BY_HAND, PLAN_STATE_DIFFERS, PLAN_REFUSED, APPLY_READ_FAILED, APPLY_TOOL_MISSING, ACTION_STATE_UNREADABLE
 */
export const makePlan = async (order: PlanOrder): Promise<PlanBody> => {
  const changes = await arrange(order);
  const steps: PlanStep[] = [];
  const notes: string[] = [];
  const states = new Map<string, { readonly live: LiveSettings; readonly recorded: LiveSettings }>();
  for (const change of changes) {
    const action = actionOf(change, order.actions);
    const known = states.get(change.resource.id) ?? (await readState(change, action, order));
    requireAsFound(change, known.live);
    const made = draftSteps(change, action, known.live, order);
    notes.push(...made.notes.map((note) => `${change.resource.name}: ${note}`));
    steps.push(...freeze(made.steps, { change, action, recorded: known.recorded, steps, order }));
    const live = Object.assign({}, known.live, ...made.steps.map(({ after }) => after));
    states.set(change.resource.id, { live, recorded: known.recorded });
  }
  return bodyOf(order, changes, steps, [...notes, ...unwatchedNotes(steps)]);
};

const subjectOf = ({ id, title }: RecommendationInput) => `Recommendation ${id} (${title})`;

const refused = (subject: string, reason: string) => applyErrors.create("PLAN_REFUSED", { subject, reason });

/** In the order in which they are done. */
const arrange = async (order: PlanOrder): Promise<readonly RecommendationInput[]> => {
  const { recommendations: all, policy, wasApplied } = order;
  for (const change of all) {
    const excluded = [...change.conflicts, ...change.alternatives];
    const other = all.find(({ key }) => excluded.some((excluding) => sameKey(excluding, key)));
    if (other !== undefined) throw refused(subjectOf(change), `it excludes ${other.id} (${other.title})`);
    const twin = all.find(
      ({ resource, action }) => resource.id === change.resource.id && action !== change.action,
    );
    if (twin !== undefined)
      throw refused(subjectOf(change), `${twin.id} changes the same resource in another way: make two plans`);
    for (const { staging, before } of policy.policy.stagingFirst) {
      const isHere = all.some((candidate) => isNamed(candidate, staging));
      if (!isNamed(change, before) || isHere || (await wasApplied(staging))) continue;
      throw refused(subjectOf(change), `the policy wants ${staging} changed before ${before}`);
    }
  }
  const isIrreversible = (change: RecommendationInput) =>
    change.changes.some(({ setting, to }) => setting === "exists" && to === false);
  const ordered = orderChanges(all, policy.policy, isIrreversible);
  if (ordered === undefined) throw refused("The plan", "the policy's staging rules go in a circle");
  return ordered;
};

const actionOf = (change: RecommendationInput, actions: Actions): ActionDefinition => {
  const byHand = (reason: string) => applyErrors.create("PLAN_BY_HAND", { id: change.id, reason });
  if (change.action === undefined) throw byHand("no action carries it out");
  const action = actions[change.action];
  if (action === undefined) throw byHand(`this version has no action ${change.action}`);
  if (!action.kinds.includes(change.resource.kind))
    throw byHand(`action ${action.id} changes no ${change.resource.kind}`);
  const foreign = change.changes.find(({ setting }) => !action.changes.includes(setting));
  if (foreign !== undefined) throw byHand(`action ${action.id} can't change ${foreign.setting}`);
  return action;
};

const readState = async (
  change: RecommendationInput,
  action: ActionDefinition,
  { run, signal }: PlanOrder,
) => {
  const { resource } = change;
  const { read, readMore } = readsOf(action, resource);
  const live = await readLiveState({ action, resource, read, readMore, run, signal });
  return { live, recorded: live };
};

const readsOf = (action: ActionDefinition, resource: RecommendationInput["resource"]) => ({
  read: action.read(resource),
  readMore: action.readMore?.(resource) ?? [],
});

const requireAsFound = ({ id, resource, changes }: RecommendationInput, live: LiveSettings): void => {
  const found = Object.fromEntries(changes.map(({ setting, from }) => [setting, from]));
  const differing = differences(found, live);
  if (differing.length === 0) return;
  const details = { id, resource: resource.name, differences: differing.join("; ") };
  throw applyErrors.create("PLAN_STATE_DIFFERS", details);
};

const draftSteps = (
  change: RecommendationInput,
  action: ActionDefinition,
  state: LiveSettings,
  { policy: { policy }, now }: PlanOrder,
) => {
  const { resource, changes, guardrails } = change;
  const planned = action.plan({
    resource,
    changes,
    state,
    guardrails,
    key: keyOf(change, now),
    ...(policy.canaryShares === undefined ? {} : { canaryShares: policy.canaryShares }),
  });
  if (planned.status === "refused") throw refused(subjectOf(change), planned.reason);
  return planned;
};

/** Ten letters and digits, the first a letter: two plans never name the same. */
const keyOf = ({ id, revision }: RecommendationInput, now: Instant): string => {
  const digest = createHash("sha256")
    .update(JSON.stringify([id, revision, now]))
    .digest();
  const text = BigInt(`0x${digest.toString("hex").slice(0, 24)}`)
    .toString(36)
    .padStart(12, "0");
  return `${"abcdefghijklmnop"[(digest[31] ?? 0) % 16]}${text.slice(0, 9)}`;
};

interface Freezing {
  readonly change: RecommendationInput;
  readonly action: ActionDefinition;
  readonly recorded: LiveSettings;
  readonly steps: readonly PlanStep[];
  readonly order: PlanOrder;
}

const freeze = (drafts: readonly StepDraft[], { change, action, recorded, steps, order }: Freezing) => {
  const { resource } = change;
  const { read, readMore } = readsOf(action, resource);
  const { policy } = order.policy;
  return drafts.map(({ canary, ...draft }, index): PlanStep => {
    const number = steps.length + index + 1;
    const watchSeconds = draft.watchSeconds === 0 ? 0 : (policy.watchSeconds ?? draft.watchSeconds);
    return {
      ...draft,
      id: `step-${number}`,
      recommendation: change.id,
      action: action.id,
      resource,
      // One change waits for the whole of what was before it: a breach takes back no more than has to be.
      dependsOn: number === 1 ? [] : [`step-${number - 1}`],
      read,
      ...(readMore.length === 0 ? {} : { readMore }),
      recorded,
      watchSeconds,
      guardrails: watchSeconds === 0 ? [] : guardrailQueries(change.guardrails, resource, policy, canary),
      ...(canary === undefined
        ? {}
        : { canary: { ...canary, power: canaryPower(change.evidence, canary.sharePercent, watchSeconds) } }),
    };
  });
};

const unwatchedNotes = (steps: readonly PlanStep[]): readonly string[] => {
  const unwatched = new Set(
    steps.flatMap(({ guardrails, resource }) =>
      guardrails
        .filter(({ query }) => query === undefined)
        .map(({ metric, statistic }) => `${metric}/${statistic} of ${resource.name}`),
    ),
  );
  return [...unwatched].map((what) => `Nothing watches ${what}: the policy has no query for it.`);
};

const bodyOf = (
  { policy, actions, now, program }: PlanOrder,
  changes: readonly RecommendationInput[],
  steps: readonly PlanStep[],
  notes: readonly string[],
): PlanBody => {
  const used = [...new Set(steps.map(({ action }) => action))];
  const resources = new Map(changes.map((change) => [change.resource.id, change]));
  return {
    format: 1,
    madeAt: now,
    program,
    changes: changes.map((change) => plannedChange(change, actions, steps)),
    steps,
    approvals: approvalsFor(policy.policy, steps),
    creatorMayApproveAlone: policy.policy.approvals.creatorMayApproveAlone,
    resources: resources.size,
    moneyAtRisk: sumMoney([...resources.values()].map(({ costNow }) => costNow)),
    saving: sumEstimates(changes.map(({ saving }) => saving.net)),
    overlap: overlapOf(changes, steps),
    policy: { digest: policy.digest, rules: JSON.parse(JSON.stringify(policy.policy)) },
    facts: used.flatMap((id) => actions[id]?.facts ?? []),
    notes: [...new Set([...notes, ...changes.flatMap((change) => change.notes)])],
  };
};

const plannedChange = (
  change: RecommendationInput,
  actions: Actions,
  steps: readonly PlanStep[],
): PlanBody["changes"][number] => {
  const { id, revision, title, resource, changes, costNow, saving } = change;
  const action = change.action ?? "";
  const recorded = steps.find(({ recommendation }) => recommendation === id)?.recorded ?? {};
  const terraform = actions[action]?.terraform?.(resource, changes, recorded);
  return {
    id,
    revision,
    title,
    action,
    resource,
    changes,
    costNow: planAmount(costNow),
    saving: planEstimate(saving.net),
    ...(terraform === undefined ? {} : { terraform }),
  };
};

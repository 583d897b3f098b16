import { formatDecimal, type MoneyEstimate, type RecommendationStatus } from "@trimtab/domain";
import type { z } from "zod";
import { isQuickWin } from "../../advisors/rank.ts";
import { listAssignments } from "../../state/assignments.ts";
import { countComments } from "../../state/comments.ts";
import { listPlans, readPlan } from "../../state/plans.ts";
import { listProgrammes } from "../../state/programmes.ts";
import { recommendationId, type StoredRecommendation } from "../../state/recommendations.ts";
import type { State } from "../../state/state.ts";
import { listTasks } from "../../state/tasks.ts";
import { type PeopleNames, readPeopleNames } from "../access/people-names.ts";
import type { recommendationContracts } from "../contracts/recommendations.ts";
import type { Body } from "./recommendation-bodies.ts";

type Line = z.input<typeof recommendationContracts.decideRecommendation.response>;

/** What else is known of recommendations: who looks after them, what was said, which task and plans carry them out. */
export interface Surroundings {
  readonly names: PeopleNames;
  readonly assignees: ReadonlyMap<string, string>;
  readonly comments: ReadonlyMap<string, number>;
  readonly tasks: ReadonlyMap<string, { readonly programme: string; readonly task: string }>;
  readonly plans: ReadonlyMap<string, readonly { readonly id: string; readonly status: string }[]>;
}

export const subjectOf = (id: string): string => `recommendation ${id}`;

export const readSurroundings = async (state: State): Promise<Surroundings> => ({
  names: await readPeopleNames(state),
  assignees: await listAssignments(state),
  comments: await countComments(state),
  tasks: await tasksByRecommendation(state),
  plans: await plansByRecommendation(state),
});

const tasksByRecommendation = async (state: State): Promise<Surroundings["tasks"]> => {
  const found = new Map<string, { readonly programme: string; readonly task: string }>();
  for (const { id: programme } of await listProgrammes(state))
    for (const { recommendation, details, id } of await listTasks(state, programme))
      if (recommendation !== undefined)
        found.set(recommendation.id, {
          programme,
          task: typeof details.id === "string" ? details.id : id.toLowerCase(),
        });
  return found;
};

const plansByRecommendation = async (state: State): Promise<Surroundings["plans"]> => {
  const found = new Map<string, { readonly id: string; readonly status: string }[]>();
  for (const { id, status } of await listPlans(state))
    for (const { id: recommendation } of (await readPlan(state, id)).recommendations)
      found.set(recommendation, [...(found.get(recommendation) ?? []), { id, status }]);
  return found;
};

export const lineOf = (stored: StoredRecommendation, body: Body, around: Surroundings): Line => {
  const { id } = stored;
  const { resource, effort } = body;
  return {
    id,
    version: stored.version,
    advisor: stored.advisor,
    status: stored.status satisfies RecommendationStatus,
    snoozedUntil: stored.snoozedUntil ?? null,
    decidedBy: stored.decidedBy === undefined ? null : around.names.told(stored.decidedBy),
    decidedAt: stored.decidedAt ?? null,
    reason: stored.statusReason ?? null,
    withdrawnAt: stored.withdrawnAt ?? null,
    firstSeenAt: stored.firstSeenAt,
    title: body.title,
    resource: { kind: resource.kind, id: resource.id, name: resource.name, ...resource.scope },
    costNow: { amount: formatDecimal(body.costNow.amount), currency: body.costNow.currency },
    saving: amountsOf(body.saving.net),
    risk: body.risk.level,
    effortHours: {
      low: formatDecimal(effort.hours.low),
      mid: formatDecimal(effort.hours.mid),
      high: formatDecimal(effort.hours.high),
    },
    confidence: body.confidence.value,
    reversibility: body.reversibility,
    isQuickWin: isQuickWin({ ...body, evidence: [] }),
    action: body.action ?? null,
    assignee: assigneeOf(around, id),
    comments: around.comments.get(subjectOf(id)) ?? 0,
    alternatives: body.alternatives.map(recommendationId),
    conflicts: body.conflicts.map(recommendationId),
    task: around.tasks.get(id) ?? null,
    plans: around.plans.get(id) ?? [],
  };
};

const assigneeOf = ({ assignees, names }: Surroundings, id: string): Line["assignee"] => {
  const address = assignees.get(subjectOf(id));
  if (address === undefined) return null;
  return { id: names.personOf(address)?.id ?? null, name: names.told(address) };
};

export const amountsOf = ({ low, mid, high, currency }: MoneyEstimate) => ({
  low: formatDecimal(low),
  mid: formatDecimal(mid),
  high: formatDecimal(high),
  currency,
});

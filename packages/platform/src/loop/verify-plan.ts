import {
  addDays,
  type CurrencyCode,
  type Day,
  dayOf,
  daysBetween,
  decimal,
  estimate,
  instant,
  instantOf,
  type Json,
  type MoneyEstimate,
  type PlanEstimate,
} from "@trimtab/domain";
import type { AppliedPlan } from "../ledger/verify/applied-plan.ts";
import type { PlanMetrics } from "../ledger/verify/plan-metrics.ts";
import type { VerificationReport } from "../ledger/verify/verification-report.ts";
import type { VerifyRequest } from "../ledger/verify/verify-change.ts";
import type { Filter, QueryContext } from "../query/types.ts";
import type { State } from "../state/state.ts";
import type { Work } from "./work.ts";

/** How far back names of resources are looked for on the bill: a model learns from as much. */
const NAMES_DAYS = 400;

/** What is asked of any verification. */
export type AskedOptions = Pick<VerifyRequest, "basis" | "controls" | "metrics" | "until" | "ignored">;

/** The plan that a report is of. */
export interface VerifiedPlanHead {
  readonly id: string;
  readonly title: string;
  readonly startedAt: string;
  readonly endedAt: string;
  readonly resources: readonly string[];
  /** A month, as it was frozen; one a currency. */
  readonly promised: readonly PlanEstimate[];
  readonly notJudged: readonly string[];
  /** Its number among the verifications of the plan; null: it was not kept. */
  readonly recorded: number | null;
}

export interface PlanVerification {
  readonly plan: VerifiedPlanHead;
  readonly report: VerificationReport;
}

/** @throws STATE_NOT_FOUND, PLAN_INPUT_UNREADABLE, VERIFY_PLAN_NOT_APPLIED */
const readApplied = async (state: State, id: string) => {
  const { readPlan } = await import("../state/plans.ts");
  const { readJournal } = await import("../state/journal.ts");
  const { readPlanBody } = await import("../apply/plan/plan-schema.ts");
  const { appliedPlan } = await import("../ledger/verify/applied-plan.ts");
  const plan = await readPlan(state, id);
  const body = readPlanBody(id, plan.body);
  const applied = appliedPlan({ id, status: plan.status, body, journal: await readJournal(state, id) });
  return { title: plan.title, applied };
};

const aliasesIn = async ({ services }: Work) => {
  const items = await (await services.openInventory()).items();
  const byId = new Map(items.map(({ id, aliases }) => [id, aliases]));
  return ({ id }: { readonly id: string }): readonly string[] => byId.get(id) ?? [];
};

type Aliases = Awaited<ReturnType<typeof aliasesIn>>;

/** The charges of what the plan changed. @throws VERIFY_PLAN_NOT_BILLED */
const filterOf = async (
  work: Work,
  asked: QueryContext,
  { id, resources, endedAt }: AppliedPlan,
  aliasesOf: Aliases,
): Promise<Filter> => {
  const { readResourceCosts } = await import("../evidence/costs/resource-costs.ts");
  const { planFilter } = await import("../ledger/verify/plan-filter.ts");
  // What was deleted is on the bill of before only.
  const days = daysBetween(addDays(dayOf(endedAt), -NAMES_DAYS), addDays(dayOf(asked.now), 1));
  const costs = await readResourceCosts(await work.openEngine(), asked, { days });
  const named = resources.map((resource) => ({ ...resource, aliases: aliasesOf(resource) }));
  return planFilter(id, named, costs);
};

const metricsOf = async (
  { services, query: asked }: Work,
  applied: AppliedPlan,
  aliasesOf: Aliases,
): Promise<PlanMetrics> => {
  const { planMetrics } = await import("../ledger/verify/plan-metrics.ts");
  const { frozenPolicy } = await import("../apply/policy/policy.ts");
  const policy = frozenPolicy.parse(applied.body.policy.rules);
  const first = addDays(dayOf(applied.startedAt), -NAMES_DAYS);
  return planMetrics(applied, {
    store: await services.openResourceMetrics(),
    aliasesOf,
    margins: policy.guardrails?.margins ?? {},
    window: { start: instant(`${first}T00:00:00Z`), end: asked.now },
  });
};

/** Of a plan that was just applied nothing is billed yet: that is no verdict on it. */
const waitingIfUnbilled = (report: VerificationReport, first: Day): VerificationReport => {
  const isBilled = report.completeTo !== null && dayOf(instant(report.completeTo)) > first;
  if (isBilled || report.verdict !== "not-proven") return report;
  return {
    ...report,
    verdict: "pending",
    reasons: [
      `The bill is not complete to ${addDays(first, 1)} yet: the first whole day after the change is ${first}.`,
    ],
  };
};

const realisedOf = ({ savingPerMonth, currency }: VerificationReport): MoneyEstimate | undefined => {
  if (savingPerMonth === null) return undefined;
  const { low, mid, high } = savingPerMonth;
  return { ...estimate(decimal(low), decimal(mid), decimal(high)), currency: currency as CurrencyCode };
};

/** Keeps a verification for the status of programmes. @returns its number */
const keep = async (
  state: State,
  actor: string,
  { plan, report }: PlanVerification,
  first: Day,
): Promise<number> => {
  const { recordVerification } = await import("../state/verifications.ts");
  const { reportJson } = await import("../ledger/verify/verification-report.ts");
  const realised = realisedOf(report);
  const body: { readonly [key: string]: Json } = JSON.parse(reportJson(report));
  return await recordVerification(state, actor, {
    planId: plan.id,
    verdict: report.verdict,
    ...(realised === undefined ? {} : { realised }),
    coversFrom: report.window === null ? first : (report.window.start as Day),
    coversTo: report.window === null ? first : (report.window.end as Day),
    lakeVersion: report.lakeVersion,
    body,
  });
};

/**
 * Verifies what an applied plan saved, from the moment that its journal says it was done, and keeps the result.
 * @throws STATE_*, VERIFY_*, QUERY_*, LAKE_*
 */
export async function verifyPlan(
  work: Work,
  asked: {
    readonly plan: string;
    readonly where?: Filter;
    readonly options: AskedOptions;
    /** False: the result is kept nowhere. */
    readonly isKept: boolean;
  },
): Promise<PlanVerification> {
  const { where, options } = asked;
  const state = await work.services.openState();
  const { title, applied } = await readApplied(state, asked.plan);
  const engine = await work.openEngine();
  const { version: lakeVersion } = await engine.snapshot(work.query.lakeVersion);
  const pinned = { ...work.query, lakeVersion };
  const aliasesOf = await aliasesIn(work);
  const { transitionOf } = await import("../ledger/verify/applied-plan.ts");
  const { firstWholeDay, verifyChange } = await import("../ledger/verify/verify-change.ts");
  const metrics = await metricsOf(work, applied, aliasesOf);
  const changedAt = instantOf(new Date(applied.endedAt));
  const first = firstWholeDay(changedAt);
  const found = await verifyChange(
    engine,
    {
      ...options,
      where: where ?? (await filterOf(work, pinned, applied, aliasesOf)),
      changedAt,
      ignored: [...(options.ignored ?? []), ...transitionOf(applied)],
      metrics: [...metrics.watched, ...options.metrics],
    },
    pinned,
  );
  const report = waitingIfUnbilled(found, first);
  const { id, body, startedAt, endedAt, resources } = applied;
  const plan: VerifiedPlanHead = {
    ...{ id, title, startedAt, endedAt, recorded: null },
    resources: resources.map(({ name }) => name),
    promised: body.saving,
    notJudged: metrics.untold,
  };
  if (!asked.isKept) return { plan, report };
  const recorded = await keep(state, work.actor, { plan, report }, first);
  return { plan: { ...plan, recorded }, report };
}

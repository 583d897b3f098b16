import { instantOf, type PlanBody } from "@trimtab/domain";
import type { z } from "zod";
import { readPlanBody } from "../../apply/plan/plan-schema.ts";
import { shellText, terraformText } from "../../apply/plan/plan-text.ts";
import { approvalProblem } from "../../apply/policy/approvals.ts";
import { frozenPolicy } from "../../apply/policy/policy.ts";
import { verificationReportSchema } from "../../ledger/verify/verification-report.ts";
import { type Approval, listApprovals } from "../../state/approvals.ts";
import { type JournalEntry, readJournal, readStepStates } from "../../state/journal.ts";
import { type Plan, readPlan } from "../../state/plans.ts";
import type { State } from "../../state/state.ts";
import { listVerifications, type Verification } from "../../state/verifications.ts";
import type { Caller } from "../access/caller.ts";
import { type PeopleNames, readPeopleNames } from "../access/people-names.ts";
import type { planContracts } from "../contracts/plans.ts";
import { tell } from "../contracts/told.ts";
import type { PlanRuns } from "./plan-runs.ts";
import { amountsOf } from "./recommendation-lines.ts";
import type { WorkParts } from "./work-parts.ts";

type Page = z.input<typeof planContracts.getPlan.response>;
type Line = Page["line"];

const counts = (plan: Pick<Plan, "digest">, { digest, revokedAt }: Approval): boolean =>
  digest === plan.digest && revokedAt === null;

export const planLine = async (state: State, id: string, names?: PeopleNames): Promise<Line> => {
  const plan = await readPlan(state, id);
  return lineOf(plan, {
    names: names ?? (await readPeopleNames(state)),
    body: readPlanBody(id, plan.body),
    approvals: await listApprovals(state, id),
    verifications: await listVerifications(state, id),
  });
};

interface AroundPlan {
  readonly names: PeopleNames;
  readonly body: PlanBody;
  readonly approvals: readonly Approval[];
  readonly verifications: readonly Verification[];
}

const lineOf = (plan: Plan, { names, body, approvals, verifications }: AroundPlan): Line => {
  const counted = approvals.filter((approval) => counts(plan, approval));
  return {
    id: plan.id,
    title: plan.title,
    status: plan.status,
    digest: plan.digest,
    createdBy: names.told(plan.createdBy),
    createdAt: plan.createdAt,
    expiresAt: plan.expiresAt,
    updatedAt: plan.updatedAt,
    approvals: counted.length,
    requiredApprovals: plan.requiredApprovals,
    approvers: counted.map(({ approver }) => names.told(approver)),
    resources: [...new Set(body.changes.map(({ resource }) => resource.name))],
    steps: body.steps.length,
    saving: body.saving.map((saving) => ({ ...saving })),
    proof: proofOf(verifications),
  };
};

const proofOf = (verifications: readonly Verification[]): Line["proof"] => {
  const newest = verifications.at(-1);
  if (newest === undefined) return null;
  const { verdict, realised, computedAt } = newest;
  return { verdict, realised: realised === undefined ? null : amountsOf(realised), computedAt };
};

/** All of one plan for its page. @throws STATE_NOT_FOUND, PLAN_INPUT_UNREADABLE */
export const planPage = async (
  { state, clock }: WorkParts,
  runs: PlanRuns,
  caller: Caller,
  id: string,
): Promise<Page> => {
  const plan = await readPlan(state, id);
  const body = readPlanBody(id, plan.body);
  const approvals = await listApprovals(state, id);
  const given = approvals
    .filter((approval) => counts(plan, approval))
    .map(({ approver, approvedAt }) => ({ approver, at: approvedAt }));
  const next = { approver: caller.actor, at: instantOf(clock()) };
  const policy = frozenPolicy.parse(body.policy.rules);
  const verifications = await listVerifications(state, id);
  const names = await readPeopleNames(state);
  const problem = approvalProblem(body, policy, given, next, plan.createdBy);
  return {
    line: lineOf(plan, { names, body, approvals, verifications }),
    body: tell(body),
    approvals: approvals.map((approval) => ({
      approver: names.told(approval.approver),
      isOwn: approval.approver === caller.actor,
      at: approval.approvedAt,
      comment: approval.comment,
      isCounted: counts(plan, approval),
    })),
    rules: body.approvals.map(({ about, needs, approvers }) => ({
      ...{ about, needs },
      approvers: approvers.map(names.told),
    })),
    approvalProblem: problem === undefined ? null : names.told(problem),
    journal: (await readJournal(state, id)).map((entry) => ({
      step: entry.step,
      direction: entry.direction,
      kind: entry.kind,
      result: entry.kind === "outcome" ? entry.result : null,
      about: aboutOf(entry),
      runner: names.told(entry.runner),
      at: entry.at,
    })),
    states: Object.fromEntries(await readStepStates(state, id)),
    shell: shellText(body),
    terraform: terraformText(body),
    run: shownRun(runs.of(id), names),
    verifications: verifications.map((one) => verificationOf(one, names)),
  };
};

/** A run with the name of who began it. */
export const shownRun = <R extends Page["run"]>(run: R, names: PeopleNames): R =>
  run === null ? run : { ...run, startedBy: names.told(run.startedBy) };

/** What a run says of a line: the reason of a failure or of a way back, how a step was done. */
const aboutOf = ({ detail: { reason, about, why } }: JournalEntry): string | null =>
  [reason, about, why].find((text) => typeof text === "string") ?? null;

/** A report that an older version wrote in another way is left out; its figures are there all the same. */
const verificationOf = (one: Verification, names: PeopleNames): Page["verifications"][number] => {
  const report = verificationReportSchema.safeParse(one.body);
  return {
    seq: one.seq,
    verdict: one.verdict,
    realised: one.realised === undefined ? null : amountsOf(one.realised),
    coversFrom: one.coversFrom,
    coversTo: one.coversTo,
    computedAt: one.computedAt,
    computedBy: names.told(one.computedBy),
    report: report.success ? report.data : null,
  };
};

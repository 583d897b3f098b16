import type { PlanBody } from "@trimtab/domain";
import { z } from "zod";
import type { Preflight } from "../../apply/run/preflight.ts";
import type { RunReport } from "../../apply/run/run-report.ts";
import { verificationReportSchema } from "../../ledger/verify/verification-report.ts";
import { defineRoutes } from "../contract.ts";
import { amountSchema, daySchema, instantSchema, list } from "./common.ts";
import { told } from "./told.ts";

const planId = z.strictObject({ id: z.string().min(1).max(200) });
const STATUSES = ["draft", "approved", "applying", "applied", "failed", "rolled-back", "withdrawn"] as const;
const VERDICTS = ["pending", "proven", "not-proven", "harmful"] as const;

const amounts = z.strictObject({
  low: amountSchema,
  mid: amountSchema,
  high: amountSchema,
  currency: z.string(),
});

const planLine = z.strictObject({
  id: z.string(),
  title: z.string(),
  status: z.enum(STATUSES),
  digest: z.string(),
  createdBy: z.string(),
  createdAt: instantSchema,
  expiresAt: instantSchema,
  /** When its status last changed. */
  updatedAt: instantSchema,
  approvals: z.int(),
  requiredApprovals: z.int(),
  /** Whose approvals count. */
  approvers: list(z.string()),
  /** Names of what it changes. */
  resources: list(z.string()),
  steps: z.int(),
  /** A month, as it was frozen; one a currency. */
  saving: list(amounts),
  /** The newest verification. */
  proof: z
    .strictObject({
      verdict: z.enum(VERDICTS),
      realised: amounts.nullable(),
      computedAt: instantSchema,
    })
    .nullable(),
});

const approval = z.strictObject({
  approver: z.string(),
  /** Whether the caller gave it. */
  isOwn: z.boolean(),
  at: instantSchema,
  comment: z.string().nullable(),
  /** Of another digest or taken back: it counts no longer. */
  isCounted: z.boolean(),
});

const guardrailReading = z.strictObject({
  step: z.string(),
  metric: z.string(),
  statistic: z.string(),
  comparison: z.string(),
  limit: z.number(),
  /** Null: no data. */
  value: z.number().nullable(),
  isHeld: z.boolean().nullable(),
  at: instantSchema,
  /** From the first look on, oldest first, thinned evenly where there were many. */
  course: list(z.strictObject({ at: instantSchema, value: z.number().nullable() })),
});

/** A run as it goes on in this server; of others the journal tells, which keeps what was done and not what was measured. */
const planRun = z.strictObject({
  status: z.enum(["running", "ended"]),
  mode: z.enum(["execute", "resume", "roll-back"]),
  startedBy: z.string(),
  startedAt: instantSchema,
  lines: list(z.strictObject({ at: instantSchema, text: z.string() })),
  /** The step whose guardrails are looked at now. */
  watching: z.strictObject({ step: z.string(), since: instantSchema }).nullable(),
  /** The newest of each guardrail that was watched, and its course. */
  readings: list(guardrailReading),
  report: told<RunReport>("What was done to each step.").nullable(),
  /** Why it could not run. */
  problem: z.string().nullable(),
});

const verification = z.strictObject({
  seq: z.int(),
  verdict: z.enum(VERDICTS),
  realised: amounts.nullable(),
  coversFrom: daySchema,
  coversTo: daySchema,
  computedAt: instantSchema,
  computedBy: z.string(),
  report: verificationReportSchema.nullable(),
});

const planPage = z.strictObject({
  line: planLine,
  body: told<PlanBody>("The frozen plan: changes, steps, approvals, policy, facts."),
  approvals: list(approval),
  /** Who has to approve: what the plan says, by name. */
  rules: list(z.strictObject({ about: z.string(), needs: z.int(), approvers: list(z.string()) })),
  /** What the caller may do now, or why not. */
  approvalProblem: z.string().nullable(),
  journal: list(
    z.strictObject({
      step: z.string(),
      direction: z.enum(["apply", "roll-back"]),
      kind: z.enum(["intent", "outcome"]),
      result: z.enum(["succeeded", "failed"]).nullable(),
      /** How it went, or why it is done, where the run wrote that. */
      about: z.string().nullable(),
      runner: z.string(),
      at: instantSchema,
    }),
  ),
  /** State of each step that the journal names. */
  states: z.record(z.string(), z.string()),
  shell: z.string(),
  terraform: z.string(),
  run: planRun.nullable(),
  verifications: list(verification),
});

export const planContracts = defineRoutes({
  listPlans: {
    method: "GET",
    path: "/api/v1/plans",
    summary: "Frozen plans, newest first",
    tag: "Apply",
    access: "read",
    scope: "unrestricted",
    response: z.strictObject({ items: list(planLine) }),
  },
  createPlan: {
    method: "POST",
    path: "/api/v1/plans",
    summary: "Freeze accepted recommendations into a plan, by what the live systems say now",
    tag: "Apply",
    access: "operate",
    scope: "unrestricted",
    // Who makes a plan may not approve it alone; a token of theirs must not hide who it was.
    personsOnly: true,
    body: z.strictObject({
      recommendations: z.array(z.string().max(100)).min(1).max(200),
      title: z.string().trim().min(1).max(200).optional(),
      validHours: z.int().min(1).max(8760).optional(),
    }),
    response: planLine,
    status: 201,
  },
  getPlan: {
    method: "GET",
    path: "/api/v1/plans/:id",
    summary: "What a plan does, what is watched, the way back, who approved, how its run goes",
    tag: "Apply",
    access: "read",
    scope: "unrestricted",
    params: planId,
    response: planPage,
  },
  approvePlan: {
    method: "POST",
    path: "/api/v1/plans/:id/approval",
    summary: "Approve a plan as it was read",
    tag: "Apply",
    access: "approve",
    scope: "unrestricted",
    personsOnly: true,
    params: planId,
    body: z.strictObject({
      digest: z.string().regex(/^[0-9a-f]{64}$/, "the whole digest"),
      comment: z.string().max(2000).optional(),
    }),
    response: planLine,
  },
  revokeApproval: {
    method: "DELETE",
    path: "/api/v1/plans/:id/approval",
    summary: "Take back one's approval while the plan is not being applied",
    tag: "Apply",
    access: "approve",
    scope: "unrestricted",
    personsOnly: true,
    params: planId,
    response: planLine,
  },
  withdrawPlan: {
    method: "POST",
    path: "/api/v1/plans/:id/withdrawal",
    summary: "Withdraw a plan that was not applied",
    tag: "Apply",
    access: "operate",
    scope: "unrestricted",
    params: planId,
    response: planLine,
  },
  checkPlan: {
    method: "POST",
    path: "/api/v1/plans/:id/check",
    summary: "The dry run: what is in the way, asked of the live systems; changes nothing",
    tag: "Apply",
    access: "operate",
    scope: "unrestricted",
    params: planId,
    body: z.strictObject({
      mayBeIrreversible: z.boolean().default(false),
      mayBeUnwatched: z.boolean().default(false),
    }),
    response: told<Preflight>("What would be done, and what is in the way."),
  },
  runPlan: {
    method: "POST",
    path: "/api/v1/plans/:id/runs",
    summary: "Carry an approved plan out, watched; go on where a run died; or take it back",
    tag: "Apply",
    access: "operate",
    scope: "unrestricted",
    personsOnly: true,
    params: planId,
    body: z.strictObject({
      mode: z.enum(["execute", "resume", "roll-back"]),
      mayBeIrreversible: z.boolean().default(false),
      mayBeUnwatched: z.boolean().default(false),
    }),
    response: planRun,
    status: 202,
  },
  stopRun: {
    method: "POST",
    path: "/api/v1/plans/:id/stop",
    summary: "Stop the run of a plan after the step that it is in; it can be resumed or taken back",
    tag: "Apply",
    access: "operate",
    scope: "unrestricted",
    params: planId,
    response: z.null(),
    status: 204,
  },
  verifyPlan: {
    method: "POST",
    path: "/api/v1/plans/:id/verifications",
    summary: "Prove what an applied plan saved, and keep the result",
    tag: "Verify",
    access: "decide",
    scope: "unrestricted",
    params: planId,
    body: z.strictObject({
      basis: z.enum(["billed", "effective"]).default("billed"),
      /** Only show it. */
      isDryRun: z.boolean().default(false),
    }),
    response: z.strictObject({
      report: verificationReportSchema,
      resources: list(z.string()),
      notJudged: list(z.string()),
      recorded: z.int().nullable(),
    }),
  },
});

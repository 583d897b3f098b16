import { instant, type Json, type PlanBody } from "@trimtab/domain";
import { z } from "zod";
import { changeSchema, resourceSchema } from "../../advisors/recommendation-schema.ts";
import { applyErrors } from "../errors.ts";

const settings = z.record(z.string(), z.json());
const argv = {
  tool: z.enum(["gcloud", "aws", "kubectl", "terraform", "gsutil"]),
  args: z.array(z.string()),
};
const command = z.object({
  ...argv,
  lookups: z.record(z.string(), z.object(argv)).optional(),
  mayBeGone: z.literal(true).optional(),
});
const money = z.object({ currency: z.string(), amount: z.string() });
const spread = z.object({ currency: z.string(), low: z.string(), mid: z.string(), high: z.string() });
const guardrail = z.object({
  metric: z.string(),
  statistic: z.string(),
  comparison: z.enum(["<", "<=", ">", ">="]),
  limit: z.number(),
  query: z.string().optional(),
  controlQuery: z.string().optional(),
  canaryQuery: z.string().optional(),
});
const power = z.object({
  requests: z.number().optional(),
  smallestRise: z.number().optional(),
  about: z.string(),
});

const step = z.object({
  id: z.string().regex(/^step-\d+$/),
  title: z.string(),
  recommendation: z.string(),
  action: z.string(),
  resource: resourceSchema,
  dependsOn: z.array(z.string()),
  read: command,
  readMore: z.array(command).optional(),
  recorded: settings,
  before: settings,
  apply: z.array(command),
  after: settings,
  rollback: z.array(command),
  restored: settings,
  reversibility: z.enum(["reversible", "restorable", "irreversible"]),
  settleSeconds: z.number(),
  watchSeconds: z.number(),
  guardrails: z.array(guardrail),
  canary: z.object({ sharePercent: z.number(), control: z.string(), canary: z.string(), power }).optional(),
});

/** A plan as it is frozen. @see packages/domain/src/plan-body.ts */
const planSchema = z.strictObject({
  format: z.literal(1),
  madeAt: z.string().transform(instant),
  program: z.string(),
  changes: z.array(
    z.object({
      id: z.string(),
      revision: z.number(),
      title: z.string(),
      action: z.string(),
      resource: resourceSchema,
      changes: z.array(changeSchema),
      costNow: money,
      saving: spread,
      terraform: z.object({ type: z.string(), attributes: settings }).optional(),
    }),
  ),
  steps: z.array(step).min(1),
  approvals: z.array(z.object({ about: z.string(), needs: z.number(), approvers: z.array(z.string()) })),
  creatorMayApproveAlone: z.boolean(),
  resources: z.number(),
  moneyAtRisk: z.array(money),
  saving: z.array(spread),
  overlap: z.array(money),
  policy: z.object({ digest: z.string(), rules: settings }),
  facts: z.array(z.object({ text: z.string(), source: z.string(), date: z.string() })),
  notes: z.array(z.string()),
});

/** The body of a plan that was kept. @throws PLAN_INPUT_UNREADABLE */
export const readPlanBody = (id: string, body: unknown): PlanBody => {
  const parsed = planSchema.safeParse(body);
  // Metrics are texts here: their names were checked when the plan was made, and its digest vouches for them.
  if (parsed.success) return parsed.data as PlanBody;
  const [first] = parsed.error.issues;
  const reason = `${first?.path.join(".") || "body"}: ${first?.message ?? "unreadable"}`;
  throw applyErrors.create("PLAN_INPUT_UNREADABLE", { subject: `plan ${id}`, reason });
};

/** As the state database keeps it: plain JSON without what is undefined. */
export const toPlanJson = (body: PlanBody): { readonly [key: string]: Json } =>
  z.record(z.string(), z.json()).parse(JSON.parse(JSON.stringify(body)));

import type { GuardrailLimit, Recommendation, ResourceRef, SettingChange } from "@trimtab/domain";
import { z } from "zod";
import { applyErrors } from "../errors.ts";

const amount = z.union([z.string(), z.number()]).transform(String);
const estimateSchema = z.object({ low: amount, mid: amount, high: amount, currency: z.string() });
const key = z.object({
  advisor: z.string(),
  resource: z.string(),
  scope: z.string(),
  fingerprint: z.string(),
});

const guardrailSchema: z.ZodType<GuardrailLimit> = z.object({
  metric: z.string() as unknown as z.ZodType<GuardrailLimit["metric"]>,
  statistic: z.string() as unknown as z.ZodType<GuardrailLimit["statistic"]>,
  comparison: z.enum(["<", "<=", ">", ">="]),
  limit: z.number(),
});

const resourceSchema = z.object({
  kind: z.string() as unknown as z.ZodType<ResourceRef["kind"]>,
  id: z.string(),
  name: z.string(),
  scope: z.object({ provider: z.enum(["aws", "gcp", "azure"]), account: z.string(), region: z.string() }),
});

const changeSchema: z.ZodType<SettingChange> = z.object({
  setting: z.string(),
  from: z.json(),
  to: z.json(),
});

/** What of a kept recommendation a plan needs. */
const recommendationSchema = z.object({
  key,
  title: z.string(),
  resource: resourceSchema,
  action: z.string().optional(),
  changes: z.array(changeSchema),
  costNow: z.object({ amount, currency: z.string() }),
  saving: z.object({ net: estimateSchema }),
  evidence: z
    .array(
      z.object({
        metric: z.string(),
        statistic: z.string(),
        points: z.array(z.tuple([z.string(), z.number()])),
      }),
    )
    .default([]),
  conflicts: z.array(key).default([]),
  alternatives: z.array(key).default([]),
  guardrails: z.array(guardrailSchema).default([]),
  notes: z.array(z.string()).default([]),
});

export type RecommendationInput = z.output<typeof recommendationSchema> & {
  readonly id: string;
  readonly revision: number;
};

/** @throws PLAN_INPUT_UNREADABLE */
export const readRecommendationInput = (id: string, revision: number, body: unknown): RecommendationInput => {
  const parsed = recommendationSchema.safeParse(body);
  if (parsed.success) return { ...parsed.data, id, revision };
  const [first] = parsed.error.issues;
  const reason = `${first?.path.join(".") || "body"}: ${first?.message ?? "unreadable"}`;
  throw applyErrors.create("PLAN_INPUT_UNREADABLE", { subject: `recommendation ${id}`, reason });
};

/** Recommendations are one where all of their key is. */
export const sameKey = (a: Recommendation["key"], b: Recommendation["key"]): boolean =>
  a.advisor === b.advisor &&
  a.resource === b.resource &&
  a.scope === b.scope &&
  a.fingerprint === b.fingerprint;

export { changeSchema, resourceSchema };

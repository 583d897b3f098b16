import {
  type CurrencyCode,
  compare,
  currencyCode,
  type Decimal,
  type Estimate,
  type Evidence,
  type Instant,
  type Json,
  type MoneyEstimate,
  type PriceQuestion,
  RESOURCE_METRICS,
  type Recommendation,
  type ResourceKind,
  type ResourceMetric,
  type ResourceRef,
  type SettingChange,
  TrimtabError,
  tryDecimal,
  type UnitPrice,
} from "@trimtab/domain";
import { z } from "zod";

const text = z.string();
/** Types with a brand are named as what they become: a package's declarations can't spell what makes them so. */
const decimal: z.ZodType<Decimal, string> = z.string().transform((value, context) => {
  const read = tryDecimal(value);
  if (read !== undefined) return read;
  context.addIssue({ code: "custom", message: "not a decimal number" });
  return z.NEVER;
});
const currency: z.ZodType<CurrencyCode, string> = z.string().transform((value, context) => {
  try {
    return currencyCode(value);
  } catch (error) {
    if (!(error instanceof TrimtabError)) throw error;
    context.addIssue({ code: "custom", message: error.message });
    return z.NEVER;
  }
});
const instant: z.ZodType<Instant, string> = z.iso.datetime().transform((value) => value as Instant);
const json: z.ZodType<Json> = z.json();

const isOrdered = ({ low, mid, high }: Estimate) => compare(low, mid) <= 0 && compare(mid, high) <= 0;
const ends = { low: decimal, mid: decimal, high: decimal };
const estimate: z.ZodType<Estimate> = z
  .strictObject(ends)
  .refine(isOrdered, "low, mid and high out of order");
const moneyEstimate: z.ZodType<MoneyEstimate> = z
  .strictObject({ ...ends, currency })
  .refine(isOrdered, "low, mid and high out of order");

const scope = z.strictObject({ provider: z.enum(["aws", "gcp", "azure"]), account: text, region: text });
const key = z.strictObject({ advisor: text, resource: text, scope: text, fingerprint: text });
/** Kinds, metrics and items of prices only grow: what an older analysis named is still meant. */
const kind: z.ZodType<ResourceKind> = z.custom<ResourceKind>(
  (value) => typeof value === "string" && value !== "",
);
const metric: z.ZodType<ResourceMetric> = z.custom<ResourceMetric>(
  (value) => typeof value === "string" && Object.hasOwn(RESOURCE_METRICS, value),
  "not a metric of resources",
);
const item: z.ZodType<PriceQuestion["item"]> = z.custom<PriceQuestion["item"]>(
  (value) => typeof value === "string" && value !== "",
);
const statistic = z.enum(["sum", "mean", "min", "max", "last", "p50", "p90", "p95", "p99"]);
const day = z.iso.date();

const unitPrice = z.strictObject({
  question: z.strictObject({ item, scope, attributes: z.record(text, text) }),
  price: decimal,
  currency,
  unit: text,
  origin: z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("bill"),
      basis: z.enum(["effective", "contracted"]),
      skuIds: z.array(text),
      period: z.strictObject({ start: day, end: day }),
      rows: z.number(),
    }),
    z.strictObject({ kind: z.literal("list"), source: text, date: day }),
  ]),
}) as unknown as z.ZodType<UnitPrice>;

const evidence: z.ZodType<Evidence> = z.strictObject({
  about: text,
  metric: z.union([metric, z.literal("cost")]),
  statistic: z.union([statistic, z.literal("histogram")]),
  unit: text,
  start: instant,
  end: instant,
  samples: z.number(),
  expected: z.number(),
  points: z.array(z.tuple([instant, z.number()])),
  thinnedBy: z.enum(["max", "mean"]).exactOptional(),
  marks: z.array(z.strictObject({ label: text, value: z.number() })),
});

export const resourceSchema: z.ZodType<ResourceRef> = z.strictObject({ kind, id: text, name: text, scope });
export const changeSchema: z.ZodType<SettingChange> = z.strictObject({ setting: text, from: json, to: json });

const recommendation: z.ZodType<Recommendation> = z.strictObject({
  key,
  title: text,
  resource: resourceSchema,
  action: text.exactOptional(),
  changes: z.array(changeSchema),
  costNow: z.strictObject({ amount: decimal, currency }),
  saving: z.strictObject({
    net: moneyEstimate,
    gross: moneyEstimate,
    lines: z.array(z.strictObject({ about: text, units: estimate, price: unitPrice })),
    commitment: z
      .strictObject({
        commitments: z.array(text),
        covered: moneyEstimate,
        reused: moneyEstimate,
        until: instant.exactOptional(),
        reason: text,
      })
      .exactOptional(),
  }),
  evidence: z.array(evidence),
  risk: z.strictObject({
    level: z.enum(["none", "low", "medium", "high"]),
    breaks: z.array(text),
    mitigations: z.array(text),
  }),
  effort: z.strictObject({ hours: estimate, about: text }),
  confidence: z.strictObject({ value: z.number().min(0).max(1), reason: text }),
  reversibility: z.enum(["reversible", "restorable", "irreversible"]),
  prerequisites: z.array(text),
  conflicts: z.array(key),
  alternatives: z.array(key),
  guardrails: z.array(
    z.strictObject({ metric, statistic, comparison: z.enum(["<", "<=", ">", ">="]), limit: z.number() }),
  ),
  notes: z.array(text),
});

export type ReadRecommendation =
  | { readonly status: "read"; readonly recommendation: Recommendation }
  | { readonly status: "unreadable"; readonly reason: string };

/** A recommendation from the JSON in which an analysis kept it. */
export function readRecommendation(body: unknown): ReadRecommendation {
  const parsed = recommendation.safeParse(body);
  if (parsed.success) return { status: "read", recommendation: parsed.data };
  const [first] = parsed.error.issues;
  return {
    status: "unreadable",
    reason: `${first?.path.join(".") || "body"}: ${first?.message ?? "unreadable"}`,
  };
}

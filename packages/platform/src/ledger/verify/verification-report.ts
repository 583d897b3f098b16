import { canonicalJson, type Json } from "@trimtab/domain";
import { z } from "zod";
import { filterSchema } from "../../query/types.ts";

const amount = z.string().regex(/^-?\d+(\.\d+)?$/);
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const share = z.number();

const moneyRange = z.strictObject({ low: amount, mid: amount, high: amount });

const effects = z.strictObject({
  usage: amount,
  rate: amount,
  commitment: amount,
  credit: amount,
  tax: amount,
  correction: amount,
  "month-length": amount,
  rounding: amount,
});

const split = { before: amount, after: amount, change: amount, effects };

const margin = z.strictObject({
  kind: z.enum(["share", "absolute"]),
  size: z.number(),
  worse: z.enum(["higher", "lower", "either"]),
});

const metricFinding = z.strictObject({
  id: z.string(),
  labels: z.record(z.string(), z.string()),
  margin,
  verdict: z.enum(["held", "broken", "open", "abstained"]),
  result: z
    .strictObject({
      /** Mean change, with bounds that each hold in 95 of 100 cases; in the margin's kind. */
      change: z.number(),
      low: z.number(),
      high: z.number(),
      p: share,
      detectable: z.number(),
      method: z.string(),
      windowHours: z.number(),
      placebos: z.int(),
      effectivePlacebos: z.number(),
    })
    .optional(),
  reason: z.string().optional(),
});

const statistics = z.strictObject({
  /** Measured ÷ counterfactual − 1 over the window. */
  effect: share,
  p: share,
  /** Half the 95 % interval, as a share of the counterfactual. */
  halfWidth: share,
  /** The smallest change that would be found 9 times out of 10: known before the change. */
  detectable: share,
  method: z.string(),
  /** Mean absolute error of that method over the windows it was chosen by. */
  prePeriodError: share.nullable(),
  /** What each placebo date would have shown as an effect. */
  placebos: z.array(share),
  effectivePlacebos: z.number(),
});

export const verificationReportSchema = z.strictObject({
  apiVersion: z.literal(1),
  verdict: z.enum(["pending", "proven", "not-proven", "harmful"]),
  /** Why this verdict and no better one, each a sentence. */
  reasons: z.array(z.string()),
  where: filterSchema,
  changedAt: z.string(),
  basis: z.enum(["billed", "effective"]),
  currency: z.string(),
  lakeVersion: z.int(),
  completeTo: z.string().nullable(),
  /** Whole days that were judged; null where it abstained. */
  window: z.strictObject({ start: day, end: day, days: z.int() }).nullable(),
  /** Use that would have been less use that was, at the prices of before. Null: nothing can be told. */
  saving: moneyRange.nullable(),
  /** The same a month of 730 hours. */
  savingPerMonth: moneyRange.nullable(),
  /** The bill of the window against as many days before: effects sum to the change, usage is drift − saving. */
  bill: z.strictObject({ ...split, counterfactual: amount, actual: amount, drift: amount }).nullable(),
  /** Per length of the window the smallest change that would be found 9 times out of 10: known before the change. */
  provable: z.array(z.strictObject({ days: z.int(), change: share })),
  statistics: statistics.nullable(),
  controls: z.array(z.string()),
  metrics: z.array(metricFinding),
  plot: z.array(
    z.strictObject({
      day,
      actual: z.number().nullable(),
      counterfactual: z.number().nullable(),
      low: z.number().nullable(),
      high: z.number().nullable(),
    }),
  ),
  /** Each invoice against the last whole one before the change. */
  invoices: z.strictObject({
    reference: day,
    lines: z.array(
      z.strictObject({
        billingPeriod: day,
        status: z.enum(["open", "closed"]),
        ...split,
        saved: moneyRange.nullable(),
      }),
    ),
  }),
  notes: z.array(z.string()),
});

/** What verification found: amounts are decimal texts, statistics are numbers. */
export type VerificationReport = z.output<typeof verificationReportSchema>;

/** Figures of the model at 9 significant digits: the rest is no evidence. */
export const figure = (value: number): number => Number(value.toPrecision(9));

/** The one text of a report, for storing and digesting. @throws ZodError for what is no report */
export const reportJson = (report: VerificationReport): string =>
  canonicalJson(JSON.parse(JSON.stringify(verificationReportSchema.parse(report))) as Json);

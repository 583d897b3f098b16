import { z } from "zod";
import { PARTS, type PartId } from "../../insight/explain/explained.ts";
import { list } from "./common.ts";
import { answeredFilterSchema, periodStatusSchema } from "./query-result.ts";

const amount = z.string();
const maybe = z.string().nullable();

const shareLines = list(z.strictObject({ name: maybe, amount, share: maybe, trend: list(maybe) }));

/** As `trimtab analyze --json` prints it. */
export const analysisSchema = z.strictObject({
  currency: z.string(),
  period: z.strictObject({ start: z.string(), end: z.string() }),
  lakeVersion: z.int(),
  completeTo: maybe,
  basis: z.string(),
  periods: list(periodStatusSchema),
  totals: z.strictObject({ billed: maybe, effective: maybe, rows: z.string() }),
  months: list(
    z.strictObject({
      month: z.string(),
      billed: maybe,
      effective: maybe,
      days: z.int(),
      ofDays: z.int(),
      perDay: maybe,
      perDayChange: maybe,
    }),
  ),
  services: shareLines,
  accounts: shareLines,
  regions: shareLines,
  categories: shareLines,
  movers: z
    .strictObject({
      from: z.string(),
      to: z.string(),
      lines: list(z.strictObject({ name: maybe, before: amount, after: amount, change: amount })),
    })
    .nullable(),
  commitments: z.strictObject({
    covered: amount,
    eligible: amount,
    coverage: maybe,
    unused: amount,
    utilisation: maybe,
  }),
  savings: z.strictObject({
    list: maybe,
    amount: maybe,
    rate: maybe,
    unlisted: maybe,
    unlistedShare: maybe,
  }),
  tags: list(z.strictObject({ key: z.string(), tagged: amount, share: maybe })),
  unitCosts: list(
    z.strictObject({ metric: z.string(), unit: z.string(), cost: maybe, target: maybe, trend: list(maybe) }),
  ),
  oddities: list(z.strictObject({ severity: z.enum(["warn", "note"]), what: z.string(), hint: z.string() })),
});

const partIds = Object.keys(PARTS) as [PartId, ...PartId[]];
const explainedPeriod = z.strictObject({ start: z.string(), end: z.string(), days: z.int(), amount });

/** As `trimtab explain --json` prints it. */
export const explanationSchema = z.strictObject({
  currency: z.string(),
  measure: z.enum(["effective", "billed"]),
  from: explainedPeriod,
  to: explainedPeriod,
  change: amount,
  parts: list(
    z.strictObject({
      id: z.enum(partIds),
      meaning: z.string(),
      amount,
      lines: list(
        z.strictObject({
          service: maybe,
          sku: maybe,
          label: maybe,
          unit: maybe,
          dimensions: list(maybe),
          amount,
          before: amount,
          after: amount,
          where: answeredFilterSchema,
        }),
      ),
      lineCount: z.int(),
    }),
  ),
  by: list(z.string()),
  groups: list(
    z.strictObject({
      dimensions: list(maybe),
      before: amount,
      after: amount,
      change: amount,
      parts: z.partialRecord(z.enum(partIds), z.string()).readonly(),
    }),
  ),
  lakeVersion: z.int(),
  completeTo: maybe,
  basis: z.string(),
  notes: list(z.string()),
});

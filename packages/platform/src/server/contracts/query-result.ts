import { z } from "zod";
import type { Filter } from "../../query/types.ts";
import { list } from "./common.ts";

const cell = z.string().nullable();
const periodDays = z.strictObject({ start: z.string(), end: z.string(), days: z.int() });

const queryColumnSchema = z.strictObject({
  name: z.string(),
  role: z.enum(["time", "dimension", "measure"]),
  kind: z.enum(["text", "time", "money", "quantity", "price", "ratio", "count"]),
  measure: z.string().optional(),
  aspect: z.enum(["current", "previous", "change", "change-rate", "change-rate-per-day", "unit"]).optional(),
  currency: z.string().optional(),
  target: z.string().optional(),
});

export const periodStatusSchema = z.strictObject({
  billingPeriod: z.string(),
  instance: z.string(),
  status: z.enum(["open", "closed"]),
});

/** As `trimtab query --json` prints it. */
export const queryResultSchema = z.strictObject({
  columns: list(queryColumnSchema),
  rows: list(list(cell)),
  total: list(cell),
  other: list(z.int()),
  rowCount: z.int(),
  currency: list(z.string()),
  basis: z.string(),
  completeTo: z.string().nullable(),
  lakeVersion: z.int(),
  period: z.strictObject({ start: z.string().nullable(), end: z.string().nullable() }),
  periods: list(periodStatusSchema),
  comparison: z
    .strictObject({
      kind: z.enum(["previous", "month", "year"]),
      current: periodDays,
      previous: periodDays,
      equalDays: z.boolean(),
    })
    .optional(),
  unknown: list(
    z.strictObject({
      column: z.string(),
      reason: z.string(),
      rows: z.number(),
      ofRows: z.number(),
      share: z.string(),
      amount: z.string().optional(),
      cells: list(z.int()),
    }),
  ),
  rates: list(z.strictObject({ date: z.string(), from: z.string(), to: z.string(), rate: z.string() })),
  notes: list(z.string()),
  answeredBy: z.enum(["charges", "daily", "nothing"]),
});

/** A filter in an answer, ready to be asked with. */
export const answeredFilterSchema = z.custom<Filter>((value) => typeof value === "object" && value !== null);

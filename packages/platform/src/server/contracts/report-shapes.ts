import { z } from "zod";

/** What reports, exports and views have in common. */
export const id = z.string().min(1).max(100);
export const instant = z.iso.datetime();
export const version = z.int().min(1);

export const pageQuery = z.object({
  cursor: z.string().min(1).max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().optional() });

const currency = z.union([z.literal("each"), z.string().regex(/^[A-Z]{3}$/)]);

/** How a report is read this once: in place of its own period and currency, besides its own filter. */
export const readingQuery = z.object({
  /** `last-month`, or half-open months or days: `2026-01..2026-03`. */
  period: z
    .string()
    .regex(/^([a-z0-9-]{3,20}|\d{4}-\d{2}(-\d{2})?\.\.\d{4}-\d{2}(-\d{2})?)$/)
    .optional(),
  currency: currency.optional(),
  /** JSON of a filter. */
  filter: z.string().min(2).max(20_000).optional(),
});

/** Who besides the owner may see or change something. */
export const sharesSchema = z
  .array(
    z.strictObject({
      kind: z.enum(["person", "team"]),
      id,
      level: z.enum(["view", "edit"]),
    }),
  )
  .max(200);

import { z } from "zod";

/** A list as an answer: handlers may hand over what they hold. */
export const list = <T extends z.ZodType>(item: T) => z.array(item).readonly();

/** Decimal text, every digit; its currency stands beside it. */
export const amountSchema = z.string().regex(/^-?\d+(\.\d+)?$/, "a plain decimal number");
/** Null: unknown. */
export const maybeAmountSchema = amountSchema.nullable();
/** 0.25 is 25 %; null: nothing to divide by, or unknown. */
export const ratioSchema = z.string().nullable();
export const daySchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, "a day such as 2026-01-31");
export const monthSchema = z.string().regex(/^\d{4}-\d{2}$/, "a month such as 2026-01");
/** UTC, ISO 8601. */
export const instantSchema = z.string();
export const currencySchema = z.string().regex(/^[A-Z]{3}$/, "a currency code such as USD");
/** IANA name; checked by the query itself. */
export const timeZoneSchema = z.string().min(1).max(60);
/** Opaque: take it from `nextCursor`, hand it back unchanged. */
export const cursorSchema = z.string().min(1).max(2000);

/** A number in a query string. */
export const countIn = (least: number, most: number) => z.coerce.number().int().min(least).max(most);

/** One page of a list; absent `nextCursor`: the last. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: list(item), nextCursor: z.string().optional() });

/** Half-open days. */
export const daysSchema = z.strictObject({ start: daySchema, end: daySchema });

/** RFC 9457. */
export const problemSchema = z.strictObject({
  /** Page of the error in the reference. */
  type: z.string(),
  title: z.string(),
  status: z.int(),
  /** What happened, with the values it happened to. */
  detail: z.string(),
  /** Permanent; programs decide by it. */
  code: z.string(),
  /** What to do about it. */
  hint: z.string(),
  why: z.string().optional(),
  /** Id of the request, as the log has it. */
  instance: z.string(),
  /** Fields that are wrong, of an input that is. */
  errors: list(z.strictObject({ path: z.string(), message: z.string() })).optional(),
});
export type Problem = z.output<typeof problemSchema>;

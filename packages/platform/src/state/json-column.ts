import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "@trimtab/domain";
import { z } from "zod";
import { stateErrors } from "./errors.ts";
import type { JsonText } from "./tables.ts";

/** @throws JSON_VALUE_INVALID */
export const toJson = (value: Json): JsonText => canonicalJson(value);

/** SHA-256 of what is kept. */
export const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The value of a JSON column, as far as its schema vouches for it. @throws STATE_RECORD_INVALID */
export const readJson = <T>(schema: z.ZodType<T>, text: JsonText, subject: string): T => {
  const parsed = schema.safeParse(parse(text, subject));
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const reason = `${first?.path.join(".") || "value"}: ${first?.message ?? "unreadable"}`;
  throw stateErrors.create("STATE_RECORD_INVALID", { subject, reason });
};

const parse = (text: string, subject: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw stateErrors.create("STATE_RECORD_INVALID", { subject, reason: "it is no JSON" }, { cause });
  }
};

/** What a caller gives, before it is kept. @throws STATE_INPUT_INVALID */
export const checkJson = <T extends Json>(schema: z.ZodType<T>, value: unknown, subject: string): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [first] = parsed.error.issues;
  const reason = first?.message ?? "unreadable";
  throw stateErrors.create("STATE_INPUT_INVALID", {
    subject,
    field: first?.path.join(".") || "value",
    reason,
  });
};

/** Any JSON object; what is in it is the business of whoever wrote it. */
export const jsonObject: z.ZodType<{ readonly [key: string]: Json }> = z.record(z.string(), z.json());

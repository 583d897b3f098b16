import { createHash } from "node:crypto";
import { canonicalJson, type Json } from "@trimtab/domain";
import { z } from "zod";
import { serverErrors } from "../errors.ts";

const placeShape = z.strictObject({
  lakeVersion: z.int().min(0),
  offset: z.int().min(0).max(10_000_000),
  of: z.string(),
});

/** Where a list goes on: in which version of the lake, after how many. */
export interface Place {
  readonly lakeVersion: number;
  readonly offset: number;
}

/** A cursor that only goes on with the same question. It holds no secret and opens nothing: each page is asked anew. */
export const writeCursor = (place: Place, question: object): string =>
  Buffer.from(JSON.stringify({ ...place, of: digestOf(question) })).toString("base64url");

/** @throws SERVER_CURSOR_INVALID */
export const readCursor = (cursor: string, question: object): Place => {
  const parsed = placeShape.safeParse(decoded(cursor));
  if (!parsed.success || parsed.data.of !== digestOf(question))
    throw serverErrors.create("SERVER_CURSOR_INVALID");
  const { lakeVersion, offset } = parsed.data;
  return { lakeVersion, offset };
};

const decoded = (cursor: string): unknown => {
  try {
    return JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
};

const digestOf = (question: object): string =>
  createHash("sha256")
    .update(canonicalJson(JSON.parse(JSON.stringify(question)) as Json))
    .digest("base64url")
    .slice(0, 12);

import type { Recommendation } from "@trimtab/domain";
import { readRecommendation } from "../../advisors/recommendation-schema.ts";
import { applyErrors } from "../errors.ts";

/** A kept recommendation, and which revision of it. */
export type RecommendationInput = Recommendation & {
  readonly id: string;
  readonly revision: number;
};

/** @throws PLAN_INPUT_UNREADABLE */
export const readRecommendationInput = (id: string, revision: number, body: unknown): RecommendationInput => {
  const read = readRecommendation(body);
  if (read.status === "read") return { ...read.recommendation, id, revision };
  const { reason } = read;
  throw applyErrors.create("PLAN_INPUT_UNREADABLE", { subject: `recommendation ${id}`, reason });
};

/** Recommendations are one where all of their key is. */
export const sameKey = (a: Recommendation["key"], b: Recommendation["key"]): boolean =>
  a.advisor === b.advisor &&
  a.resource === b.resource &&
  a.scope === b.scope &&
  a.fingerprint === b.fingerprint;

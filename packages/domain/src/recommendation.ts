import type { Instant } from "./calendar.ts";
import { mayMove, type Transitions } from "./transitions.ts";

/** What makes a recommendation the same one in the next analysis, whatever its figures have become. */
export interface RecommendationKey {
  /** Id of the advisor. */
  readonly advisor: string;
  /** The resource as its cloud names it. */
  readonly resource: string;
  /** Where it is: account or project, region. */
  readonly scope: string;
  /** The kind of change, as its advisor tells its own recommendations for one resource apart. */
  readonly fingerprint: string;
}

export type RecommendationStatus = "open" | "accepted" | "dismissed" | "snoozed";

export const RECOMMENDATION_MOVES: Transitions<RecommendationStatus> = {
  open: ["accepted", "dismissed", "snoozed"],
  accepted: ["open", "dismissed", "snoozed"],
  dismissed: ["open", "accepted", "snoozed"],
  snoozed: ["open", "accepted", "dismissed", "snoozed"],
};

/** What a person says to a recommendation. */
export interface RecommendationDecision {
  readonly status: RecommendationStatus;
  readonly reason?: string;
  /** Until when a snoozed one rests; from then on it counts as open. */
  readonly until?: Instant;
}

/** The status that counts at a moment: a snoozed one whose time has come is open again. */
export function statusAt(
  { status, snoozedUntil }: { readonly status: RecommendationStatus; readonly snoozedUntil?: Instant },
  now: Instant,
): RecommendationStatus {
  const hasRested = status === "snoozed" && snoozedUntil !== undefined && isNotBefore(now, snoozedUntil);
  return hasRested ? "open" : status;
}

/** Why a decision can't be taken; undefined: it can. */
export function decisionProblem(
  from: RecommendationStatus,
  { status, reason, until }: RecommendationDecision,
  now: Instant,
): string | undefined {
  if (!mayMove(RECOMMENDATION_MOVES, from, status)) return `it is ${from} already`;
  if (status === "dismissed" && !reason?.trim()) return "a dismissal needs a reason";
  if (status === "snoozed" && until === undefined) return "a snooze needs the day until when";
  if (status === "snoozed" && until !== undefined && isNotBefore(now, until))
    return `${until} is not in the future`;
  if (status !== "snoozed" && until !== undefined) return "only a snooze has an end";
  return undefined;
}

/** Instants may have fractions of different length, so they are compared as times. */
const isNotBefore = (moment: Instant, limit: Instant): boolean => Date.parse(moment) >= Date.parse(limit);

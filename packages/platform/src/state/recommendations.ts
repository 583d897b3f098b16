import { createHash } from "node:crypto";
import {
  canonicalJson,
  decisionProblem,
  type Instant,
  instantOf,
  type Json,
  type MoneyEstimate,
  type RecommendationDecision,
  type RecommendationKey,
  type RecommendationStatus,
  statusAt,
} from "@trimtab/domain";
import type { Transaction } from "kysely";
import { readMoneyEstimate } from "./amount-columns.ts";
import { checkOptionalText } from "./check-text.ts";
import { stateErrors } from "./errors.ts";
import { jsonObject, readJson } from "./json-column.ts";
import type { State } from "./state.ts";
import type { RecommendationRevisionTable, RecommendationTable, StateTables } from "./tables.ts";

/** A recommendation as it stands now. */
export interface StoredRecommendation extends RecommendationKey {
  readonly id: string;
  readonly title: string;
  /** What counts now: a snoozed one whose time has come is open. */
  readonly status: RecommendationStatus;
  readonly statusReason?: string;
  readonly snoozedUntil?: Instant;
  readonly decidedBy?: string;
  readonly decidedAt?: Instant;
  readonly decidedRevision?: number;
  readonly revision: number;
  /** A month, at the user's own rates; absent: its advisor could not price it. */
  readonly saving?: MoneyEstimate;
  readonly firstSeenAt: Instant;
  readonly lastSeenAt: Instant;
  readonly withdrawnAt?: Instant;
  /** Goes up with every change of status or figures; a decision says which one it was made on. */
  readonly version: number;
}

/** A recommendation as an analysis made it, frozen. */
export interface RecommendationRevision {
  readonly id: string;
  readonly revision: number;
  readonly title: string;
  readonly saving?: MoneyEstimate;
  readonly body: { readonly [key: string]: Json };
  readonly bodyDigest: string;
  readonly settings: { readonly [key: string]: Json };
  readonly lakeVersion?: number;
  readonly programVersion: string;
  readonly madeAt: Instant;
}

/** Stable over analyses: made of what identifies a recommendation and nothing else. */
export const recommendationId = ({ advisor, resource, scope, fingerprint }: RecommendationKey): string => {
  const text = canonicalJson([advisor, resource, scope, fingerprint]);
  return `rec-${createHash("sha256").update(text).digest("hex").slice(0, 16)}`;
};

type Joined = RecommendationTable &
  Pick<RecommendationRevisionTable, "title" | "savingLow" | "savingMid" | "savingHigh" | "currency">;

const selectCurrent = (db: Transaction<StateTables>) =>
  db
    .selectFrom("recommendations as rec")
    .innerJoin("recommendationRevisions as made", (join) =>
      join.onRef("made.recommendationId", "=", "rec.id").onRef("made.revision", "=", "rec.revision"),
    )
    .selectAll("rec")
    .select(["made.title", "made.savingLow", "made.savingMid", "made.savingHigh", "made.currency"]);

const savingOf = (row: Pick<Joined, "savingLow" | "savingMid" | "savingHigh" | "currency">) => {
  const { savingLow: low, savingMid: mid, savingHigh: high, currency } = row;
  const saving = readMoneyEstimate({ low, mid, high, currency });
  return saving === undefined ? {} : { saving };
};

const toStored = (row: Joined, now: Instant): StoredRecommendation => {
  const { statusReason, snoozedUntil, decidedBy, decidedAt, decidedRevision, withdrawnAt } = row;
  const rests = snoozedUntil === null ? {} : { snoozedUntil };
  return {
    id: row.id,
    advisor: row.advisor,
    resource: row.resource,
    scope: row.scope,
    fingerprint: row.fingerprint,
    title: row.title,
    status: statusAt({ status: row.status, ...rests }, now),
    ...(statusReason === null ? {} : { statusReason }),
    ...rests,
    ...(decidedBy === null ? {} : { decidedBy }),
    ...(decidedAt === null ? {} : { decidedAt }),
    ...(decidedRevision === null ? {} : { decidedRevision }),
    revision: row.revision,
    ...savingOf(row),
    firstSeenAt: row.firstSeenAt,
    lastSeenAt: row.lastSeenAt,
    ...(withdrawnAt === null ? {} : { withdrawnAt }),
    version: row.version,
  };
};

/** All of them in the order of their ids; ranking is the reader's business. */
export const listRecommendations = async (
  state: State,
  filter: {
    readonly status?: RecommendationStatus;
    readonly advisor?: string;
    readonly withWithdrawn?: boolean;
  } = {},
): Promise<readonly StoredRecommendation[]> => {
  const rows = await state.read((db) => {
    let query = selectCurrent(db).orderBy("rec.id");
    if (filter.advisor !== undefined) query = query.where("rec.advisor", "=", filter.advisor);
    if (!filter.withWithdrawn) query = query.where("rec.withdrawnAt", "is", null);
    return query.execute();
  });
  const now = instantOf(state.clock());
  const all = rows.map((row) => toStored(row, now));
  return filter.status === undefined ? all : all.filter(({ status }) => status === filter.status);
};

/** @throws STATE_NOT_FOUND */
export const readRecommendation = async (state: State, id: string): Promise<StoredRecommendation> => {
  const row = await state.read((db) => selectCurrent(db).where("rec.id", "=", id).executeTakeFirst());
  if (row === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "recommendation", id });
  return toStored(row, instantOf(state.clock()));
};

/** What an analysis had found; by default the newest. @throws STATE_NOT_FOUND, STATE_RECORD_INVALID */
export const readRevision = async (
  state: State,
  id: string,
  revision?: number,
): Promise<RecommendationRevision> => {
  const row = await state.read((db) => {
    const all = db.selectFrom("recommendationRevisions").selectAll().where("recommendationId", "=", id);
    const one =
      revision === undefined ? all.orderBy("revision", "desc") : all.where("revision", "=", revision);
    return one.limit(1).executeTakeFirst();
  });
  if (row === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "recommendation", id });
  const subject = `recommendation ${id}, revision ${row.revision}`;
  return {
    id,
    revision: row.revision,
    title: row.title,
    ...savingOf(row),
    body: readJson(jsonObject, row.body, subject),
    bodyDigest: row.bodyDigest,
    settings: readJson(jsonObject, row.settings, subject),
    ...(row.lakeVersion === null ? {} : { lakeVersion: row.lakeVersion }),
    programVersion: row.programVersion,
    madeAt: row.madeAt,
  };
};

export interface RecommendationDecisionEntry {
  readonly seq: number;
  readonly revision: number;
  readonly fromStatus: RecommendationStatus;
  readonly toStatus: RecommendationStatus;
  readonly reason: string | null;
  readonly snoozedUntil: Instant | null;
  readonly actor: string;
  readonly at: Instant;
}

/** What was decided, oldest first. */
export const readDecisions = (state: State, id: string): Promise<readonly RecommendationDecisionEntry[]> =>
  state.read((db) =>
    db
      .selectFrom("recommendationDecisions")
      .select(["seq", "revision", "fromStatus", "toStatus", "reason", "snoozedUntil", "actor", "at"])
      .where("recommendationId", "=", id)
      .orderBy("seq")
      .execute(),
  );

/**
 * Decides on what was read at `version`.
 * @throws STATE_NOT_FOUND, STATE_MOVE_REFUSED, STATE_CONFLICT if its figures or its status have changed since
 */
export const decideRecommendation = (
  state: State,
  actor: string,
  {
    id,
    version,
    decision,
  }: {
    readonly id: string;
    readonly version: number;
    readonly decision: RecommendationDecision;
  },
): Promise<void> =>
  state.write(actor, async ({ db, at, note }) => {
    const subject = `recommendation ${id}`;
    const { status: toStatus } = decision;
    const reason = checkOptionalText(subject, "reason", decision.reason);
    const until = decision.until === undefined ? null : instantOf(new Date(decision.until));
    const row = await db.selectFrom("recommendations").selectAll().where("id", "=", id).executeTakeFirst();
    if (row === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "recommendation", id });
    if (row.version !== version) throw stateErrors.create("STATE_CONFLICT", { subject });
    const rests = row.snoozedUntil === null ? {} : { snoozedUntil: row.snoozedUntil };
    const fromStatus = statusAt({ status: row.status, ...rests }, at);
    const problem = decisionProblem(fromStatus, decision, at);
    if (problem !== undefined)
      throw stateErrors.create("STATE_MOVE_REFUSED", { subject, status: toStatus, reason: problem });
    await db
      .updateTable("recommendations")
      .set({
        status: toStatus,
        statusReason: reason,
        snoozedUntil: until,
        decidedBy: actor,
        decidedAt: at,
        decidedRevision: row.revision,
        version: version + 1,
      })
      .where("id", "=", id)
      .execute();
    const { seq } = await db
      .selectFrom("recommendationDecisions")
      .select((row) => row.fn.coalesce(row.fn.max("seq"), row.lit(0)).as("seq"))
      .where("recommendationId", "=", id)
      .executeTakeFirstOrThrow();
    const entry = { fromStatus, toStatus, reason, snoozedUntil: until, revision: row.revision };
    await db
      .insertInto("recommendationDecisions")
      .values({ recommendationId: id, seq: seq + 1, actor, at, ...entry })
      .execute();
    note({ action: `recommendation.${toStatus}`, subject, details: entry });
  });

import { type Instant, instantOf, type Json, mayMove, PLAN_MOVES, type PlanStatus } from "@trimtab/domain";
import { checkText } from "./check-text.ts";
import { stateErrors } from "./errors.ts";
import { newId } from "./ids.ts";
import { digestOf, jsonObject, readJson, toJson } from "./json-column.ts";
import type { State, StateWriter } from "./state.ts";
import type { PlanTable } from "./tables.ts";

type Body = { readonly [key: string]: Json };

export interface PlanDraft {
  readonly title: string;
  /** Steps, what must be true before, the way back: frozen as it is. */
  readonly body: Body;
  readonly expiresAt: Instant;
  /** How many people have to approve; 0 where policy asks for none. */
  readonly requiredApprovals: number;
  readonly lakeVersion?: number;
  /** The recommendations it carries out, by id; their newest revision is what it was made from. */
  readonly recommendations: readonly string[];
}

/** A frozen plan. */
export interface Plan {
  readonly id: string;
  readonly title: string;
  readonly status: PlanStatus;
  /** SHA-256 of the body's canonical JSON; an approval is of this. */
  readonly digest: string;
  readonly body: Body;
  readonly requiredApprovals: number;
  readonly expiresAt: Instant;
  readonly lakeVersion?: number;
  readonly recommendations: readonly { readonly id: string; readonly revision: number }[];
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** Freezes a plan. @returns its id @throws STATE_INPUT_INVALID, STATE_NOT_FOUND */
export const createPlan = (state: State, actor: string, draft: PlanDraft): Promise<string> =>
  state.write(actor, async (writer) => {
    const { db, at, note } = writer;
    const { requiredApprovals, lakeVersion = null } = draft;
    const expiresAt = instantOf(new Date(draft.expiresAt));
    const title = checkText("plan", "title", draft.title);
    if (!Number.isSafeInteger(requiredApprovals) || requiredApprovals < 0) {
      const reason = "it is no whole number from 0";
      throw stateErrors.create("STATE_INPUT_INVALID", {
        subject: "plan",
        field: "approvals required",
        reason,
      });
    }
    const body = toJson(draft.body);
    const digest = digestOf(body);
    const id = newId("plan");
    const status = requiredApprovals === 0 ? "approved" : "draft";
    const moment = { createdBy: actor, createdAt: at, updatedAt: at };
    await db
      .insertInto("plans")
      .values({
        id,
        title,
        status,
        digest,
        body,
        requiredApprovals,
        expiresAt,
        lakeVersion,
        version: 1,
        ...moment,
      })
      .execute();
    await linkRecommendations(writer, id, draft.recommendations);
    const details = { digest, requiredApprovals, expiresAt, recommendations: draft.recommendations };
    note({ action: "plan.created", subject: `plan ${id}`, details });
    return id;
  });

const linkRecommendations = async (
  { db }: StateWriter,
  planId: string,
  ids: readonly string[],
): Promise<void> => {
  for (const id of new Set(ids)) {
    const found = await db
      .selectFrom("recommendations")
      .select("revision")
      .where("id", "=", id)
      .executeTakeFirst();
    if (found === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "recommendation", id });
    await db
      .insertInto("planRecommendations")
      .values({ planId, recommendationId: id, revision: found.revision })
      .execute();
  }
};

/** @throws STATE_NOT_FOUND, STATE_RECORD_INVALID; also where the body is not what was frozen */
export const readPlan = async (state: State, id: string): Promise<Plan> => {
  const { row, recommendations } = await state.read(async (db) => ({
    row: await db.selectFrom("plans").selectAll().where("id", "=", id).executeTakeFirst(),
    recommendations: await db
      .selectFrom("planRecommendations")
      .select(["recommendationId as id", "revision"])
      .where("planId", "=", id)
      .orderBy("recommendationId")
      .execute(),
  }));
  if (row === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "plan", id });
  requireFrozen(row);
  const { lakeVersion, body, ...rest } = row;
  return {
    ...rest,
    body: readJson(jsonObject, body, `plan ${id}`),
    ...(lakeVersion === null ? {} : { lakeVersion }),
    recommendations,
  };
};

/** Without their bodies, newest first. */
export const listPlans = async (
  state: State,
): Promise<
  readonly Pick<Plan, "id" | "title" | "status" | "digest" | "expiresAt" | "createdBy" | "createdAt">[]
> =>
  state.read((db) =>
    db
      .selectFrom("plans")
      .select(["id", "title", "status", "digest", "expiresAt", "createdBy", "createdAt"])
      .orderBy("createdAt", "desc")
      .orderBy("id")
      .execute(),
  );

/** @throws STATE_RECORD_INVALID */
export const requireFrozen = ({ id, body, digest }: Pick<PlanTable, "id" | "body" | "digest">): void => {
  if (digestOf(body) === digest) return;
  const reason = "its body is not the one that was frozen";
  throw stateErrors.create("STATE_RECORD_INVALID", { subject: `plan ${id}`, reason });
};

/** The plan, if nobody has changed it since. @throws STATE_NOT_FOUND, STATE_CONFLICT */
export const planAt = async ({ db }: StateWriter, id: string, version?: number): Promise<PlanTable> => {
  const row = await db.selectFrom("plans").selectAll().where("id", "=", id).executeTakeFirst();
  if (row === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "plan", id });
  if (version !== undefined && row.version !== version)
    throw stateErrors.create("STATE_CONFLICT", { subject: `plan ${id}` });
  return row;
};

/** @throws STATE_MOVE_REFUSED */
export const movePlanWithin = async (
  { db, at, note }: StateWriter,
  plan: PlanTable,
  status: PlanStatus,
  details: Body = {},
): Promise<void> => {
  const subject = `plan ${plan.id}`;
  if (!mayMove(PLAN_MOVES, plan.status, status))
    throw stateErrors.create("STATE_MOVE_REFUSED", { subject, status, reason: `it is ${plan.status}` });
  await db
    .updateTable("plans")
    .set({ status, version: plan.version + 1, updatedAt: at })
    .where("id", "=", plan.id)
    .execute();
  note({ action: `plan.${status}`, subject, details: { from: plan.status, ...details } });
};

/** Takes back a plan that was not applied. @throws STATE_NOT_FOUND, STATE_CONFLICT, STATE_MOVE_REFUSED */
export const withdrawPlan = (
  state: State,
  actor: string,
  { id, version, reason }: { readonly id: string; readonly version: number; readonly reason: string },
): Promise<void> =>
  state.write(actor, async (writer) => {
    checkText(`plan ${id}`, "reason", reason);
    await movePlanWithin(writer, await planAt(writer, id, version), "withdrawn", { reason });
  });

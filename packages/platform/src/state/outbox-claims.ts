import { randomUUID } from "node:crypto";
import { type Instant, instantOf } from "@trimtab/domain";
import type { DeliveryTable } from "./delivery-tables.ts";
import { dropFilesOf } from "./outbox.ts";
import type { State, StateWriter } from "./state.ts";

/** The hold that one process has on a delivery while it sends it. */
export interface DeliveryClaim {
  readonly id: string;
  readonly token: string;
  readonly messageId: string;
  readonly channelId: string;
  readonly channelKind: string;
  readonly address: string | null;
  readonly idempotencyKey: string;
  /** The first is 1. */
  readonly attempt: number;
  /** Those after this one. */
  readonly triesLeft: number;
}

export interface ClaimRequest {
  readonly leaseMs: number;
  /** The longest that anything is ever put off: what is further off than that was written by a clock that was wrong. */
  readonly longestWaitMs: number;
  readonly limit: number;
  /** How many of a channel go out at the same time. */
  readonly perChannel: number;
  /** What this process sends already, by channel. */
  readonly busy: ReadonlyMap<string, number>;
}

const shifted = (at: Instant, ms: number): Instant => instantOf(new Date(Date.parse(at) + ms));

type Condition = ReturnType<typeof dueAt>;

const dueAt = (
  db: StateWriter["db"],
  at: Instant,
  request: Pick<ClaimRequest, "leaseMs" | "longestWaitMs">,
) =>
  db
    .selectFrom("deliveries")
    .innerJoin("channels", "channels.id", "deliveries.channelId")
    // What goes to a channel that is switched off waits for it.
    .where("channels.enabled", "=", 1)
    .where((where) =>
      where.or([
        where.and([
          where("deliveries.status", "=", "waiting"),
          where.or([
            where("nextAttemptAt", "<=", at),
            where("nextAttemptAt", ">", shifted(at, request.longestWaitMs)),
          ]),
        ]),
        where.and([
          where("deliveries.status", "=", "sending"),
          where.or([
            where("leaseUntil", "<=", at),
            where("leaseUntil", ">", shifted(at, 2 * request.leaseMs)),
          ]),
        ]),
      ]),
    );

/** Whether anything is due; cheaper than a claim, which writes. */
export const isAnyDue = (
  state: State,
  request: Pick<ClaimRequest, "leaseMs" | "longestWaitMs">,
): Promise<boolean> =>
  state.read(async (db) => {
    const at = instantOf(state.clock());
    return (await dueAt(db, at, request).select("deliveries.id").limit(1).executeTakeFirst()) !== undefined;
  });

/**
 * Takes hold of deliveries that are due, and of those whose holder has died. What is held by another is not touched, so
 * no two processes send the same.
 */
export const claimDeliveries = (
  state: State,
  actor: string,
  request: ClaimRequest,
): Promise<readonly DeliveryClaim[]> =>
  state.write(actor, async (writer) => {
    const due = await candidates(dueAt(writer.db, writer.at, request), request.limit);
    const taken = new Map(request.busy);
    const claims: DeliveryClaim[] = [];
    for (const row of due) {
      const already = taken.get(row.channelId) ?? 0;
      if (claims.length >= request.limit || already >= request.perChannel) continue;
      taken.set(row.channelId, already + 1);
      claims.push(await claimOne(writer, row, request.leaseMs));
    }
    return claims;
  });

/** Enough that a channel with many does not hide the others. */
const CANDIDATES_EACH = 25;

const candidates = (due: Condition, limit: number) =>
  due
    .select([
      "deliveries.id",
      "deliveries.status",
      "deliveries.messageId",
      "deliveries.channelId",
      "deliveries.address",
      "deliveries.idempotencyKey",
      "deliveries.attempts",
      "deliveries.triesLeft",
      "channels.kind as channelKind",
    ])
    .orderBy("nextAttemptAt")
    .orderBy("deliveries.id")
    .limit(limit * CANDIDATES_EACH)
    .execute();

const claimOne = async (
  writer: StateWriter,
  row: Awaited<ReturnType<typeof candidates>>[number],
  leaseMs: number,
): Promise<DeliveryClaim> => {
  const { db, at } = writer;
  const token = randomUUID();
  if (row.status === "sending") {
    const died = { at, outcome: "interrupted" as const, detail: "the process that sent it died" };
    await addAttempt(writer, row.id, row.attempts, died);
  }
  const attempt = row.attempts + 1;
  const triesLeft = Math.max(0, row.triesLeft - 1);
  const held = { status: "sending" as const, leaseToken: token, leaseUntil: shifted(at, leaseMs) };
  await db
    .updateTable("deliveries")
    .set({ ...held, attempts: attempt, triesLeft })
    .where("id", "=", row.id)
    .execute();
  const { id, messageId, channelId, channelKind, address, idempotencyKey } = row;
  return { id, messageId, channelId, channelKind, address, idempotencyKey, token, attempt, triesLeft };
};

/** How a try ended, and what comes of it. */
export type FinishedTry =
  | { readonly next: "delivered"; readonly detail: string }
  | { readonly next: "dead"; readonly outcome: "retry" | "refused"; readonly detail: string }
  | { readonly next: "waiting"; readonly detail: string; readonly afterMs: number };

/** Keeps how a try ended. @returns false where the hold was lost meanwhile: another process has it, or it was cancelled */
export const finishDelivery = (
  state: State,
  actor: string,
  claim: Pick<DeliveryClaim, "id" | "token" | "messageId" | "attempt">,
  finished: FinishedTry,
): Promise<boolean> =>
  state.write(actor, async (writer) => {
    const { db, at } = writer;
    const values = {
      ...{ status: finished.next, leaseToken: null, leaseUntil: null },
      lastError: finished.next === "delivered" ? null : finished.detail,
      ...(finished.next === "delivered" ? { deliveredAt: at } : {}),
      ...(finished.next === "waiting" ? { nextAttemptAt: shifted(at, finished.afterMs) } : {}),
    } satisfies Partial<DeliveryTable>;
    const { numUpdatedRows } = await db
      .updateTable("deliveries")
      .set(values)
      .where("id", "=", claim.id)
      .where("leaseToken", "=", claim.token)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) return false;
    const outcome =
      finished.next === "waiting" ? "retry" : finished.next === "dead" ? finished.outcome : "delivered";
    await addAttempt(writer, claim.id, claim.attempt, { at, outcome, detail: finished.detail });
    if (finished.next === "delivered") await dropFilesOf(writer, claim.messageId);
    if (finished.next === "dead")
      writer.note({
        action: "delivery.given-up",
        subject: `delivery ${claim.id}`,
        details: { tries: claim.attempt, reason: finished.detail },
      });
    return true;
  });

const addAttempt = async (
  { db }: StateWriter,
  deliveryId: string,
  seq: number,
  attempt: {
    readonly at: Instant;
    readonly outcome: "delivered" | "retry" | "refused" | "interrupted";
    readonly detail: string;
  },
): Promise<void> => {
  await db
    .insertInto("deliveryAttempts")
    .values({ deliveryId, seq, ...attempt })
    .onConflict((conflict) => conflict.columns(["deliveryId", "seq"]).doNothing())
    .execute();
};

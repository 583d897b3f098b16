import type { Instant } from "@trimtab/domain";
import type { DeliveryTable } from "./delivery-tables.ts";
import { stateErrors } from "./errors.ts";
import { dropFilesOf } from "./outbox.ts";
import type { State, StateWriter } from "./state.ts";

export interface DeliveryFacts {
  readonly id: string;
  readonly messageId: string;
  readonly title: string;
  readonly channelId: string;
  readonly channelName: string;
  readonly channelKind: string;
  readonly address: string | null;
  readonly status: DeliveryTable["status"];
  readonly idempotencyKey: string;
  readonly attempts: number;
  readonly nextAttemptAt: Instant;
  readonly lastError: string | null;
  readonly createdAt: Instant;
  readonly deliveredAt: Instant | null;
}

export interface DeliveryPage {
  readonly items: readonly DeliveryFacts[];
  readonly counts: Readonly<Partial<Record<DeliveryTable["status"], number>>>;
  readonly next?: { readonly createdAt: string; readonly id: string };
}

/** Newest first. */
export const listDeliveries = (
  state: State,
  filter: {
    readonly status?: DeliveryTable["status"] | undefined;
    readonly channelId?: string | undefined;
    readonly limit: number;
    readonly after?: { readonly createdAt: string; readonly id: string } | undefined;
  },
): Promise<DeliveryPage> =>
  state.read(async (db) => {
    const { status, channelId, limit, after } = filter;
    let query = deliveriesOf(db);
    if (status !== undefined) query = query.where("deliveries.status", "=", status);
    if (channelId !== undefined) query = query.where("deliveries.channelId", "=", channelId);
    if (after !== undefined)
      query = query.where((where) =>
        where.or([
          where("deliveries.createdAt", "<", after.createdAt as Instant),
          where.and([
            where("deliveries.createdAt", "=", after.createdAt as Instant),
            where("deliveries.id", "<", after.id),
          ]),
        ]),
      );
    const rows = await query
      .orderBy("deliveries.createdAt", "desc")
      .orderBy("deliveries.id", "desc")
      .limit(limit + 1)
      .execute();
    const counted = await db
      .selectFrom("deliveries")
      .select(["status", (row) => row.fn.countAll<number>().as("count")])
      .groupBy("status")
      .execute();
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    const counts = Object.fromEntries(counted.map((row) => [row.status, Number(row.count)]));
    return {
      items,
      counts,
      ...(last === undefined ? {} : { next: { createdAt: last.createdAt, id: last.id } }),
    };
  });

const deliveriesOf = (db: StateWriter["db"]) =>
  db
    .selectFrom("deliveries")
    .innerJoin("channels", "channels.id", "deliveries.channelId")
    .innerJoin("outboxMessages", "outboxMessages.id", "deliveries.messageId")
    .select([
      "deliveries.id",
      "deliveries.messageId",
      "outboxMessages.title",
      "deliveries.channelId",
      "channels.name as channelName",
      "channels.kind as channelKind",
      "deliveries.address",
      "deliveries.status",
      "deliveries.idempotencyKey",
      "deliveries.attempts",
      "deliveries.nextAttemptAt",
      "deliveries.lastError",
      "deliveries.createdAt",
      "deliveries.deliveredAt",
    ]);

export interface DeliveryTry {
  readonly seq: number;
  readonly at: Instant;
  readonly outcome: "delivered" | "retry" | "refused" | "interrupted";
  readonly detail: string;
}

/** A delivery and each try at it, oldest first. @throws STATE_NOT_FOUND */
export const readDelivery = (
  state: State,
  id: string,
): Promise<DeliveryFacts & { readonly tries: readonly DeliveryTry[] }> =>
  state.read(async (db) => {
    const row = await deliveriesOf(db).where("deliveries.id", "=", id).executeTakeFirst();
    if (row === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "delivery", id });
    const tries = await db
      .selectFrom("deliveryAttempts")
      .select(["seq", "at", "outcome", "detail"])
      .where("deliveryId", "=", id)
      .orderBy("seq")
      .execute();
    return { ...row, tries };
  });

/** Tries what was given up again, as if it were new. @throws STATE_NOT_FOUND, STATE_MOVE_REFUSED */
export const replayDelivery = (
  state: State,
  actor: string,
  { id, maxAttempts }: { readonly id: string; readonly maxAttempts: number },
): Promise<void> =>
  state.write(actor, async (writer) => {
    await requireStatus(writer, id, "dead", "waiting");
    await writer.db
      .updateTable("deliveries")
      .set({ status: "waiting", triesLeft: maxAttempts, nextAttemptAt: writer.at })
      .where("id", "=", id)
      .execute();
    writer.note({ action: "delivery.replayed", subject: `delivery ${id}` });
  });

/** Gives up what waits, or was given up by itself. @throws STATE_NOT_FOUND, STATE_MOVE_REFUSED */
export const cancelDelivery = (state: State, actor: string, id: string): Promise<void> =>
  state.write(actor, async (writer) => {
    const { messageId } = await requireStatus(writer, id, "waiting", "cancelled", "dead");
    await writer.db.updateTable("deliveries").set({ status: "cancelled" }).where("id", "=", id).execute();
    await dropFilesOf(writer, messageId);
    writer.note({ action: "delivery.cancelled", subject: `delivery ${id}` });
  });

const requireStatus = async (
  { db }: StateWriter,
  id: string,
  from: DeliveryTable["status"],
  to: string,
  orFrom: DeliveryTable["status"] = from,
): Promise<Pick<DeliveryTable, "messageId">> => {
  const row = await db
    .selectFrom("deliveries")
    .select(["status", "messageId"])
    .where("id", "=", id)
    .executeTakeFirst();
  if (row === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "delivery", id });
  if (row.status === from || row.status === orFrom) return row;
  const subject = `Delivery ${id}`;
  throw stateErrors.create("STATE_MOVE_REFUSED", { subject, status: to, reason: `it is ${row.status}` });
};

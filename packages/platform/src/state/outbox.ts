import { createHash } from "node:crypto";
import { type Instant, instantOf, type Json } from "@trimtab/domain";
import { checkText } from "./check-text.ts";
import { stateErrors } from "./errors.ts";
import { newId } from "./ids.ts";
import { jsonObject, readJson, toJson } from "./json-column.ts";
import type { State, StateWriter } from "./state.ts";

export interface OutboxFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A message as it is kept: its parts refer to its files by position. */
export interface OutboxMessage {
  readonly title: string;
  readonly body: { readonly [key: string]: Json };
  readonly files: readonly OutboxFile[];
}

export interface DeliveryTarget {
  readonly channelId: string;
  readonly address?: string;
  /** What makes it this delivery and no other: a second one of the same key is the first one. */
  readonly key: string;
}

/** More than a mail server takes anyway. */
const MESSAGE_BYTES = 25 * 1024 ** 2;

/** What a receiver sees of a key: it tells deliveries apart, and nothing of what they are. */
const idempotencyKeyOf = (key: string): string =>
  createHash("sha256").update(`trimtab delivery ${key}`).digest("hex").slice(0, 40);

/**
 * Puts a message in the outbox, for each of its targets once: those whose key is there already are left out.
 * @returns ids of all of them, those that were there too
 * @throws STATE_INPUT_INVALID
 */
export const enqueueMessage = (
  state: State,
  actor: string,
  message: OutboxMessage,
  { targets, maxAttempts }: { readonly targets: readonly DeliveryTarget[]; readonly maxAttempts: number },
): Promise<readonly string[]> => {
  checkText("message", "title", message.title);
  const bytes = message.files.reduce((sum, file) => sum + file.bytes.length, 0);
  if (bytes > MESSAGE_BYTES) {
    const reason = `${bytes} bytes are more than ${MESSAGE_BYTES}`;
    throw stateErrors.create("STATE_INPUT_INVALID", { subject: "message", field: "files", reason });
  }
  return state.write(actor, async (writer) => {
    const ids: string[] = [];
    let messageId: string | undefined;
    for (const { channelId, address, key } of targets) {
      const idempotencyKey = idempotencyKeyOf(key);
      const there = await writer.db
        .selectFrom("deliveries")
        .select("id")
        .where("idempotencyKey", "=", idempotencyKey)
        .executeTakeFirst();
      messageId ??= there === undefined ? await insertMessage(writer, message) : undefined;
      const id = there?.id ?? newId("delivery");
      if (there === undefined && messageId !== undefined)
        await writer.db
          .insertInto("deliveries")
          .values({
            ...{ id, messageId, channelId, address: address ?? null, idempotencyKey, status: "waiting" },
            ...{ attempts: 0, triesLeft: maxAttempts, nextAttemptAt: writer.at, createdAt: writer.at },
            ...{ leaseToken: null, leaseUntil: null, lastError: null, deliveredAt: null },
          })
          .execute();
      ids.push(id);
    }
    return ids;
  });
};

const insertMessage = async ({ db, actor, at }: StateWriter, message: OutboxMessage): Promise<string> => {
  const id = newId("message");
  const { title, body, files } = message;
  await db
    .insertInto("outboxMessages")
    .values({ id, title, body: toJson(body), createdBy: actor, createdAt: at })
    .execute();
  for (const [position, { name, contentType, bytes }] of files.entries())
    await db
      .insertInto("outboxFiles")
      .values({ messageId: id, position, name, contentType, content: Buffer.from(bytes).toString("base64") })
      .execute();
  return id;
};

/** @throws STATE_NOT_FOUND, STATE_RECORD_INVALID */
export const readOutboxMessage = (
  state: State,
  id: string,
): Promise<OutboxMessage & { readonly createdAt: Instant }> =>
  state.read(async (db) => {
    const row = await db.selectFrom("outboxMessages").selectAll().where("id", "=", id).executeTakeFirst();
    if (row === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "message", id });
    const files = await db
      .selectFrom("outboxFiles")
      .selectAll()
      .where("messageId", "=", id)
      .orderBy("position")
      .execute();
    return {
      title: row.title,
      createdAt: row.createdAt,
      body: readJson(jsonObject, row.body, `message ${id}`),
      files: files.map(({ name, contentType, content }) => ({
        ...{ name, contentType },
        bytes: Buffer.from(content, "base64"),
      })),
    };
  });

/** Charts and attachments are let go once nobody waits for the message any more. */
export const dropFilesOf = async ({ db }: StateWriter, messageId: string): Promise<void> => {
  const waiting = await db
    .selectFrom("deliveries")
    .select("id")
    .where("messageId", "=", messageId)
    .where("status", "in", ["waiting", "sending", "dead"])
    .limit(1)
    .executeTakeFirst();
  if (waiting === undefined) await db.deleteFrom("outboxFiles").where("messageId", "=", messageId).execute();
};

/** Lets go of messages that arrived or were cancelled before `keepDays`; those given up stay. @returns how many deliveries went */
export const purgeOutbox = (state: State, actor: string, keepDays: number): Promise<number> =>
  state.write(actor, async ({ db, at }) => {
    const before = instantOf(new Date(Date.parse(at) - keepDays * 86_400_000));
    const old = db
      .selectFrom("deliveries")
      .select("id")
      .where("status", "in", ["delivered", "cancelled"])
      .where("createdAt", "<", before);
    await db.deleteFrom("deliveryAttempts").where("deliveryId", "in", old).execute();
    const { numDeletedRows } = await db
      .deleteFrom("deliveries")
      .where("status", "in", ["delivered", "cancelled"])
      .where("createdAt", "<", before)
      .executeTakeFirst();
    if (numDeletedRows > 0n) {
      const inUse = db.selectFrom("deliveries").select("messageId");
      await db.deleteFrom("outboxFiles").where("messageId", "not in", inUse).execute();
      await db.deleteFrom("outboxMessages").where("id", "not in", inUse).execute();
    }
    return Number(numDeletedRows);
  });

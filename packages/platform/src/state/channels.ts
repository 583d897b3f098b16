import type { Instant } from "@trimtab/domain";
import { z } from "zod";
import { checkText } from "./check-text.ts";
import type { ChannelTable } from "./delivery-tables.ts";
import { stateErrors } from "./errors.ts";
import { newId } from "./ids.ts";
import { readJson, toJson } from "./json-column.ts";
import { getSecret, removeSecret, setSecret } from "./secrets.ts";
import type { State, StateWriter } from "./state.ts";

export type ChannelValues = Readonly<Record<string, string | number | boolean>>;
export type ChannelSecrets = Readonly<Record<string, string>>;

/** Where messages go, without what is secret of it. */
export interface Channel {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly target: string;
  readonly settings: ChannelValues;
  /** Names of the secret fields that are set. */
  readonly secretFields: readonly string[];
  readonly enabled: boolean;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface ChannelDraft {
  readonly name: string;
  readonly kind: string;
  readonly target: string;
  readonly settings: ChannelValues;
  readonly secrets: ChannelSecrets;
  readonly enabled: boolean;
}

const settingsSchema: z.ZodType<ChannelValues> = z.record(
  z.string(),
  z.union([z.string(), z.number(), z.boolean()]),
);
const namesSchema: z.ZodType<readonly string[]> = z.array(z.string());
const secretsSchema: z.ZodType<ChannelSecrets> = z.record(z.string(), z.string());

const secretName = (id: string): string => `channel/${id}`;

const channelOf = ({ settings, secretFields, enabled, removedAt: _, ...row }: ChannelTable): Channel => ({
  ...row,
  enabled: enabled === 1,
  settings: readJson(settingsSchema, settings, `channel ${row.id}`),
  secretFields: readJson(namesSchema, secretFields, `channel ${row.id}`),
});

/** By name, those that were removed left out. @throws STATE_RECORD_INVALID */
export const listChannels = async (state: State): Promise<readonly Channel[]> => {
  const rows = await state.read((db) =>
    db.selectFrom("channels").selectAll().where("removedAt", "is", null).orderBy("name").execute(),
  );
  return rows.map(channelOf);
};

/** @throws STATE_NOT_FOUND, STATE_RECORD_INVALID */
export const readChannel = async (state: State, id: string): Promise<Channel> => {
  const row = await state.read((db) =>
    db
      .selectFrom("channels")
      .selectAll()
      .where("id", "=", id)
      .where("removedAt", "is", null)
      .executeTakeFirst(),
  );
  if (row === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind: "channel", id });
  return channelOf(row);
};

/** In clear, for whoever is about to send. @throws STATE_KEY_*, STATE_SECRET_DAMAGED */
export const readChannelSecrets = async (state: State, id: string): Promise<ChannelSecrets> => {
  const text = await getSecret(state, secretName(id));
  return text === undefined ? {} : readJson(secretsSchema, text, `secrets of channel ${id}`);
};

/** @returns its id @throws STATE_EXISTS, STATE_INPUT_INVALID, STATE_KEY_* */
export const createChannel = async (state: State, actor: string, draft: ChannelDraft): Promise<string> => {
  const id = newId("channel");
  const { name, secrets } = draft;
  checkText("channel", "name", name);
  // First, so that no channel is ever seen without the secrets that it needs.
  await keepSecrets(state, actor, id, secrets);
  await insertChannel(state, actor, id, draft).catch(async (error: unknown) => {
    if (Object.keys(secrets).length > 0) await removeSecret(state, actor, secretName(id));
    throw error;
  });
  return id;
};

const insertChannel = (state: State, actor: string, id: string, draft: ChannelDraft): Promise<void> => {
  const { name, kind, target, secrets, enabled } = draft;
  return state.write(actor, async (writer) => {
    const { db, at, note } = writer;
    await refuseName(writer, id, name);
    await db
      .insertInto("channels")
      .values({
        ...{ id, name, kind, target, version: 1, createdBy: actor, createdAt: at, updatedAt: at },
        settings: toJson(draft.settings),
        secretFields: toJson(Object.keys(secrets).toSorted()),
        enabled: enabled ? 1 : 0,
        removedAt: null,
      })
      .execute();
    note({ action: "channel.added", subject: `channel ${id}`, details: { name, kind, target } });
  });
};

/** Sets what was read at `version`. @throws STATE_CONFLICT, STATE_NOT_FOUND, STATE_EXISTS, STATE_KEY_* */
export const changeChannel = async (
  state: State,
  actor: string,
  { id, version, ...draft }: Omit<ChannelDraft, "kind"> & { readonly id: string; readonly version: number },
): Promise<void> => {
  const { name, target, secrets, enabled } = draft;
  checkText("channel", "name", name);
  const there = await readChannel(state, id);
  if (there.version !== version) throw stateErrors.create("STATE_CONFLICT", { subject: `channel ${id}` });
  await keepSecrets(state, actor, id, secrets);
  if (Object.keys(secrets).length === 0 && there.secretFields.length > 0)
    await removeSecret(state, actor, secretName(id));
  await state.write(actor, async (writer) => {
    const { db, at, note } = writer;
    await refuseName(writer, id, name);
    const { numUpdatedRows } = await db
      .updateTable("channels")
      .set({
        ...{ name, target, version: version + 1, updatedAt: at },
        settings: toJson(draft.settings),
        secretFields: toJson(Object.keys(secrets).toSorted()),
        enabled: enabled ? 1 : 0,
      })
      .where("id", "=", id)
      .where("version", "=", version)
      .where("removedAt", "is", null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw stateErrors.create("STATE_CONFLICT", { subject: `channel ${id}` });
    note({ action: "channel.changed", subject: `channel ${id}`, details: { name, target, enabled } });
  });
};

/** Lets go of a channel and its secrets; what waits for it is cancelled. @throws STATE_NOT_FOUND */
export const removeChannel = async (state: State, actor: string, id: string): Promise<void> => {
  const { secretFields } = await readChannel(state, id);
  await state.write(actor, async ({ db, at, note }) => {
    const gone = { removedAt: at, updatedAt: at, enabled: 0 as const, settings: "{}", secretFields: "[]" };
    await db.updateTable("channels").set(gone).where("id", "=", id).execute();
    const { numUpdatedRows } = await db
      .updateTable("deliveries")
      .set({ status: "cancelled", leaseToken: null, leaseUntil: null, lastError: "its channel was removed" })
      .where("channelId", "=", id)
      .where("status", "in", ["waiting", "sending", "dead"])
      .executeTakeFirst();
    const details = { cancelled: Number(numUpdatedRows) };
    note({ action: "channel.removed", subject: `channel ${id}`, details });
  });
  if (secretFields.length > 0) await removeSecret(state, actor, secretName(id));
};

const keepSecrets = async (
  state: State,
  actor: string,
  id: string,
  secrets: ChannelSecrets,
): Promise<void> => {
  if (Object.keys(secrets).length > 0) await setSecret(state, actor, secretName(id), toJson(secrets));
};

const refuseName = async ({ db }: StateWriter, id: string, name: string): Promise<void> => {
  const other = await db
    .selectFrom("channels")
    .select("id")
    .where("name", "=", name)
    .where("id", "!=", id)
    .where("removedAt", "is", null)
    .executeTakeFirst();
  if (other !== undefined) throw stateErrors.create("STATE_EXISTS", { subject: `a channel named ${name}` });
};

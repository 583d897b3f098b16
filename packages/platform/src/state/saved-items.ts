import type { Instant, Json } from "@trimtab/domain";
import type { Transaction } from "kysely";
import type { z } from "zod";
import { checkText } from "./check-text.ts";
import { stateErrors } from "./errors.ts";
import { newId } from "./ids.ts";
import { readJson, toJson } from "./json-column.ts";
import type { SavedItemTable } from "./report-tables.ts";
import type { State, StateWriter } from "./state.ts";
import type { StateTables } from "./tables.ts";

/** Somebody who looks for what is theirs or was shared with them. */
export interface Reader {
  readonly personId: string;
  readonly teamIds: readonly string[];
  /** Sees and changes all: somebody must, when an owner leaves. */
  readonly isAdmin: boolean;
}

export type SavedLevel = "view" | "edit" | "own";
type Kind = SavedItemTable["kind"];

export interface SavedShare {
  readonly kind: "person" | "team";
  readonly id: string;
  readonly level: "view" | "edit";
}

/** A report's or a view's head, and what the reader may do with it. */
export interface SavedItem extends Omit<SavedItemTable, "kind" | "deletedAt"> {
  readonly level: SavedLevel;
}

export interface SavedDraft {
  readonly title: string;
  readonly body: Json;
  readonly expiresAfterMinutes?: number | undefined;
}

const RANK: Readonly<Record<SavedLevel, number>> = { view: 0, edit: 1, own: 2 };

/** All that the reader may see, newest first. */
export const listSaved = (state: State, kind: Kind, reader: Reader): Promise<readonly SavedItem[]> =>
  state.read(async (db) => {
    const rows = await db
      .selectFrom("savedItems")
      .selectAll()
      .where("kind", "=", kind)
      .where("deletedAt", "is", null)
      .orderBy("updatedAt", "desc")
      .orderBy("id")
      .execute();
    const shares = await db.selectFrom("savedItemShares").selectAll().execute();
    const byItem = Map.groupBy(shares, ({ itemId }) => itemId);
    return rows.flatMap((row) => {
      const level = levelOf(row, byItem.get(row.id) ?? [], reader);
      return level === undefined ? [] : [toItem(row, level)];
    });
  });

/** @throws STATE_NOT_FOUND also where it is not shared with the reader */
export const readSaved = (state: State, kind: Kind, id: string, reader: Reader): Promise<SavedItem> =>
  state.read((db) => savedWithin(db, kind, id, reader, "view"));

export const createSaved = (
  state: State,
  actor: string,
  { kind, ownerId, draft }: { readonly kind: Kind; readonly ownerId: string; readonly draft: SavedDraft },
): Promise<string> =>
  state.write(actor, async ({ db, at, note }) => {
    const id = newId(kind);
    const { title, expiresAfterMinutes = 60 } = draft;
    checkText(kind, "title", title);
    const row = {
      id,
      kind,
      title,
      ownerId,
      owner: actor,
      expiresAfterMinutes,
      version: 1,
      updatedBy: actor,
      updatedAt: at,
    };
    await db
      .insertInto("savedItems")
      .values({ ...row, deletedAt: null })
      .execute();
    await addVersion({ db, at, actor }, id, 1, draft);
    note({ action: `${kind}.created`, subject: `${kind} ${id}`, details: { title } });
    return id;
  });

interface Change {
  readonly kind: Kind;
  readonly id: string;
  readonly reader: Reader;
}

/** A new version of what was read at `version`. @throws STATE_NOT_FOUND, STATE_CONFLICT, STATE_ACCESS_TOO_LOW */
export const saveSaved = (
  state: State,
  actor: string,
  {
    kind,
    id,
    reader,
    version,
    draft,
  }: Change & { readonly version: number; readonly draft: Pick<SavedDraft, "title" | "body"> },
): Promise<void> =>
  state.write(actor, async ({ db, at, note }) => {
    await savedWithin(db, kind, id, reader, "edit");
    const { title } = draft;
    checkText(kind, "title", title);
    const { numUpdatedRows } = await db
      .updateTable("savedItems")
      .set({ title, version: version + 1, updatedBy: actor, updatedAt: at })
      .where("id", "=", id)
      .where("version", "=", version)
      .executeTakeFirst();
    if (numUpdatedRows === 0n) throw stateErrors.create("STATE_CONFLICT", { subject: `${kind} ${id}` });
    await addVersion({ db, at, actor }, id, version + 1, draft);
    note({ action: `${kind}.saved`, subject: `${kind} ${id}`, details: { title, version: version + 1 } });
  });

/** @throws STATE_NOT_FOUND, STATE_ACCESS_TOO_LOW */
export const deleteSaved = (state: State, actor: string, { kind, id, reader }: Change): Promise<void> =>
  state.write(actor, async ({ db, at, note }) => {
    const { title } = await savedWithin(db, kind, id, reader, "own");
    await db.updateTable("savedItems").set({ deletedAt: at }).where("id", "=", id).execute();
    await db.deleteFrom("savedItemShares").where("itemId", "=", id).execute();
    await db.deleteFrom("reportSnapshots").where("reportId", "=", id).execute();
    note({ action: `${kind}.deleted`, subject: `${kind} ${id}`, details: { title } });
  });

/** Replaces with whom it is shared; its owner does. @throws STATE_NOT_FOUND, STATE_ACCESS_TOO_LOW */
export const shareSaved = (
  state: State,
  actor: string,
  { kind, id, reader, shares }: Change & { readonly shares: readonly SavedShare[] },
): Promise<void> =>
  state.write(actor, async ({ db, note }) => {
    await savedWithin(db, kind, id, reader, "own");
    await db.deleteFrom("savedItemShares").where("itemId", "=", id).execute();
    const unique = new Map(shares.map((share) => [`${share.kind} ${share.id}`, share]));
    for (const share of unique.values())
      await db
        .insertInto("savedItemShares")
        .values({ itemId: id, kind: share.kind, subjectId: share.id, level: share.level })
        .execute();
    const details = { shares: [...unique.values()].map(({ ...share }) => share) };
    note({ action: `${kind}.shared`, subject: `${kind} ${id}`, details });
  });

/**
 * For how long a report's result may be shown again; its owner says. What the report says stays as it is, and so does its
 * version: whoever is editing it loses nothing.
 * @throws STATE_NOT_FOUND, STATE_ACCESS_TOO_LOW
 */
export const setReportExpiry = (
  state: State,
  actor: string,
  { id, reader, minutes }: Omit<Change, "kind"> & { readonly minutes: number },
): Promise<void> =>
  state.write(actor, async ({ db, note }) => {
    const { expiresAfterMinutes: before } = await savedWithin(db, "report", id, reader, "own");
    if (before === minutes) return;
    await db.updateTable("savedItems").set({ expiresAfterMinutes: minutes }).where("id", "=", id).execute();
    const details = { expiresAfterMinutes: { from: before, to: minutes } };
    note({ action: "report.expiry-set", subject: `report ${id}`, details });
  });

export const listShares = (state: State, id: string): Promise<readonly SavedShare[]> =>
  state.read(async (db) => {
    const rows = await db
      .selectFrom("savedItemShares")
      .selectAll()
      .where("itemId", "=", id)
      .orderBy("subjectId")
      .execute();
    return rows.map(({ kind, subjectId, level }) => ({ kind, id: subjectId, level }));
  });

export interface SavedVersion<T> {
  readonly version: number;
  readonly title: string;
  readonly body: T;
  readonly savedBy: string;
  readonly savedAt: Instant;
}

/** Newest first. Ask `readSaved` first whether the reader may see them. @throws STATE_RECORD_INVALID */
export const listSavedVersions = <T>(
  state: State,
  id: string,
  schema: z.ZodType<T>,
  only?: number,
): Promise<readonly SavedVersion<T>[]> =>
  state.read(async (db) => {
    let query = db.selectFrom("savedItemVersions").selectAll().where("itemId", "=", id);
    if (only !== undefined) query = query.where("version", "=", only);
    const rows = await query.orderBy("version", "desc").execute();
    return rows.map(({ version, title, body, savedBy, savedAt }) => ({
      version,
      title,
      body: readJson(schema, body, `version ${version} of ${id}`),
      savedBy,
      savedAt,
    }));
  });

const addVersion = async (
  { db, at, actor }: Pick<StateWriter, "db" | "at" | "actor">,
  itemId: string,
  version: number,
  { title, body }: Pick<SavedDraft, "title" | "body">,
): Promise<void> => {
  const values = { itemId, version, title, body: toJson(body), savedBy: actor, savedAt: at };
  await db.insertInto("savedItemVersions").values(values).execute();
};

/** What is not shared is not there; what is shared for looking is not changed. */
const savedWithin = async (
  db: Transaction<StateTables>,
  kind: Kind,
  id: string,
  reader: Reader,
  needed: SavedLevel,
): Promise<SavedItem> => {
  const row = await db
    .selectFrom("savedItems")
    .selectAll()
    .where("id", "=", id)
    .where("kind", "=", kind)
    .where("deletedAt", "is", null)
    .executeTakeFirst();
  const shares = await db.selectFrom("savedItemShares").selectAll().where("itemId", "=", id).execute();
  const level = row === undefined ? undefined : levelOf(row, shares, reader);
  if (row === undefined || level === undefined) throw stateErrors.create("STATE_NOT_FOUND", { kind, id });
  if (RANK[level] < RANK[needed])
    throw stateErrors.create("STATE_ACCESS_TOO_LOW", { subject: `${kind} ${id}` });
  return toItem(row, level);
};

const levelOf = (
  { ownerId }: Pick<SavedItemTable, "ownerId">,
  shares: readonly { readonly kind: string; readonly subjectId: string; readonly level: "view" | "edit" }[],
  { personId, teamIds, isAdmin }: Reader,
): SavedLevel | undefined => {
  if (isAdmin || ownerId === personId) return "own";
  const levels = shares
    .filter(({ kind, subjectId }) =>
      kind === "person" ? subjectId === personId : teamIds.includes(subjectId),
    )
    .map(({ level }) => level);
  return levels.includes("edit") ? "edit" : levels[0];
};

const toItem = ({ kind: _, deletedAt: __, ...row }: SavedItemTable, level: SavedLevel): SavedItem => ({
  ...row,
  level,
});

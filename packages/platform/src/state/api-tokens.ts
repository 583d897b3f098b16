import { type Instant, instantOf } from "@trimtab/domain";
import { z } from "zod";
import { checkText } from "./check-text.ts";
import { stateErrors } from "./errors.ts";
import { newId } from "./ids.ts";
import { readJson, toJson } from "./json-column.ts";
import { accessWithin, type PersonAccess } from "./people.ts";
import type { State } from "./state.ts";

/** What may be known of a token without the token. */
export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly owner: { readonly id: string; readonly name: string };
  readonly prefix: string;
  readonly permissions: readonly string[];
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  readonly lastUsedAt: Instant | null;
  readonly revokedAt: Instant | null;
}

const names = z.array(z.string());
/** When a token was used is kept to the minute: each request would be a write. */
const USED_EVERY_MS = 60_000;

/** Of one person, or of all; the newest first. */
export const listApiTokens = (state: State, personId?: string): Promise<readonly ApiToken[]> =>
  state.read(async (db) => {
    let query = db
      .selectFrom("apiTokens")
      .innerJoin("people", "people.id", "apiTokens.personId")
      .selectAll("apiTokens")
      .select("people.name as ownerName")
      .orderBy("apiTokens.createdAt", "desc")
      .orderBy("apiTokens.id");
    if (personId !== undefined) query = query.where("personId", "=", personId);
    const rows = await query.execute();
    return rows.map(({ personId: id, ownerName, secretHash: _, permissions, ...row }) => ({
      ...row,
      owner: { id, name: ownerName },
      permissions: readJson(names, permissions, `token ${row.id}`),
    }));
  });

export interface ApiTokenDraft {
  readonly personId: string;
  readonly name: string;
  readonly prefix: string;
  readonly secretHash: string;
  readonly permissions: readonly string[];
  readonly expiresAt: Instant;
}

/** @returns its id @throws STATE_INPUT_INVALID */
export const addApiToken = (state: State, actor: string, draft: ApiTokenDraft): Promise<string> =>
  state.write(actor, async ({ db, at, note }) => {
    const id = newId("token");
    const { permissions, ...given } = draft;
    const values = {
      ...given,
      name: checkText("token", "name", draft.name),
      permissions: toJson([...permissions]),
      // In the one form: SQLite compares moments as texts.
      expiresAt: instantOf(new Date(draft.expiresAt)),
    };
    await db
      .insertInto("apiTokens")
      .values({ id, ...values, createdAt: at, lastUsedAt: null, revokedAt: null })
      .execute();
    const details = { name: draft.name, permissions: [...permissions], expiresAt: draft.expiresAt };
    note({ action: "token.created", subject: `token ${id}`, details });
    return id;
  });

/** Ends a token at once; `personId`: only if it is that person's. @throws STATE_NOT_FOUND */
export const revokeApiToken = (
  state: State,
  actor: string,
  { id, personId }: { readonly id: string; readonly personId?: string | undefined },
): Promise<void> =>
  state.write(actor, async ({ db, at, note }) => {
    const row = await db
      .selectFrom("apiTokens")
      .select(["personId", "revokedAt"])
      .where("id", "=", id)
      .executeTakeFirst();
    if (row === undefined || (personId !== undefined && row.personId !== personId))
      throw stateErrors.create("STATE_NOT_FOUND", { kind: "token", id: id.slice(0, 100) });
    if (row.revokedAt !== null) return;
    await db.updateTable("apiTokens").set({ revokedAt: at }).where("id", "=", id).execute();
    note({ action: "token.revoked", subject: `token ${id}` });
  });

/** A token that is in force, with what its owner is at this moment. */
export interface TokenAccess {
  readonly id: string;
  readonly name: string;
  readonly permissions: readonly string[];
  readonly expiresAt: Instant;
  readonly owner: PersonAccess;
}

/** Undefined for one that is unknown, expired or revoked, or whose owner is off. */
export const readTokenAccess = async (
  state: State,
  secretHash: string,
  now: Instant,
): Promise<TokenAccess | undefined> => {
  const found = await state.read(async (db) => {
    const row = await db
      .selectFrom("apiTokens")
      .select(["id", "name", "personId", "permissions", "expiresAt", "lastUsedAt"])
      .where("secretHash", "=", secretHash)
      .where("revokedAt", "is", null)
      .where("expiresAt", ">", now)
      .executeTakeFirst();
    if (row === undefined) return undefined;
    const owner = await accessWithin(db, row.personId);
    return owner === undefined ? undefined : { ...row, owner };
  });
  if (found === undefined) return undefined;
  const { id, name, expiresAt, lastUsedAt, owner } = found;
  if (lastUsedAt === null || Date.parse(now) - Date.parse(lastUsedAt) >= USED_EVERY_MS)
    await state.write(name, ({ db, at }) =>
      db.updateTable("apiTokens").set({ lastUsedAt: at }).where("id", "=", id).execute(),
    );
  const permissions = readJson(names, found.permissions, `token ${id}`);
  return { id, name, permissions, expiresAt, owner };
};

import type { Instant } from "@trimtab/domain";
import type { Transaction } from "kysely";
import { checkText } from "./check-text.ts";
import { stateErrors } from "./errors.ts";
import { seal, unseal } from "./seal.ts";
import type { SecretKey, State } from "./state.ts";
import type { StateTables } from "./tables.ts";

/** What may be known of a secret without its key. */
export interface SecretFacts {
  readonly name: string;
  readonly updatedBy: string;
  readonly updatedAt: Instant;
}

/** Keeps a secret, encrypted; one of the same name is replaced. @throws STATE_KEY_*, STATE_INPUT_INVALID */
export const setSecret = async (state: State, actor: string, name: string, text: string): Promise<void> => {
  checkText(`secret ${name}`, "name", name);
  const key = await usableKey(state);
  const sealed = seal(name, text, key);
  await state.write(actor, async ({ db, at, note }) => {
    // Somebody may have rotated since; the key must still be the one that counts.
    await refuseOtherKey(state, db, key);
    const values = { sealed, keyId: key.id, updatedBy: actor, updatedAt: at };
    await db
      .insertInto("secrets")
      .values({ name, version: 1, ...values })
      .onConflict((conflict) =>
        conflict.column("name").doUpdateSet((row) => ({
          ...values,
          version: row("secrets.version", "+", 1),
        })),
      )
      .execute();
    note({ action: "secret.set", subject: `secret ${name}` });
  });
};

/** The secret in clear; undefined where there is none. @throws STATE_KEY_*, STATE_SECRET_DAMAGED */
export const getSecret = async (state: State, name: string): Promise<string | undefined> => {
  const row = await state.read((db) =>
    db.selectFrom("secrets").select(["sealed", "keyId"]).where("name", "=", name).executeTakeFirst(),
  );
  if (row === undefined) return undefined;
  const key = await usableKey(state);
  if (row.keyId !== key.id) throw wrongKey(state, row.keyId, key);
  return unseal(name, row.sealed, key);
};

export const removeSecret = (state: State, actor: string, name: string): Promise<void> =>
  state.write(actor, async ({ db, note }) => {
    const { numDeletedRows } = await db.deleteFrom("secrets").where("name", "=", name).executeTakeFirst();
    if (numDeletedRows === 0n) throw stateErrors.create("STATE_NOT_FOUND", { kind: "secret", id: name });
    note({ action: "secret.removed", subject: `secret ${name}` });
  });

export const listSecrets = (state: State): Promise<readonly SecretFacts[]> =>
  state.read((db) =>
    db.selectFrom("secrets").select(["name", "updatedBy", "updatedAt"]).orderBy("name").execute(),
  );

const wrongKey = ({ engine }: State, expected: string, { id, source }: SecretKey) =>
  stateErrors.create("STATE_KEY_WRONG", { place: engine.place, expected, source, found: id });

/** Which keys the secrets that are there were sealed with. */
export const keyIdsInUse = async (db: Transaction<StateTables>): Promise<readonly string[]> => {
  const rows = await db.selectFrom("secrets").select("keyId").distinct().orderBy("keyId").execute();
  return rows.map(({ keyId }) => keyId);
};

const refuseOtherKey = async (state: State, db: Transaction<StateTables>, key: SecretKey): Promise<void> => {
  const other = (await keyIdsInUse(db)).find((id) => id !== key.id);
  if (other !== undefined) throw wrongKey(state, other, key);
};

/** The current key; one that a rotation which died had brought in takes its place first. */
const usableKey = async (state: State): Promise<SecretKey> => {
  const key = await state.keys.current();
  const ids = await state.read(keyIdsInUse);
  if (ids.length === 0 || ids.includes(key.id)) return key;
  const next = await state.keys.next();
  if (next === undefined || !ids.includes(next.id)) throw wrongKey(state, ids.join(", "), key);
  await state.keys.promote();
  return next;
};

/**
 * Encrypts every secret with a new key, in one transaction. The new key is kept safely before that and takes the old
 * one's place after it; a process that dies in between leaves both, and the next use finishes what it began.
 * @returns how many secrets were encrypted anew, and the id of their key
 * @throws STATE_KEY_MISSING, STATE_KEY_WRONG, STATE_SECRET_DAMAGED
 */
export const rotateKey = async (
  state: State,
  actor: string,
): Promise<{ readonly secrets: number; readonly keyId: string }> => {
  const old = await usableKey(state);
  const next = await state.keys.prepare();
  const secrets = await state.write(actor, async ({ db, at, note }) => {
    await refuseOtherKey(state, db, old);
    const rows = await db.selectFrom("secrets").select(["name", "sealed"]).execute();
    for (const { name, sealed } of rows) {
      const again = seal(name, unseal(name, sealed, old), next);
      const values = { sealed: again, keyId: next.id, updatedBy: actor, updatedAt: at };
      await db
        .updateTable("secrets")
        .set((row) => ({ ...values, version: row("version", "+", 1) }))
        .where("name", "=", name)
        .execute();
    }
    const details = { from: old.id, to: next.id, secrets: rows.length };
    note({ action: "secrets.key-rotated", subject: "secrets", details });
    return rows.length;
  });
  await state.keys.promote();
  return { secrets, keyId: next.id };
};

import { TrimtabError } from "@trimtab/domain";
import type { Kysely } from "kysely";
import { type ChainFinding, verifyChainWithin } from "./audit.ts";
import { stateErrors } from "./errors.ts";
import { migrationStatus, refuseNewer } from "./migrate.ts";
import { connectState, readingTransaction } from "./open-state.ts";
import { readKeyFile } from "./secret-key.ts";
import { keyIdsInUse } from "./secrets.ts";
import type { SecretKey, StateKeys } from "./state.ts";
import type { StateEngine } from "./state-engine.ts";
import type { StateTables } from "./tables.ts";

type KeyFinding =
  | { readonly status: "ok"; readonly id: string; readonly source: string }
  | { readonly status: "absent" }
  | { readonly status: "problem"; readonly problem: TrimtabError };

/** What a look at the database found; nothing is changed by it. */
export type StateExamination =
  | { readonly status: "not set up"; readonly pending: readonly string[] }
  | {
      readonly status: "present";
      readonly version: string;
      readonly bytes: number;
      readonly damage: readonly string[];
      readonly chain: ChainFinding;
      readonly writeProblem?: TrimtabError;
      readonly key: KeyFinding;
    };

/** @throws STATE_NEWER, STATE_NOT_REACHABLE, STATE_ACCESS_REFUSED, STATE_DAMAGED, STATE_FOREIGN */
export const examineState = async (engine: StateEngine, keys: StateKeys): Promise<StateExamination> => {
  const db = await connectState(engine);
  try {
    const status = await migrationStatus(engine, db);
    refuseNewer(status, engine.place);
    if (status.pending.length > 0) return { status: "not set up", pending: status.pending };
    const damage = await engine.findDamage(db);
    const found = await readingTransaction(engine, db).execute(async (reading) => ({
      ...(await engine.describe(reading)),
      chain: await verifyChainWithin(reading),
      keyIds: await keyIdsInUse(reading),
    }));
    const { keyIds, ...facts } = found;
    const writeProblem = await tryWriting(engine, db);
    const key = await examineKey(engine, keys, keyIds);
    return {
      status: "present",
      ...facts,
      damage,
      key,
      ...(writeProblem === undefined ? {} : { writeProblem }),
    };
  } catch (error) {
    throw engine.toFailure(error, false);
  } finally {
    await db.destroy();
  }
};

class TakenBack extends Error {}

/** A change that is taken back again. */
const tryWriting = async (
  engine: StateEngine,
  db: Kysely<StateTables>,
): Promise<TrimtabError | undefined> => {
  try {
    await db.transaction().execute(async (transaction) => {
      await transaction
        .updateTable("auditHead")
        .set((row) => ({ seq: row.ref("seq") }))
        .execute();
      throw new TakenBack();
    });
  } catch (error) {
    if (error instanceof TakenBack) return undefined;
    const failure = engine.toFailure(error, false);
    if (failure instanceof TrimtabError) return failure;
    throw failure;
  }
  return undefined;
};

/** Whether there is a key, and it is the one that the secrets need; none is made. */
const examineKey = async (
  { place }: StateEngine,
  keys: StateKeys,
  keyIds: readonly string[],
): Promise<KeyFinding> => {
  try {
    const key = await presentKey(keys);
    if (key === undefined && keyIds.length === 0) return { status: "absent" };
    const expected = keyIds.find((id) => id !== key?.id);
    if (key !== undefined && expected === undefined) return { status: "ok", id: key.id, source: key.source };
    const source = key?.source ?? keys.file ?? "the environment";
    const details = { place, expected: expected ?? "", source, found: key?.id ?? "not there" };
    return { status: "problem", problem: stateErrors.create("STATE_KEY_WRONG", details) };
  } catch (error) {
    if (error instanceof TrimtabError) return { status: "problem", problem: error };
    throw error;
  }
};

const presentKey = async (keys: StateKeys): Promise<SecretKey | undefined> => {
  if (keys.file !== undefined) return await readKeyFile(keys.file);
  return await keys.current().catch((error: unknown) => {
    if (error instanceof TrimtabError && error.code === "STATE_KEY_MISSING") return undefined;
    throw error;
  });
};

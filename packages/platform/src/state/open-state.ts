import { type Clock, instantOf, TrimtabError } from "@trimtab/domain";
import { CamelCasePlugin, Kysely, type Transaction } from "kysely";
import { appendAudit } from "./audit.ts";
import { stateErrors } from "./errors.ts";
import { migrate, migrationStatus, refuseNewer } from "./migrate.ts";
import { MIGRATIONS, type Migrations } from "./migrations/migrations.ts";
import type { AuditNote, State, StateKeys, StateWriter } from "./state.ts";
import type { StateDialect, StateEngine } from "./state-engine.ts";
import type { StateTables } from "./tables.ts";

export interface StateOptions {
  readonly engine: StateEngine;
  readonly clock: Clock;
  readonly keys: StateKeys;
  /** Whether an older or new database is brought to this version first; else it is refused. Default: yes. */
  readonly migrate?: boolean;
  readonly migrations?: Migrations;
}

/**
 * Opens the database of what people decide, brought to this version.
 * @throws STATE_NEWER, STATE_NOT_MIGRATED, STATE_MIGRATION_FAILED, STATE_NOT_REACHABLE, STATE_ACCESS_REFUSED,
 *   STATE_DAMAGED, STATE_FOREIGN, STATE_NOT_WRITABLE, STATE_DISK_FULL, STATE_BUSY
 */
export const openState = async (options: StateOptions): Promise<State> => {
  const { engine, migrations = MIGRATIONS } = options;
  const dialect = await engine.connect();
  const db = kyselyOver(dialect);
  try {
    const applied = await failingAs(engine, async () => {
      const status = await migrationStatus(engine, db, migrations);
      refuseNewer(status, engine.place);
      if (status.pending.length === 0) return [];
      if (options.migrate ?? true) return await migrate(engine, db, migrations);
      const pending = status.pending.join(", ");
      throw stateErrors.create("STATE_NOT_MIGRATED", { place: engine.place, pending });
    });
    return stateOver(options, { db, dialect, applied });
  } catch (error) {
    await db.destroy().catch(() => undefined);
    throw error;
  }
};

/** The database as it is, for what looks after it; the caller destroys it. @throws STATE_* */
export const connectState = async (engine: StateEngine): Promise<Kysely<StateTables>> =>
  kyselyOver(await engine.connect());

const kyselyOver = (dialect: StateDialect): Kysely<StateTables> =>
  new Kysely<StateTables>({ dialect, plugins: [new CamelCasePlugin()] });

/** Runs work whose failures are told as errors of this room. */
const failingAs = async <T>(engine: StateEngine, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw engine.toFailure(error, false);
  }
};

interface Connected {
  readonly db: Kysely<StateTables>;
  readonly dialect: StateDialect;
  readonly applied: readonly string[];
}

const stateOver = ({ engine, clock, keys }: StateOptions, { db, dialect, applied }: Connected): State => {
  let writes = 0;
  return {
    engine,
    clock,
    keys,
    applied,
    db,
    changeMark: () => `${writes} ${dialect.changeMark?.() ?? ""}`,
    tellsOthersChanges: dialect.changeMark !== undefined,
    read: (work) => failingAs(engine, () => readingTransaction(engine, db).execute(work)),
    write: async <T>(actor: string, work: (writer: StateWriter) => Promise<T>): Promise<T> => {
      for (let attempt = 1; ; attempt++) {
        const progress: WriteProgress = { isBegun: false, isCommitting: false };
        try {
          return await db.transaction().execute((transaction) => {
            return runWriter(transaction, { engine, clock, actor, progress }, work);
          });
        } catch (error) {
          const failure = engine.toFailure(error, progress.isCommitting);
          // A server that was restarted ended connections of which the pool does not know yet; nothing was done on this one.
          const mayTryAgain = !progress.isBegun && attempt <= TRIES && isLost(failure);
          if (!mayTryAgain) throw failure;
        } finally {
          // Also after a failure: a commit whose answer was lost may have gone through.
          writes += 1;
        }
      }
    },
    close: () => db.destroy(),
  };
};

/** Everything is read as of one moment. */
export const readingTransaction = (engine: StateEngine, db: Kysely<StateTables>) => {
  const reading = db.transaction().setAccessMode("read only");
  return engine.id === "sqlite" ? reading : reading.setIsolationLevel("repeatable read");
};

/** More than the pool has connections that may all be dead. */
const TRIES = 10;

const isLost = (failure: unknown): boolean =>
  failure instanceof TrimtabError && failure.code === "STATE_CONNECTION_LOST";

interface WriteProgress {
  isBegun: boolean;
  isCommitting: boolean;
}

interface WriteOrder {
  readonly engine: StateEngine;
  readonly clock: Clock;
  readonly actor: string;
  readonly progress: WriteProgress;
}

const runWriter = async <T>(
  db: Transaction<StateTables>,
  { engine, clock, actor, progress }: WriteOrder,
  work: (writer: StateWriter) => Promise<T>,
): Promise<T> => {
  await engine.takeTurn(db);
  progress.isBegun = true;
  const notes: AuditNote[] = [];
  const at = instantOf(clock());
  const result = await work({ db, actor, at, note: (note) => void notes.push(note) });
  await appendAudit(db, { actor, at }, notes);
  progress.isCommitting = true;
  return result;
};

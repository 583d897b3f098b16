import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDialect,
  SqliteDriver,
  type TransactionSettings,
} from "kysely";
import type { StateDialect } from "../state-engine.ts";

/** How long a writer waits for others. */
const WAIT_MS = 30_000;
const ASK_AGAIN_MS = 10;
const SQLITE_BUSY = 5;

/** Whether the lock was there to be had. The wait for it is ours: SQLite's own would stop this process meanwhile. */
const beginImmediate = async (connection: DatabaseConnection, mayWait: boolean): Promise<boolean> => {
  try {
    await connection.executeQuery(CompiledQuery.raw("begin immediate"));
    return true;
  } catch (error) {
    const isBusy = error instanceof Error && "errcode" in error && error.errcode === SQLITE_BUSY;
    if (isBusy && mayWait) return false;
    throw error;
  }
};

/** Node's own SQLite in the shape that Kysely's dialect for SQLite expects. */
const toKyselyDatabase = (database: DatabaseSync): SqliteDatabase => ({
  close: () => database.close(),
  prepare: (sql) => {
    const statement = database.prepare(sql);
    const bind = (parameters: readonly unknown[]) => parameters as readonly SQLInputValue[];
    return {
      reader: statement.columns().length > 0,
      all: (parameters) => statement.all(...bind(parameters)),
      run: (parameters) => statement.run(...bind(parameters)),
      iterate: (parameters) => statement.iterate(...bind(parameters)),
    };
  },
});

/**
 * A transaction that writes takes the lock at its beginning: one that read first could not get it once another had written,
 * however long it waited.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  readonly #isInTransaction: () => boolean;

  constructor(database: SqliteDatabase, isInTransaction: () => boolean) {
    super({ database });
    this.#isInTransaction = isInTransaction;
  }

  /** A write that the disk refused has ended the transaction already; a second rollback would hide why. */
  override async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    if (this.#isInTransaction()) await super.rollbackTransaction(connection);
  }

  override async beginTransaction(
    connection: DatabaseConnection,
    settings: TransactionSettings = {},
  ): Promise<void> {
    if (settings.accessMode === "read only") {
      await connection.executeQuery(CompiledQuery.raw("begin"));
      return;
    }
    const deadlineMs = performance.now() + WAIT_MS;
    while (!(await beginImmediate(connection, performance.now() < deadlineMs)))
      await sleep(ASK_AGAIN_MS * (1 + Math.random()));
  }
}

/** SQLite's DDL is transactional; the transaction is the lock of migrations. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Kysely on `node:sqlite`. */
export class NodeSqliteDialect extends SqliteDialect implements StateDialect {
  readonly #shaped: SqliteDatabase;
  readonly #database: DatabaseSync;
  /** Counts what other connections commit, and what this one changes. */
  readonly #marks: readonly StatementSync[];

  constructor(database: DatabaseSync) {
    const shaped = toKyselyDatabase(database);
    super({ database: shaped });
    this.#shaped = shaped;
    this.#database = database;
    this.#marks = ["PRAGMA data_version", "SELECT total_changes()"].map((sql) => database.prepare(sql));
  }

  changeMark(): string {
    return this.#marks.map((statement) => Object.values(statement.get() ?? {})[0]).join("/");
  }

  override createDriver(): Driver {
    return new ImmediateSqliteDriver(this.#shaped, () => this.#database.isTransaction);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }
}

import type { Dialect, Kysely, Transaction } from "kysely";
import type { StateTables } from "./tables.ts";

/** How Kysely reaches a database. */
export interface StateDialect extends Dialect {
  /**
   * A text that changes with every change of the database, whichever process makes it; it takes microseconds. Absent: the
   * database can't tell so cheaply.
   */
  changeMark?(): string;
}

/** What tells the two databases apart; all else is one code for both. */
export interface StateEngine {
  readonly id: "sqlite" | "postgresql";
  /** Where it is, for people: never with a password. */
  readonly place: string;
  /** Whether anything is there; a server always is. */
  exists(): Promise<boolean>;
  /** Makes what has to be there before a connection; then how Kysely reaches it. @throws STATE_* */
  connect(): Promise<StateDialect>;
  /** Keeps other processes from migrating until the transaction ends, and makes room for tables. */
  lockForMigration(transaction: Transaction<StateTables>): Promise<void>;
  /** Keeps other writers waiting until the transaction ends, so that each sees what the one before it did. */
  takeTurn(transaction: Transaction<StateTables>): Promise<void>;
  /** Whether migrations were ever run there. */
  isSetUp(db: Kysely<StateTables>): Promise<boolean>;
  /** What the database itself finds wrong with its files; empty: nothing. */
  findDamage(db: Kysely<StateTables>): Promise<readonly string[]>;
  describe(db: Kysely<StateTables>): Promise<{ readonly version: string; readonly bytes: number }>;
  /** What the database's own error means, as one of ours; `isCommitting`: whether the change may be there all the same. */
  toFailure(error: unknown, isCommitting: boolean): unknown;
}

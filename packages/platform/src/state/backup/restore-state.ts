import { type Clock, instantOf } from "@trimtab/domain";
import { sql, type Transaction } from "kysely";
import { appendAudit, type ChainFinding, verifyChainWithin } from "../audit.ts";
import { stateErrors } from "../errors.ts";
import { migrateWithin, migrationStatus, refuseNewer } from "../migrate.ts";
import { MIGRATIONS, type Migrations } from "../migrations/migrations.ts";
import { connectState } from "../open-state.ts";
import type { StateEngine } from "../state-engine.ts";
import type { StateTables } from "../tables.ts";
import { BACKUP_TABLES, type BackupHeader, type BackupRow, type BackupTable } from "./backup-format.ts";
import { readBackup } from "./read-backup.ts";

export interface RestoreRequest {
  readonly engine: StateEngine;
  readonly clock: Clock;
  readonly actor: string;
  readonly file: string;
  /** Whether what is there goes, if something is. */
  readonly replace: boolean;
  readonly migrations?: Migrations;
}

export interface RestoreReport {
  readonly rows: number;
  /** When the backup was made. */
  readonly createdAt: string;
  /** What the restored audit log says of itself. */
  readonly chain: ChainFinding;
  /** Migrations that were run on what was restored. */
  readonly migrated: readonly string[];
}

/**
 * Puts a backup in the place of what is there, in one transaction: all of it or nothing. An older one is brought to this
 * version.
 * @throws STATE_BACKUP_INVALID, STATE_BACKUP_NEWER, STATE_NOT_EMPTY, STATE_NEWER, and what the database says
 */
export const restoreState = async (request: RestoreRequest): Promise<RestoreReport> => {
  const { engine, file, migrations = MIGRATIONS } = request;
  // Read once before anything is touched, and once more while it is restored.
  const { header } = await readBackup(file);
  refuseNewerBackup(file, header, migrations);
  const db = await connectState(engine);
  let isCommitting = false;
  try {
    return await db.transaction().execute(async (transaction) => {
      const report = await restoreWithin(transaction, request, header);
      isCommitting = true;
      return report;
    });
  } catch (error) {
    throw engine.toFailure(error, isCommitting);
  } finally {
    await db.destroy();
  }
};

const refuseNewerBackup = (file: string, { migrations: had }: BackupHeader, known: Migrations): void => {
  const unknown = had.filter((name) => !Object.hasOwn(known, name));
  if (unknown.length > 0)
    throw stateErrors.create("STATE_BACKUP_NEWER", { file, unknown: unknown.join(", ") });
  const isPrefix = had.every((name, index) => Object.keys(known)[index] === name);
  if (isPrefix) return;
  throw stateErrors.create("STATE_BACKUP_INVALID", { file, reason: "its migrations are in another order" });
};

const restoreWithin = async (
  db: Transaction<StateTables>,
  { engine, clock, actor, file, replace, migrations = MIGRATIONS }: RestoreRequest,
  header: BackupHeader,
): Promise<RestoreReport> => {
  await engine.lockForMigration(db);
  const status = await migrationStatus(engine, db, migrations);
  refuseNewer(status, engine.place);
  if (status.executed.length > 0) {
    const rows = await countRows(db);
    if (rows > 0 && !replace) throw stateErrors.create("STATE_NOT_EMPTY", { place: engine.place, rows });
    await dropTables(db);
  }
  await migrateWithin(engine, db, { migrations, to: header.migrations.at(-1) ?? "" });
  // The one row that a new database has.
  await sql`delete from audit_head`.execute(db);
  const { rows } = await readBackup(file, { rows: (table, some) => insertRows(db, file, table, some) });
  const migrated = await migrateWithin(engine, db, { migrations });
  const chain = await verifyChainWithin(db);
  const details = { backupOf: header.createdAt, rows, migrated };
  const note = { action: "state.restored", subject: "state", details };
  await appendAudit(db, { actor, at: instantOf(clock()) }, [note]);
  return { rows, createdAt: header.createdAt, chain, migrated };
};

/** Rows of all that people decided; the head of the log is always there. */
export const countRows = async (db: Transaction<StateTables>): Promise<number> => {
  let rows = 0;
  for (const table of Object.keys(BACKUP_TABLES).filter((name) => name !== "audit_head")) {
    const counted = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(table)}`.execute(db);
    rows += Number(counted.rows[0]?.rows ?? 0);
  }
  return rows;
};

/** Those first that refer to others. */
const dropTables = async (db: Transaction<StateTables>): Promise<void> => {
  const own = [
    "sessions",
    "one_time_links",
    "sign_in_attempts",
    ...Object.keys(BACKUP_TABLES).toReversed(),
    "leases",
    "kysely_migration",
    "kysely_migration_lock",
  ];
  for (const table of own) await sql`drop table if exists ${sql.table(table)}`.execute(db);
};

const insertRows = async (
  db: Transaction<StateTables>,
  file: string,
  { table, columns }: BackupTable,
  rows: readonly BackupRow[],
): Promise<void> => {
  const names = sql.join(columns.map((name) => sql.ref(name)));
  const tuples = sql.join(rows.map((row) => sql`(${sql.join(row)})`));
  try {
    await sql`insert into ${sql.table(table)} (${names}) values ${tuples}`.execute(db);
  } catch (cause) {
    const reason = `table ${table}: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw stateErrors.create("STATE_BACKUP_INVALID", { file, reason }, { cause });
  }
};

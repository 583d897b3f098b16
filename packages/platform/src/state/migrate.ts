import { type Kysely, sql, type Transaction } from "kysely";
import { Migrator } from "kysely/migration";
import { stateErrors } from "./errors.ts";
import { MIGRATIONS, type Migrations, migrationProvider } from "./migrations/migrations.ts";
import type { StateEngine } from "./state-engine.ts";
import type { StateTables } from "./tables.ts";

/** What a database has of the migrations there are. */
export interface MigrationStatus {
  readonly executed: readonly string[];
  readonly pending: readonly string[];
  /** What it has and this program does not know: a newer one made it. */
  readonly unknown: readonly string[];
}

export const migrationStatus = async (
  engine: StateEngine,
  db: Kysely<StateTables>,
  migrations: Migrations = MIGRATIONS,
): Promise<MigrationStatus> => {
  const executed = (await engine.isSetUp(db)) ? await executedMigrations(db) : [];
  return {
    executed,
    pending: Object.keys(migrations).filter((name) => !executed.includes(name)),
    unknown: executed.filter((name) => !Object.hasOwn(migrations, name)),
  };
};

/** Their names, in order. */
export const executedMigrations = async (db: Kysely<StateTables>): Promise<readonly string[]> => {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db);
  return rows.map(({ name }) => name);
};

/** @throws STATE_NEWER */
export const refuseNewer = ({ unknown }: MigrationStatus, place: string): void => {
  if (unknown.length === 0) return;
  throw stateErrors.create("STATE_NEWER", { place, unknown: unknown.join(", ") });
};

/**
 * Runs what is pending within the given transaction, which has the lock; up to the migration named, or all.
 * @returns the names of those that ran
 * @throws STATE_NEWER, STATE_MIGRATION_FAILED, and what the database says
 */
export const migrateWithin = async (
  engine: StateEngine,
  transaction: Transaction<StateTables>,
  { migrations = MIGRATIONS, to }: { readonly migrations?: Migrations; readonly to?: string } = {},
): Promise<readonly string[]> => {
  refuseNewer(await migrationStatus(engine, transaction, migrations), engine.place);
  const migrator = new Migrator({
    db: transaction,
    provider: migrationProvider(migrations, engine.id),
  });
  const { error, results = [] } =
    to === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(to);
  if (error !== undefined) {
    const failed = results.find(({ status }) => status === "Error")?.migrationName ?? "migrating";
    const reason = error instanceof Error ? error.message : String(error);
    const details = { place: engine.place, migration: failed, reason };
    throw stateErrors.create("STATE_MIGRATION_FAILED", details, { cause: error });
  }
  return results.map(({ migrationName }) => migrationName);
};

/** Brings a database to this version in one transaction; of several processes at once, one does and the others find it done. */
export const migrate = async (
  engine: StateEngine,
  db: Kysely<StateTables>,
  migrations: Migrations = MIGRATIONS,
): Promise<readonly string[]> =>
  await db.transaction().execute(async (transaction) => {
    await engine.lockForMigration(transaction);
    return await migrateWithin(engine, transaction, { migrations });
  });

import { PostgresAdapter } from "kysely";

/**
 * Migrations run in one transaction that holds a lock of its own until it ends. Kysely's lock would be given back before
 * the commit, and in a transaction that failed its release hides why.
 */
export class MigrationsInTransactionAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}

  override async releaseMigrationLock(): Promise<void> {}
}

import { type Dialect, type PostgresAdapter, PostgresDialect, sql } from "kysely";
import { stateErrors } from "../errors.ts";
import type { StateEngine } from "../state-engine.ts";
import { MigrationsInTransactionAdapter } from "./migrations-in-transaction-adapter.ts";
import { toPostgresFailure } from "./postgres-failure.ts";
import { POSTGRES_SCHEMA, type PostgresPlace } from "./postgres-url.ts";
import { readPostgresValue } from "./postgres-values.ts";

const CONNECT_MS = 10_000;
/** Commands use one; a server several. */
const CONNECTIONS = 8;
/** Any number that no other program takes for its advisory lock: "trimtab" in ASCII. */
const MIGRATION_LOCK = "32779489206755682";

class StatePostgresDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new MigrationsInTransactionAdapter();
  }
}

/** A schema of a PostgreSQL database. */
export const postgresEngine = ({ connectionString, place }: PostgresPlace): StateEngine => ({
  id: "postgresql",
  place,
  exists: async () => true,
  connect: () => connect(connectionString),
  lockForMigration: async (transaction) => {
    await sql`select pg_advisory_xact_lock(${sql.raw(MIGRATION_LOCK)})`.execute(transaction);
    const found = await sql`select 1 from pg_namespace where nspname = ${POSTGRES_SCHEMA}`.execute(
      transaction,
    );
    if (found.rows.length === 0) await sql`create schema ${sql.id(POSTGRES_SCHEMA)}`.execute(transaction);
  },
  takeTurn: async (transaction) => {
    await sql`select 1 from audit_head for update`.execute(transaction);
  },
  isSetUp: async (db) => {
    const { rows } = await sql<{ there: boolean; path: string }>`
      select to_regclass(${`${POSTGRES_SCHEMA}.kysely_migration`}) is not null as there,
        current_setting('search_path') as path`.execute(db);
    // Without our schema, tables would be made in somebody else's.
    if (rows[0]?.path !== POSTGRES_SCHEMA) throw optionsDropped(place);
    return rows[0].there;
  },
  // Its own files are its own business (checksums, amcheck); that it answers is what can be seen from here.
  findDamage: async () => [],
  describe: async (db) => {
    const { rows } = await sql<{ version: string; bytes: number }>`
      select current_setting('server_version') as version, coalesce(sum(pg_total_relation_size(c.oid)), 0)::bigint as bytes
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = ${POSTGRES_SCHEMA} and c.relkind = 'r'`.execute(db);
    return { version: `PostgreSQL ${rows[0]?.version}`, bytes: Number(rows[0]?.bytes ?? 0) };
  },
  toFailure: (error, isCommitting) => toPostgresFailure(place, error, isCommitting),
});

const optionsDropped = (place: string) => {
  const reason = "what answers there drops the start-up options, as poolers do; name the server itself";
  return stateErrors.create("STATE_ACCESS_REFUSED", { place, reason });
};

const connect = async (connectionString: string): Promise<Dialect> => {
  const { default: pg } = await import("pg");
  const pool = new pg.Pool({
    connectionString,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_MS,
    application_name: "trimtab",
    keepAlive: true,
    types: { getTypeParser: readPostgresValue as typeof pg.types.getTypeParser },
  });
  // A connection that breaks while nobody uses it must not end the process; who asks next gets a new one.
  pool.on("error", () => undefined);
  // Nor one that breaks while it is used: the statement that waits for it fails, which says enough.
  pool.on("connect", (client) => void client.on("error", () => undefined));
  return new StatePostgresDialect({ pool });
};

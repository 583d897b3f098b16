import type { Kysely } from "kysely";
import { type AuditAnchor, type ChainFinding, verifyChain } from "./audit.ts";
import { countRows } from "./backup/restore-state.ts";
import { executedMigrations } from "./migrate.ts";
import { keyIdsInUse } from "./secrets.ts";
import type { State } from "./state.ts";
import type { StateTables } from "./tables.ts";

/** How the state database is. */
export interface StateStatus {
  readonly engine: State["engine"]["id"];
  readonly place: string;
  readonly version: string;
  readonly bytes: number;
  readonly migrations: readonly string[];
  readonly rows: number;
  readonly recommendations: Readonly<Record<string, number>>;
  readonly plans: Readonly<Record<string, number>>;
  readonly tasks: Readonly<Record<string, number>>;
  readonly secrets: number;
  /** The keys that secrets are encrypted with; one, unless somebody tampered. */
  readonly keyIds: readonly string[];
  readonly audit: ChainFinding;
  /** What the database itself finds wrong with its files. */
  readonly damage: readonly string[];
}

/** Reads everything that tells whether the database is whole. @throws STATE_* */
export const readStateStatus = async (state: State, anchor?: AuditAnchor): Promise<StateStatus> => {
  const { engine } = state;
  const damage = await engine.findDamage(state.db);
  const facts = await state.read(async (db) => ({
    ...(await engine.describe(db)),
    migrations: await executedMigrations(db),
    rows: await countRows(db),
    recommendations: await byStatus(db, "recommendations"),
    plans: await byStatus(db, "plans"),
    tasks: await byStatus(db, "tasks"),
    secrets: await countSecrets(db),
    keyIds: await keyIdsInUse(db),
  }));
  return {
    engine: engine.id,
    place: engine.place,
    ...facts,
    audit: await verifyChain(state, anchor),
    damage,
  };
};

const byStatus = async (
  db: Kysely<StateTables>,
  table: "recommendations" | "plans" | "tasks",
): Promise<Readonly<Record<string, number>>> => {
  const rows = await db
    .selectFrom(table)
    .select((row) => ["status", row.fn.countAll<number>().as("rows")])
    .groupBy("status")
    .orderBy("status")
    .execute();
  return Object.fromEntries(rows.map(({ status, rows }) => [status, Number(rows)]));
};

const countSecrets = async (db: Kysely<StateTables>): Promise<number> => {
  const { secrets } = await db
    .selectFrom("secrets")
    .select((row) => row.fn.countAll<number>().as("secrets"))
    .executeTakeFirstOrThrow();
  return Number(secrets);
};

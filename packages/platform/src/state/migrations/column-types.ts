import { type Kysely, sql } from "kysely";
import type { StateEngine } from "../state-engine.ts";
import type { StateTables } from "../tables.ts";

type EngineId = StateEngine["id"];

export interface ColumnTypes {
  readonly instant: string;
  readonly day: string;
}

/** The types that the databases name differently. Amounts and JSON are text on both: what is read is what was written. */
export const columnTypes = (engine: EngineId): ColumnTypes =>
  engine === "sqlite" ? { instant: "text", day: "text" } : { instant: "timestamptz(3)", day: "date" };

/** What keeps the rows of a table as they are, whatever program is at it. Its function is made by `appendOnlyFunction`. */
export const appendOnly = (engine: EngineId, table: string): readonly string[] =>
  engine === "sqlite"
    ? ["update", "delete"].map(
        (change) =>
          `create trigger ${table}_no_${change} before ${change} on ${table} begin select raise(abort, '${table} is append-only'); end`,
      )
    : [
        `create trigger ${table}_rows_stay before update or delete on ${table} for each row execute function append_only()`,
        `create trigger ${table}_stays before truncate on ${table} for each statement execute function append_only()`,
      ];

export const appendOnlyFunction = (engine: EngineId): readonly string[] =>
  engine === "sqlite"
    ? []
    : [
        "create or replace function append_only() returns trigger language plpgsql as $$ begin raise exception '% is append-only', tg_table_name; end $$",
      ];

/** Statements of a migration, which hold nothing that comes from outside. */
export const runStatements = async (
  db: Kysely<StateTables>,
  statements: readonly string[],
): Promise<void> => {
  for (const statement of statements) await sql.raw(statement).execute(db);
};

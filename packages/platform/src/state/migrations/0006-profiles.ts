import type { Kysely } from "kysely";
import type { StateEngine } from "../state-engine.ts";
import type { StateTables } from "../tables.ts";
import { columnTypes, runStatements } from "./column-types.ts";

/** How people want to read numbers and moments. A table of its own: the sign-in library reads all of `people`. */
export const upProfiles = async (db: Kysely<StateTables>, engine: StateEngine["id"]): Promise<void> => {
  const { instant } = columnTypes(engine);
  const strict = engine === "sqlite" ? " strict" : "";
  await runStatements(db, [
    `create table profiles (
      person_id text primary key references people (id),
      locale text,
      time_zone text,
      updated_at ${instant} not null
    )${strict}`,
  ]);
};

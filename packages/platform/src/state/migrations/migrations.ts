import type { Kysely } from "kysely";
import type { Migration, MigrationProvider } from "kysely/migration";
import type { StateEngine } from "../state-engine.ts";
import type { StateTables } from "../tables.ts";
import { upDecisions } from "./0001-decisions.ts";
import { upAccounts } from "./0002-accounts.ts";
import { upDelivery } from "./0003-delivery.ts";
import { upReports } from "./0004-reports.ts";
import { upCollaboration } from "./0005-collaboration.ts";
import { upProfiles } from "./0006-profiles.ts";

type Up = (db: Kysely<StateTables>, engine: StateEngine["id"]) => Promise<void>;

/** Every migration there is, by name; names sort in the order in which they run. */
export type Migrations = Readonly<Record<string, Up>>;

export const MIGRATIONS: Migrations = {
  "0001-decisions": upDecisions,
  "0002-accounts": upAccounts,
  "0003-delivery": upDelivery,
  "0004-reports": upReports,
  "0005-collaboration": upCollaboration,
  "0006-profiles": upProfiles,
};

/** What Kysely's migrator runs on one engine. */
export const migrationProvider = (migrations: Migrations, engine: StateEngine["id"]): MigrationProvider => ({
  getMigrations: async () =>
    Object.fromEntries(
      Object.entries(migrations).map(([name, up]): [string, Migration] => [
        name,
        { up: (db: Kysely<StateTables>) => up(db, engine) },
      ]),
    ),
});

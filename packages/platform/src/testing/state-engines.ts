import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { engineOf } from "../state/engine-of.ts";
import { openState } from "../state/open-state.ts";
import { stateKeys } from "../state/secret-key.ts";
import type { State } from "../state/state.ts";
import { findStatePlace, type StatePlace } from "../state/state-place.ts";
import { tempFolder } from "./temp-folder.ts";

const server = process.env.TRIMTAB_TEST_POSTGRES_URL;

/** A database of its own for one test, on one of the two engines. */
export interface StateHome {
  readonly place: StatePlace;
  /** What a user would set to get there. */
  readonly env: Readonly<Record<string, string>>;
  /** One more opening of the same database. */
  open(options?: OpenOptions): Promise<State>;
}

export interface OpenOptions {
  readonly now?: () => Date;
  readonly migrate?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export interface StateTestEngine {
  readonly name: string;
  readonly id: "sqlite" | "postgresql";
  readonly isThere: boolean;
  home(): Promise<StateHome>;
}

export const TEST_KEY = "a".repeat(64);

const homeAt = (place: StatePlace, env: Readonly<Record<string, string>>): StateHome => ({
  place,
  env,
  open: async ({ now = () => new Date("2026-07-01T12:00:00Z"), env: extra = {}, ...options } = {}) => {
    const keys = stateKeys(place, { ...env, ...extra });
    const state = await openState({ engine: engineOf(place), clock: now, keys, ...options });
    onTestFinished(() => state.close());
    return state;
  },
});

const sqliteHome = async (): Promise<StateHome> => {
  const env = { TRIMTAB_STATE: join(tempFolder(), "state.db") };
  return homeAt(placeIn(env), env);
};

const postgresHome = async (): Promise<StateHome> => {
  const { default: pg } = await import("pg");
  const name = `t_${randomBytes(6).toString("hex")}`;
  const run = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await run(`create database ${name}`);
  onTestFinished(() => run(`drop database ${name} with (force)`));
  const url = new URL(server ?? "");
  url.pathname = `/${name}`;
  const env = { DATABASE_URL: url.href, TRIMTAB_SECRET_KEY: TEST_KEY };
  return homeAt(placeIn(env), env);
};

const placeIn = (env: Readonly<Record<string, string>>): StatePlace =>
  findStatePlace({ env, cwd: "/", platform: "linux", lakeRoot: "/lake", isLakeInBucket: false });

/** Both engines; without a server the tests on PostgreSQL are skipped, and their names say why. */
export const STATE_ENGINES: readonly StateTestEngine[] = [
  { name: "on SQLite", id: "sqlite", isThere: true, home: sqliteHome },
  {
    name: server
      ? "on PostgreSQL"
      : "on PostgreSQL (skipped: TRIMTAB_TEST_POSTGRES_URL is not set; npm test starts a server)",
    id: "postgresql",
    isThere: Boolean(server),
    home: postgresHome,
  },
];

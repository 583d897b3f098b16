import type { Kysely } from "kysely";
import type { StateEngine } from "../state-engine.ts";
import type { StateTables } from "../tables.ts";
import { columnTypes, runStatements } from "./column-types.ts";

/** A migration is history: it imports no list that may change, and stays as it is once it was released. */
export const upAccounts = async (db: Kysely<StateTables>, engine: StateEngine["id"]): Promise<void> => {
  const { instant } = columnTypes(engine);
  const strict = engine === "sqlite" ? " strict" : "";
  await runStatements(db, [
    `create table people (
      id text primary key,
      email text not null unique check (email = lower(email)),
      email_verified integer not null check (email_verified in (0, 1)),
      name text not null,
      image text,
      role text not null check (role in ('viewer', 'analyst', 'operator', 'approver', 'admin')),
      is_active integer not null check (is_active in (0, 1)),
      last_sign_in_at ${instant},
      version integer not null check (version > 0),
      created_at ${instant} not null,
      updated_at ${instant} not null
    )${strict}`,
    // What the sign-in library calls an account: one way in which a person signs in.
    `create table credentials (
      id text primary key,
      account_id text not null,
      provider_id text not null,
      person_id text not null references people (id),
      password text,
      access_token text,
      refresh_token text,
      id_token text,
      access_token_expires_at ${instant},
      refresh_token_expires_at ${instant},
      scope text,
      created_at ${instant} not null,
      updated_at ${instant} not null,
      unique (provider_id, account_id)
    )${strict}`,
    "create index credentials_by_person on credentials (person_id)",
    `create table sessions (
      id text primary key,
      token text not null unique,
      person_id text not null references people (id),
      ip_address text,
      user_agent text,
      expires_at ${instant} not null,
      created_at ${instant} not null,
      updated_at ${instant} not null
    )${strict}`,
    "create index sessions_by_person on sessions (person_id)",
    `create table sign_in_attempts (
      key text primary key,
      attempts integer not null check (attempts > 0),
      last_at ${instant} not null,
      blocked_until ${instant} not null
    )${strict}`,
    `create table one_time_links (
      code_hash text primary key,
      kind text not null check (kind in ('setup', 'invite', 'reset')),
      person_id text references people (id),
      created_by text not null,
      created_at ${instant} not null,
      expires_at ${instant} not null,
      check ((kind = 'setup') = (person_id is null))
    )${strict}`,
    `create table teams (
      id text primary key,
      name text not null unique,
      scope text,
      version integer not null check (version > 0),
      updated_by text not null,
      created_at ${instant} not null,
      updated_at ${instant} not null
    )${strict}`,
    `create table team_members (
      team_id text not null references teams (id),
      person_id text not null references people (id),
      primary key (team_id, person_id)
    )${strict}`,
    "create index team_members_by_person on team_members (person_id)",
    `create table api_tokens (
      id text primary key,
      person_id text not null references people (id),
      name text not null,
      prefix text not null,
      secret_hash text not null unique,
      permissions text not null,
      created_at ${instant} not null,
      expires_at ${instant} not null,
      last_used_at ${instant},
      revoked_at ${instant}
    )${strict}`,
    "create index api_tokens_by_person on api_tokens (person_id)",
  ]);
};

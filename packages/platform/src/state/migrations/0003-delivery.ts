import type { Kysely } from "kysely";
import type { StateEngine } from "../state-engine.ts";
import type { StateTables } from "../tables.ts";
import { type ColumnTypes, columnTypes, runStatements } from "./column-types.ts";

/** Channels, the outbox and schedules. */
export const upDelivery = async (db: Kysely<StateTables>, engine: StateEngine["id"]): Promise<void> => {
  const types = columnTypes(engine);
  await runStatements(db, [...outbox(types), ...schedules(types)]);
};

const outbox = ({ instant }: ColumnTypes): readonly string[] => [
  // A channel that was removed stays as a row without name and secrets, for the history of what went there.
  `create table channels (
    id text primary key,
    name text not null,
    kind text not null,
    target text not null,
    settings text not null,
    secret_fields text not null,
    enabled integer not null check (enabled in (0, 1)),
    version integer not null check (version > 0),
    created_by text not null,
    created_at ${instant} not null,
    updated_at ${instant} not null,
    removed_at ${instant}
  )`,
  "create unique index channels_by_name on channels (name) where removed_at is null",
  `create table outbox_messages (
    id text primary key,
    title text not null,
    body text not null,
    created_by text not null,
    created_at ${instant} not null
  )`,
  `create table outbox_files (
    message_id text not null references outbox_messages (id),
    position integer not null,
    name text not null,
    content_type text not null,
    content text not null,
    primary key (message_id, position)
  )`,
  `create table deliveries (
    id text primary key,
    message_id text not null references outbox_messages (id),
    channel_id text not null references channels (id),
    address text,
    idempotency_key text not null unique,
    status text not null check (status in ('waiting', 'sending', 'delivered', 'dead', 'cancelled')),
    attempts integer not null,
    tries_left integer not null,
    next_attempt_at ${instant} not null,
    lease_token text,
    lease_until ${instant},
    last_error text,
    created_at ${instant} not null,
    delivered_at ${instant},
    check ((status = 'sending') = (lease_token is not null)),
    check ((lease_token is null) = (lease_until is null)),
    check ((status = 'delivered') = (delivered_at is not null))
  )`,
  "create index deliveries_due on deliveries (status, next_attempt_at)",
  "create index deliveries_by_age on deliveries (created_at, id)",
  "create index deliveries_by_message on deliveries (message_id)",
  `create table delivery_attempts (
    delivery_id text not null references deliveries (id),
    seq integer not null check (seq > 0),
    at ${instant} not null,
    outcome text not null check (outcome in ('delivered', 'retry', 'refused', 'interrupted')),
    detail text not null,
    primary key (delivery_id, seq)
  )`,
];

const schedules = ({ instant }: ColumnTypes): readonly string[] => [
  `create table schedules (
    id text primary key,
    name text not null,
    kind text not null,
    settings text not null,
    cron text not null,
    time_zone text not null,
    missed text not null check (missed in ('run-once', 'skip')),
    recipients text not null,
    enabled integer not null check (enabled in (0, 1)),
    next_run_at ${instant},
    owner_id text,
    version integer not null check (version > 0),
    created_by text not null,
    created_at ${instant} not null,
    updated_at ${instant} not null
  )`,
  "create index schedules_due on schedules (enabled, next_run_at)",
  `create table schedule_runs (
    id text primary key,
    schedule_id text not null references schedules (id),
    due_at ${instant} not null,
    caused_by text not null check (caused_by in ('cron', 'late', 'manual')),
    status text not null check (status in ('waiting', 'running', 'succeeded', 'failed', 'skipped')),
    takes integer not null,
    runner text,
    lease_token text,
    lease_until ${instant},
    started_at ${instant},
    ended_at ${instant},
    summary text not null,
    unique (schedule_id, due_at, caused_by),
    check ((status = 'running') = (lease_token is not null))
  )`,
  "create index schedule_runs_open on schedule_runs (status)",
];

import type { Kysely } from "kysely";
import type { StateEngine } from "../state-engine.ts";
import type { StateTables } from "../tables.ts";
import { appendOnly, columnTypes, runStatements } from "./column-types.ts";

/** Reports with their versions, snapshots, saved views, and with whom they are shared. */
export const upReports = async (db: Kysely<StateTables>, engine: StateEngine["id"]): Promise<void> => {
  const { instant } = columnTypes(engine);
  await runStatements(db, [
    `create table saved_items (
      id text primary key,
      kind text not null check (kind in ('report', 'view')),
      title text not null,
      owner_id text not null,
      owner text not null,
      expires_after_minutes integer not null check (expires_after_minutes >= 0),
      version integer not null check (version > 0),
      updated_by text not null,
      updated_at ${instant} not null,
      deleted_at ${instant}
    )`,
    "create index saved_items_by_kind on saved_items (kind, updated_at)",
    `create table saved_item_versions (
      item_id text not null references saved_items (id),
      version integer not null check (version > 0),
      title text not null,
      body text not null,
      saved_by text not null,
      saved_at ${instant} not null,
      primary key (item_id, version)
    )`,
    `create table saved_item_shares (
      item_id text not null references saved_items (id),
      kind text not null check (kind in ('person', 'team')),
      subject_id text not null,
      level text not null check (level in ('view', 'edit')),
      primary key (item_id, kind, subject_id)
    )`,
    `create table report_snapshots (
      id text primary key,
      report_id text not null references saved_items (id),
      report_version integer not null,
      title text not null,
      audience text not null check (audience in ('same', 'report')),
      scope_digest text not null,
      lake_version integer not null,
      body text not null,
      made_by_id text not null,
      made_by text not null,
      made_at ${instant} not null
    )`,
    "create index report_snapshots_by_report on report_snapshots (report_id, made_at)",
    ...appendOnly(engine, "saved_item_versions"),
  ]);
};

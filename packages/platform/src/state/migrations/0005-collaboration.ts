import type { Kysely } from "kysely";
import type { StateEngine } from "../state-engine.ts";
import type { StateTables } from "../tables.ts";
import { columnTypes, runStatements } from "./column-types.ts";

/** Comments, mentions and assignments. */
export const upCollaboration = async (db: Kysely<StateTables>, engine: StateEngine["id"]): Promise<void> => {
  const { instant } = columnTypes(engine);
  await runStatements(db, [
    `create table comments (
      id text primary key,
      subject text not null,
      author text not null,
      body text,
      at ${instant} not null,
      removed_at ${instant},
      check ((body is null) = (removed_at is not null))
    )`,
    "create index comments_by_subject on comments (subject, at)",
    `create table comment_mentions (
      comment_id text not null references comments (id),
      person text not null,
      primary key (comment_id, person)
    )`,
    "create index comment_mentions_by_person on comment_mentions (person)",
    `create table mention_reads (
      person text primary key,
      until ${instant} not null
    )`,
    `create table assignments (
      subject text primary key,
      assignee text not null,
      assigned_by text not null,
      assigned_at ${instant} not null
    )`,
  ]);
};

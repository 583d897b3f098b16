import type { Kysely } from "kysely";
import type { StateEngine } from "../state-engine.ts";
import type { StateTables } from "../tables.ts";
import {
  appendOnly,
  appendOnlyFunction,
  type ColumnTypes,
  columnTypes,
  runStatements,
} from "./column-types.ts";

/** A migration is history: it imports no list that may change, and stays as it is once it was released. */
export const upDecisions = async (db: Kysely<StateTables>, engine: StateEngine["id"]): Promise<void> => {
  const types = columnTypes(engine);
  await runStatements(db, [
    ...recommendations(types),
    ...programmes(types),
    ...plans(types),
    ...kept(types),
    ...appendOnlyFunction(engine),
    ...APPEND_ONLY.flatMap((table) => appendOnly(engine, table)),
  ]);
};

const APPEND_ONLY = [
  "recommendation_revisions",
  "recommendation_decisions",
  "task_history",
  "journal",
  "verifications",
  "audit_log",
];

const RECOMMENDATION_STATUSES = "('open', 'accepted', 'dismissed', 'snoozed')";
const TASK_STATUSES = "('todo', 'in-progress', 'blocked', 'done', 'cancelled')";

const recommendations = ({ instant }: ColumnTypes): readonly string[] => [
  `create table recommendations (
    id text primary key,
    advisor text not null,
    resource text not null,
    scope text not null,
    fingerprint text not null,
    status text not null check (status in ${RECOMMENDATION_STATUSES}),
    status_reason text,
    snoozed_until ${instant},
    decided_by text,
    decided_at ${instant},
    decided_revision integer,
    revision integer not null check (revision > 0),
    first_seen_at ${instant} not null,
    last_seen_at ${instant} not null,
    withdrawn_at ${instant},
    version integer not null check (version > 0),
    unique (advisor, resource, scope, fingerprint),
    check ((status = 'snoozed') = (snoozed_until is not null))
  )`,
  `create table recommendation_revisions (
    recommendation_id text not null references recommendations (id),
    revision integer not null check (revision > 0),
    title text not null,
    saving_low text,
    saving_mid text,
    saving_high text,
    currency text,
    body text not null,
    body_digest text not null,
    settings text not null,
    lake_version integer,
    program_version text not null,
    made_at ${instant} not null,
    primary key (recommendation_id, revision),
    check ((saving_mid is null) = (currency is null))
  )`,
  `create table recommendation_decisions (
    recommendation_id text not null references recommendations (id),
    seq integer not null check (seq > 0),
    revision integer not null,
    from_status text not null check (from_status in ${RECOMMENDATION_STATUSES}),
    to_status text not null check (to_status in ${RECOMMENDATION_STATUSES}),
    reason text,
    snoozed_until ${instant},
    actor text not null,
    at ${instant} not null,
    primary key (recommendation_id, seq),
    foreign key (recommendation_id, revision) references recommendation_revisions (recommendation_id, revision)
  )`,
  "create index recommendations_by_status on recommendations (status)",
];

const programmes = ({ instant, day }: ColumnTypes): readonly string[] => [
  `create table programmes (
    id text primary key,
    name text not null unique,
    status text not null check (status in ('draft', 'active', 'closed')),
    starts_on ${day},
    ends_on ${day},
    details text not null,
    version integer not null check (version > 0),
    created_by text not null,
    created_at ${instant} not null,
    updated_at ${instant} not null
  )`,
  `create table tasks (
    id text primary key,
    programme_id text not null references programmes (id),
    recommendation_id text,
    recommendation_revision integer,
    title text not null,
    owner text,
    status text not null check (status in ${TASK_STATUSES}),
    position integer not null,
    starts_on ${day},
    due_on ${day},
    effort_hours_low text,
    effort_hours_mid text,
    effort_hours_high text,
    details text not null,
    version integer not null check (version > 0),
    created_at ${instant} not null,
    updated_at ${instant} not null,
    unique (programme_id, position),
    foreign key (recommendation_id, recommendation_revision)
      references recommendation_revisions (recommendation_id, revision),
    check ((recommendation_id is null) = (recommendation_revision is null))
  )`,
  // No dollar twice: a recommendation is one task of a programme.
  `create unique index tasks_by_recommendation on tasks (programme_id, recommendation_id)
    where recommendation_id is not null and status <> 'cancelled'`,
  `create table task_dependencies (
    task_id text not null references tasks (id),
    depends_on text not null references tasks (id),
    primary key (task_id, depends_on),
    check (task_id <> depends_on)
  )`,
  `create table task_history (
    task_id text not null references tasks (id),
    seq integer not null check (seq > 0),
    from_status text check (from_status in ${TASK_STATUSES}),
    to_status text not null check (to_status in ${TASK_STATUSES}),
    reason text,
    evidence text,
    actor text not null,
    at ${instant} not null,
    primary key (task_id, seq)
  )`,
  `create table programme_records (
    id text primary key,
    programme_id text not null references programmes (id),
    kind text not null
      check (kind in ('risk', 'blocker', 'incident', 'milestone', 'sign-off', 'lesson', 'budget')),
    status text not null check (status in ('open', 'closed')),
    body text not null,
    version integer not null check (version > 0),
    created_by text not null,
    created_at ${instant} not null,
    updated_at ${instant} not null
  )`,
  "create index programme_records_by_kind on programme_records (programme_id, kind)",
];

const plans = ({ instant, day }: ColumnTypes): readonly string[] => [
  `create table plans (
    id text primary key,
    title text not null,
    status text not null check (status in
      ('draft', 'approved', 'applying', 'applied', 'failed', 'rolled-back', 'withdrawn')),
    digest text not null,
    body text not null,
    required_approvals integer not null check (required_approvals >= 0),
    expires_at ${instant} not null,
    lake_version integer,
    version integer not null check (version > 0),
    created_by text not null,
    created_at ${instant} not null,
    updated_at ${instant} not null
  )`,
  `create table plan_recommendations (
    plan_id text not null references plans (id),
    recommendation_id text not null,
    revision integer not null,
    primary key (plan_id, recommendation_id),
    foreign key (recommendation_id, revision) references recommendation_revisions (recommendation_id, revision)
  )`,
  `create table approvals (
    id text primary key,
    plan_id text not null references plans (id),
    digest text not null,
    approver text not null,
    comment text,
    approved_at ${instant} not null,
    revoked_by text,
    revoked_at ${instant},
    check ((revoked_by is null) = (revoked_at is null))
  )`,
  "create unique index approvals_in_force on approvals (plan_id, approver) where revoked_at is null",
  `create table journal (
    plan_id text not null references plans (id),
    seq integer not null check (seq > 0),
    step text not null,
    direction text not null check (direction in ('apply', 'roll-back')),
    kind text not null check (kind in ('intent', 'outcome')),
    result text check (result in ('succeeded', 'failed')),
    detail text not null,
    runner text not null,
    at ${instant} not null,
    primary key (plan_id, seq),
    check ((kind = 'outcome') = (result is not null))
  )`,
  `create table leases (
    name text primary key,
    holder text not null,
    token text not null,
    acquired_at ${instant} not null,
    expires_at ${instant} not null
  )`,
  `create table verifications (
    plan_id text not null references plans (id),
    seq integer not null check (seq > 0),
    verdict text not null check (verdict in ('pending', 'proven', 'not-proven', 'harmful')),
    realised_low text,
    realised_mid text,
    realised_high text,
    currency text,
    covers_from ${day} not null,
    covers_to ${day} not null,
    lake_version integer not null,
    body text not null,
    body_digest text not null,
    computed_by text not null,
    computed_at ${instant} not null,
    primary key (plan_id, seq),
    check ((realised_mid is null) = (currency is null))
  )`,
];

const kept = ({ instant }: ColumnTypes): readonly string[] => [
  `create table settings (
    name text primary key,
    value text not null,
    version integer not null check (version > 0),
    updated_by text not null,
    updated_at ${instant} not null
  )`,
  `create table secrets (
    name text primary key,
    sealed text not null,
    key_id text not null,
    version integer not null check (version > 0),
    updated_by text not null,
    updated_at ${instant} not null
  )`,
  `create table audit_log (
    seq integer primary key,
    at ${instant} not null,
    actor text not null,
    action text not null,
    subject text not null,
    details text not null,
    previous_hash text not null,
    hash text not null
  )`,
  "create table audit_head (id integer primary key check (id = 1), seq integer not null, hash text not null)",
  "insert into audit_head (id, seq, hash) values (1, 0, '')",
];

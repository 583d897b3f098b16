import { z } from "zod";

export const BACKUP_FORMAT = "trimtab-state";

/**
 * Every table that is backed up, those before that others refer to, with what its rows are told apart by. Leases die with their
 * processes; sessions, one-time links and counted attempts don't outlive a restore: people sign in again.
 */
export const BACKUP_TABLES: Readonly<Record<string, readonly string[]>> = {
  recommendations: ["id"],
  recommendation_revisions: ["recommendation_id", "revision"],
  recommendation_decisions: ["recommendation_id", "seq"],
  programmes: ["id"],
  tasks: ["id"],
  task_dependencies: ["task_id", "depends_on"],
  task_history: ["task_id", "seq"],
  programme_records: ["id"],
  plans: ["id"],
  plan_recommendations: ["plan_id", "recommendation_id"],
  approvals: ["id"],
  journal: ["plan_id", "seq"],
  verifications: ["plan_id", "seq"],
  settings: ["name"],
  secrets: ["name"],
  people: ["id"],
  credentials: ["id"],
  profiles: ["person_id"],
  teams: ["id"],
  team_members: ["team_id", "person_id"],
  api_tokens: ["id"],
  channels: ["id"],
  outbox_messages: ["id"],
  outbox_files: ["message_id", "position"],
  deliveries: ["id"],
  delivery_attempts: ["delivery_id", "seq"],
  schedules: ["id"],
  schedule_runs: ["id"],
  saved_items: ["id"],
  saved_item_versions: ["item_id", "version"],
  saved_item_shares: ["item_id", "kind", "subject_id"],
  report_snapshots: ["id"],
  comments: ["id"],
  comment_mentions: ["comment_id", "person"],
  mention_reads: ["person"],
  assignments: ["subject"],
  audit_log: ["seq"],
  audit_head: ["id"],
};

/** The first line of a backup. */
export const headerSchema = z.strictObject({
  format: z.literal(BACKUP_FORMAT),
  formatVersion: z.literal(1),
  /** The migrations that the database had. */
  migrations: z.array(z.string()).min(1),
  program: z.string(),
  engine: z.enum(["sqlite", "postgresql"]),
  createdAt: z.iso.datetime(),
});

/** Says of which table the rows are that follow. */
export const tableSchema = z.strictObject({
  table: z.string().refine((name) => Object.hasOwn(BACKUP_TABLES, name), "an unknown table"),
  columns: z.array(z.string().regex(/^[a-z][a-z_]*$/)).min(1),
});

export const rowSchema = z.array(z.union([z.string(), z.number().int(), z.null()]));

/** The last line: without it, or with another digest of all lines before it, the file is not whole. */
export const footerSchema = z.strictObject({
  rows: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

export type BackupHeader = z.output<typeof headerSchema>;
export type BackupRow = z.output<typeof rowSchema>;
export type BackupTable = z.output<typeof tableSchema>;

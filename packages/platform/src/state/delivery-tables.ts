import type { Instant } from "@trimtab/domain";
import type { JsonText } from "./tables.ts";

/** Where messages go. Its secrets are among the secrets, under `channel/<id>`. */
export interface ChannelTable {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  /** For people, without anything secret. */
  readonly target: string;
  readonly settings: JsonText;
  /** Names of the secret fields that are set. */
  readonly secretFields: JsonText;
  readonly enabled: 0 | 1;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly removedAt: Instant | null;
}

export interface OutboxMessageTable {
  readonly id: string;
  readonly title: string;
  readonly body: JsonText;
  readonly createdBy: string;
  readonly createdAt: Instant;
}

/** A chart or an attachment; gone once nobody waits for the message any more. */
export interface OutboxFileTable {
  readonly messageId: string;
  readonly position: number;
  readonly name: string;
  readonly contentType: string;
  /** Base64. */
  readonly content: string;
}

/** One row: one message on its way to one place. */
export interface DeliveryTable {
  readonly id: string;
  readonly messageId: string;
  readonly channelId: string;
  readonly address: string | null;
  readonly idempotencyKey: string;
  readonly status: "waiting" | "sending" | "delivered" | "dead" | "cancelled";
  readonly attempts: number;
  readonly triesLeft: number;
  readonly nextAttemptAt: Instant;
  readonly leaseToken: string | null;
  readonly leaseUntil: Instant | null;
  readonly lastError: string | null;
  readonly createdAt: Instant;
  readonly deliveredAt: Instant | null;
}

export interface DeliveryAttemptTable {
  readonly deliveryId: string;
  readonly seq: number;
  readonly at: Instant;
  readonly outcome: "delivered" | "retry" | "refused" | "interrupted";
  readonly detail: string;
}

export interface ScheduleTable {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly settings: JsonText;
  readonly cron: string;
  readonly timeZone: string;
  readonly missed: "run-once" | "skip";
  readonly recipients: JsonText;
  readonly enabled: 0 | 1;
  /** Null: never again. */
  readonly nextRunAt: Instant | null;
  /** The person whose scope applies where a recipient is none; null: made on the command line. */
  readonly ownerId: string | null;
  readonly version: number;
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

export interface ScheduleRunTable {
  readonly id: string;
  readonly scheduleId: string;
  readonly dueAt: Instant;
  readonly causedBy: "cron" | "late" | "manual";
  readonly status: "waiting" | "running" | "succeeded" | "failed" | "skipped";
  /** How often it was begun: more than once where a process died over it. */
  readonly takes: number;
  readonly runner: string | null;
  readonly leaseToken: string | null;
  readonly leaseUntil: Instant | null;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly summary: string;
}

export interface DeliveryTables {
  channels: ChannelTable;
  outboxMessages: OutboxMessageTable;
  outboxFiles: OutboxFileTable;
  deliveries: DeliveryTable;
  deliveryAttempts: DeliveryAttemptTable;
  schedules: ScheduleTable;
  scheduleRuns: ScheduleRunTable;
}

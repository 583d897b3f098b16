import type { Instant, Json } from "@trimtab/domain";
import type { Message } from "../message.ts";
import type { Recipient } from "./job.ts";

export interface StoredSchedule {
  readonly id: string;
  readonly name: string;
  readonly kind: string;
  readonly settings: { readonly [key: string]: Json };
  readonly cron: string;
  readonly timeZone: string;
  readonly missed: "run-once" | "skip";
  readonly recipients: readonly Recipient[];
  readonly enabled: boolean;
  readonly nextRunAt: Instant | null;
  readonly ownerId: string | null;
}

export interface DueRun {
  readonly dueAt: Instant;
  readonly causedBy: "cron" | "late";
  readonly status: "waiting" | "skipped";
  readonly summary: string;
}

/** A run that this process alone carries out. */
export interface RunClaim {
  readonly id: string;
  readonly token: string;
  readonly scheduleId: string;
  readonly dueAt: Instant;
  readonly causedBy: "cron" | "late" | "manual";
  readonly take: number;
}

export interface RunEnd {
  readonly status: "succeeded" | "failed";
  readonly summary: string;
}

/** What the scheduler needs of where schedules are kept; the state database fills it in. */
export interface ScheduleStore {
  list(): Promise<readonly StoredSchedule[]>;
  read(id: string): Promise<StoredSchedule>;
  /** Moves a schedule on, with the run that was due. @returns whether this process did it, and no other */
  advance(step: {
    readonly scheduleId: string;
    readonly from: Instant | null;
    readonly to: Instant | null;
    readonly run?: DueRun | undefined;
  }): Promise<boolean>;
  isAnyRunOpen(): Promise<boolean>;
  claimRun(request: { readonly leaseMs: number; readonly mostTakes: number }): Promise<RunClaim | undefined>;
  /** @returns false where another has taken it over */
  renewRun(claim: RunClaim, leaseMs: number): Promise<boolean>;
  endRun(claim: RunClaim, end: RunEnd): Promise<boolean>;
  /** Puts a message in the outbox, once for the key. */
  enqueue(recipient: Recipient, message: Message, key: string): Promise<void>;
}

import type { Clock, Instant, Json } from "@trimtab/domain";
import type { Kysely, Transaction } from "kysely";
import type { StateEngine } from "./state-engine.ts";
import type { StateTables } from "./tables.ts";

/** Something that was done, for the audit log; never a secret. */
export interface AuditNote {
  /** What was done, e.g. `recommendation.accepted`. */
  readonly action: string;
  /** What it was done to, e.g. `recommendation rec-1234`. */
  readonly subject: string;
  readonly details?: Json;
}

/** One transaction that writes: all of it, or nothing. */
export interface StateWriter {
  readonly db: Transaction<StateTables>;
  /** Who does it. */
  readonly actor: string;
  /** When: one moment for the whole transaction. */
  readonly at: Instant;
  /** Goes into the audit log with the transaction. */
  note(note: AuditNote): void;
}

/** The database of what people decide, open. */
export interface State {
  readonly engine: StateEngine;
  readonly clock: Clock;
  readonly keys: StateKeys;
  /** Migrations that were applied when it was opened. */
  readonly applied: readonly string[];
  /** Reads as of one moment. Not to be called within another `read` or `write`. */
  read<T>(work: (db: Transaction<StateTables>) => Promise<T>): Promise<T>;
  /** Writes in one transaction, audited. Not to be called within another `read` or `write`. @throws STATE_* */
  write<T>(actor: string, work: (writer: StateWriter) => Promise<T>): Promise<T>;
  /**
   * A text that is another one once anything was changed by this process; where `tellsOthersChanges`, by any process. For
   * what was read to be kept until then.
   */
  changeMark(): string;
  readonly tellsOthersChanges: boolean;
  /** Without a transaction, for what looks after the database itself. */
  readonly db: Kysely<StateTables>;
  close(): Promise<void>;
}

/** Where the key for secrets comes from; nothing is read or made before it is needed. */
export interface StateKeys {
  /** The key's file, where it is one that this program made. */
  readonly file?: string;
  /** The key that encrypts now. @throws STATE_KEY_MISSING, STATE_KEY_INVALID, STATE_KEY_EXPOSED */
  current(): Promise<SecretKey>;
  /** The key that a rotation is about to bring in; undefined: none is under way. */
  next(): Promise<SecretKey | undefined>;
  /** The key to rotate to, kept safely before anything is encrypted with it. @throws STATE_KEY_MISSING */
  prepare(): Promise<SecretKey>;
  /** Puts that key in the place of the current one. */
  promote(): Promise<void>;
}

/** 32 bytes that encrypt secrets. */
export interface SecretKey {
  /** Tells keys apart without telling anything of them. */
  readonly id: string;
  /** `TRIMTAB_SECRET_KEY` or the path of the key file. */
  readonly source: string;
  readonly bytes: Buffer;
}

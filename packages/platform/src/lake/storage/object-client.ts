import type { Readable } from "node:stream";

export interface ObjectInfo {
  readonly key: string;
  readonly bytes: number;
  /** Changes whenever the object does. */
  readonly etag: string;
  readonly modifiedMs: number;
}

/** An object as it comes in. */
export interface OpenedObject {
  readonly stream: Readable;
  readonly bytes: number;
  readonly etag: string;
  /** SHA-256 in hex that was kept with the object; absent for one that something else wrote. */
  readonly sha256: string | undefined;
}

/** What kind of refusal an SDK's error is: it decides what the reader is told to do. */
export type FailureKind = "bucket" | "denied" | "credentials" | "unreachable" | "unsupported" | "failed";

export interface ClientFailure {
  readonly kind: FailureKind;
  /** In words, without secrets. */
  readonly reason: string;
}

/**
 * The least that a lake asks of a cloud's object storage, over its SDK: which retries, signs and checks what it sends.
 * Keys are whole, with the lake's prefix. Errors are the SDK's; {@link ObjectClient.failureOf} reads them.
 */
export interface ObjectClient {
  list(prefix: string): Promise<readonly ObjectInfo[]>;
  /** Undefined where there is no such object; so for `open`. */
  head(key: string): Promise<ObjectInfo | undefined>;
  open(key: string): Promise<OpenedObject | undefined>;
  /** Bytes `from` up to, without, `to` of an object that is there. */
  readRange(key: string, from: number, to: number): Promise<Buffer>;
  /** In parts where it is large. The object appears whole or not at all, with the checksum beside it. */
  upload(key: string, file: string, sha256: string): Promise<void>;
  writeText(key: string, text: string): Promise<void>;
  /** Writes unless there is one, at the store, in one step. */
  create(key: string, text: string): Promise<"made" | "exists">;
  remove(key: string): Promise<void>;
  /** Uploads in parts that nobody finished; absent where the store drops them by itself. */
  dropUnfinished?(prefix: string, before: Date): Promise<void>;
  /** The store's clock. */
  serverTime(): Promise<Date | undefined>;
  failureOf(error: unknown): ClientFailure;
  close(): void;
}

/** The first line of what an SDK says, short. */
export const firstLine = (error: unknown): string =>
  ((error instanceof Error ? error.message : String(error)).split("\n", 1)[0] ?? "").slice(0, 240);

const UNREACHABLE =
  /ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|socket hang up|TimeoutError|timed out|CERT|certificate/i;

/** Whether the store could not be asked at all. Node puts the reason in the code, the message or a cause. */
export const isUnreachable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  if (UNREACHABLE.test(`${code} ${error.name} ${error.message}`)) return true;
  if (error instanceof AggregateError) return error.errors.some(isUnreachable);
  return error.cause !== undefined && error.cause !== error && isUnreachable(error.cause);
};

/** What a broken connection is called where the message says nothing, as an AggregateError's. */
export const connectionReason = (error: unknown): string => {
  if (error instanceof AggregateError && error.errors.length > 0) return connectionReason(error.errors[0]);
  return firstLine(error) || (error instanceof Error ? error.name : "no answer");
};

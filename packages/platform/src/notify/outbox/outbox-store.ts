import type { ChannelValues } from "../channels/channel.ts";
import type { PackedMessage } from "../message.ts";

/** A delivery that this process alone may send now. */
export interface Claim {
  readonly id: string;
  readonly token: string;
  readonly messageId: string;
  readonly channelId: string;
  readonly channelKind: string;
  readonly address: string | null;
  readonly idempotencyKey: string;
  /** The first is 1. */
  readonly attempt: number;
  readonly triesLeft: number;
}

export interface ClaimRequest {
  readonly leaseMs: number;
  readonly longestWaitMs: number;
  readonly limit: number;
  readonly perChannel: number;
  /** What is under way here already, by channel. */
  readonly busy: ReadonlyMap<string, number>;
}

export type FinishedTry =
  | { readonly next: "delivered"; readonly detail: string }
  | { readonly next: "dead"; readonly outcome: "retry" | "refused"; readonly detail: string }
  | { readonly next: "waiting"; readonly detail: string; readonly afterMs: number };

/** What the outbox needs of where it is kept; the state database fills it in. */
export interface OutboxStore {
  isAnyDue(request: Pick<ClaimRequest, "leaseMs" | "longestWaitMs">): Promise<boolean>;
  claim(request: ClaimRequest): Promise<readonly Claim[]>;
  /** @returns false where the hold was lost meanwhile */
  finish(claim: Claim, finished: FinishedTry): Promise<boolean>;
  readMessage(id: string): Promise<PackedMessage & { readonly createdAt: string }>;
  /** Settings and secrets, in clear. */
  readChannel(id: string): Promise<ChannelValues>;
}

import { type Clock, TrimtabError } from "@trimtab/domain";
import type { ChannelDefinition, SendOutcome } from "../channels/channel.ts";
import type { Network } from "../guard/guarded-request.ts";
import { unpackMessage } from "../message.ts";
import type { Claim, FinishedTry, OutboxStore } from "./outbox-store.ts";
import { LONGEST_RETRY_AFTER_MS, retryDelayMs } from "./retry-delay.ts";

/** A hold is longer than any try: who sends within it sends alone. */
const LEASE_MS = 120_000;
const PARALLEL = 8;
const PER_CHANNEL = 2;

export interface OutboxParts {
  readonly store: OutboxStore;
  readonly channelKinds: Readonly<Record<string, ChannelDefinition>>;
  readonly clock: Clock;
  /** As it is allowed now; read anew for each round. */
  network(): Promise<Network>;
  /** Aborted when the process is to end: nothing new is begun. */
  readonly signal: AbortSignal;
  /** Aborted when it ends now: a try under way is given up, and made again by whoever comes next. */
  readonly killSignal: AbortSignal;
  /** A fault of ours, of which the delivery's history says no more than that. */
  onProblem(subject: string, error: unknown): void;
  readonly random?: () => number;
  /** For tests: a shorter hold. */
  readonly leaseMs?: number;
}

export interface RoundReport {
  delivered: number;
  retried: number;
  dead: number;
}

/**
 * Sends everything that is due, several at a time, until nothing is or `signal` aborts. Each delivery is kept as sent only
 * after the receiver took it: a process that dies in between leaves it to be sent again, with the same idempotency key.
 */
export const sendDue = async (parts: OutboxParts): Promise<RoundReport> => {
  const report: RoundReport = { delivered: 0, retried: 0, dead: 0 };
  const busy = new Map<string, number>();
  const running = new Set<Promise<void>>();
  const leaseMs = parts.leaseMs ?? LEASE_MS;
  const due = { leaseMs, longestWaitMs: 2 * LONGEST_RETRY_AFTER_MS };
  if (!(await parts.store.isAnyDue(due))) return report;
  const network = await parts.network();
  const start = (claim: Claim): void => {
    busy.set(claim.channelId, (busy.get(claim.channelId) ?? 0) + 1);
    const work = deliver(parts, network, claim, performance.now() + leaseMs)
      .then((next) => {
        if (next !== undefined) report[next === "waiting" ? "retried" : next] += 1;
      })
      .finally(() => {
        busy.set(claim.channelId, (busy.get(claim.channelId) ?? 1) - 1);
        running.delete(work);
      });
    running.add(work);
  };
  try {
    while (!parts.signal.aborted) {
      const limit = PARALLEL - running.size;
      const claims =
        limit > 0 ? await parts.store.claim({ ...due, limit, perChannel: PER_CHANNEL, busy }) : [];
      claims.forEach(start);
      if (running.size === 0) break;
      if (claims.length === 0 || running.size >= PARALLEL) await Promise.race(running);
    }
  } finally {
    await Promise.all(running);
  }
  return report;
};

const deliver = async (
  { store, channelKinds, clock, killSignal, onProblem, random }: OutboxParts,
  network: Network,
  claim: Claim,
  heldUntilMs: number,
): Promise<FinishedTry["next"] | undefined> => {
  const outcome = await attempt();
  // Not sent, and perhaps not ours any more: the hold runs out by itself.
  if (outcome === undefined) return undefined;
  const finished = toFinished(claim, outcome, random);
  return (await store.finish(claim, finished)) ? finished.next : undefined;

  async function attempt(): Promise<SendOutcome | undefined> {
    try {
      const kind = channelKinds[claim.channelKind];
      if (kind === undefined)
        return { outcome: "refused", detail: `no channel is of kind ${claim.channelKind}` };
      const message = await store.readMessage(claim.messageId);
      const values = await store.readChannel(claim.channelId);
      // A process that was stopped for so long may not be alone any more.
      const leftMs = heldUntilMs - performance.now();
      if (leftMs < network.timeoutMs) return undefined;
      const signal = AbortSignal.any([killSignal, AbortSignal.timeout(Math.floor(leftMs * 0.9))]);
      return await kind.send({
        ...values,
        message: unpackMessage(message),
        ...(claim.address === null ? {} : { address: claim.address }),
        idempotencyKey: claim.idempotencyKey,
        createdAt: message.createdAt,
        now: clock(),
        network,
        signal,
      });
    } catch (error) {
      if (error instanceof TrimtabError) return { outcome: "retry", detail: error.message };
      onProblem(`Delivery ${claim.id}`, error);
      return { outcome: "retry", detail: "a fault in Trimtab; its log says more" };
    }
  }
};

const toFinished = (claim: Claim, sent: SendOutcome, random?: () => number): FinishedTry => {
  const { detail } = sent;
  if (sent.outcome === "delivered") return { next: "delivered", detail };
  if (sent.outcome === "refused" || claim.triesLeft === 0)
    return { next: "dead", outcome: sent.outcome, detail };
  const { retryAfterMs } = sent;
  const afterMs = retryDelayMs(claim.attempt, { retryAfterMs, ...(random === undefined ? {} : { random }) });
  return { next: "waiting", detail, afterMs };
};

import { setTimeout as delay } from "node:timers/promises";
import { type StepDirection, TrimtabError } from "@trimtab/domain";
import type { Lease } from "../../state/leases.ts";
import type { State } from "../../state/state.ts";
import type { RunStore } from "./run-context.ts";

/** One run at a time changes anything, whatever its plan: two plans may touch what belongs together. */
const EVERYTHING = "apply";

export interface HoldOrder {
  readonly state: State;
  readonly actor: string;
  readonly planId: string;
  readonly mode: "start" | "resume";
  /** Who holds it, for another that waits. */
  readonly holder: string;
  /** How long a hold outlives its process. */
  readonly leaseMs: number;
  /** How long it waits for another run. */
  readonly waitMs: number;
  readonly signal: AbortSignal;
  readonly notify: (line: string) => void;
}

/** A plan in the hands of this run. */
export interface HeldPlan {
  readonly store: RunStore;
  /** Why it is not in our hands any more; undefined: it is. */
  lostReason(): string | undefined;
  /** Lets go, whatever was reached. */
  release(): Promise<void>;
}

/**
 * Takes hold of a plan, waiting for another run to end or for a dead one's hold to run out, and keeps the hold alive.
 * @throws STATE_LEASE_HELD where that takes too long, STATE_MOVE_REFUSED, STATE_PLAN_EXPIRED, STATE_APPROVAL_REFUSED,
 *   STATE_NOT_FOUND, STATE_RECORD_INVALID
 */
export const holdPlan = async (order: HoldOrder): Promise<HeldPlan> => {
  const { state, actor, planId, mode, holder, leaseMs } = order;
  const { acquireLease, releaseLease, renewLease } = await import("../../state/leases.ts");
  const { resumePlan, startPlan } = await import("../../state/plan-runs.ts");
  const take = mode === "start" ? startPlan : resumePlan;
  const all = await patiently(order, () =>
    acquireLease(state, actor, { name: EVERYTHING, holder, durationMs: leaseMs }),
  );
  const letGo = async (lease: Lease) => releaseLease(state, actor, lease);
  let beating = keepAlive([all], (lease) => renewLease(state, actor, lease, leaseMs), leaseMs);
  try {
    const lease = await patiently(order, () => take(state, actor, { id: planId, holder, leaseMs }));
    beating.stop();
    beating = keepAlive([all, lease], (held) => renewLease(state, actor, held, leaseMs), leaseMs);
    return {
      store: await storeOf(order, lease, () => beating.stop(lease)),
      lostReason: () => beating.lost(),
      release: async () => {
        beating.stop();
        await letGo(lease);
        await letGo(all);
      },
    };
  } catch (error) {
    beating.stop();
    await letGo(all);
    throw error;
  }
};

const isHeld = (error: unknown): boolean =>
  error instanceof TrimtabError && error.code === "STATE_LEASE_HELD";

const patiently = async <T>(
  { waitMs, signal, notify, leaseMs }: HoldOrder,
  work: () => Promise<T>,
): Promise<T> => {
  const endsAt = performance.now() + waitMs;
  for (let isFirst = true; ; isFirst = false) {
    try {
      return await work();
    } catch (error) {
      if (!isHeld(error) || performance.now() >= endsAt) throw error;
      if (isFirst && error instanceof Error) notify(`Waiting: ${error.message}`);
      await delay(Math.min(1000, leaseMs / 4), undefined, { signal });
    }
  }
};

/** Renews holds well before they run out; one that is lost stays lost. */
const keepAlive = (leases: readonly Lease[], renew: (lease: Lease) => Promise<void>, leaseMs: number) => {
  const kept = new Set(leases);
  let lost: string | undefined;
  let renewedAt = performance.now();
  const beat = async (): Promise<void> => {
    const startedAt = performance.now();
    for (const lease of kept) {
      try {
        await renew(lease);
      } catch (error) {
        if (!kept.has(lease)) continue;
        // A database that is away for a moment is asked again while the hold still lasts.
        if (error instanceof TrimtabError && error.code === "STATE_LEASE_LOST") lost = error.message;
        return;
      }
    }
    renewedAt = startedAt;
  };
  const timer = setInterval(() => void beat(), leaseMs / 4);
  return {
    stop: (lease?: Lease): void => {
      if (lease === undefined) clearInterval(timer);
      else kept.delete(lease);
    },
    lost: (): string | undefined =>
      lost ??
      (performance.now() - renewedAt > leaseMs ? "the hold on the plan could not be renewed" : undefined),
  };
};

const storeOf = async (
  { state, actor, planId, holder }: HoldOrder,
  lease: Lease,
  onFinish: () => void,
): Promise<RunStore> => {
  const { beginStep, endStep, readStepStates } = await import("../../state/journal.ts");
  const { finishPlan } = await import("../../state/plan-runs.ts");
  const line = (step: string, direction: StepDirection, detail: Parameters<RunStore["begin"]>[2]) => ({
    planId,
    lease,
    step,
    direction,
    detail,
    runner: holder,
  });
  return {
    begin: (step, direction, detail) => beginStep(state, actor, line(step, direction, detail)),
    end: (step, direction, result, detail) =>
      endStep(state, actor, { ...line(step, direction, detail), result }),
    states: () => readStepStates(state, planId),
    finish: async (status) => {
      onFinish();
      await finishPlan(state, actor, { id: planId, lease, status });
    },
  };
};

import { setTimeout as sleep } from "node:timers/promises";
import { repeatUntil } from "../../notify/repeat-until.ts";
import type { RunReport } from "../../notify/scheduler/run-open.ts";
import type { DeliveryParts } from "./delivery-parts.ts";
import { purgeSent, runSchedules, sendOutbox, type TickParts } from "./tick.ts";

const POLL_MS = 2000;
const PURGE_MS = 60 * 60_000;
/** How long a job or a try that is under way may take when the process is to end. */
const FAREWELL_MS = 8000;

export interface SchedulerParts extends DeliveryParts {
  readonly actor: string;
  readonly pollMs?: number;
  readonly farewellMs?: number;
  /** A run has ended. */
  onRun?(report: RunReport): void;
  /** What went wrong and will be tried again: for the log. */
  onProblem(subject: string, error: unknown): void;
}

/** Schedules and outbox at work within this process. */
export interface RunningScheduler {
  /** Looks at once: something was put in the outbox, or a run was asked for. */
  wake(): void;
  /** Begins nothing new, waits a little for what is under way, then gives it up to whoever comes next. */
  stop(): Promise<void>;
}

/** Runs what is scheduled and sends what waits until it is stopped; of several processes on one state database each does some. */
export const startScheduler = (parts: SchedulerParts): RunningScheduler => {
  const stopping = new AbortController();
  const kill = new AbortController();
  const wake = new EventTarget();
  const work: TickParts = { ...parts, signal: stopping.signal, killSignal: kill.signal };
  const loop = (subject: string, task: (parts: TickParts) => Promise<unknown>, pollMs: number) =>
    repeatUntil(() => task(work).catch((error: unknown) => parts.onProblem(subject, error)), {
      pollMs,
      signal: stopping.signal,
      wake,
    });
  const runAndTell = async (each: TickParts): Promise<void> => {
    for (const run of await runSchedules(each)) parts.onRun?.(run);
  };
  const pollMs = parts.pollMs ?? POLL_MS;
  const loops = Promise.all([
    loop("Schedules", runAndTell, pollMs),
    loop("Outbox", sendOutbox, pollMs),
    loop("Old messages", purgeSent, PURGE_MS),
  ]);
  return {
    wake: () => void wake.dispatchEvent(new Event("wake")),
    stop: async () => {
      stopping.abort();
      const farewellMs = parts.farewellMs ?? FAREWELL_MS;
      const patience = () => sleep(farewellMs, undefined, { ref: false });
      await Promise.race([loops, patience()]);
      kill.abort(new Error("the process ends"));
      // A job that hears no signal holds nobody up: its hold runs out, and another begins it again.
      await Promise.race([loops, patience()]);
    },
  };
};

import type { RoundReport } from "../../notify/outbox/outbox.ts";
import type { RunReport } from "../../notify/scheduler/run-open.ts";
import type { DeliveryParts } from "./delivery-parts.ts";
import { readDeliverySettings } from "./delivery-settings.ts";
import { networkOf } from "./network-of-state.ts";
import { outboxOf } from "./outbox-of-state.ts";
import { schedulesOf } from "./schedules-of-state.ts";

export interface TickParts extends DeliveryParts {
  /** Who runs it, for history and audit log: `scheduler on host-1, process 4711`. */
  readonly actor: string;
  /** Aborted when the process is to end: nothing new is begun. */
  readonly signal: AbortSignal;
  /** Aborted when it ends now. */
  readonly killSignal: AbortSignal;
  /** What holds up one schedule and no other. */
  onProblem(subject: string, error: unknown): void;
}

/** Moves schedules on whose time has come, and carries out every run that waits. */
export const runSchedules = async (parts: TickParts): Promise<readonly RunReport[]> => {
  const { advanceAll } = await import("../../notify/scheduler/advance.ts");
  const { runOpen } = await import("../../notify/scheduler/run-open.ts");
  const store = await schedulesOf(parts, parts.actor);
  await advanceAll(store, parts.state.clock(), ({ name }, error) =>
    parts.onProblem(`Schedule ${name}`, error),
  );
  return await runOpen({ store, jobs: parts.jobs, signal: parts.signal, killSignal: parts.killSignal });
};

/** Sends everything that is due. */
export const sendOutbox = async (parts: TickParts): Promise<RoundReport> => {
  const { sendDue } = await import("../../notify/outbox/outbox.ts");
  const { state, channelKinds, signal, killSignal } = parts;
  return await sendDue({
    store: await outboxOf(state, parts.actor),
    channelKinds,
    clock: state.clock,
    network: () => networkOf(parts),
    onProblem: parts.onProblem,
    signal,
    killSignal,
  });
};

/** Lets go of what was delivered long ago. */
export const purgeSent = async ({ state, actor }: TickParts): Promise<number> => {
  const { purgeOutbox } = await import("../../state/outbox.ts");
  const { keepDays } = await readDeliverySettings(state);
  return await purgeOutbox(state, actor, keepDays);
};

export interface TickReport {
  readonly runs: readonly RunReport[];
  readonly outbox: RoundReport;
  readonly purged: number;
}

/** One round of everything that is due now, for those who have a scheduler of their own. */
export const tick = async (parts: TickParts): Promise<TickReport> => {
  const runs = await runSchedules(parts);
  const outbox = await sendOutbox(parts);
  return { runs, outbox, purged: await purgeSent(parts) };
};

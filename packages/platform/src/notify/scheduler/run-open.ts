import { setInterval as every } from "node:timers/promises";
import { type Json, TrimtabError } from "@trimtab/domain";
import { checkJobSettings } from "./check-job.ts";
import type { JobKinds, JobOutcome, Recipient } from "./job.ts";
import type { RunClaim, RunEnd, ScheduleStore } from "./schedule-store.ts";

const LEASE_MS = 60_000;
/** A job that ends its process each time is not begun for ever. */
const MOST_TAKES = 3;

export interface RunnerParts {
  readonly store: ScheduleStore;
  readonly jobs: JobKinds;
  /** Aborted when the process is to end: nothing new is begun. */
  readonly signal: AbortSignal;
  /** Aborted when it ends now: the job under way is given up, and begun again by whoever comes next. */
  readonly killSignal: AbortSignal;
  /** For tests: a shorter hold. */
  readonly leaseMs?: number;
}

export interface RunReport extends RunEnd {
  readonly scheduleId: string;
  readonly scheduleName: string;
  readonly kind: string;
}

/** Carries out every run that waits, one after the other; several processes share them. */
export const runOpen = async (parts: RunnerParts): Promise<readonly RunReport[]> => {
  const { store, signal, leaseMs = LEASE_MS } = parts;
  const reports: RunReport[] = [];
  while (!signal.aborted && (await store.isAnyRunOpen())) {
    const claim = await store.claimRun({ leaseMs, mostTakes: MOST_TAKES });
    if (claim === undefined) break;
    const report = await carryOut(parts, claim, leaseMs);
    if (report !== undefined) reports.push(report);
  }
  return reports;
};

const carryOut = async (
  parts: RunnerParts,
  claim: RunClaim,
  leaseMs: number,
): Promise<RunReport | undefined> => {
  const { store } = parts;
  const schedule = await store.read(claim.scheduleId);
  const over = new AbortController();
  const lost = new AbortController();
  const renewal = renewWhile(store, claim, { leaseMs, over: over.signal, lost });
  const end = await runJob(parts, claim, AbortSignal.any([parts.killSignal, lost.signal]));
  over.abort();
  await renewal;
  // The process ends before the job did: whoever comes next begins it again.
  if (end === undefined) return undefined;
  const isKept = await store.endRun(claim, end);
  return isKept
    ? { ...end, scheduleId: schedule.id, scheduleName: schedule.name, kind: schedule.kind }
    : undefined;
};

const renewWhile = async (
  store: ScheduleStore,
  claim: RunClaim,
  {
    leaseMs,
    over,
    lost,
  }: { readonly leaseMs: number; readonly over: AbortSignal; readonly lost: AbortController },
): Promise<void> => {
  try {
    for await (const _ of every(leaseMs / 3, undefined, { signal: over }))
      if (!(await store.renewRun(claim, leaseMs))) {
        lost.abort(new Error("another process took the run over"));
        return;
      }
  } catch (error) {
    // Over, or the database did not answer: then nobody vouches that this process is the only one.
    if (!over.aborted) lost.abort(error);
  }
};

const runJob = async (
  { store, jobs, killSignal }: RunnerParts,
  claim: RunClaim,
  signal: AbortSignal,
): Promise<RunEnd | undefined> => {
  try {
    const schedule = await store.read(claim.scheduleId);
    const { kind, settings } = checkJobSettings(jobs, schedule);
    const outcome: JobOutcome = await kind.run(
      {
        ...{ scheduleId: schedule.id, scheduleName: schedule.name, ownerId: schedule.ownerId },
        ...{ dueAt: claim.dueAt, timeZone: schedule.timeZone, recipients: schedule.recipients, signal },
        deliver: (recipient, message) => store.enqueue(recipient, message, keyOf(claim, recipient)),
      },
      settings as { readonly [key: string]: Json },
    );
    return { status: outcome.status, summary: outcome.summary.slice(0, 2000) };
  } catch (error) {
    if (killSignal.aborted || signal.aborted) return undefined;
    const summary =
      error instanceof TrimtabError
        ? `${error.message} (${error.code}). ${error.hint}`
        : `A fault in Trimtab: ${error}`;
    return { status: "failed", summary: summary.slice(0, 2000) };
  }
};

/** What makes a delivery of a run this one and no other. */
const keyOf = ({ id }: RunClaim, { channelId, personId = "", address = "" }: Recipient): string =>
  JSON.stringify(["run", id, channelId, personId, address]);

import { hostname } from "node:os";
import { type Instant, instantOf, TrimtabError } from "@trimtab/domain";
import type { z } from "zod";
import type { GuardrailReading } from "../../apply/guardrails/check-guardrails.ts";
import { type RunMode, type RunOutcome, runPlan } from "../../apply/run/run-plan.ts";
import type { RunReport } from "../../apply/run/run-report.ts";
import type { Caller } from "../access/caller.ts";
import type { planContracts } from "../contracts/plans.ts";
import { tell } from "../contracts/told.ts";
import { createLookCourse, type LookCourse } from "./look-course.ts";
import type { WorkParts } from "./work-parts.ts";

type ShownRun = z.input<typeof planContracts.runPlan.response>;
type Reading = ShownRun["readings"][number];

interface Permits {
  readonly mayBeIrreversible: boolean;
  readonly mayBeUnwatched: boolean;
}

interface Run {
  readonly mode: Exclude<RunMode, "dry-run">;
  readonly startedBy: string;
  readonly startedAt: Instant;
  readonly lines: { readonly at: Instant; readonly text: string }[];
  readonly readings: Map<string, { readonly reading: Omit<Reading, "course">; readonly course: LookCourse }>;
  watching: { readonly step: string; readonly since: Instant } | undefined;
  readonly stop: AbortController;
  readonly done: Promise<void>;
  report: RunReport | undefined;
  problem: string | undefined;
  isOver: boolean;
}

/** Another process that holds the plan is waited for this long, then the run says so. */
const WAIT_MS = 30_000;
const MOST_LINES = 2000;

/**
 * Runs of plans within this server. The journal in the state database is what counts: after a death of the server a run
 * is resumed from it, here or by `trimtab apply --resume`.
 */
export const createPlanRuns = (parts: WorkParts) => {
  const runs = new Map<string, Run>();
  const now = () => instantOf(parts.clock());

  const order = async (
    caller: Caller,
    planId: string,
    mode: RunMode,
    permits: Permits,
    signal: AbortSignal,
  ) => ({
    state: parts.state,
    actor: caller.actor,
    holder: `${caller.actor}, server ${process.pid} on ${hostname()}`,
    planId,
    mode,
    ...permits,
    actions: await (await parts.workFor(caller, signal)).services.actions(),
    run: parts.run,
    judge: parts.judge,
    env: parts.env,
    clock: parts.clock,
    signal,
    waitMs: WAIT_MS,
  });

  const tellOf = (planId: string, run: Run, message?: string): void =>
    parts.publish(
      {
        type: "run",
        kind: "plan",
        id: planId,
        status: run.isOver ? (run.report?.status ?? "failed") : "running",
        ...(message === undefined ? {} : { message }),
      },
      ({ scope }) => scope === "unrestricted",
    );

  return {
    /** The dry run: asks the live systems, changes nothing. @throws APPLY_*, STATE_NOT_FOUND */
    check: async (caller: Caller, planId: string, permits: Permits, signal: AbortSignal) => {
      const outcome = await runPlan({
        ...(await order(caller, planId, "dry-run", permits, signal)),
        notify: () => undefined,
      });
      if (outcome.kind !== "checked") throw new TypeError("A dry run runs nothing");
      return outcome.preflight;
    },
    /** Starts a run and does not wait for its end; one that goes on already is answered instead. */
    start: async (caller: Caller, planId: string, mode: Run["mode"], permits: Permits): Promise<ShownRun> => {
      const before = runs.get(planId);
      if (before !== undefined && !before.isOver) return shown(before);
      const stop = new AbortController();
      const asked = await order(caller, planId, mode, permits, stop.signal);
      const { promise, resolve } = Promise.withResolvers<void>();
      const run: Run = {
        mode,
        startedBy: caller.actor,
        startedAt: now(),
        lines: [],
        readings: new Map(),
        watching: undefined,
        stop,
        done: promise,
        report: undefined,
        problem: undefined,
        isOver: false,
      };
      runs.set(planId, run);
      const say = (text: string): void => {
        run.watching = undefined;
        if (run.lines.length < MOST_LINES) run.lines.push({ at: now(), text });
        tellOf(planId, run, text);
      };
      void runPlan({
        ...asked,
        notify: say,
        onReadings: (step, readings) => {
          run.watching ??= { step, since: now() };
          for (const reading of readings) {
            const told = readingOf(step, reading, now());
            const key = `${step} ${told.metric} ${told.statistic}`;
            const course = run.readings.get(key)?.course ?? createLookCourse();
            course.add({ at: told.at, value: told.value });
            run.readings.set(key, { reading: told, course });
          }
          tellOf(planId, run);
        },
      })
        .then((outcome: RunOutcome) => {
          if (outcome.kind === "ran") run.report = outcome.report;
        })
        .catch((error: unknown) => {
          run.problem =
            error instanceof TrimtabError
              ? `${error.message}. ${error.hint}`
              : "The run failed; the log says why.";
          if (!(error instanceof TrimtabError)) parts.onFault(error, `Run of plan ${planId}`);
        })
        .finally(() => {
          run.isOver = true;
          run.watching = undefined;
          tellOf(planId, run, run.problem ?? run.report?.reason);
          resolve();
        });
      return shown(run);
    },
    stop: (planId: string): void => runs.get(planId)?.stop.abort(),
    /** Whether this process carries it out now. */
    isOn: (planId: string): boolean => runs.get(planId)?.isOver === false,
    of: (planId: string): ShownRun | null => {
      const run = runs.get(planId);
      return run === undefined ? null : shown(run);
    },
    /** Stops all runs after the step that each is in, and waits for that. */
    close: async (): Promise<void> => {
      for (const run of runs.values()) if (!run.isOver) run.stop.abort();
      await Promise.all([...runs.values()].map(({ done }) => done));
    },
  };
};

export type PlanRuns = ReturnType<typeof createPlanRuns>;

const shown = (run: Run): ShownRun => ({
  status: run.isOver ? "ended" : "running",
  mode: run.mode,
  startedBy: run.startedBy,
  startedAt: run.startedAt,
  lines: run.lines,
  watching: run.watching ?? null,
  readings: [...run.readings.values()].map(({ reading, course }) => ({ ...reading, course: course.looks })),
  report: run.report === undefined ? null : tell(run.report),
  problem: run.problem ?? null,
});

const readingOf = (step: string, reading: GuardrailReading, at: Instant) => {
  const { metric, statistic, comparison, limit } = reading.guardrail;
  return {
    step,
    metric,
    statistic,
    comparison,
    limit,
    value: reading.status === "missing" ? null : reading.value,
    isHeld: reading.status === "missing" ? null : reading.status === "holds",
    at,
  };
};

import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it, vi } from "vitest";
import { z } from "zod";
import type { JobKind, JobOutcome } from "../../notify/scheduler/job.ts";
import { listRuns, requestRun } from "../../state/schedule-runs.ts";
import { createSchedule } from "../../state/schedules.ts";
import { STATE_ENGINES } from "../../testing/state-engines.ts";
import { startScheduler } from "./start-scheduler.ts";

const job = (run: (signal: AbortSignal) => Promise<JobOutcome>): JobKind => ({
  ...{ kind: "work", title: "Work", description: "for tests", delivers: false, isForWholeLake: true },
  settings: z.strictObject({}),
  run: ({ signal }) => run(signal),
});

const opened = async () => {
  let now = new Date("2026-07-01T12:00:00Z");
  const state = await STATE_ENGINES[0]?.home().then((home) => home.open({ now: () => now }));
  if (state === undefined) throw new Error("SQLite is always there");
  const id = await createSchedule(state, "anna", {
    ...{ name: "work", kind: "work", settings: {}, cron: "0 0 1 1 *", timeZone: "UTC", missed: "skip" },
    ...{ recipients: [], enabled: true, nextRunAt: null, ownerId: null },
  });
  const start = (run: (signal: AbortSignal) => Promise<JobOutcome>) =>
    startScheduler({
      ...{ state, channelKinds: {}, jobs: { work: job(run) }, actor: "runner", pollMs: 20, farewellMs: 100 },
      onProblem: (subject, error) => {
        throw new Error(`${subject}: ${error}`);
      },
    });
  const runs = () => listRuns(state, { scheduleId: id, limit: 10 });
  const pass = (ms: number): void => {
    now = new Date(now.getTime() + ms);
  };
  return { start, runs, pass, ask: () => requestRun(state, "anna", id) };
};

const done: JobOutcome = { status: "succeeded", summary: "done" };

describe("the scheduler of a server", () => {
  it("runs what is asked for, and keeps why it failed", async () => {
    const { start, runs, ask, pass } = await opened();
    let isFailing = false;
    const scheduler = start(async () => {
      if (isFailing) throw new TypeError("boom");
      return done;
    });
    await ask();
    scheduler.wake();
    await vi.waitFor(async () =>
      expect(await runs()).toMatchObject([{ status: "succeeded", summary: "done" }]),
    );
    isFailing = true;
    pass(1000);
    await ask();
    await vi.waitFor(async () =>
      expect((await runs())[0]).toMatchObject({ status: "failed", summary: expect.stringContaining("boom") }),
    );
    await scheduler.stop();
  });

  it("waits for what is under way when it is stopped", async () => {
    const { start, runs, ask } = await opened();
    const scheduler = start(() => sleep(60).then(() => done));
    await ask();
    await vi.waitFor(async () => expect(await runs()).toMatchObject([{ status: "running" }]));
    await scheduler.stop();
    expect(await runs()).toMatchObject([{ status: "succeeded" }]);
  });

  it("ends although a job hears no signal, and another begins it again", async () => {
    const { start, runs, ask, pass } = await opened();
    const deaf = start(() => new Promise(() => undefined));
    await ask();
    await vi.waitFor(async () => expect(await runs()).toMatchObject([{ status: "running", takes: 1 }]));
    await deaf.stop();
    pass(120_001);
    const next = start(async () => done);
    await vi.waitFor(async () => expect(await runs()).toMatchObject([{ status: "succeeded", takes: 2 }]));
    await next.stop();
  });
});

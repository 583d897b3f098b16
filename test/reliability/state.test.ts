import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { instant } from "@trimtab/domain";
import { describe, expect, it, vi } from "vitest";
import { verifyChain } from "../../packages/platform/src/state/audit.ts";
import {
  beginStep,
  endStep,
  readJournal,
  readStepStates,
} from "../../packages/platform/src/state/journal.ts";
import { MIGRATIONS } from "../../packages/platform/src/state/migrations/migrations.ts";
import { resumePlan } from "../../packages/platform/src/state/plan-runs.ts";
import { createPlan } from "../../packages/platform/src/state/plans.ts";
import { listSettings } from "../../packages/platform/src/state/settings.ts";
import type { State } from "../../packages/platform/src/state/state.ts";
import { readStateStatus } from "../../packages/platform/src/state/state-status.ts";
import { STATE_ENGINES, type StateHome } from "../../packages/platform/src/testing/state-engines.ts";
import { randomFrom } from "../fuzz/random.ts";

/** `TRIMTAB_KILLS=100` is the full count. */
const KILLS = Number(process.env.TRIMTAB_KILLS ?? 4);
const SEED = Number(process.env.TRIMTAB_SEED ?? 1);

vi.setConfig({ testTimeout: 600_000 });

interface Child {
  readonly process: ChildProcess;
  readonly lines: readonly string[];
  /** Resolves with the first line that starts so, or when it ended. */
  told(start: string): Promise<void>;
  readonly ended: Promise<void>;
}

const startChild = (home: StateHome, args: readonly string[], limitKib?: number): Child => {
  const script = [process.execPath, join(import.meta.dirname, "state-child.ts"), ...args];
  const limited = ["-c", 'ulimit -f "$1"; shift; exec "$@"', "bash", String(limitKib), ...script];
  const [program = "", ...rest] = limitKib === undefined ? script : ["bash", ...limited];
  const child = spawn(program, rest, { env: { ...process.env, ...home.env } });
  const lines: string[] = [];
  let told = "";
  let wake: () => void = () => undefined;
  child.stderr.on("data", (chunk) => void lines.push(`stderr ${chunk}`));
  child.stdout.on("data", (chunk) => {
    told += String(chunk);
    const whole = told.split("\n");
    told = whole.pop() ?? "";
    lines.push(...whole);
    wake();
  });
  let isOver = false;
  const ended = new Promise<void>((resolve) => {
    child.on("close", () => {
      isOver = true;
      wake();
      resolve();
    });
  });
  const waitFor = async (start: string): Promise<void> => {
    while (!isOver && !lines.some((line) => line.startsWith(start)))
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
  };
  return { process: child, lines, told: waitFor, ended };
};

const expectWhole = async (state: State): Promise<void> => {
  expect(await verifyChain(state)).toMatchObject({ status: "whole" });
  expect((await readStateStatus(state)).damage).toEqual([]);
};

const there = STATE_ENGINES.filter(({ isThere }) => isThere);

/** What a process says that set the database up. */
const ALL = `applied ${Object.keys(MIGRATIONS).length}`;

describe.each(there)("the state database $name", ({ home }) => {
  it("is set up by exactly one of several processes that start at once", async () => {
    const own = await home();
    const children = Array.from({ length: 3 }, () => startChild(own, ["migrate"]));
    await Promise.all(children.map(({ ended }) => ended));
    const told = children.map(({ lines }) => lines.at(-1)).toSorted();
    expect(told).toEqual(["applied 0", "applied 0", ALL]);
    await expectWhole(await own.open());
  });

  it(`is set up or not at all where its process is killed, at any of ${KILLS} moments`, async () => {
    const random = randomFrom(SEED);
    for (let kill = 0; kill < KILLS; kill++) {
      const own = await home();
      const child = startChild(own, ["migrate"]);
      await child.told("ready");
      await sleep(random.below(400));
      child.process.kill("SIGKILL");
      await child.ended;
      const state = await own.open();
      // What was told is done; had anything been left half done, the migration would now have met its own tables.
      if (child.lines.includes(ALL)) expect(state.applied).toEqual([]);
      await expectWhole(state);
      await state.close();
    }
  });

  it(`keeps every journal line that was told, and is resumed, at any of ${KILLS} kills`, async () => {
    const random = randomFrom(SEED + 1);
    const own = await home();
    const later = () => new Date(Date.now() + 3_600_000);
    const state = await own.open({ now: later });
    for (let kill = 0; kill < KILLS; kill++) {
      const draft = { title: "x", body: {}, requiredApprovals: 0, recommendations: [] };
      const planId = await createPlan(state, "anna", {
        ...draft,
        expiresAt: instant("2999-01-01T00:00:00Z"),
      });
      const child = startChild(own, ["journal", planId]);
      await child.told("intent 1");
      await sleep(random.below(300));
      child.process.kill("SIGKILL");
      await child.ended;
      const told = child.lines.filter((line) => line !== "ready");
      const kept = (await readJournal(state, planId)).map(({ kind, step }) => `${kind} ${step.slice(5)}`);
      expect(told.length).toBeGreaterThan(0);
      expect(kept.slice(0, told.length)).toEqual(told);
      expect(kept.length - told.length).toBeLessThanOrEqual(1);
      await expectWhole(state);
      await resume(state, planId);
    }
  });
});

/** What a run does that takes over: a step in doubt is looked at before anything else, and never begun again. */
const resume = async (state: State, planId: string): Promise<void> => {
  const lease = await resumePlan(state, "bob", { id: planId, holder: "bob", leaseMs: 60_000 });
  const states = await readStepStates(state, planId);
  const doubtful = [...states].filter(([, found]) => found === "apply-in-doubt");
  expect(doubtful.length).toBeLessThanOrEqual(1);
  const step = doubtful[0]?.[0] ?? `step-${states.size}`;
  const line = { planId, lease, step, direction: "apply", runner: "bob", detail: {} } as const;
  await expect(beginStep(state, "bob", line)).rejects.toMatchObject({ code: "STATE_JOURNAL_REFUSED" });
  if (doubtful.length > 0) await endStep(state, "bob", { ...line, result: "succeeded" });
  await beginStep(state, "bob", { ...line, step: `step-${states.size + 1}` });
};

describe.each(there.filter(({ id }) => id === "sqlite"))("a file of SQLite", ({ home }) => {
  it("keeps what was told before there was no room left, and goes on when there is", async () => {
    const own = await home();
    await (await own.open()).close();
    const child = startChild(own, ["fill"], 400);
    await child.ended;
    expect(child.lines.at(-1)).toMatch(/^error STATE_(DISK_FULL|NOT_WRITABLE)$/);
    const kept = child.lines.filter((line) => line.startsWith("kept ")).length;
    expect(kept).toBeGreaterThan(0);
    const state = await own.open();
    expect(await listSettings(state)).toHaveLength(kept);
    await expectWhole(state);
    const again = startChild(own, ["fill"]);
    await again.told("kept");
    again.process.kill("SIGKILL");
    await again.ended;
    await expectWhole(state);
  });
});

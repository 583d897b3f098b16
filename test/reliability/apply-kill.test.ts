import { spawn } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { StepState } from "@trimtab/domain";
import { describe, expect, it, vi } from "vitest";
import { commandRunner } from "../../packages/platform/src/apply/commands/run-command.ts";
import { verifyChain } from "../../packages/platform/src/state/audit.ts";
import { readStepStates } from "../../packages/platform/src/state/journal.ts";
import { readPlan } from "../../packages/platform/src/state/plans.ts";
import type { State } from "../../packages/platform/src/state/state.ts";
import { service } from "../../packages/platform/src/testing/action-fixtures.ts";
import type { CloudRunProject } from "../../packages/platform/src/testing/cloud-run-model.ts";
import { keepPlan } from "../../packages/platform/src/testing/plan-home.ts";
import { STATE_ENGINES, type StateHome } from "../../packages/platform/src/testing/state-engines.ts";
import { tempFolder } from "../../packages/platform/src/testing/temp-folder.ts";
import { type Random, randomFrom } from "../fuzz/random.ts";
import { type FileCloud, makeCloud } from "./file-cloud.ts";

/** Kills that met a run at work; `npm run test:crash` takes 200. */
const KILLS = Number(process.env.TRIMTAB_KILLS ?? 2);
const SEED = Number(process.env.TRIMTAB_SEED ?? 1);

vi.setConfig({ testTimeout: 7_200_000 });

const policy = "version: 1\nwatchSeconds: 0\ncanaryShares: [50, 100]\n";

/** Each run is dozens of processes: they share what Node has compiled, or most of the time would go into that. */
const COMPILED = { NODE_COMPILE_CACHE: join(tmpdir(), "trimtab-compiled-tests") };

interface Ended {
  readonly told: string;
  readonly isKilled: boolean;
  /** From its first word on. */
  readonly lastedMs: number;
}

const runChild = (home: StateHome, cloud: FileCloud, args: readonly string[], killAfterMs?: number) =>
  new Promise<Ended>((resolve) => {
    const script = join(import.meta.dirname, "apply-child.ts");
    const child = spawn(process.execPath, [script, ...args], {
      env: { ...process.env, ...COMPILED, ...home.env, ...cloud.env },
    });
    let told = "";
    let readyAt = 0;
    child.stdout.on("data", (chunk) => {
      if (told === "") {
        readyAt = performance.now();
        if (killAfterMs !== undefined) void sleep(killAfterMs).then(() => child.kill("SIGKILL"));
      }
      told += String(chunk);
    });
    child.stderr.on("data", (chunk) => {
      told += `stderr ${chunk}`;
    });
    child.on("close", (_, signal) =>
      resolve({ told, isKilled: signal === "SIGKILL", lastedMs: performance.now() - readyAt }),
    );
  });

const changes = [
  { resource: service("api"), changes: [{ setting: "cpu", from: "2", to: "1" }] },
  { resource: service("web"), changes: [{ setting: "minInstances", from: 2, to: 1 }] },
];

const cpuOf = (project: CloudRunProject, name: string) =>
  project.services[name]?.service.spec.template.spec.containers[0]?.resources?.limits?.cpu;

const minOf = (project: CloudRunProject, name: string) =>
  project.services[name]?.service.metadata.annotations?.["run.googleapis.com/minScale"];

/** A cloud and an approved plan for it; one that is refused its last step is being taken back for half of its time. */
const makeCase = async (home: StateHome, state: State, folder: string, isRefused: boolean) => {
  const cloud = makeCloud(folder, isRefused ? "--min=1" : undefined);
  const run = commandRunner({ ...cloud.env, ...COMPILED });
  const planId = await keepPlan(state, {
    action: "cloud-run",
    changes,
    run,
    now: new Date(),
    policy,
    validHours: 240,
  });
  return { home, state, cloud, planId, wanted: isRefused ? "rolled-back" : "applied" };
};

type Case = Awaited<ReturnType<typeof makeCase>>;

const expectWhole = async ({ state, cloud, planId }: Case, about: string): Promise<void> => {
  const project = cloud.read();
  const ended = (await readPlan(state, planId)).status;
  const forward = project.effects.filter((effect) => /--cpu=1 |=50|--min=1/.test(effect));
  expect(new Set(forward).size).toBe(forward.length);
  if (ended === "applied") {
    expect([cpuOf(project, "api"), minOf(project, "web")]).toEqual(["1", "1"]);
    expect(project.effects).toHaveLength(4);
  } else {
    expect(ended, about).toBe("rolled-back");
    expect([cpuOf(project, "api"), minOf(project, "web")]).toEqual(["2", "2"]);
    expect(project.services.api?.service.spec.traffic).toEqual([{ latestRevision: true, percent: 100 }]);
  }
};

/** What a run that nobody kills passes and takes: kills meet it at each of these points, and at any of these moments. */
interface Extent {
  readonly points: number;
  readonly lastsMs: number;
}

const measure = async (made: Case): Promise<Extent> => {
  const { told, lastedMs } = await runChild(made.home, made.cloud, ["execute", made.planId, "0"]);
  expect(told).toContain(`ended ${made.wanted}`);
  await expectWhole(made, told);
  return { points: Number(/points (\d+)/.exec(told)?.[1]), lastsMs: lastedMs };
};

/**
 * One death somewhere in a run, and what a second run makes of that.
 * @returns the state of the step that it met, or that the kill came when all was done
 */
const killOnce = async (
  made: Case,
  random: Random,
  { points, lastsMs }: Extent,
): Promise<StepState | "between steps" | "too late"> => {
  const { home, state, cloud, planId, wanted } = made;
  const isAtPoint = random.below(2) === 0;
  const first = isAtPoint
    ? await runChild(home, cloud, ["execute", planId, String(1 + random.below(points))])
    : await runChild(home, cloud, ["execute", planId, "0"], random.below(Math.round(lastsMs)));
  const { status } = await readPlan(state, planId);
  const left = [...(await readStepStates(state, planId)).values()].find((found) =>
    found.endsWith("in-doubt"),
  );
  // Much later, when the dead one's hold has run out.
  if (status === "approved") await runChild(home, cloud, ["execute", planId, "0", "86400000"]);
  else if (status === "applying") {
    const { told } = await runChild(home, cloud, ["resume", planId, "0", "43200000"]);
    expect(told, first.told).toContain(`ended ${wanted}`);
  }
  await expectWhole(made, first.told);
  return first.isKilled ? (left ?? "between steps") : "too late";
};

const countsText = (met: ReadonlyMap<string, number>): string =>
  [...met].map(([about, count]) => `${count} ${about}`).join(", ");

const there = STATE_ENGINES.filter(({ isThere }) => isThere);

describe.each(there)("a plan that is applied, $name", ({ home }) => {
  it(`is finished or taken back after each of ${KILLS} kills, and no step runs twice`, async () => {
    const random = randomFrom(SEED);
    const own = await home();
    const state = await own.open({ now: () => new Date() });
    const folder = tempFolder();
    const make = (name: string, isRefused: boolean) => makeCase(own, state, join(folder, name), isRefused);
    const extents = {
      applied: await measure(await make("applied", false)),
      refused: await measure(await make("refused", true)),
    };
    const met = new Map<string, number>();
    let killed = 0;
    for (let attempt = 0; killed < KILLS; attempt++) {
      const isRefused = random.below(3) === 0;
      const made = await make(String(attempt), isRefused);
      const left = await killOnce(made, random, isRefused ? extents.refused : extents.applied);
      met.set(left, (met.get(left) ?? 0) + 1);
      if (left === "too late") continue;
      killed += 1;
      if (killed % 25 === 0) console.log(`kills ${killed} of ${KILLS}, seed ${SEED}: ${countsText(met)}`);
    }
    expect(await verifyChain(state)).toMatchObject({ status: "whole" });
    const points = `${extents.applied.points} points, ${extents.refused.points} where a step is refused`;
    console.log(`kills ${KILLS}, seed ${SEED}: ${countsText(met)}; ${points}`);
  });
});

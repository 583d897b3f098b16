import { spawn } from "node:child_process";
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

/** `npm run test:crash` takes 200. */
const KILLS = Number(process.env.TRIMTAB_KILLS ?? 2);
const SEED = Number(process.env.TRIMTAB_SEED ?? 1);
/** Points that a run of these plans passes, and how long it takes about: both are met at random. */
const POINTS = 33;
const WITHIN_MS = 4000;

vi.setConfig({ testTimeout: 7_200_000 });

const policy = "version: 1\nwatchSeconds: 0\ncanaryShares: [50, 100]\n";

const runChild = (home: StateHome, cloud: FileCloud, args: readonly string[], killAfterMs?: number) =>
  new Promise<readonly string[]>((resolve) => {
    const script = join(import.meta.dirname, "apply-child.ts");
    const child = spawn(process.execPath, [script, ...args], {
      env: { ...process.env, ...home.env, ...cloud.env },
    });
    let told = "";
    child.stdout.on("data", (chunk) => {
      if (told === "" && killAfterMs !== undefined) void sleep(killAfterMs).then(() => child.kill("SIGKILL"));
      told += String(chunk);
    });
    child.stderr.on("data", (chunk) => {
      told += `stderr ${chunk}`;
    });
    child.on("close", () => resolve(told.split("\n")));
  });

const changes = [
  { resource: service("api"), changes: [{ setting: "cpu", from: "2", to: "1" }] },
  { resource: service("web"), changes: [{ setting: "minInstances", from: 2, to: 1 }] },
];

const cpuOf = (project: CloudRunProject, name: string) =>
  project.services[name]?.service.spec.template.spec.containers[0]?.resources?.limits?.cpu;

const minOf = (project: CloudRunProject, name: string) =>
  project.services[name]?.service.metadata.annotations?.["run.googleapis.com/minScale"];

/** One plan, one death somewhere in it, and what a second run makes of that. */
const killOnce = async (
  home: StateHome,
  state: State,
  random: Random,
  folder: string,
): Promise<StepState | "untouched"> => {
  // Every third plan is refused its last step, and so is being taken back for half of its time.
  const isRefused = random.below(3) === 0;
  const cloud = makeCloud(folder, isRefused ? "--min=1" : undefined);
  const run = commandRunner(cloud.env);
  const planId = await keepPlan(state, {
    action: "cloud-run",
    changes,
    run,
    now: new Date(),
    policy,
    validHours: 240,
  });
  const isAtPoint = random.below(2) === 0;
  const first = isAtPoint
    ? await runChild(home, cloud, ["execute", planId, String(1 + random.below(POINTS))])
    : await runChild(home, cloud, ["execute", planId, "0"], random.below(WITHIN_MS));
  const { status } = await readPlan(state, planId);
  const left = [...(await readStepStates(state, planId)).values()].find((found) =>
    found.endsWith("in-doubt"),
  );
  // Much later, when the dead one's hold has run out.
  if (status === "approved") await runChild(home, cloud, ["execute", planId, "0", "86400000"]);
  else if (status === "applying") {
    const told = await runChild(home, cloud, ["resume", planId, "0", "43200000"]);
    expect(told.join("\n"), first.join("\n")).toContain(isRefused ? "ended rolled-back" : "ended applied");
  }
  const project = cloud.read();
  const ended = (await readPlan(state, planId)).status;
  const forward = project.effects.filter((effect) => /--cpu=1 |=50|--min=1/.test(effect));
  expect(new Set(forward).size).toBe(forward.length);
  if (ended === "applied") {
    expect([cpuOf(project, "api"), minOf(project, "web")]).toEqual(["1", "1"]);
    expect(project.effects).toHaveLength(4);
  } else {
    expect(ended, first.join("\n")).toBe("rolled-back");
    expect([cpuOf(project, "api"), minOf(project, "web")]).toEqual(["2", "2"]);
    expect(project.services.api?.service.spec.traffic).toEqual([{ latestRevision: true, percent: 100 }]);
  }
  return left ?? "untouched";
};

const there = STATE_ENGINES.filter(({ isThere }) => isThere);

describe.each(there)("a plan that is applied, $name", ({ home }) => {
  it(`is finished or taken back after each of ${KILLS} kills, and no step runs twice`, async () => {
    const random = randomFrom(SEED);
    const own = await home();
    const state = await own.open({ now: () => new Date() });
    const folder = tempFolder();
    const met = new Map<string, number>();
    for (let kill = 0; kill < KILLS; kill++) {
      const left = await killOnce(own, state, random, join(folder, String(kill)));
      met.set(left, (met.get(left) ?? 0) + 1);
    }
    expect(await verifyChain(state)).toMatchObject({ status: "whole" });
    console.log(`kills ${KILLS}: ${[...met].map(([state_, count]) => `${count} ${state_}`).join(", ")}`);
  });
});

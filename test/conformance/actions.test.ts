import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { LiveSettings } from "@trimtab/domain";
import { differences, holds } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import type { ActionDefinition } from "../../packages/platform/src/actions/action.ts";
import { actions } from "../../packages/platform/src/actions/registry.ts";
import { readLiveState } from "../../packages/platform/src/apply/commands/read-live-state.ts";
import { readPlan } from "../../packages/platform/src/state/plans.ts";
import {
  ACTION_FIXTURES,
  type ActionFixture,
  type SimulatedCloud,
} from "../../packages/platform/src/testing/action-fixtures.ts";
import { keepPlan, makeBody, runKept, timeFrom } from "../../packages/platform/src/testing/plan-home.ts";
import { STATE_ENGINES } from "../../packages/platform/src/testing/state-engines.ts";

const NOW = new Date("2026-07-01T12:00:00Z");
const folder = join(import.meta.dirname, "../../packages/platform/src/actions");
/** Nothing is watched here: what a step does is the question. */
const policy = "version: 1\nwatchSeconds: 0\n";

const registry: Readonly<Record<string, ActionDefinition>> = actions;
const sqlite = STATE_ENGINES[0];
const cases = Object.keys(registry).flatMap((action) =>
  (ACTION_FIXTURES[action] ?? []).map((fixture) => ({ action, about: fixture.about, fixture })),
);

const definitionOf = (id: string): ActionDefinition => {
  const found = registry[id];
  if (found === undefined) throw new Error(`No action ${id}`);
  return found;
};

const stateOf = (
  action: string,
  { resource }: ActionFixture,
  { run }: SimulatedCloud,
): Promise<LiveSettings> => {
  const definition = definitionOf(action);
  const { signal } = new AbortController();
  const [read, readMore] = [definition.read(resource), definition.readMore?.(resource) ?? []];
  return readLiveState({ action: definition, resource, read, readMore, run, signal });
};

const bodyFor = (action: string, { resource, changes }: ActionFixture, { run }: SimulatedCloud) =>
  makeBody({ action, changes: [{ resource, changes }], run, now: NOW, policy });

const newState = async () => {
  const home = await sqlite?.home();
  if (home === undefined) throw new Error("No engine");
  const { now, sleep } = timeFrom(NOW.toISOString());
  const state = await home.open({ now });
  return { state, time: { sleep, leaseMs: 36_000_000 } };
};

describe("the registry of actions", () => {
  it("has a line for every folder, and every fixture an action", () => {
    const folders = readdirSync(folder).filter(
      (name) => name !== "shared" && statSync(join(folder, name)).isDirectory(),
    );
    expect(Object.keys(registry).toSorted()).toEqual(folders.toSorted());
    for (const id of Object.keys(ACTION_FIXTURES)) expect(Object.keys(registry)).toContain(id);
  });

  it.each(Object.entries(registry))("%s has a fixture for every kind of resource", (id, { kinds }) => {
    const tried = (ACTION_FIXTURES[id] ?? []).map(({ resource }) => resource.kind);
    for (const kind of kinds) expect(tried).toContain(kind);
  });

  it.each(Object.entries(registry))("%s says what it is and where its facts are from", (id, definition) => {
    expect(definition.id).toBe(id);
    expect(definition.kinds.length).toBeGreaterThan(0);
    expect(definition.changes.length).toBeGreaterThan(0);
    expect(definition.facts.length).toBeGreaterThan(0);
    for (const { text, source, date } of definition.facts) {
      expect(text.length).toBeGreaterThan(20);
      expect(source).toMatch(/^https:\/\/|^Google Cloud CLI \d/);
      expect(date).toMatch(/^20\d\d-\d\d(-\d\d)?$/);
    }
  });
});

describe.each(cases)("action $action: $about", ({ action, fixture }) => {
  it("plans the same from the same", async () => {
    const [a, b] = [
      await bodyFor(action, fixture, fixture.cloud()),
      await bodyFor(action, fixture, fixture.cloud()),
    ];
    expect(a).toEqual(b);
  });

  it("says what to run as lists of arguments, and steps that a look can tell apart", async () => {
    const { steps } = await bodyFor(action, fixture, fixture.cloud());
    for (const step of steps) {
      for (const { tool, args } of [step.read, ...(step.readMore ?? []), ...step.apply, ...step.rollback]) {
        expect(["gcloud", "aws", "kubectl", "terraform", "gsutil"]).toContain(tool);
        for (const argument of args) expect(argument).not.toMatch(/[\n\r]|\$\(|`|&&|\|\|/);
      }
      // What holds before must not hold for what is done, or a resumed run could not know whether it happened.
      expect(holds(step.after, { ...step.recorded, ...step.before })).toBe(false);
      expect(Object.keys(step.before).length).toBeGreaterThan(0);
      expect(step.settleSeconds).toBeGreaterThan(0);
      expect(step.rollback.length === 0).toBe(step.reversibility === "irreversible");
    }
  });

  it("changes only what it says it can", () => {
    for (const { setting } of fixture.changes) expect(definitionOf(action).changes).toContain(setting);
  });

  it("changes nothing in a dry run", async () => {
    const cloud = fixture.cloud();
    const { state, time } = await newState();
    const before = cloud.snapshot();
    const { run } = cloud;
    const id = await keepPlan(state, { action, changes: [fixture], run, now: NOW, policy });
    const outcome = await runKept(state, id, "dry-run", { run, ...time, mayBeIrreversible: true });
    expect(outcome).toMatchObject({ kind: "checked", preflight: { problems: [] } });
    expect(cloud.snapshot()).toEqual(before);
    expect(cloud.effects()).toEqual([]);
  });

  it("reaches what was asked, once, and a second run is refused", async () => {
    const cloud = fixture.cloud();
    const { state, time } = await newState();
    const { run } = cloud;
    const id = await keepPlan(state, { action, changes: [fixture], run, now: NOW, policy });
    const outcome = await runKept(state, id, "execute", { run, ...time, mayBeIrreversible: true });
    expect(outcome).toMatchObject({ kind: "ran", report: { status: "applied" } });
    const live = await stateOf(action, fixture, cloud);
    const asked = Object.fromEntries(fixture.changes.map(({ setting, to }) => [setting, to]));
    const wanted = fixture.reached ?? asked;
    expect(differences(wanted, live)).toEqual([]);
    const once = cloud.snapshot();
    const count = cloud.effects().length;
    await expect(
      runKept(state, id, "execute", { run, ...time, mayBeIrreversible: true }),
    ).rejects.toMatchObject({
      code: "APPLY_REFUSED",
    });
    await expect(runKept(state, id, "resume", { run, ...time })).rejects.toMatchObject({
      code: "APPLY_REFUSED",
    });
    expect(cloud.snapshot()).toEqual(once);
    expect(cloud.effects()).toHaveLength(count);
  });

  it("is taken back to where it was, unless it can't be undone", async () => {
    const cloud = fixture.cloud();
    const { state, time } = await newState();
    const { run } = cloud;
    const before = await stateOf(action, fixture, cloud);
    const id = await keepPlan(state, { action, changes: [fixture], run, now: NOW, policy });
    const ran = await runKept(state, id, "execute", { run, ...time, mayBeIrreversible: true });
    const final = ran.body.steps.filter(({ reversibility }) => reversibility === "irreversible");
    const done = cloud.snapshot();
    const back = () => runKept(state, id, "roll-back", { run, ...time });
    if (final.length === ran.body.steps.length) {
      await expect(back()).rejects.toMatchObject({ code: "APPLY_REFUSED" });
      expect((await readPlan(state, id)).status).toBe("applied");
      expect(cloud.snapshot()).toEqual(done);
      return;
    }
    const outcome = await back();
    if (final.length > 0) {
      expect(outcome).toMatchObject({ kind: "ran", report: { status: "failed" } });
      expect((await readPlan(state, id)).status).toBe("failed");
      // What can be is back, what can't is as it was made.
      const after = Object.assign({}, ...final.map((step) => step.after));
      expect(differences({ ...before, ...after }, await stateOf(action, fixture, cloud))).toEqual([]);
      return;
    }
    expect(outcome).toMatchObject({ kind: "ran", report: { status: "rolled-back" } });
    const kept = Object.entries(before).filter(([setting]) => !fixture.mayDiffer?.includes(setting));
    expect(differences(Object.fromEntries(kept), await stateOf(action, fixture, cloud))).toEqual([]);
  });
});

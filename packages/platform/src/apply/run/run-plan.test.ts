import { describe, expect, it } from "vitest";
import { readJournal } from "../../state/journal.ts";
import { acquireLease, releaseLease } from "../../state/leases.ts";
import { readPlan } from "../../state/plans.ts";
import { cloudRun, type SimulatedCloud, service } from "../../testing/action-fixtures.ts";
import { type MetricAnswer, startMetricsServer } from "../../testing/metrics-server.ts";
import { keepPlan, runKept, timeFrom } from "../../testing/plan-home.ts";
import { STATE_ENGINES } from "../../testing/state-engines.ts";
import type { CommandRunner } from "../commands/command-runner.ts";
import { setKillSwitch } from "./kill-switch.ts";

const api = service("api");
const guardrails = [{ metric: "request.latency", statistic: "p95", comparison: "<=", limit: 400 }];
const minimum = { resource: api, changes: [{ setting: "minInstances", from: 3, to: 1 }] };
const rollout = { resource: api, changes: [{ setting: "cpu", from: "2", to: "1" }] };
const unwatched = "version: 1\nwatchSeconds: 0\n";

const watched = (url: string) => `version: 1
watchSeconds: 120
guardrails:
  prometheus: ${url}
  intervalSeconds: 15
  graceSeconds: 45
  breaches: 2
  queries:
    request.latency/p95: 'latency{service="$service", revision=~"$revision"}'
`;

const there = STATE_ENGINES.filter(({ isThere }) => isThere);

interface Kept {
  readonly policy?: string;
  readonly change?: Parameters<typeof keepPlan>[1]["changes"][number];
  readonly settings?: Parameters<typeof cloudRun>[0];
  readonly run?: (cloud: SimulatedCloud) => CommandRunner;
}

describe.each(there)("a plan in a state database $name", ({ home }) => {
  const kept = async ({
    policy = unwatched,
    change = minimum,
    settings = { serviceMin: 3 },
    run,
  }: Kept = {}) => {
    const time = timeFrom();
    const state = await (await home()).open({ now: time.now });
    const cloud = cloudRun(settings)();
    const runner = run?.(cloud) ?? cloud.run;
    const id = await keepPlan(state, {
      action: "cloud-run",
      changes: [change],
      run: cloud.run,
      now: time.now(),
      policy,
    });
    const go = (mode: Parameters<typeof runKept>[2], more: object = {}) =>
      runKept(state, id, mode, { run: runner, sleep: time.sleep, leaseMs: 36_000_000, ...more });
    return { state, cloud, id, go, time };
  };
  const trafficOf = ({ snapshot }: SimulatedCloud) =>
    (snapshot() as { api: { service: { spec: { traffic: unknown } } } }).api.service.spec.traffic;

  it("is taken back where a command fails, in the reverse order", async () => {
    let calls = 0;
    const failing =
      (cloud: SimulatedCloud): CommandRunner =>
      async (command, options) => {
        const isThird = command.args.includes("update-traffic") && ++calls === 3;
        return isThird
          ? { status: "ended", exitCode: 1, stdout: "", stderr: "ERROR: PERMISSION_DENIED" }
          : await cloud.run(command, options);
      };
    const { go, cloud, state, id } = await kept({ change: rollout, settings: {}, run: failing });
    const outcome = await go("execute");
    expect(outcome).toMatchObject({ kind: "ran", report: { status: "rolled-back" } });
    expect(outcome.kind === "ran" && outcome.report.reason).toContain("PERMISSION_DENIED");
    expect(trafficOf(cloud)).toEqual([{ latestRevision: true, percent: 100 }]);
    expect((await readPlan(state, id)).status).toBe("rolled-back");
    const lines = (await readJournal(state, id)).map(
      ({ step, direction, kind }) => `${step} ${direction} ${kind}`,
    );
    expect(lines.slice(-2)).toEqual(["step-1 roll-back intent", "step-1 roll-back outcome"]);
    expect(lines.filter((line) => line === "step-4 roll-back intent")).toHaveLength(1);
  });

  it("is taken back where a guardrail breaks while a canary is watched", async () => {
    const seen: string[] = [];
    let isSlow = false;
    const url = await startMetricsServer((query): MetricAnswer => {
      seen.push(query);
      return isSlow ? 900 : 300;
    });
    const slowAt25 =
      (cloud: SimulatedCloud): CommandRunner =>
      async (command, options) => {
        if (command.args.some((arg) => /=25\b/.test(arg))) isSlow = true;
        return await cloud.run(command, options);
      };
    const change = { ...rollout, guardrails };
    const { go, cloud } = await kept({ policy: watched(url), change, settings: {}, run: slowAt25 });
    const outcome = await go("execute");
    expect(outcome).toMatchObject({ kind: "ran", report: { status: "rolled-back" } });
    const reason = outcome.kind === "ran" ? outcome.report.reason : "";
    expect(reason).toContain("guardrail broken after step-3");
    expect(reason).toContain("it is 900");
    expect(trafficOf(cloud)).toEqual([{ latestRevision: true, percent: 100 }]);
    expect(cloud.effects().some((effect) => /=50\b/.test(effect))).toBe(false);
    expect(seen).toContain('latency{service="api", revision=~".*"}');
  });

  it.each([
    ["no data", "nothing"],
    ["NaN", "NaN"],
    ["a failure", "failure"],
  ] as const)("counts %s as a breach once the grace is over", async (_, answer) => {
    let asked = 0;
    // The first answer is the baseline.
    const url = await startMetricsServer(() => (++asked === 1 ? 300 : answer));
    const change = { ...minimum, guardrails };
    const { go, cloud, time } = await kept({ policy: watched(url), change });
    const before = time.now().getTime();
    const outcome = await go("execute");
    expect(outcome).toMatchObject({ kind: "ran", report: { status: "rolled-back" } });
    expect(outcome.kind === "ran" && outcome.report.reason).toContain("has no answer");
    expect(time.now().getTime() - before).toBe(45_000);
    expect(cloud.effects().map((effect) => effect.match(/--min=\d+/)?.[0])).toEqual(["--min=2", "--min=3"]);
  });

  it.each([
    ["is broken", 900],
    ["has no answer", "nothing"],
  ] as const)("is not begun where a guardrail %s before anything is changed", async (words, answer) => {
    const url = await startMetricsServer(() => answer);
    const change = { ...minimum, guardrails };
    const { go, cloud, state, id } = await kept({ policy: watched(url), change });
    const refusal = { code: "APPLY_REFUSED", message: expect.stringContaining(words) };
    await expect(go("execute")).rejects.toMatchObject(refusal);
    expect(cloud.effects()).toEqual([]);
    expect((await readPlan(state, id)).status).toBe("approved");
  });

  it("is taken back where the new version is worse than the old", async () => {
    const url = await startMetricsServer((query) => (query.includes("tt-") ? 390 : 300));
    const change = { ...rollout, guardrails };
    const { go } = await kept({ policy: watched(url), change, settings: {} });
    const judge: Parameters<typeof runKept>[3]["judge"] = (metrics) => {
      const found = metrics.map(({ id, pairs }) => {
        const isHarmed = pairs.length >= 3 && pairs.every(({ control, canary }) => canary > control);
        const verdict = isHarmed ? ("stop-harm" as const) : ("continue" as const);
        return { id, verdict, worse: { low: 0.2, mid: 0.3, high: 0.4 } };
      });
      return {
        verdict: found.some(({ verdict }) => verdict === "stop-harm") ? "stop-harm" : "continue",
        metrics: found,
      };
    };
    const outcome = await go("execute", { judge });
    expect(outcome).toMatchObject({ kind: "ran", report: { status: "rolled-back" } });
    expect(outcome.kind === "ran" && outcome.report.reason).toMatch(/api-tt-\w+ is worse than .* by 0\.3/);
  });

  it("stops at the kill switch, takes nothing back, and goes on when it is resumed", async () => {
    const { go, state, cloud, id } = await kept({ policy: "version: 1\nwatchSeconds: 60\n" });
    let steps = 0;
    const notify = (line: string) => {
      if (line.includes("watching") && ++steps === 1)
        stopping = setKillSwitch(state, "anna", { isOn: true, reason: "incident" });
    };
    let stopping: Promise<void> | undefined;
    const outcome = await go("execute", { notify });
    await stopping;
    expect(outcome).toMatchObject({ kind: "ran", report: { status: "failed" } });
    expect(outcome.kind === "ran" && outcome.report.reason).toContain("anna: incident");
    expect(cloud.effects()).toHaveLength(1);
    await expect(go("resume")).resolves.toMatchObject({ report: { status: "failed" } });
    expect(cloud.effects()).toHaveLength(1);
    await setKillSwitch(state, "anna", { isOn: false, reason: "" });
    await expect(go("resume")).resolves.toMatchObject({ report: { status: "applied" } });
    expect(cloud.effects()).toHaveLength(2);
    expect((await readPlan(state, id)).status).toBe("applied");
  });

  it("waits for another run, and says so", async () => {
    const { go, state, cloud } = await kept();
    const other = await acquireLease(state, "other", { name: "apply", holder: "other", durationMs: 60_000 });
    await expect(go("execute")).rejects.toMatchObject({ code: "STATE_LEASE_HELD" });
    expect(cloud.effects()).toEqual([]);
    const said: string[] = [];
    const running = go("execute", { waitMs: 30_000, notify: (line: string) => void said.push(line) });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(cloud.effects()).toEqual([]);
    await releaseLease(state, "other", other);
    await expect(running).resolves.toMatchObject({ report: { status: "applied" } });
    expect(said[0]).toContain("Waiting: other");
  });

  it("is not begun where the live system changed since", async () => {
    const { go, cloud } = await kept();
    const elsewhere = ["run", "services", "update", "api", "--min=7"];
    await cloud.run(
      { tool: "gcloud", args: elsewhere },
      { timeoutMs: 1, signal: new AbortController().signal },
    );
    const refusal = { code: "APPLY_REFUSED", message: expect.stringContaining("minInstances is 7, not 3") };
    await expect(go("execute")).rejects.toMatchObject(refusal);
    expect(cloud.effects()).toHaveLength(1);
  });

  it.each([
    ["limits on resources", 'limits: { monthlyCost: { USD: "100" } }', "one run may touch 100"],
    ["limits in a currency", 'limits: { monthlyCost: { EUR: "100" } }', "no limit in USD"],
    [
      "maintenance windows",
      'windows: [{ days: [sun], from: "01:00", to: "02:00" }]',
      "outside the maintenance windows",
    ],
    ["a kill switch that is a file", `killSwitchFile: ${import.meta.filename}`, "kill switch is on"],
    [
      "approvals by name",
      "approvals: { rules: [{ about: prod, needs: 2, approvers: [approver, bob] }] }",
      "approvals are missing: 1 for prod",
    ],
  ])("keeps to %s", async (_, rule, words) => {
    const { go, cloud } = await kept({ policy: `${unwatched}${rule}\n` });
    await expect(go("dry-run")).resolves.toMatchObject({
      preflight: { problems: expect.arrayContaining([expect.stringContaining(words)]) },
    });
    await expect(go("execute")).rejects.toMatchObject({ code: "APPLY_REFUSED" });
    expect(cloud.effects()).toEqual([]);
  });

  it("runs unwatched only where that is said", async () => {
    const change = { ...minimum, guardrails };
    const { go } = await kept({ policy: "version: 1\nwatchSeconds: 30\n", change });
    await expect(go("execute")).rejects.toMatchObject({
      message: expect.stringContaining("--allow-unwatched"),
    });
    await expect(go("execute", { mayBeUnwatched: true })).resolves.toMatchObject({
      report: { status: "applied" },
    });
  });

  it("is not carried on once it expired, but taken back", async () => {
    const { go, cloud, time } = await kept();
    await expect(dieAt(go, 7)).rejects.toThrow("died");
    expect(cloud.effects()).toHaveLength(1);
    await time.sleep(7_200_000);
    await expect(go("execute")).rejects.toMatchObject({ code: "APPLY_REFUSED" });
    await expect(go("resume")).resolves.toMatchObject({ report: { status: "rolled-back" } });
    expect(cloud.effects()).toHaveLength(2);
  });
});

type Go = (mode: Parameters<typeof runKept>[2], more?: object) => ReturnType<typeof runKept>;

/** Ends a run at its nth point as a death would, but for the leases. */
const dieAt = (go: Go, at: number, mode: Parameters<typeof runKept>[2] = "execute", seen: string[] = []) =>
  go(mode, {
    onPoint: (point: string) => {
      seen.push(point);
      if (seen.length === at) throw new Error("died");
    },
  });

describe("a run that dies", () => {
  const [sqlite] = there;
  const fresh = async () => {
    const time = timeFrom();
    const state = await (await sqlite?.home())?.open({ now: time.now });
    if (state === undefined) throw new Error("No engine");
    const cloud = cloudRun({ revisionMin: 2 })();
    const changes = [{ resource: api, changes: [{ setting: "cpu", from: "2", to: "1" }] }];
    const policy = `${unwatched}canaryShares: [50, 100]\n`;
    const id = await keepPlan(state, {
      action: "cloud-run",
      changes,
      run: cloud.run,
      now: time.now(),
      policy,
    });
    const go: Go = (mode, more = {}) =>
      runKept(state, id, mode, { run: cloud.run, sleep: time.sleep, leaseMs: 36_000_000, ...more });
    return { state, id, cloud, go };
  };

  it("is finished on resuming, at whichever point it died, and no step runs twice", async () => {
    const points: string[] = [];
    await dieAt((await fresh()).go, 0, "execute", points);
    expect(points.length).toBeGreaterThan(15);
    for (let at = 1; at <= points.length; at++) {
      const { go, cloud, state, id } = await fresh();
      await expect(dieAt(go, at)).rejects.toThrow("died");
      await expect(go("resume")).resolves.toMatchObject({ report: { status: "applied" } });
      expect(new Set(cloud.effects()).size).toBe(cloud.effects().length);
      expect(cloud.effects()).toHaveLength(3);
      expect((await readPlan(state, id)).status).toBe("applied");
    }
  });

  it("is taken back on resuming a way back, at whichever point that died", async () => {
    const points: string[] = [];
    const whole = await fresh();
    await whole.go("execute");
    await dieAt(whole.go, 0, "roll-back", points);
    const wanted = whole.cloud.effects().length;
    for (let at = 1; at <= points.length; at++) {
      const { go, cloud, state, id } = await fresh();
      await go("execute");
      await expect(dieAt(go, at, "roll-back")).rejects.toThrow("died");
      await expect(go("roll-back")).resolves.toMatchObject({ report: { status: "rolled-back" } });
      expect((await readPlan(state, id)).status).toBe("rolled-back");
      expect(cloud.effects().length).toBeGreaterThanOrEqual(wanted);
    }
  });
});

import { execFile } from "node:child_process";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { commandRunner } from "../../packages/platform/src/apply/commands/run-command.ts";
import { readJournal } from "../../packages/platform/src/state/journal.ts";
import { readPlan } from "../../packages/platform/src/state/plans.ts";
import { service } from "../../packages/platform/src/testing/action-fixtures.ts";
import { keepPlan } from "../../packages/platform/src/testing/plan-home.ts";
import { STATE_ENGINES } from "../../packages/platform/src/testing/state-engines.ts";
import { tempFolder } from "../../packages/platform/src/testing/temp-folder.ts";
import { startPrometheus } from "../../scripts/prometheus/start-prometheus.ts";
import { makeCloud } from "../reliability/file-cloud.ts";
import { type Behaviour, startMeasuredService } from "./measured-service.ts";

// The watches are in real time: of a few seconds, but for the one whose judge needs some dozen looks.
vi.setConfig({ testTimeout: 900_000 });

const MAIN = join(import.meta.dirname, "../../packages/platform/bin/trimtab.js");

const policyFor = (prometheus: string, watchSeconds: number): string => `version: 1
watchSeconds: ${watchSeconds}
canaryShares: [5, 25, 50, 100]
guardrails:
  prometheus: ${prometheus}
  intervalSeconds: 1
  graceSeconds: 60
  breaches: 2
  queries:
    request.latency/mean: |
      sum(rate(latency_seconds_sum{service="$service", revision=~"$revision"}[2s]))
        / sum(rate(latency_seconds_count{service="$service", revision=~"$revision"}[2s])) * 1000
    availability/mean: |
      sum(rate(requests_total{service="$service", code="200"}[5s])) / sum(rate(requests_total{service="$service"}[5s]))
  margins: { request.latency/mean: 0.5 }
`;

/** Far above what is served: only a comparison sees a canary that is slow and a tenth of this. */
const guardrails = [
  { metric: "request.latency", statistic: "mean", comparison: "<=", limit: 20_000 },
  { metric: "availability", statistic: "mean", comparison: ">=", limit: 0.9 },
];

const changed = { resource: service("api"), changes: [{ setting: "cpu", from: "2", to: "1" }], guardrails };

/** A service under load with a Prometheus that scrapes it, and a plan for a canary of it. */
const prepare = async (watchSeconds: number, behaviour: (share: number) => Behaviour) => {
  const cloud = makeCloud(tempFolder());
  const old = "api-00001-sim";
  const served = await startMeasuredService(cloud, "api", (revision, share) =>
    revision === old ? { latencyMs: 20, fails: false } : behaviour(share),
  );
  onTestFinished(served.stop);
  const prometheus = await startPrometheus({ scrapes: served.address });
  if ("skipped" in prometheus) return prometheus;
  onTestFinished(prometheus.stop);
  const home = await STATE_ENGINES[0]?.home();
  if (home === undefined) throw new Error("No engine");
  const state = await home.open({ now: () => new Date() });
  const id = await keepPlan(state, {
    action: "cloud-run",
    changes: [changed],
    run: commandRunner(cloud.env),
    now: new Date(),
    policy: policyFor(prometheus.url, watchSeconds),
    validHours: 24,
  });
  // A few seconds of what was before: guardrails must hold before anything is changed.
  await sleep(8000);
  const env = { ...process.env, ...home.env, ...cloud.env, TRIMTAB_ACTOR: "runner" };
  const apply = promisify(execFile)(process.execPath, [MAIN, "apply", id, "--execute", "--json"], { env });
  const { stdout } = await apply.catch((failed: { stdout: string; stderr: string }) => {
    if (failed.stdout === "") throw new Error(failed.stderr);
    return failed;
  });
  const report = JSON.parse(stdout) as { readonly status: string; readonly reason?: string };
  const journal = await readJournal(state, id);
  const project = cloud.read();
  const { status } = await readPlan(state, id);
  const made = project.services.api?.revisions[1]?.name ?? "";
  return { report, journal, project, status, served, made };
};

const isThere = !("skipped" in (await probe()));

async function probe() {
  const started = await startPrometheus({});
  if (!("skipped" in started)) await started.stop();
  return started;
}

const name = `a canary that a Prometheus watches${isThere ? "" : " (skipped: Prometheus is not installed, and apt-get can't fetch it)"}`;

describe.skipIf(!isThere)(name, () => {
  const run = async (...args: Parameters<typeof prepare>) => {
    const ran = await prepare(...args);
    if ("skipped" in ran) throw new Error(ran.skipped);
    return ran;
  };
  const cpuOf = ({ project }: Awaited<ReturnType<typeof run>>) =>
    project.services.api?.service.spec.template.spec.containers[0]?.resources?.limits?.cpu;
  const sharesOf = ({ project }: Awaited<ReturnType<typeof run>>) =>
    project.effects.flatMap((effect) => /tt-\w+=(\d+)/.exec(effect)?.[1] ?? []);

  it("goes to all of the traffic where the new version is as good as the old", async () => {
    const ran = await run(6, () => ({ latencyMs: 20, fails: false }));
    expect(ran.report, ran.report.reason).toMatchObject({ status: "applied" });
    expect(ran.status).toBe("applied");
    expect(sharesOf(ran)).toEqual(["5", "25", "50"]);
    expect(cpuOf(ran)).toBe("1");
    expect(ran.project.services.api?.service.status?.latestReadyRevisionName).toBe(ran.made);
    expect(ran.served.requestsOf(ran.made)).toBeGreaterThan(50);
  });

  it("is taken back where it begins to fail at half of the traffic, and the journal says why", async () => {
    const ran = await run(6, (share) => ({ latencyMs: 20, fails: share >= 50 }));
    expect(ran.report).toMatchObject({
      status: "rolled-back",
      reason: expect.stringMatching(/guardrail broken after step-4: availability\/mean/),
    });
    expect(ran.status).toBe("rolled-back");
    expect(sharesOf(ran)).toEqual(["5", "25", "50"]);
    expect(cpuOf(ran)).toBe("2");
    const reasons = ran.journal.map(({ detail }) => JSON.stringify(detail)).join("\n");
    expect(reasons).toMatch(/guardrail broken after step-4: availability\/mean/);
  });

  it("is taken back where it is slower than the old one, though every limit holds", async () => {
    // The judge needs a dozen looks that are worth ten independent ones, so this watch is longer.
    const ran = await run(60, (share) => ({ latencyMs: share >= 5 ? 400 : 20, fails: false }));
    expect(ran.report).toMatchObject({
      status: "rolled-back",
      reason: expect.stringMatching(/is worse than api-00001-sim in request\.latency\/mean by/),
    });
    expect(sharesOf(ran).length).toBeLessThan(3);
    expect(cpuOf(ran)).toBe("2");
    expect(ran.project.services.api?.service.spec.traffic).toEqual([{ latestRevision: true, percent: 100 }]);
  });
});

import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { cloudRunAction } from "../../packages/platform/src/actions/cloud-run/cloud-run-action.ts";
import { commandText } from "../../packages/platform/src/apply/commands/command-runner.ts";
import { commandRunner } from "../../packages/platform/src/apply/commands/run-command.ts";
import { ACTION_FIXTURES, service } from "../../packages/platform/src/testing/action-fixtures.ts";
import { addService, newProject } from "../../packages/platform/src/testing/cloud-run-model.ts";
import { keepPlan, makeBody, runKept } from "../../packages/platform/src/testing/plan-home.ts";
import { simulateGcloud } from "../../packages/platform/src/testing/simulated-gcloud.ts";
import { STATE_ENGINES } from "../../packages/platform/src/testing/state-engines.ts";
import { startCloudRun } from "./cloud-run-server.ts";
import { lintGcloud } from "./lint-gcloud.ts";

// gcloud takes a second or two to start, and several times that on a busy machine; a plan starts it some thirty times.
vi.setConfig({ testTimeout: 1_200_000 });

const gcloud = process.env.TRIMTAB_TEST_GCLOUD;
const policy = "version: 1\nwatchSeconds: 0\n";
const name = gcloud === undefined ? "gcloud (skipped: TRIMTAB_TEST_GCLOUD is not set)" : "gcloud";
/** Settings and credentials of its own: nothing of this machine's. */
const config = {
  PATH: process.env.PATH ?? "",
  HOME: mkdtempSync(join(tmpdir(), "trimtab-gcloud-")),
  CLOUDSDK_CONFIG: mkdtempSync(join(tmpdir(), "trimtab-gcloud-")),
  CLOUDSDK_AUTH_ACCESS_TOKEN: "test-token",
  CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN: "http://run.test/",
  CLOUDSDK_CORE_DISABLE_USAGE_REPORTING: "1",
  CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK: "1",
};

describe.skipIf(gcloud === undefined)(`a plan for Cloud Run, by the real ${name}`, () => {
  const project = newProject();
  addService(project, "api", { revisionMin: 2 });
  addService(project, "web", { serviceMin: 3 });
  let server: Awaited<ReturnType<typeof startCloudRun>> | undefined;
  beforeAll(async () => {
    server = await startCloudRun(project);
  });
  afterAll(() => server?.stop());
  const run = (...args: Parameters<ReturnType<typeof commandRunner>>) =>
    commandRunner({ ...config, http_proxy: server?.proxy ?? "" })(...args);

  const stateOf = async (of: string) => {
    const outcome = await run(cloudRunAction.read(service(of)), {
      timeoutMs: 60_000,
      signal: new AbortController().signal,
    });
    if (outcome.status !== "ended") throw new Error(outcome.status);
    return outcome.exitCode === 0 ? cloudRunAction.parseState(outcome.stdout, service(of)) : outcome;
  };

  it("is read, applied by canary and by value, and taken back", async () => {
    const state = await (await STATE_ENGINES[0]?.home())?.open({ now: () => new Date() });
    if (state === undefined) throw new Error("No engine");
    const before = [await stateOf("api"), await stateOf("web")];
    const id = await keepPlan(state, {
      action: "cloud-run",
      changes: [
        {
          resource: service("api"),
          changes: [
            { setting: "minInstances", from: 2, to: 1 },
            { setting: "cpu", from: "2", to: "1" },
            { setting: "memoryMiB", from: 2048, to: 1024 },
            { setting: "concurrency", from: 40, to: 80 },
            { setting: "cpuAllocation", from: "request", to: "instance" },
          ],
        },
        { resource: service("web"), changes: [{ setting: "minInstances", from: 3, to: 2 }] },
      ],
      run,
      now: new Date(),
      policy: `${policy}canaryShares: [5, 100]\n`,
    });
    const applied = await runKept(state, id, "execute", { run, pollMs: 500 });
    expect(applied).toMatchObject({ kind: "ran", report: { status: "applied" } });
    expect(await stateOf("api")).toMatchObject({
      minInstances: 1,
      cpu: "1",
      memoryMiB: 1024,
      concurrency: 80,
      cpuAllocation: "instance",
      trafficToLatest: true,
      ready: true,
    });
    expect(await stateOf("web")).toMatchObject({ minInstances: 2, minInstancesOn: "service" });
    expect(project.effects).toEqual(["PUT api", "PUT api", "PUT api", "PUT web"]);
    expect([...(server?.hosts ?? [])]).toEqual(["us-central1-run.test"]);

    const back = await runKept(state, id, "roll-back", { run, pollMs: 500 });
    expect(back).toMatchObject({ kind: "ran", report: { status: "rolled-back" } });
    const { revision: _, traffic: __, ...api } = before[0] as Record<string, unknown>;
    expect(await stateOf("api")).toMatchObject(api);
    expect(await stateOf("web")).toMatchObject({ minInstances: 3 });
  });

  it("says of a service that is not there what the action takes for absence", async () => {
    const outcome = await stateOf("nothing");
    if (!("stderr" in outcome)) throw new Error("It is there");
    expect(cloudRunAction.isAbsent?.({ exitCode: 1, stderr: String(outcome.stderr) })).toBe(true);
  });

  it("accepts every shape of command, by its own linter", async () => {
    const fixtures = ACTION_FIXTURES["cloud-run"] ?? [];
    const bodies = await Promise.all(
      fixtures.map(({ resource, changes, cloud }) =>
        makeBody({
          action: "cloud-run",
          changes: [{ resource, changes }],
          run: cloud().run,
          now: new Date(),
          policy,
        }),
      ),
    );
    const commands = new Set(
      bodies.flatMap(({ steps }) =>
        steps.flatMap(({ read, apply, rollback }) => [read, ...apply, ...rollback].map(commandText)),
      ),
    );
    expect(commands.size).toBeGreaterThan(10);
    const wrong = "gcloud run services update api --max=3";
    const found = await lintGcloud([...commands, wrong], config, config.HOME);
    expect(found).toHaveLength(commands.size + 1);
    expect(found.filter(({ isValid }) => !isValid).map(({ command }) => command)).toEqual([wrong]);
  });

  it("is stood in for by a simulation that answers as it does", async () => {
    const twin = newProject();
    addService(twin, "api", { revisionMin: 2 });
    const own = newProject();
    addService(own, "api", { revisionMin: 2 });
    const other = await startCloudRun(own);
    const real = commandRunner({ ...config, http_proxy: other.proxy });
    const args = ["--project=p-1", "--region=us-central1", "--format=json", "--quiet"];
    const sequence = [
      [
        "update",
        "api",
        "--cpu=1",
        "--memory=512Mi",
        "--max-instances=default",
        "--revision-suffix=x1",
        "--no-traffic",
      ],
      ["update-traffic", "api", "--to-revisions=api-00001-sim=50,api-x1=50"],
      ["update-traffic", "api", "--to-latest"],
      ["update", "api", "--min=2"],
    ];
    try {
      for (const words of sequence) {
        const argv = ["run", "services", ...words, ...args];
        await real(
          { tool: "gcloud", args: argv },
          { timeoutMs: 60_000, signal: new AbortController().signal },
        );
        simulateGcloud(twin, argv);
        const read = (of: typeof own) =>
          cloudRunAction.parseState(JSON.stringify(of.services.api?.service), service("api"));
        expect(read(own), words.join(" ")).toEqual(read(twin));
      }
    } finally {
      other.stop();
    }
  });
});

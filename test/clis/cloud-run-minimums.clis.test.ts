import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { cloudRunMinimumsAction } from "../../packages/platform/src/actions/cloud-run-minimums/cloud-run-minimums-action.ts";
import { commandText } from "../../packages/platform/src/apply/commands/command-runner.ts";
import { commandRunner } from "../../packages/platform/src/apply/commands/run-command.ts";
import { ACTION_FIXTURES } from "../../packages/platform/src/testing/action-fixtures.ts";
import { addService, newProject } from "../../packages/platform/src/testing/cloud-run-model.ts";
import { keepPlan, runKept } from "../../packages/platform/src/testing/plan-home.ts";
import { STATE_ENGINES } from "../../packages/platform/src/testing/state-engines.ts";
import { startCloudRun } from "./cloud-run-server.ts";
import { type GoogleCloud, startGoogleCloud } from "./google-cloud.ts";
import { lintGcloud } from "./lint-gcloud.ts";

// gcloud takes a second or two to start, and several times that on a busy machine.
vi.setConfig({ testTimeout: 1_200_000 });

const gcloud = process.env.TRIMTAB_TEST_GCLOUD;
const name = gcloud === undefined ? "gcloud (skipped: TRIMTAB_TEST_GCLOUD is not set)" : "gcloud";
const folder = mkdtempSync(join(tmpdir(), "trimtab-gcloud-"));
/** Settings and credentials of its own: nothing of this machine's. */
const config = {
  PATH: process.env.PATH ?? "",
  HOME: folder,
  CLOUDSDK_CONFIG: folder,
  CLOUDSDK_AUTH_ACCESS_TOKEN: "test-token",
  CLOUDSDK_API_ENDPOINT_OVERRIDES_RUN: "http://run.test/",
  CLOUDSDK_CORE_DISABLE_USAGE_REPORTING: "1",
  CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK: "1",
};

describe.skipIf(gcloud === undefined)(`minimums by the hour, by the real ${name}`, () => {
  const project = newProject();
  addService(project, "api", { serviceMin: 3 });
  let run: ReturnType<typeof commandRunner>;
  let scheduler: GoogleCloud;
  const stops: (() => void)[] = [];
  beforeAll(async () => {
    const cloudRun = await startCloudRun(project);
    scheduler = await startGoogleCloud();
    stops.push(cloudRun.stop, scheduler.close);
    run = commandRunner({
      ...config,
      CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDSCHEDULER: `${scheduler.url}/`,
      http_proxy: cloudRun.proxy,
      no_proxy: "127.0.0.1",
    });
  });
  afterAll(() => {
    for (const stop of stops) stop();
  });

  it("are jobs that were made as planned, and are taken back", async () => {
    const [fixture] = ACTION_FIXTURES["cloud-run-minimums"] ?? [];
    const state = await (await STATE_ENGINES[0]?.home())?.open({ now: () => new Date() });
    if (state === undefined || fixture === undefined) throw new Error("No engine, or no fixture");
    const id = await keepPlan(state, {
      action: cloudRunMinimumsAction.id,
      changes: [fixture],
      run,
      now: new Date(),
      policy: "version: 1\nwatchSeconds: 0\n",
    });
    const applied = await runKept(state, id, "execute", { run, pollMs: 500 });
    expect(applied).toMatchObject({ kind: "ran", report: { status: "applied" } });
    const jobs = [...scheduler.resources.values()];
    expect(jobs).toHaveLength(2);
    expect(jobs).toContainEqual(
      expect.objectContaining({
        schedule: "0 8 * * MON,TUE,WED,THU,FRI",
        timeZone: "Etc/UTC",
        retryConfig: expect.objectContaining({ retryCount: 5 }),
        httpTarget: expect.objectContaining({
          uri: "https://run.googleapis.com/v2/projects/shop-prod/locations/europe-west1/services/api?update_mask=scaling.minInstanceCount",
          httpMethod: "PUT",
          headers: expect.objectContaining({ "X-HTTP-Method-Override": "PATCH" }),
          body: Buffer.from('{"scaling":{"minInstanceCount":4}}').toString("base64"),
          oauthToken: expect.objectContaining({
            serviceAccountEmail: "trimtab-minimums@shop-prod.iam.gserviceaccount.com",
          }),
        }),
      }),
    );

    const commands = applied.body.steps.flatMap(({ read, readMore = [], apply, rollback }) =>
      [read, ...readMore, ...apply, ...rollback].map(commandText),
    );
    const wrong = "gcloud scheduler jobs create http x --schedul=never";
    const found = await lintGcloud([...commands, wrong], config, folder);
    expect(found).toHaveLength(commands.length + 1);
    expect(found.filter(({ isValid }) => !isValid).map(({ command }) => command)).toEqual([wrong]);

    const back = await runKept(state, id, "roll-back", { run, pollMs: 500 });
    expect(back).toMatchObject({ kind: "ran", report: { status: "rolled-back" } });
    expect(scheduler.resources.size).toBe(0);
    expect(project.effects).toEqual(["PUT api"]);
  });

  it("say of a job that is gone what the engine takes for absence", async () => {
    const args = [
      "scheduler",
      "jobs",
      "delete",
      "nothing",
      "--location=europe-west1",
      "--project=p-1",
      "--quiet",
    ];
    const signal = new AbortController().signal;
    const outcome = await run({ tool: "gcloud", args }, { timeoutMs: 120_000, signal });
    expect(outcome).toMatchObject({
      status: "ended",
      exitCode: 1,
      stderr: expect.stringContaining("NOT_FOUND"),
    });
  });
});

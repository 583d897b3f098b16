import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ResourceKind, ResourceRef, SettingChange } from "@trimtab/domain";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ActionDefinition, Command, StepDraft } from "../../packages/platform/src/actions/action.ts";
import { actions } from "../../packages/platform/src/actions/registry.ts";
import { readLiveState } from "../../packages/platform/src/apply/commands/read-live-state.ts";
import { ACTION_FIXTURES } from "../../packages/platform/src/testing/action-fixtures.ts";
import {
  planLive,
  readState,
  runStep,
  runTool,
  type Tools,
} from "../../packages/platform/src/testing/run-step.ts";
import { type GoogleCloud, startGoogleCloud } from "./google-cloud.ts";

const program = process.env.TRIMTAB_TEST_GCLOUD;
const ZONE = "projects/shop-prod/zones/europe-west1-b";
const REGION = "projects/shop-prod/regions/europe-west1";
const SQL = "projects/shop-prod/instances";

const ref = <K extends ResourceKind>(kind: K, path: string): ResourceRef<K> => ({
  kind,
  id: `//compute.googleapis.com/${path}`,
  name: path.slice(path.lastIndexOf("/") + 1),
  scope: { provider: "gcp", account: "shop-prod", region: "europe-west1" },
});
const change = (setting: string, from: SettingChange["from"], to: SettingChange["to"]): SettingChange => ({
  setting,
  from,
  to,
});
const gone = change("exists", true, false);

describe.skipIf(program === undefined)(
  `gcloud against a local server${program === undefined ? " (skipped: no gcloud)" : ""}`,
  () => {
    let cloud: GoogleCloud;
    let folder = "";
    let tools: Tools;
    /** Every command that was run or only planned: all are linted at the end. */
    const commands: Command[] = [];

    beforeAll(async () => {
      cloud = await startGoogleCloud();
      folder = await mkdtemp(join(tmpdir(), "trimtab-gcloud-"));
      await writeFile(join(folder, "token"), "a-token-never-shown");
      tools = { programs: { gcloud: program ?? "gcloud" }, env: environment(folder, cloud.url) };
    });
    afterAll(async () => {
      cloud?.close();
      await rm(folder, { recursive: true, force: true });
    });

    const planned = async <K extends ResourceKind>(
      action: ActionDefinition<K>,
      resource: ResourceRef<K>,
      ...changes: readonly SettingChange[]
    ): Promise<readonly StepDraft[]> => {
      const plan = await planLive(tools, action, resource, changes);
      if (plan.status === "refused") throw new Error(plan.reason);
      commands.push(
        action.read(resource),
        ...plan.steps.flatMap(({ apply, rollback }) => [...apply, ...rollback]),
      );
      return plan.steps;
    };

    /** All steps forth and, in reverse order, back; the state is then what it was. */
    const forthAndBack = async <K extends ResourceKind>(
      action: ActionDefinition<K>,
      resource: ResourceRef<K>,
      changes: readonly SettingChange[],
      there: () => unknown,
    ): Promise<void> => {
      const before = await readState(tools, action, resource);
      const steps = await planned(action, resource, ...changes);
      for (const step of steps) await runStep(tools, action, resource, step, "apply");
      await there();
      for (const step of steps.toReversed()) await runStep(tools, action, resource, step, "roll-back");
      expect(await readState(tools, action, resource)).toEqual(before);
    };

    const addMachine = (name: string) => {
      const path = `${ZONE}/instances/${name}`;
      cloud.resources.set(path, {
        status: "RUNNING",
        machineType: `${ZONE}/machineTypes/e2-standard-4`,
        zone: ZONE,
        networkInterfaces: [{ name: "nic0", networkIP: "10.0.0.2", accessConfigs: [] }],
      });
      return ref("compute.googleapis.com/Instance", path);
    };

    test("machine-power", async () => {
      const web = addMachine("web-1");
      await forthAndBack(actions["machine-power"], web, [change("status", "running", "stopped")], () =>
        expect(cloud.resources.get(`${ZONE}/instances/web-1`)?.status).toBe("TERMINATED"),
      );
    });

    test("machine-resize", async () => {
      const web = addMachine("web-3");
      const resize = [change("machineType", "e2-standard-4", "e2-standard-2")];
      await forthAndBack(actions["machine-resize"], web, resize, () =>
        expect(cloud.resources.get(`${ZONE}/instances/web-3`)).toMatchObject({
          status: "RUNNING",
          machineType: expect.stringMatching(/e2-standard-2$/),
        }),
      );
    });

    test("delete-disk: a snapshot first, restored with size, type and labels", async () => {
      const path = `${ZONE}/disks/old-data`;
      const type = `${ZONE}/diskTypes/pd-ssd`;
      cloud.resources.set(path, {
        sizeGb: "200",
        type,
        zone: ZONE,
        users: [],
        labels: { team: "search" },
        status: "READY",
      });
      await forthAndBack(actions["delete-disk"], ref("compute.googleapis.com/Disk", path), [gone], () => {
        expect(cloud.resources.has(path)).toBe(false);
        expect(cloud.resources.has("projects/shop-prod/global/snapshots/trimtab-old-data-p1a2n3k4e5")).toBe(
          true,
        );
      });
    });

    test("without the permission to look, a disk is not taken for gone", async () => {
      const path = `${ZONE}/disks/old-data`;
      cloud.forbid(true);
      try {
        const disk = ref("compute.googleapis.com/Disk", path);
        await expect(readState(tools, actions["delete-disk"], disk)).rejects.toThrow(/ermission/);
        const web = { ...ref("compute.googleapis.com/Instance", `${ZONE}/instances/web-1`), id: "web-1" };
        await expect(readState(tools, actions["machine-power"], web)).rejects.toThrow(/may be listed/);
      } finally {
        cloud.forbid(false);
      }
    });

    test("release-address, delete-balancer and delete-snapshot are for good", async () => {
      const address = `${REGION}/addresses/old-ip`;
      cloud.resources.set(address, { address: "203.0.113.4", status: "RESERVED" });
      const rule = `${REGION}/forwardingRules/idle`;
      cloud.resources.set(rule, { IPAddress: "203.0.113.5", loadBalancingScheme: "EXTERNAL" });
      const snapshot = "projects/shop-prod/global/snapshots/weekly-1";
      cloud.resources.set(snapshot, {
        diskSizeGb: "10",
        creationTimestamp: "2025-01-02T03:04:05Z",
        status: "READY",
      });
      await deleteOne(actions["release-address"], ref("compute.googleapis.com/Address", address));
      await deleteOne(actions["delete-balancer"], ref("compute.googleapis.com/ForwardingRule", rule));
      await deleteOne(actions["delete-snapshot"], ref("compute.googleapis.com/Snapshot", snapshot));
      for (const path of [address, rule, snapshot]) expect(cloud.resources.has(path)).toBe(false);
    });

    const deleteOne = async <K extends ResourceKind>(
      action: ActionDefinition<K>,
      resource: ResourceRef<K>,
    ) => {
      const [step] = await planned(action, resource, gone);
      if (step !== undefined) await runStep(tools, action, resource, step, "apply");
      expect(await readState(tools, action, resource)).toEqual({ exists: false });
    };

    const orders = ref("sqladmin.googleapis.com/Instance", `${SQL}/orders`);
    const addOrders = () =>
      cloud.resources.set(`${SQL}/orders`, {
        kind: "sql#instance",
        name: "orders",
        project: "shop-prod",
        databaseVersion: "POSTGRES_16",
        state: "RUNNABLE",
        region: "europe-west1",
        gceZone: "europe-west1-b",
        instanceType: "CLOUD_SQL_INSTANCE",
        backendType: "SECOND_GEN",
        replicaNames: [],
        settings: {
          kind: "sql#settings",
          tier: "db-custom-8-30720",
          edition: "ENTERPRISE",
          dataDiskSizeGb: "100",
          dataDiskType: "PD_SSD",
          storageAutoResize: true,
          availabilityType: "REGIONAL",
          activationPolicy: "ALWAYS",
          backupConfiguration: { enabled: true, kind: "sql#backupConfiguration" },
        },
      });

    test("cloud-sql: tier, availability, and whether it runs", async () => {
      addOrders();
      const settings = () => cloud.resources.get(`${SQL}/orders`)?.settings;
      const changes = [
        change("tier", "db-custom-8-30720", "db-custom-4-16384"),
        change("availability", "REGIONAL", "ZONAL"),
        change("storageAutoResize", true, false),
      ];
      await forthAndBack(actions["cloud-sql"], orders, changes, () =>
        expect(settings()).toMatchObject({ tier: "db-custom-4-16384", availabilityType: "ZONAL" }),
      );
      const stop = [change("activationPolicy", "ALWAYS", "NEVER")];
      await forthAndBack(actions["cloud-sql"], orders, stop, () =>
        expect(settings()).toMatchObject({ activationPolicy: "NEVER" }),
      );
    });

    test("cloud-sql: storage grows by as many GiB as said", async () => {
      addOrders();
      const [step] = await planned(actions["cloud-sql"], orders, change("storageGiB", 100, 150));
      if (step !== undefined) await runStep(tools, actions["cloud-sql"], orders, step, "apply");
      expect(cloud.resources.get(`${SQL}/orders`)?.settings).toMatchObject({ dataDiskSizeGb: "150" });
    });

    test("cloud-sql: a replica is made and unmade; deleted and made again", async () => {
      addOrders();
      await forthAndBack(
        actions["cloud-sql"],
        orders,
        [change("replicas", [], ["orders-read"])],
        async () => {
          const replica = ref("sqladmin.googleapis.com/Instance", `${SQL}/orders-read`);
          await forthAndBack(actions["cloud-sql"], replica, [gone], () =>
            expect(cloud.resources.has(`${SQL}/orders-read`)).toBe(false),
          );
        },
      );
    });

    test("cloud-tasks-queue", async () => {
      const name = "projects/shop-prod/locations/europe-west1/queues/mails";
      const rateLimits = { maxDispatchesPerSecond: 500, maxConcurrentDispatches: 1000 };
      cloud.resources.set(name, { name, state: "RUNNING", rateLimits });
      const changes = [
        change("maxConcurrentDispatches", 1000, 40),
        change("maxDispatchesPerSecond", 500, 12.5),
        change("maxAttempts", null, 5),
      ];
      await forthAndBack(
        actions["cloud-tasks-queue"],
        ref("cloudtasks.googleapis.com/Queue", name),
        changes,
        () =>
          expect(cloud.resources.get(name)).toMatchObject({ rateLimits: { maxDispatchesPerSecond: 12.5 } }),
      );
    });

    test("off-hours: two jobs, and none", async () => {
      const hours = { days: ["MON", "FRI"], start: "07:00", stop: "20:00", timeZone: "Europe/Berlin" };
      await forthAndBack(actions["off-hours"], orders, [change("offHours", null, hours)], () => {
        const jobs = [...cloud.resources.values()].filter(({ name }) => String(name).includes("/jobs/"));
        expect(jobs).toHaveLength(2);
        const stop = jobs.find(({ name }) => String(name).endsWith("-stop"));
        expect(stop).toMatchObject({
          schedule: "0 20 * * MON,FRI",
          timeZone: "Europe/Berlin",
          httpTarget: {
            httpMethod: "POST",
            headers: { "X-HTTP-Method-Override": "PATCH" },
            uri: "https://sqladmin.googleapis.com/v1/projects/shop-prod/instances/orders",
            oauthToken: { serviceAccountEmail: "trimtab-off-hours@shop-prod.iam.gserviceaccount.com" },
          },
        });
        const target = stop?.httpTarget as { body: string } | undefined;
        expect(JSON.parse(Buffer.from(target?.body ?? "", "base64").toString())).toEqual({
          settings: { activationPolicy: "NEVER" },
        });
      });
      const web = addMachine("web-2");
      await planned(actions["off-hours"], web, change("offHours", null, hours));
    });

    const simulated = Object.entries(ACTION_FIXTURES).flatMap(([id, fixtures]) =>
      fixtures
        .filter(({ resource }) => resource.scope.provider === "gcp" && !resource.kind.startsWith("run."))
        .map((fixture) => ({ id, about: fixture.about, fixture })),
    );

    test.each(simulated)(
      "$id is stood in for by a simulation that answers alike: $about",
      async ({ id, fixture }) => {
        const action: ActionDefinition | undefined = Object.entries(actions).find(([own]) => own === id)?.[1];
        if (action === undefined) throw new Error(`No action ${id}`);
        const { resource, changes } = fixture;
        const twin = fixture.cloud();
        const { resources } = twin.snapshot() as { resources: [string, Record<string, unknown>][] };
        cloud.resources.clear();
        for (const [key, resource_] of resources) cloud.resources.set(key, structuredClone(resource_));
        const signal = new AbortController().signal;
        const twinState = () =>
          readLiveState({
            action,
            resource,
            read: action.read(resource),
            readMore: [],
            run: twin.run,
            signal,
          });
        const expectAlike = async () =>
          expect(await twinState()).toEqual(await readState(tools, action, resource));
        await expectAlike();
        const steps = await planned(action, resource, ...changes);
        const both = async (commands: readonly Command[]) => {
          for (const command of commands) {
            await runTool(tools, command);
            expect(await twin.run(command, { timeoutMs: 0, signal })).toMatchObject({ exitCode: 0 });
          }
          await expectAlike();
        };
        await both(steps.flatMap(({ apply }) => apply));
        await both(steps.toReversed().flatMap(({ rollback }) => rollback));
      },
    );

    test("every command is one that gcloud knows", async () => {
      const texts = [...new Set(commands.map(({ args }) => ["gcloud", ...args.map(forLinter)].join(" ")))];
      const file = join(folder, "commands.json");
      const wrong = "gcloud sql instances patch orders --tyer=db-f1-micro";
      await writeFile(file, JSON.stringify([...texts, wrong].map((text) => ({ command_string: text }))));
      const args = ["meta", "lint-gcloud-commands", `--commands-file=${file}`];
      const { stdout } = await promisify(execFile)(program ?? "gcloud", args, {
        env: tools.env,
        maxBuffer: 512 * 1024 * 1024,
      });
      const linted = JSON.parse(stdout) as {
        success: boolean;
        command_string: string;
        error_message: unknown;
      }[];
      expect(linted).toHaveLength(texts.length + 1);
      const bad = linted.filter(({ success }) => !success);
      // It exits 0 on a failure: the wrong one must be seen, and be the only one.
      expect(bad.map(({ command_string, error_message }) => [command_string, error_message])).toEqual([
        [wrong, expect.anything()],
      ]);
      expect(texts.length).toBeGreaterThan(30);
    });
  },
);

/** The linter splits a text as a shell does. */
const forLinter = (arg: string): string =>
  /^[\w=./:@+-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`;

const environment = (folder: string, url: string): Readonly<Record<string, string>> => ({
  PATH: process.env.PATH ?? "",
  HOME: folder,
  CLOUDSDK_CONFIG: folder,
  CLOUDSDK_CORE_DISABLE_USAGE_REPORTING: "1",
  CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK: "1",
  CLOUDSDK_AUTH_ACCESS_TOKEN_FILE: join(folder, "token"),
  CLOUDSDK_API_ENDPOINT_OVERRIDES_SQL: `${url}/`,
  CLOUDSDK_API_ENDPOINT_OVERRIDES_COMPUTE: `${url}/compute/v1/`,
  CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDTASKS: `${url}/`,
  CLOUDSDK_API_ENDPOINT_OVERRIDES_CLOUDSCHEDULER: `${url}/`,
});

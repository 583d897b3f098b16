import { readFileSync } from "node:fs";
import { type InventoryItem, instant } from "@trimtab/domain";
import { describe, expect, it, onTestFinished } from "vitest";
import { openLake } from "../../lake/lake.ts";
import { sharedData } from "../../testing/shared-data.ts";
import { tempFolder } from "../../testing/temp-folder.ts";
import { type Collection, openInventory } from "./inventory-store.ts";
import { parseItem } from "./parse-items.ts";
import { readInventoryFile } from "./recognise-file.ts";

const readAt = instant("2026-06-30T00:00:00.000Z");
const context = { account: "acme-prod", region: undefined, readAt, from: "list.json" };

const read = (value: unknown, more: Partial<typeof context> & { region?: string } = {}) =>
  readInventoryFile(JSON.stringify(value), { ...context, ...more }).items;

/** A recorded answer's body; Python's dates become texts as the command line prints them. */
const recorded = (...path: readonly string[]): unknown =>
  JSON.parse(readFileSync(sharedData("cloudapi", ...path) ?? "", "utf8"), (_, value) =>
    value?.__class__ === "datetime"
      ? new Date(
          Date.UTC(value.year, value.month - 1, value.day, value.hour, value.minute, value.second),
        ).toISOString()
      : value,
  );

const service = {
  kind: "Service",
  metadata: {
    name: "api",
    namespace: "123456",
    labels: { "cloud.googleapis.com/location": "europe-west1", team: "core" },
    annotations: { "run.googleapis.com/minScale": "2" },
  },
  spec: {
    template: {
      metadata: {
        annotations: {
          "autoscaling.knative.dev/maxScale": "20",
          "autoscaling.knative.dev/minScale": "1",
          "run.googleapis.com/cpu-throttling": "false",
          "run.googleapis.com/startup-cpu-boost": "true",
          "run.googleapis.com/execution-environment": "gen2",
        },
      },
      spec: {
        containerConcurrency: 40,
        containers: [
          { resources: { limits: { cpu: "2", memory: "1Gi" } } },
          { resources: { limits: { cpu: "500m", memory: "512Mi" } } },
        ],
      },
    },
  },
  status: { latestReadyRevisionName: "api-7", traffic: [{ revisionName: "api-7", percent: 100 }] },
};

describe("Google's answers", () => {
  it("a Cloud Run service: the service's own minimum, sidecars, names by the project's number", () => {
    expect(read([service])).toEqual([
      {
        kind: "run.googleapis.com/Service",
        id: "//run.googleapis.com/projects/acme-prod/locations/europe-west1/services/api",
        name: "api",
        scope: { provider: "gcp", account: "acme-prod", region: "europe-west1" },
        aliases: [
          "//run.googleapis.com/projects/123456/locations/europe-west1/services/api",
          "projects/acme-prod/locations/europe-west1/services/api",
          "projects/123456/locations/europe-west1/services/api",
        ],
        settings: {
          minInstances: 2,
          maxInstances: 20,
          minInstancesOn: "service",
          cpu: "2.5",
          memoryMiB: 1536,
          concurrency: 40,
          cpuAllocation: "instance",
          startupCpuBoost: true,
          timeoutSeconds: 300,
          executionEnvironment: "gen2",
          revision: "api-7",
          traffic: [{ revision: "api-7", percent: 100 }],
        },
        tags: { team: "core" },
        readAt,
      },
    ]);
  });

  it.each([
    ["db-custom-4-16384", "4", 16_384],
    ["db-n1-standard-2", "2", 7680],
    ["db-perf-optimized-N-8", "8", 65_536],
    ["db-perf-optimized-N-128", "128", 884_736],
    ["db-f1-micro", "1", 614.4],
  ])("Cloud SQL's tier %s", (tier, vCpus, memoryMiB) => {
    const [item] = read([sql(tier)]);
    expect(item?.settings).toMatchObject({
      tier,
      vCpus,
      memoryMiB,
      replicaOf: "main",
      availability: "REGIONAL",
    });
    expect(item?.aliases).toContain("acme-prod:orders");
  });

  it("a tier of unknown size is refused, not guessed", () => {
    expect(() => read([sql("db-quantum-3")])).toThrow(/list.json, orders.settings.tier: how large/);
  });

  it("queues and databases are known by their names", () => {
    const items = read([
      {
        name: "projects/acme-prod/locations/us-central1/queues/mail",
        rateLimits: { maxConcurrentDispatches: 10 },
      },
      { name: "projects/acme-prod/databases/(default)", type: "FIRESTORE_NATIVE", locationId: "nam5" },
    ]);
    expect(items.map(({ kind, scope }) => [kind, scope.region])).toEqual([
      ["cloudtasks.googleapis.com/Queue", "us-central1"],
      ["firestore.googleapis.com/Database", "nam5"],
    ]);
  });

  it.skipIf(sharedData("cloudapi") === undefined)("as recorded", () => {
    const items = (name: string, file: string, member?: string) => {
      const { body } = recorded("custodian-gcp", name, file) as {
        body: { items: unknown; databases: unknown };
      };
      const { items: found, databases } = body;
      if (member === undefined) return read(found ?? databases);
      return read(
        Object.values(found as object).flatMap((scope: Record<string, object[]>) => withKind(scope, member)),
      );
    };
    const withKind = (scope: Record<string, object[]>, member: string) => scope[member] ?? [];
    const [run] = items(
      "gcp-cloud-run-service",
      "get-v1-projects-cloud-custodian-locations---services_1.json",
    );
    expect(run).toMatchObject({
      name: "hello",
      scope: { region: "us-central1" },
      createdAt: "2023-03-31T10:53:45.882Z",
      settings: {
        cpu: "1",
        memoryMiB: 512,
        minInstances: 0,
        maxInstances: 5,
        concurrency: 80,
        cpuAllocation: "request",
      },
    });
    const [db] = items("sqlinstance-query", "get-sql-v1beta4-projects-cloud-custodian-instances_1.json");
    expect(db?.settings).toMatchObject({ tier: "db-f1-micro", storageGiB: 10, activationPolicy: "ALWAYS" });
    const disks = items(
      "disk-query",
      "get-compute-v1-projects-cloud-custodian-aggregated-disks_1.json",
      "disks",
    );
    expect(disks[0]).toMatchObject({
      id: "//compute.googleapis.com/projects/acme-prod/zones/us-east1-b/disks/custodian-dev",
      scope: { region: "us-east1" },
      settings: { sizeGiB: 10, type: "pd-standard", zone: "us-east1-b", lastDetachedAt: null },
    });
    expect(disks[1]?.settings).toMatchObject({ attachedTo: [], lastDetachedAt: "2017-11-01T10:25:07.913Z" });
    const machines = "get-compute-v1-projects-cloud-custodian-aggregated-instances_1.json";
    expect(items("instance-query", machines, "instances")[0]?.settings).toMatchObject({
      machineType: "n1-standard-1",
      status: "stopped",
      isSpot: false,
    });
    const [snapshot] = items(
      "snapshot-query",
      "get-compute-v1-projects-cloud-custodian-global-snapshots_1.json",
    );
    expect(snapshot?.scope.region).toBe("global");
    const addresses = "get-compute-v1-projects-cloud-custodian-aggregated-addresses_1.json";
    expect(items("lb-addresses-query", addresses, "addresses")[0]?.settings).toEqual({
      address: "35.193.10.19",
      isExternal: true,
      usedBy: [],
    });
    const rules = "get-compute-v1-projects-cloud-custodian-aggregated-forwardingRules_1.json";
    expect(items("lb-forwarding-rules-query", rules, "forwardingRules")[0]?.settings).toMatchObject({
      type: "EXTERNAL",
    });
    const databases = items("firestore-database-query", "get-v1-projects-cloud-custodian-databases_1.json");
    expect(databases.map(({ scope }) => scope.region)).toEqual(["us-east1", "us-central1"]);
  });
});

function sql(tier: string) {
  return {
    kind: "sql#instance",
    name: "orders",
    project: "acme-prod",
    region: "europe-west1",
    databaseVersion: "POSTGRES_16",
    masterInstanceName: "acme-prod:main",
    settings: { tier, dataDiskSizeGb: "100", availabilityType: "REGIONAL" },
  };
}

describe("AWS' answers", () => {
  it("without a region or account are refused with what is missing", () => {
    expect(() => read({ Addresses: [{ AllocationId: "eipalloc-1", PublicIp: "198.51.100.1" }] })).toThrow(
      /eipalloc-1: it does not say which region/,
    );
  });

  it("say what they are by their member", () => {
    const rds = {
      DBInstanceIdentifier: "orders",
      DBInstanceArn: "arn:aws:rds:eu-central-1:123456789012:db:orders",
      DBInstanceClass: "db.r6g.large",
      Engine: "postgres",
      AllocatedStorage: 100,
      MultiAZ: true,
    };
    expect(read({ DBInstances: [rds] })[0]).toMatchObject({
      scope: { provider: "aws", account: "123456789012", region: "eu-central-1" },
      settings: { instanceClass: "db.r6g.large", multiAz: true, iops: null, cluster: null },
    });
    expect(() => read({ Things: [] })).toThrow(/its members are Things/);
  });

  it.skipIf(sharedData("cloudapi") === undefined)("as recorded", () => {
    const of = (name: string, file: string) => {
      const { data } = recorded("custodian-aws", name, file) as { data: unknown };
      return read(data, { account: "644160558196" });
    };
    const [machine] = of("test_ec2_metric", "ec2.DescribeInstances_1.json");
    expect(machine).toMatchObject({
      id: "i-0cfbce719a3400834",
      scope: { account: "644160558196", region: "us-west-2" },
      settings: { machineType: "m3.medium", status: "running" },
    });
    const [volume] = of("cost_opt_hub_ebs", "ec2.DescribeVolumes_1.json");
    expect(volume).toMatchObject({ id: "vol-01269f6008ec7a865", settings: { sizeGiB: 12, iops: 100 } });
    const [fn] = of("test_lambda_resize", "lambda.ListFunctions_1.json");
    expect(fn?.settings).toMatchObject({ memoryMiB: 1024, timeoutSeconds: 60, architecture: "arm64" });
  });
});

describe("the inventory in the lake", () => {
  const open = async () => {
    let now = "2026-06-01T00:00:00.000Z";
    const clock = () => new Date(now);
    const lake = await openLake({ root: tempFolder(), clock, threads: 1 });
    onTestFinished(() => lake.close());
    const setNow = (moment: string) => {
      now = moment;
    };
    return { store: openInventory(lake.storage, clock), setNow };
  };

  const collection = (on: string, items: readonly InventoryItem[]): Collection => {
    const moment = instant(on);
    return {
      provider: "gcp",
      account: "acme-prod",
      region: "*",
      kind: "run.googleapis.com/Service",
      readAt: moment,
      items: items.map((item) => ({ ...item, readAt: moment })),
    };
  };

  it("each reading takes the place of the last as a whole, and every day can be asked for", async () => {
    const { store } = await open();
    const [first] = read([service]) as [InventoryItem<"run.googleapis.com/Service">];
    const second = { ...first, id: "//other", name: "other" };
    const larger = { ...first, settings: { ...first.settings, maxInstances: 50 } };
    const june1 = await store.replace([collection("2026-06-01T00:00:00Z", [first, second])]);
    expect(june1).toMatchObject([{ items: 2, added: 2, changed: 0, removed: 0 }]);
    await store.replace([collection("2026-06-02T00:00:00Z", [first, second])]);
    const june3 = await store.replace([collection("2026-06-03T00:00:00Z", [larger])]);
    expect(june3).toMatchObject([{ items: 1, added: 0, changed: 1, removed: 1 }]);

    expect(await store.items()).toEqual([{ ...larger, readAt: "2026-06-03T00:00:00Z" }]);
    const before = await store.items({ at: instant("2026-06-02T12:00:00Z") });
    expect(before.map(({ id, readAt: moment }) => [id, moment])).toEqual([
      ["//other", "2026-06-02T00:00:00Z"],
      [first.id, "2026-06-02T00:00:00Z"],
    ]);
    expect(await store.items({ at: instant("2026-05-31T00:00:00Z") })).toEqual([]);
    expect((await store.history("//other")).map(({ from, item }) => [from, item === null])).toEqual([
      ["2026-06-01T00:00:00Z", false],
      ["2026-06-03T00:00:00Z", true],
    ]);
    expect(await store.items({ kinds: ["AWS::EC2::Volume"] })).toEqual([]);
    expect(await store.collections()).toMatchObject([{ items: 1, firstReadAt: "2026-06-03T00:00:00Z" }]);
  });

  it("items go out and in again unchanged", async () => {
    const items = read([service, sql("db-custom-2-8192")]);
    expect(read(items)).toEqual(items);
  });
});

describe("a file of our shape", () => {
  const [good] = read([service]) as [InventoryItem<"run.googleapis.com/Service">];

  it.each([
    [{ ...good, kind: "Toaster" }, "[0].kind"],
    [{ ...good, settings: { ...good.settings, cpu: 2 } }, "[0].settings.cpu"],
    [{ ...good, settings: { ...good.settings, memory: 1 } }, '[0].settings: Unrecognized key: "memory"'],
    [{ ...good, scope: { ...good.scope, region: "" } }, "[0].scope.region"],
    [{ ...good, readAt: "yesterday" }, "[0].readAt: a UTC moment"],
  ])("is refused where it is wrong (%#)", (item, place) => {
    expect(() => parseItem(item, "mine.json", "[0]")).toThrow(`mine.json, ${place}`);
  });
});

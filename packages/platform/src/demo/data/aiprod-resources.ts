import { type CloudRunSettings, type CloudSqlSettings, type InventoryItem, instant } from "@trimtab/domain";
import type { MeasuredService } from "../measured-service.ts";
import type { EstateResources } from "../resource-files.ts";
import { AMERICAN_DAY, OFFICE_WEEK, type Shape, STEADY_WEEK } from "../shape.ts";

const READ_AT = instant("2026-02-01T00:00:00Z");
const PROJECT = "aiprod-v33";
const STAGING = "aiprod-v33-staging";
const REGION = "us-central1";
const ZONE = "us-central1-a";

const HOLIDAYS = { from: "2025-12-24", until: "2026-01-02", factor: 0.64 };
const OFFICE: Shape = { weekdays: OFFICE_WEEK, growthPerDay: 0.0011, surges: [HOLIDAYS], noise: 0.05 };
const EVERY_DAY: Shape = { weekdays: STEADY_WEEK, noise: 0.02 };

const scopeOf = (account: string, region = REGION) => ({ provider: "gcp", account, region }) as const;

/** Names as the bill and the clients have them: with the host, and without. */
const namesOf = (host: string, path: string) => ({ id: `//${host}/${path}`, aliases: [path] });
const runId = (name: string, project = PROJECT) =>
  `//run.googleapis.com/projects/${project}/locations/${REGION}/services/${name}`;
const sqlId = (name: string) => `//cloudsql.googleapis.com/projects/${PROJECT}/instances/${name}`;

/** As the company tells its services: five to fifty instances of 2 vCPU and 4 GiB. */
const SERVICE: CloudRunSettings = {
  minInstances: 5,
  maxInstances: 50,
  minInstancesOn: "revision",
  cpu: "2",
  memoryMiB: 4096,
  concurrency: 10,
  cpuAllocation: "request",
  startupCpuBoost: false,
  timeoutSeconds: 300,
  executionEnvironment: "gen2",
  revision: "",
  traffic: [],
};

function service(
  name: string,
  revision: string,
  tags: Readonly<Record<string, string>>,
  settings: Partial<CloudRunSettings>,
  project = PROJECT,
): InventoryItem {
  return {
    kind: "run.googleapis.com/Service",
    ...namesOf("run.googleapis.com", `projects/${project}/locations/${REGION}/services/${name}`),
    name,
    scope: scopeOf(project),
    settings: { ...SERVICE, ...settings, revision, traffic: [{ revision, percent: 100 }] },
    tags,
    createdAt: instant("2025-03-11T09:00:00Z"),
    readAt: READ_AT,
  };
}

/** Sizes as the bill charges them, down to ones that Cloud SQL has. */
function database(
  name: string,
  region: string,
  tags: Readonly<Record<string, string>>,
  settings: Pick<
    CloudSqlSettings,
    "vCpus" | "memoryMiB" | "storageGiB" | "availability" | "replicaOf" | "replicas"
  >,
): InventoryItem {
  const names = namesOf("cloudsql.googleapis.com", `projects/${PROJECT}/instances/${name}`);
  return {
    kind: "sqladmin.googleapis.com/Instance",
    id: names.id,
    aliases: [...names.aliases, `${PROJECT}:${name}`, `${PROJECT}:${region}:${name}`],
    name,
    scope: scopeOf(PROJECT, region),
    settings: {
      databaseVersion: "POSTGRES_15",
      edition: "ENTERPRISE",
      tier: `db-custom-${settings.vCpus}-${settings.memoryMiB}`,
      storageType: "PD_SSD",
      storageAutoResize: true,
      activationPolicy: "ALWAYS",
      state: "RUNNABLE",
      ...settings,
    },
    tags,
    createdAt: instant("2025-03-11T09:00:00Z"),
    readAt: READ_AT,
  };
}

const API = { env: "prod", team: "platform", service: "pipeline-api" };
const WORKER = { env: "prod", team: "pipelines", service: "pipeline-worker" };
const RENDERER = { env: "prod", team: "reports", service: "report-renderer" };
const STAGING_API = { env: "staging", service: "pipeline-api" };
const IMPORTER = { env: "prod", team: "data", service: "importer" };

const inventory: readonly InventoryItem[] = [
  service("pipeline-api", "pipeline-api-00087-kol", API, { minInstancesOn: "service" }),
  service("pipeline-worker", "pipeline-worker-00063-vux", WORKER, {
    cpuAllocation: "instance",
    concurrency: 4,
    timeoutSeconds: 900,
  }),
  service("report-renderer", "report-renderer-00041-hif", RENDERER, {
    cpuAllocation: "instance",
    concurrency: 2,
  }),
  service(
    "pipeline-api",
    "pipeline-api-00112-dac",
    STAGING_API,
    { minInstances: 0, maxInstances: 10, memoryMiB: 1024 },
    STAGING,
  ),
  database(
    "pipelines-primary",
    REGION,
    { env: "prod", team: "platform", service: "pipelines-db" },
    {
      vCpus: "14",
      memoryMiB: 39_424,
      storageGiB: 690,
      availability: "REGIONAL",
      replicaOf: null,
      replicas: ["pipelines-replica"],
    },
  ),
  database(
    "pipelines-replica",
    "us-east1",
    { env: "prod", team: "reports", service: "pipelines-db" },
    {
      vCpus: "8",
      memoryMiB: 24_320,
      storageGiB: 690,
      availability: "ZONAL",
      replicaOf: "pipelines-primary",
      replicas: [],
    },
  ),
  ...["(default)", "analytics"].map(
    (name): InventoryItem => ({
      kind: "firestore.googleapis.com/Database",
      ...namesOf("firestore.googleapis.com", `projects/${PROJECT}/databases/${name}`),
      name,
      scope: scopeOf(PROJECT),
      settings: {
        type: "FIRESTORE_NATIVE",
        concurrencyMode: "PESSIMISTIC",
        edition: "STANDARD",
        pointInTimeRecovery: false,
      },
      tags: {},
      readAt: READ_AT,
    }),
  ),
  {
    kind: "cloudtasks.googleapis.com/Queue",
    ...namesOf("cloudtasks.googleapis.com", `projects/${PROJECT}/locations/${REGION}/queues/render`),
    name: "render",
    scope: scopeOf(PROJECT),
    settings: {
      maxConcurrentDispatches: 100,
      maxDispatchesPerSecond: 500,
      maxAttempts: 100,
      state: "RUNNING",
    },
    tags: {},
    readAt: READ_AT,
  },
  {
    kind: "compute.googleapis.com/Instance",
    ...namesOf("compute.googleapis.com", `projects/${PROJECT}/zones/${ZONE}/instances/legacy-importer-1`),
    name: "legacy-importer-1",
    scope: scopeOf(PROJECT),
    settings: {
      machineType: "n1-standard-8",
      vCpus: "8",
      memoryMiB: 30_720,
      status: "running",
      zone: ZONE,
      isSpot: false,
      os: null,
      managedBy: null,
      disks: ["legacy-importer-1"],
    },
    tags: IMPORTER,
    createdAt: instant("2024-06-03T14:20:00Z"),
    readAt: READ_AT,
  },
  {
    kind: "compute.googleapis.com/Disk",
    ...namesOf("compute.googleapis.com", `projects/${PROJECT}/zones/${ZONE}/disks/legacy-importer-1`),
    name: "legacy-importer-1",
    scope: scopeOf(PROJECT),
    settings: {
      sizeGiB: 160,
      type: "pd-ssd",
      iops: null,
      throughputMiBps: null,
      zone: ZONE,
      attachedTo: ["legacy-importer-1"],
      lastDetachedAt: null,
    },
    tags: {},
    createdAt: instant("2024-06-03T14:20:00Z"),
    readAt: READ_AT,
  },
];

/** Requests a second are such that a month of them costs about what the bill charges, at the settings of the inventory. */
const services: readonly MeasuredService[] = [
  {
    resource: runId("pipeline-api"),
    perSecond: 127,
    shape: OFFICE,
    hours: AMERICAN_DAY,
    latency: {
      bounds: [50, 100, 200, 400, 800, 1600, 3200],
      shares: [0.08, 0.2, 0.34, 0.24, 0.1, 0.035, 0.005],
    },
    concurrency: 10,
    minInstances: 5,
    cpu: 0.3,
    memory: 0.36,
    startupMs: 4200,
    errors: 0.002,
  },
  {
    resource: runId("pipeline-worker"),
    perSecond: 0.57,
    shape: OFFICE,
    hours: AMERICAN_DAY,
    latency: {
      bounds: [5_000, 10_000, 20_000, 40_000, 80_000, 160_000],
      shares: [0.06, 0.16, 0.3, 0.28, 0.15, 0.05],
    },
    concurrency: 4,
    minInstances: 5,
    cpu: 0.34,
    memory: 0.4,
    startupMs: 7500,
    errors: 0.006,
  },
  {
    resource: runId("report-renderer"),
    perSecond: 0.16,
    shape: OFFICE,
    hours: AMERICAN_DAY,
    latency: {
      bounds: [1000, 2000, 4000, 8000, 16_000, 32_000],
      shares: [0.04, 0.14, 0.36, 0.3, 0.13, 0.03],
    },
    concurrency: 2,
    minInstances: 5,
    cpu: 0.32,
    memory: 0.38,
    startupMs: 6000,
    errors: 0.003,
  },
  {
    resource: runId("pipeline-api", STAGING),
    perSecond: 12,
    shape: { ...OFFICE, weekdays: [1.2, 1.3, 1.3, 1.3, 1.1, 0.1, 0.1] },
    hours: AMERICAN_DAY,
    latency: {
      bounds: [50, 100, 200, 400, 800, 1600, 3200],
      shares: [0.08, 0.2, 0.34, 0.24, 0.1, 0.035, 0.005],
    },
    concurrency: 10,
    minInstances: 0,
    cpu: 0.22,
    memory: 0.5,
    startupMs: 4200,
    errors: 0.004,
  },
];

export const AIPROD_RESOURCES: EstateResources = {
  readAt: READ_AT,
  billedFrom: "2025-08-01",
  measuredFrom: "2025-12-21",
  inventory,
  services,
  prices: [
    "gcp.run.memory,billing=idle,us-central1,0.0000025,USD,2026-02-01,https://cloud.google.com/run/pricing",
  ],
  levels: [
    {
      resource: sqlId("pipelines-primary"),
      shape: { ...OFFICE, noise: 0.06 },
      hours: AMERICAN_DAY,
      levels: [
        { metric: "cpu.utilization", statistic: "max", value: 0.16, base: 0.15, most: 0.98, places: 4 },
        { metric: "memory.utilization", statistic: "max", value: 0.5, base: 0.92, most: 0.95, places: 4 },
        { metric: "connections", statistic: "max", value: 120, base: 0.4 },
        { metric: "disk.read.operations", statistic: "sum", value: 620_000, base: 0.1 },
        { metric: "disk.write.operations", statistic: "sum", value: 980_000, base: 0.1 },
      ],
    },
    {
      resource: sqlId("pipelines-replica"),
      shape: { ...OFFICE, noise: 0.1 },
      hours: AMERICAN_DAY,
      levels: [
        { metric: "cpu.utilization", statistic: "max", value: 0.12, base: 0.2, most: 0.98, places: 4 },
        { metric: "memory.utilization", statistic: "max", value: 0.44, base: 0.92, most: 0.95, places: 4 },
        { metric: "connections", statistic: "max", value: 26, base: 0.3 },
        { metric: "replication.lag", statistic: "max", value: 0.8, base: 0.3, places: 2 },
      ],
    },
    {
      resource: `//compute.googleapis.com/projects/${PROJECT}/zones/${ZONE}/instances/legacy-importer-1`,
      shape: { ...EVERY_DAY, noise: 0.1 },
      levels: [
        { metric: "cpu.utilization", statistic: "max", value: 0.22, base: 0.4, most: 0.98, places: 4 },
      ],
    },
  ],
};

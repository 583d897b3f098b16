import {
  type ResourceKind,
  type ResourceRef,
  type SettingChange,
  type WeekSchedule,
  weekSchedule,
} from "@trimtab/domain";
import { jobsOf } from "../actions/cloud-run-minimums/minimum-jobs.ts";
import type { Hours } from "../actions/off-hours/hours.ts";
import { namesOf } from "../actions/off-hours/schedules.ts";
import type { ActionFixture, SimulatedCloud } from "./action-fixtures.ts";
import { addService, type CloudRunProject, newProject } from "./cloud-run-model.ts";
import type { GoogleResources } from "./google-cloud-model.ts";
import { simulateGcloud } from "./simulated-gcloud.ts";
import { simulateGoogle } from "./simulated-google.ts";

const ZONE = "projects/shop-prod/zones/europe-west1-b";
const REGION = "projects/shop-prod/regions/europe-west1";

const ref = <K extends ResourceKind>(kind: K, path: string): ResourceRef<K> => ({
  kind,
  id: `//compute.googleapis.com/${path}`,
  name: path.slice(path.lastIndexOf("/") + 1),
  scope: { provider: "gcp", account: "shop-prod", region: "europe-west1" },
});

/** A project that holds this, and services of Cloud Run where it is given some. */
const googleCloud =
  (holds: Readonly<Record<string, Record<string, unknown>>>, services?: () => CloudRunProject) =>
  (): SimulatedCloud => {
    const resources: GoogleResources = new Map(Object.entries(structuredClone(holds)));
    const project = services?.() ?? newProject();
    return {
      run: async ({ args }) =>
        args[0] === "run" ? simulateGcloud(project, args) : simulateGoogle(resources, project.effects, args),
      snapshot: () => JSON.parse(JSON.stringify({ resources: [...resources], services: project.services })),
      effects: () => project.effects,
    };
  };

const change = (setting: string, from: SettingChange["from"], to: SettingChange["to"]): SettingChange => ({
  setting,
  from,
  to,
});
const gone = [change("exists", true, false)];

const GOOGLE_MACHINE = {
  path: `${ZONE}/instances/web-1`,
  holds: {
    status: "RUNNING",
    machineType: `${ZONE}/machineTypes/e2-standard-4`,
    zone: ZONE,
    networkInterfaces: [{ name: "nic0", networkIP: "10.0.0.2", accessConfigs: [] }],
  },
};
const machine = ref("compute.googleapis.com/Instance", GOOGLE_MACHINE.path);
const machineCloud = googleCloud({ [GOOGLE_MACHINE.path]: GOOGLE_MACHINE.holds });

const SQL = "projects/shop-prod/instances";
const orders = ref("sqladmin.googleapis.com/Instance", `${SQL}/orders`);
const database = (own: object = {}, settings: object = {}) => ({
  name: "orders",
  databaseVersion: "POSTGRES_16",
  state: "RUNNABLE",
  region: "europe-west1",
  gceZone: "europe-west1-b",
  replicaNames: [],
  settings: {
    tier: "db-custom-8-30720",
    edition: "ENTERPRISE",
    dataDiskSizeGb: "100",
    storageAutoResize: true,
    availabilityType: "REGIONAL",
    activationPolicy: "ALWAYS",
    backupConfiguration: { enabled: true },
    ...settings,
  },
  ...own,
});

const disk = `${ZONE}/disks/old-data`;
const snapshot = "projects/shop-prod/global/snapshots/weekly-1";
const address = `${REGION}/addresses/old-ip`;
const rule = `${REGION}/forwardingRules/idle`;
const queue = "projects/shop-prod/locations/europe-west1/queues/mails";

const hours = {
  days: ["MON", "TUE", "WED", "THU", "FRI"],
  start: "07:00",
  stop: "20:00",
  timeZone: "Europe/Berlin",
} satisfies Hours;

const api: ResourceRef<"run.googleapis.com/Service"> = {
  kind: "run.googleapis.com/Service",
  id: "//run.googleapis.com/projects/shop-prod/locations/europe-west1/services/api",
  name: "api",
  scope: { provider: "gcp", account: "shop-prod", region: "europe-west1" },
};
const services = (settings: Parameters<typeof addService>[2]) => () => {
  const project = newProject();
  addService(project, "api", settings);
  return project;
};
/** Four instances in office hours, one else: two jobs. */
export const OFFICE_WEEK: WeekSchedule = weekSchedule(
  Array.from({ length: 168 }, (_, at) => (at < 120 && at % 24 >= 8 && at % 24 < 18 ? 4 : 1)),
);
const minimumJobs = jobsOf(api, OFFICE_WEEK).map(({ name }) => name);

/** By action: what Google Cloud has of it. */
export const GOOGLE_FIXTURES: Readonly<Record<string, readonly ActionFixture[]>> = {
  "cloud-run-minimums": [
    {
      about: "a service's own minimum, by the hour",
      resource: api,
      changes: [change("minInstances", 3, OFFICE_WEEK)],
      cloud: googleCloud({}, services({ serviceMin: 3 })),
      reached: { minimumJobs },
    },
    {
      about: "a service without a minimum, and half of its CPU",
      resource: api,
      changes: [change("minInstances", 0, OFFICE_WEEK), change("cpu", "2", "1")],
      cloud: googleCloud({}, services({})),
      reached: { minimumJobs, cpu: "1" },
      mayDiffer: ["revision", "traffic"],
    },
  ],
  "cloud-sql": [
    {
      about: "tier, availability and automatic storage",
      resource: orders,
      changes: [
        change("tier", "db-custom-8-30720", "db-custom-4-16384"),
        change("availability", "REGIONAL", "ZONAL"),
        change("storageAutoResize", true, false),
      ],
      cloud: googleCloud({ [`${SQL}/orders`]: database() }),
    },
    {
      about: "a stop",
      resource: orders,
      changes: [change("activationPolicy", "ALWAYS", "NEVER")],
      cloud: googleCloud({ [`${SQL}/orders`]: database() }),
    },
    {
      about: "more storage, for good",
      resource: orders,
      changes: [change("storageGiB", 100, 150)],
      cloud: googleCloud({ [`${SQL}/orders`]: database() }),
    },
    {
      about: "more storage, for good, and a smaller tier, not for good",
      resource: orders,
      changes: [change("storageGiB", 100, 150), change("tier", "db-custom-8-30720", "db-custom-4-16384")],
      cloud: googleCloud({ [`${SQL}/orders`]: database() }),
    },
    {
      about: "a replica made",
      resource: orders,
      changes: [change("replicas", [], ["orders-read"])],
      cloud: googleCloud({ [`${SQL}/orders`]: database() }),
    },
    {
      about: "a replica deleted",
      resource: ref("sqladmin.googleapis.com/Instance", `${SQL}/orders-read`),
      changes: gone,
      cloud: googleCloud({
        [`${SQL}/orders`]: database({ replicaNames: ["orders-read"] }),
        [`${SQL}/orders-read`]: database({
          name: "orders-read",
          masterInstanceName: "shop-prod:orders",
        }),
      }),
    },
  ],
  "cloud-tasks-queue": [
    {
      about: "rate, concurrency, and a number of attempts where there was none",
      resource: ref("cloudtasks.googleapis.com/Queue", queue),
      changes: [
        change("maxDispatchesPerSecond", 500, 12.5),
        change("maxConcurrentDispatches", 1000, 40),
        change("maxAttempts", null, 5),
      ],
      cloud: googleCloud({
        [queue]: {
          name: queue,
          state: "RUNNING",
          rateLimits: { maxDispatchesPerSecond: 500, maxConcurrentDispatches: 1000 },
        },
      }),
    },
  ],
  "delete-balancer": [
    {
      about: "a forwarding rule",
      resource: ref("compute.googleapis.com/ForwardingRule", rule),
      changes: gone,
      cloud: googleCloud({ [rule]: { IPAddress: "203.0.113.5", loadBalancingScheme: "EXTERNAL" } }),
    },
  ],
  "delete-disk": [
    {
      about: "a disk of Compute Engine",
      resource: ref("compute.googleapis.com/Disk", disk),
      changes: gone,
      cloud: googleCloud({
        [disk]: {
          sizeGb: "200",
          type: `${ZONE}/diskTypes/pd-ssd`,
          zone: ZONE,
          users: [],
          labels: { team: "search" },
          status: "READY",
        },
      }),
    },
  ],
  "delete-snapshot": [
    {
      about: "a snapshot of Compute Engine",
      resource: ref("compute.googleapis.com/Snapshot", snapshot),
      changes: gone,
      cloud: googleCloud({
        [snapshot]: { diskSizeGb: "10", creationTimestamp: "2025-01-02T03:04:05Z", status: "READY" },
      }),
    },
  ],
  "machine-power": [
    {
      about: "a machine of Compute Engine",
      resource: machine,
      changes: [change("status", "running", "stopped")],
      cloud: machineCloud,
    },
  ],
  "machine-resize": [
    {
      about: "a machine of Compute Engine",
      resource: machine,
      changes: [change("machineType", "e2-standard-4", "e2-standard-2")],
      cloud: machineCloud,
    },
  ],
  "off-hours": [
    {
      about: "a machine of Compute Engine",
      resource: machine,
      changes: [change("offHours", null, hours)],
      cloud: machineCloud,
      reached: { offHours: namesOf(machine, hours).toSorted() },
    },
    {
      about: "a database of Cloud SQL",
      resource: orders,
      changes: [change("offHours", null, hours)],
      cloud: googleCloud({ [`${SQL}/orders`]: database() }),
      reached: { offHours: namesOf(orders, hours).toSorted() },
    },
  ],
  "release-address": [
    {
      about: "an address of Compute Engine",
      resource: ref("compute.googleapis.com/Address", address),
      changes: gone,
      cloud: googleCloud({ [address]: { address: "203.0.113.4", status: "RESERVED" } }),
    },
  ],
};

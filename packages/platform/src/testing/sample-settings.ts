import type { ResourceKind, ResourceSettings } from "@trimtab/domain";
import { CLOUD_RUN_TODAY } from "./cloud-run-evidence.ts";

const MACHINE: ResourceSettings["compute.googleapis.com/Instance"] = {
  machineType: "e2-standard-4",
  vCpus: "4",
  memoryMiB: 16_384,
  status: "running",
  zone: "us-central1-a",
  isSpot: false,
  os: null,
  managedBy: null,
  disks: [],
};
const DISK: ResourceSettings["compute.googleapis.com/Disk"] = {
  sizeGiB: 100,
  type: "pd-ssd",
  iops: null,
  throughputMiBps: null,
  zone: "us-central1-a",
  attachedTo: [],
  lastDetachedAt: null,
};
const SNAPSHOT: ResourceSettings["compute.googleapis.com/Snapshot"] = {
  diskSizeGiB: 100,
  storedBytes: null,
  sourceDisk: null,
  usedBy: [],
};
const ADDRESS: ResourceSettings["compute.googleapis.com/Address"] = {
  address: "192.0.2.1",
  isExternal: true,
  usedBy: [],
};
const BALANCER: ResourceSettings["compute.googleapis.com/ForwardingRule"] = {
  type: "EXTERNAL",
  targets: 0,
  healthyTargets: 0,
};

const SAMPLES: ResourceSettings = {
  "run.googleapis.com/Service": CLOUD_RUN_TODAY,
  "sqladmin.googleapis.com/Instance": {
    databaseVersion: "POSTGRES_16",
    edition: "ENTERPRISE",
    tier: "db-custom-4-16384",
    vCpus: "4",
    memoryMiB: 16_384,
    storageGiB: 100,
    storageType: "PD_SSD",
    storageAutoResize: true,
    availability: "ZONAL",
    replicaOf: null,
    replicas: [],
    activationPolicy: "ALWAYS",
    state: "RUNNABLE",
  },
  "cloudtasks.googleapis.com/Queue": {
    maxConcurrentDispatches: 100,
    maxDispatchesPerSecond: 500,
    maxAttempts: 100,
    state: "RUNNING",
  },
  "firestore.googleapis.com/Database": {
    type: "FIRESTORE_NATIVE",
    concurrencyMode: "PESSIMISTIC",
    edition: "STANDARD",
    pointInTimeRecovery: false,
  },
  "compute.googleapis.com/Instance": MACHINE,
  "compute.googleapis.com/Disk": DISK,
  "compute.googleapis.com/Snapshot": SNAPSHOT,
  "compute.googleapis.com/Address": ADDRESS,
  "compute.googleapis.com/ForwardingRule": BALANCER,
  "AWS::EC2::Instance": { ...MACHINE, machineType: "m6i.xlarge", zone: "us-east-1a" },
  "AWS::EC2::Volume": { ...DISK, type: "gp3", zone: "us-east-1a" },
  "AWS::EC2::Snapshot": SNAPSHOT,
  "AWS::EC2::EIP": ADDRESS,
  "AWS::ElasticLoadBalancingV2::LoadBalancer": { ...BALANCER, type: "application" },
  "AWS::RDS::DBInstance": {
    engine: "postgres",
    engineVersion: "16.4",
    instanceClass: "db.r6g.xlarge",
    licenseModel: "postgresql-license",
    storageGiB: 100,
    storageType: "gp3",
    iops: null,
    throughputMiBps: null,
    multiAz: false,
    replicaOf: null,
    replicas: [],
    cluster: null,
    status: "available",
  },
  "AWS::DynamoDB::Table": {
    billingMode: "PAY_PER_REQUEST",
    readCapacityUnits: null,
    writeCapacityUnits: null,
    tableClass: "STANDARD",
    sizeBytes: "0",
    items: "0",
  },
  "AWS::Lambda::Function": {
    memoryMiB: 512,
    timeoutSeconds: 30,
    architecture: "arm64",
    runtime: null,
    provisionedConcurrency: null,
    reservedConcurrency: null,
  },
};

/** Settings that a resource of the kind might have. */
export const sampleSettings = <K extends ResourceKind>(kind: K): ResourceSettings[K] => SAMPLES[kind];

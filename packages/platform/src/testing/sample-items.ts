import type { InventoryItem } from "@trimtab/domain";
import { NOW } from "./advice-evidence.ts";

/** A running machine. */
export const machine = (tags: Record<string, string>): InventoryItem<"AWS::EC2::Instance"> => ({
  kind: "AWS::EC2::Instance",
  id: "i-0a1",
  name: "i-0a1",
  scope: { provider: "aws", account: "111111111111", region: "eu-central-1" },
  settings: {
    machineType: "m6i.xlarge",
    vCpus: "4",
    memoryMiB: 16_384,
    status: "running",
    zone: "eu-central-1a",
    isSpot: false,
    os: "linux",
    managedBy: null,
    disks: [],
  },
  tags,
  aliases: [],
  readAt: NOW,
});

/** A disk that nothing is known to use. */
export const volume: InventoryItem<"AWS::EC2::Volume"> = {
  kind: "AWS::EC2::Volume",
  id: "vol-1",
  name: "vol-1",
  scope: { provider: "aws", account: "111111111111", region: "eu-west-1" },
  settings: {
    sizeGiB: 500,
    type: "gp3",
    iops: 3000,
    throughputMiBps: 125,
    zone: "eu-west-1a",
    attachedTo: [],
    lastDetachedAt: null,
  },
  tags: {},
  aliases: [],
  readAt: NOW,
};

/** A large database with a standby. */
export const cloudSql: InventoryItem<"sqladmin.googleapis.com/Instance"> = {
  kind: "sqladmin.googleapis.com/Instance",
  id: "//cloudsql.googleapis.com/projects/p/instances/main",
  name: "main",
  scope: { provider: "gcp", account: "p", region: "us-central1" },
  settings: {
    databaseVersion: "POSTGRES_16",
    edition: "ENTERPRISE",
    tier: "db-custom-16-61440",
    vCpus: "16",
    memoryMiB: 61_440,
    storageGiB: 500,
    storageType: "PD_SSD",
    storageAutoResize: true,
    availability: "REGIONAL",
    replicaOf: null,
    replicas: [],
    activationPolicy: "ALWAYS",
    state: "RUNNABLE",
  },
  tags: {},
  aliases: [],
  readAt: NOW,
};

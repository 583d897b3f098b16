import { instant, type ResourceKind, type ResourceSettings } from "@trimtab/domain";
import { z } from "zod";

const text = z.string();
const whole = z.number().int().min(0);
const amount = z.number().min(0);
const names = z.array(text).readonly();
const decimalText = z.string().regex(/^\d+(\.\d+)?$/, "a decimal number as text, such as 0.5");

/** A UTC moment. */
export const instantText = z.string().transform((value, context) => {
  try {
    return instant(value);
  } catch {
    context.addIssue({ code: "custom", message: "a UTC moment, such as 2026-06-01T00:00:00Z" });
    return z.NEVER;
  }
});

const machine = z.strictObject({
  machineType: text,
  vCpus: decimalText.nullable(),
  memoryMiB: amount.nullable(),
  status: text,
  zone: text,
  isSpot: z.boolean(),
  os: text.nullable(),
  managedBy: text.nullable(),
  disks: names,
});

const disk = z.strictObject({
  sizeGiB: amount,
  type: text,
  iops: amount.nullable(),
  throughputMiBps: amount.nullable(),
  zone: text,
  attachedTo: names,
  lastDetachedAt: instantText.nullable(),
});

const snapshot = z.strictObject({
  diskSizeGiB: amount,
  storedBytes: z.string().regex(/^\d+$/, "a whole number as text").nullable(),
  sourceDisk: text.nullable(),
  usedBy: names,
});

const address = z.strictObject({ address: text, isExternal: z.boolean(), usedBy: names });

const balancer = z.strictObject({
  type: text,
  targets: whole.nullable(),
  healthyTargets: whole.nullable(),
});

const cloudRun = z.strictObject({
  minInstances: whole,
  maxInstances: whole,
  minInstancesOn: z.enum(["service", "revision"]),
  cpu: decimalText,
  memoryMiB: amount,
  concurrency: whole,
  cpuAllocation: z.enum(["request", "instance"]),
  startupCpuBoost: z.boolean(),
  timeoutSeconds: amount,
  executionEnvironment: z.enum(["gen1", "gen2", "default"]),
  revision: text,
  traffic: z
    .array(z.strictObject({ revision: text, percent: z.number().min(0).max(100) }).readonly())
    .readonly(),
});

const cloudSql = z.strictObject({
  databaseVersion: text,
  edition: z.enum(["ENTERPRISE", "ENTERPRISE_PLUS"]),
  tier: text,
  vCpus: decimalText,
  memoryMiB: amount,
  storageGiB: amount,
  storageType: text,
  storageAutoResize: z.boolean(),
  availability: z.enum(["ZONAL", "REGIONAL"]),
  replicaOf: text.nullable(),
  replicas: names,
  activationPolicy: z.enum(["ALWAYS", "NEVER", "ON_DEMAND"]),
  state: text,
});

const rds = z.strictObject({
  engine: text,
  engineVersion: text,
  instanceClass: text,
  licenseModel: text,
  storageGiB: amount,
  storageType: text,
  iops: amount.nullable(),
  throughputMiBps: amount.nullable(),
  multiAz: z.boolean(),
  replicaOf: text.nullable(),
  replicas: names,
  cluster: text.nullable(),
  status: text,
});

const queue = z.strictObject({
  maxConcurrentDispatches: whole.nullable(),
  maxDispatchesPerSecond: amount.nullable(),
  maxAttempts: z.number().int().nullable(),
  state: text,
});

const firestore = z.strictObject({
  type: text,
  concurrencyMode: text,
  edition: text,
  pointInTimeRecovery: z.boolean(),
});

const dynamoTable = z.strictObject({
  billingMode: z.enum(["PROVISIONED", "PAY_PER_REQUEST"]),
  readCapacityUnits: whole.nullable(),
  writeCapacityUnits: whole.nullable(),
  tableClass: text,
  sizeBytes: z.string().regex(/^\d+$/, "a whole number as text"),
  items: z.string().regex(/^\d+$/, "a whole number as text"),
});

const lambda = z.strictObject({
  memoryMiB: amount,
  timeoutSeconds: amount,
  architecture: text,
  runtime: text.nullable(),
  provisionedConcurrency: whole.nullable(),
  reservedConcurrency: whole.nullable(),
});

/** What the settings of each kind must be, in files and in what clouds answered. */
export const SETTINGS_SCHEMAS = {
  "run.googleapis.com/Service": cloudRun,
  "sqladmin.googleapis.com/Instance": cloudSql,
  "cloudtasks.googleapis.com/Queue": queue,
  "firestore.googleapis.com/Database": firestore,
  "compute.googleapis.com/Instance": machine,
  "compute.googleapis.com/Disk": disk,
  "compute.googleapis.com/Snapshot": snapshot,
  "compute.googleapis.com/Address": address,
  "compute.googleapis.com/ForwardingRule": balancer,
  "AWS::EC2::Instance": machine,
  "AWS::EC2::Volume": disk,
  "AWS::EC2::Snapshot": snapshot,
  "AWS::EC2::EIP": address,
  "AWS::ElasticLoadBalancingV2::LoadBalancer": balancer,
  "AWS::RDS::DBInstance": rds,
  "AWS::DynamoDB::Table": dynamoTable,
  "AWS::Lambda::Function": lambda,
} as const satisfies { readonly [K in ResourceKind]: z.ZodType<ResourceSettings[K]> };

export const RESOURCE_KINDS = Object.keys(SETTINGS_SCHEMAS) as readonly ResourceKind[];

export const isResourceKind = (kind: string): kind is ResourceKind => Object.hasOwn(SETTINGS_SCHEMAS, kind);

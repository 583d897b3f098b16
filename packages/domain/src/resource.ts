import type { Instant } from "./calendar.ts";

/**
 * Kinds of resources by the names that their clouds give them: Google's asset types and AWS's CloudFormation types.
 * @see https://cloud.google.com/asset-inventory/docs/asset-types, 2026-06
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-template-resource-type-ref.html, 2026-06
 */
export interface ResourceSettings {
  readonly "run.googleapis.com/Service": CloudRunSettings;
  readonly "sqladmin.googleapis.com/Instance": CloudSqlSettings;
  readonly "cloudtasks.googleapis.com/Queue": TaskQueueSettings;
  readonly "firestore.googleapis.com/Database": FirestoreSettings;
  readonly "compute.googleapis.com/Instance": MachineSettings;
  readonly "compute.googleapis.com/Disk": DiskSettings;
  readonly "compute.googleapis.com/Snapshot": SnapshotSettings;
  readonly "compute.googleapis.com/Address": AddressSettings;
  readonly "compute.googleapis.com/ForwardingRule": BalancerSettings;
  readonly "AWS::EC2::Instance": MachineSettings;
  readonly "AWS::EC2::Volume": DiskSettings;
  readonly "AWS::EC2::Snapshot": SnapshotSettings;
  readonly "AWS::EC2::EIP": AddressSettings;
  readonly "AWS::ElasticLoadBalancingV2::LoadBalancer": BalancerSettings;
  readonly "AWS::RDS::DBInstance": RdsSettings;
  readonly "AWS::DynamoDB::Table": DynamoTableSettings;
  readonly "AWS::Lambda::Function": LambdaSettings;
}

export type ResourceKind = keyof ResourceSettings;
export type Provider = "aws" | "gcp" | "azure";

/** Where a resource is. */
export interface ResourceScope {
  readonly provider: Provider;
  /** Account or project id. */
  readonly account: string;
  /** Region; `global` for what has none. The zone, where it matters, is a setting. */
  readonly region: string;
}

export interface ResourceRef<K extends ResourceKind = ResourceKind> {
  readonly kind: K;
  /** As the bill names it in ResourceId where it does, else the cloud's full name (ARN, `//run.googleapis.com/…`). */
  readonly id: string;
  /** The short name that commands take. */
  readonly name: string;
  readonly scope: ResourceScope;
}

/** What one resource's settings are at a moment. */
export type InventoryItem<K extends ResourceKind = ResourceKind> = {
  readonly [Kind in K]: ResourceRef<Kind> & {
    readonly settings: ResourceSettings[Kind];
    readonly tags: Readonly<Record<string, string>>;
    /** Other names of it, by which bills and metrics may call it. */
    readonly aliases: readonly string[];
    readonly createdAt?: Instant;
    readonly readAt: Instant;
  };
}[K];

export interface CloudRunSettings {
  /** Kept warm; of the service where it has its own, else of the serving revision. */
  readonly minInstances: number;
  readonly maxInstances: number;
  readonly minInstancesOn: "service" | "revision";
  /** vCPU of one instance, e.g. `0.5`, `2`. */
  readonly cpu: string;
  readonly memoryMiB: number;
  /** Requests at once in one instance. */
  readonly concurrency: number;
  /** `request`: CPU only while requests are handled; `instance`: all the time. */
  readonly cpuAllocation: "request" | "instance";
  readonly startupCpuBoost: boolean;
  readonly timeoutSeconds: number;
  readonly executionEnvironment: "gen1" | "gen2" | "default";
  /** The revision that new traffic goes to. */
  readonly revision: string;
  readonly traffic: readonly { readonly revision: string; readonly percent: number }[];
}

export interface CloudSqlSettings {
  /** `POSTGRES_16`, `MYSQL_8_0`, `SQLSERVER_2022_STANDARD`… */
  readonly databaseVersion: string;
  readonly edition: "ENTERPRISE" | "ENTERPRISE_PLUS";
  /** `db-custom-4-16384`, `db-f1-micro`, `db-perf-optimized-N-4`… */
  readonly tier: string;
  readonly vCpus: string;
  readonly memoryMiB: number;
  readonly storageGiB: number;
  readonly storageType: string;
  readonly storageAutoResize: boolean;
  readonly availability: "ZONAL" | "REGIONAL";
  readonly replicaOf: string | null;
  readonly replicas: readonly string[];
  readonly activationPolicy: "ALWAYS" | "NEVER" | "ON_DEMAND";
  readonly state: string;
}

export interface RdsSettings {
  readonly engine: string;
  readonly engineVersion: string;
  /** `db.r6g.xlarge`… */
  readonly instanceClass: string;
  readonly licenseModel: string;
  readonly storageGiB: number;
  readonly storageType: string;
  readonly iops: number | null;
  readonly throughputMiBps: number | null;
  readonly multiAz: boolean;
  readonly replicaOf: string | null;
  readonly replicas: readonly string[];
  /** The Aurora or Multi-AZ cluster that it is a member of. */
  readonly cluster: string | null;
  readonly status: string;
}

export interface MachineSettings {
  /** `e2-standard-4`, `m6i.xlarge`… */
  readonly machineType: string;
  readonly vCpus: string | null;
  readonly memoryMiB: number | null;
  /** `running` and `stopped` are the two that are judged; others as the cloud spells them, in lower case. */
  readonly status: string;
  readonly zone: string;
  readonly isSpot: boolean;
  readonly os: string | null;
  /** The group that starts and stops it, if one does. */
  readonly managedBy: string | null;
  readonly disks: readonly string[];
}

export interface DiskSettings {
  readonly sizeGiB: number;
  readonly type: string;
  readonly iops: number | null;
  readonly throughputMiBps: number | null;
  readonly zone: string;
  readonly attachedTo: readonly string[];
  /** Null: never, or the cloud does not say. */
  readonly lastDetachedAt: Instant | null;
}

export interface SnapshotSettings {
  /** Of the disk that it was taken of. */
  readonly diskSizeGiB: number;
  /** What it takes up; null where the cloud does not say. */
  readonly storedBytes: string | null;
  readonly sourceDisk: string | null;
  /** Images and schedules that need it. */
  readonly usedBy: readonly string[];
}

export interface AddressSettings {
  readonly address: string;
  readonly isExternal: boolean;
  readonly usedBy: readonly string[];
}

export interface BalancerSettings {
  readonly type: string;
  /** Registered targets or backends; null where the cloud does not say. */
  readonly targets: number | null;
  readonly healthyTargets: number | null;
}

export interface TaskQueueSettings {
  readonly maxConcurrentDispatches: number | null;
  readonly maxDispatchesPerSecond: number | null;
  readonly maxAttempts: number | null;
  readonly state: string;
}

export interface FirestoreSettings {
  readonly type: string;
  readonly concurrencyMode: string;
  readonly edition: string;
  readonly pointInTimeRecovery: boolean;
}

export interface DynamoTableSettings {
  readonly billingMode: "PROVISIONED" | "PAY_PER_REQUEST";
  readonly readCapacityUnits: number | null;
  readonly writeCapacityUnits: number | null;
  readonly tableClass: string;
  readonly sizeBytes: string;
  readonly items: string;
}

export interface LambdaSettings {
  readonly memoryMiB: number;
  readonly timeoutSeconds: number;
  readonly architecture: string;
  readonly runtime: string | null;
  readonly provisionedConcurrency: number | null;
  readonly reservedConcurrency: number | null;
}

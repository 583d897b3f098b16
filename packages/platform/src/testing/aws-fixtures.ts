import type { ResourceKind, ResourceRef, SettingChange } from "@trimtab/domain";
import type { Hours } from "../actions/off-hours/hours.ts";
import { namesOf } from "../actions/off-hours/schedules.ts";
import type { ActionFixture, SimulatedCloud } from "./action-fixtures.ts";
import { type AwsAccount, newAwsAccount } from "./aws-account.ts";
import { simulateAws } from "./simulated-aws.ts";

type Held = Omit<AwsAccount, "effects">;

/** An account that holds these, each by its id. */
const awsCloud =
  (holds: { readonly [of in keyof Held]?: Readonly<Record<string, Record<string, unknown>>> }) =>
  (): SimulatedCloud => {
    const account = newAwsAccount();
    for (const [of, items] of Object.entries(structuredClone(holds)))
      for (const [id, item] of Object.entries(items)) account[of as keyof Held].set(id, item);
    const { effects, ...held } = account;
    return {
      run: async ({ args }) => simulateAws(account, args),
      snapshot: () => JSON.parse(JSON.stringify(Object.entries(held).map(([of, items]) => [of, [...items]]))),
      effects: () => effects,
    };
  };

const ref = <K extends ResourceKind>(kind: K, name: string, id = name): ResourceRef<K> => ({
  kind,
  id,
  name,
  scope: { provider: "aws", account: "123456789012", region: "eu-central-1" },
});
const change = (setting: string, from: SettingChange["from"], to: SettingChange["to"]): SettingChange => ({
  setting,
  from,
  to,
});
const gone = [change("exists", true, false)];

const MACHINE = "i-0123456789abcdef0";
const machine = ref("AWS::EC2::Instance", MACHINE);
const machineCloud = awsCloud({
  instances: {
    [MACHINE]: {
      InstanceId: MACHINE,
      InstanceType: "m6i.xlarge",
      State: { Name: "running" },
      Architecture: "x86_64",
      RootDeviceType: "ebs",
      Placement: { AvailabilityZone: "eu-central-1a" },
      PublicIpAddress: "203.0.113.9",
      NetworkInterfaces: [{ Association: { IpOwnerId: "amazon" } }],
    },
  },
});

const VOLUME = "vol-0123456789abcdef0";
const SNAPSHOT = "snap-0123456789abcdef0";
const ADDRESS = "eipalloc-0123456789abcdef0";
const ARN = "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/idle/50dc6c495c0c9188";

const database = (own: object = {}) => ({
  DBInstanceIdentifier: "orders",
  DBInstanceClass: "db.r6g.xlarge",
  DBInstanceStatus: "available",
  Engine: "postgres",
  AllocatedStorage: 100,
  StorageType: "gp3",
  Iops: 3000,
  StorageThroughput: 125,
  MultiAZ: false,
  ReadReplicaDBInstanceIdentifiers: [],
  DeletionProtection: false,
  PendingModifiedValues: {},
  ...own,
});
const orders = ref("AWS::RDS::DBInstance", "orders");
const ordersCloud = awsCloud({ databases: { orders: database() } });

const table = (own: object) => ({
  carts: { TableName: "carts", TableStatus: "ACTIVE", ...own },
});
const units = (read: number, write: number) => ({ ReadCapacityUnits: read, WriteCapacityUnits: write });

const hours = {
  days: ["MON", "TUE", "WED", "THU", "FRI"],
  start: "07:00",
  stop: "20:00",
  timeZone: "Europe/Berlin",
} satisfies Hours;

/** By action: what AWS has of it. */
export const AWS_FIXTURES: Readonly<Record<string, readonly ActionFixture[]>> = {
  "delete-balancer": [
    {
      about: "a load balancer of AWS",
      resource: ref("AWS::ElasticLoadBalancingV2::LoadBalancer", "idle", ARN),
      changes: gone,
      cloud: awsCloud({
        balancers: {
          idle: {
            LoadBalancerName: "idle",
            LoadBalancerArn: ARN,
            DNSName: "idle.example",
            Type: "application",
            AvailabilityZones: [{ SubnetId: "subnet-1" }],
          },
        },
      }),
    },
  ],
  "delete-disk": [
    {
      about: "a volume of EBS",
      resource: ref("AWS::EC2::Volume", VOLUME),
      changes: gone,
      cloud: awsCloud({
        volumes: {
          [VOLUME]: {
            VolumeId: VOLUME,
            Size: 80,
            VolumeType: "gp3",
            State: "available",
            AvailabilityZone: "eu-central-1a",
            Iops: 4000,
            Throughput: 200,
            Attachments: [],
            Tags: [{ Key: "team", Value: "search" }],
          },
        },
      }),
    },
  ],
  "delete-snapshot": [
    {
      about: "a snapshot of EBS",
      resource: ref("AWS::EC2::Snapshot", SNAPSHOT),
      changes: gone,
      cloud: awsCloud({
        snapshots: {
          [SNAPSHOT]: {
            SnapshotId: SNAPSHOT,
            VolumeSize: 8,
            VolumeId: VOLUME,
            StartTime: "2025-01-02T03:04:05Z",
            State: "completed",
          },
        },
      }),
    },
  ],
  "dynamodb-capacity": [
    {
      about: "on demand instead of provisioned",
      resource: ref("AWS::DynamoDB::Table", "carts"),
      changes: [change("billingMode", "PROVISIONED", "PAY_PER_REQUEST")],
      cloud: awsCloud({ tables: table({ ProvisionedThroughput: units(40, 20) }) }),
    },
    {
      about: "fewer units",
      resource: ref("AWS::DynamoDB::Table", "carts"),
      changes: [change("readCapacityUnits", 40, 10), change("writeCapacityUnits", 20, 5)],
      cloud: awsCloud({ tables: table({ ProvisionedThroughput: units(40, 20) }) }),
    },
  ],
  "machine-power": [
    {
      about: "a machine of EC2",
      resource: machine,
      changes: [change("status", "running", "stopped")],
      cloud: machineCloud,
    },
  ],
  "machine-resize": [
    {
      about: "a machine of EC2",
      resource: machine,
      changes: [change("machineType", "m6i.xlarge", "m6i.large")],
      cloud: machineCloud,
    },
  ],
  "off-hours": [
    {
      about: "a machine of EC2",
      resource: machine,
      changes: [change("offHours", null, hours)],
      cloud: machineCloud,
      reached: { offHours: namesOf(machine, hours).toSorted() },
    },
    {
      about: "a database of RDS",
      resource: orders,
      changes: [change("offHours", null, hours)],
      cloud: ordersCloud,
      reached: { offHours: namesOf(orders, hours).toSorted() },
    },
  ],
  rds: [
    {
      about: "class and zones",
      resource: orders,
      changes: [change("instanceClass", "db.r6g.xlarge", "db.r6g.large"), change("multiAz", false, true)],
      cloud: ordersCloud,
    },
    {
      about: "a stop",
      resource: orders,
      changes: [change("status", "available", "stopped")],
      cloud: ordersCloud,
    },
    {
      about: "storage, for good",
      resource: orders,
      changes: [change("storageGiB", 100, 120), change("iops", 3000, 4000)],
      cloud: ordersCloud,
    },
    {
      about: "a replica made",
      resource: orders,
      changes: [change("replicas", [], ["orders-read"])],
      cloud: ordersCloud,
    },
    {
      about: "a replica deleted",
      resource: ref("AWS::RDS::DBInstance", "orders-read"),
      changes: gone,
      cloud: awsCloud({
        databases: {
          orders: database({ ReadReplicaDBInstanceIdentifiers: ["orders-read"] }),
          "orders-read": database({
            DBInstanceIdentifier: "orders-read",
            ReadReplicaSourceDBInstanceIdentifier: "orders",
          }),
        },
      }),
    },
  ],
  "release-address": [
    {
      about: "an address of AWS",
      resource: ref("AWS::EC2::EIP", ADDRESS),
      changes: gone,
      cloud: awsCloud({ addresses: { [ADDRESS]: { AllocationId: ADDRESS, PublicIp: "203.0.113.10" } } }),
    },
  ],
};

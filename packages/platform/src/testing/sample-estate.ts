import {
  type Instant,
  type InventoryItem,
  instant,
  type MetricStatistic,
  type ResourceKind,
  type ResourceMetric,
} from "@trimtab/domain";
import type { InventoryStore } from "../evidence/inventory/inventory-store.ts";
import type { ResourceMetricStore } from "../evidence/metrics/resource-metric-store.ts";

const REGION = "eu-west-1";
const ACCOUNT = "111111111111";
const READ_AT: Instant = instant("2026-06-30T00:00:00Z");
/** The moment that the estate is looked at. */
export const ESTATE_NOW = new Date(READ_AT);

const PARTS = [
  { kind: "AWS::EC2::Instance", prefix: "i", share: 0.4 },
  { kind: "AWS::RDS::DBInstance", prefix: "db", share: 0.2 },
  { kind: "AWS::EC2::Volume", prefix: "vol", share: 0.3 },
  { kind: "AWS::ElasticLoadBalancingV2::LoadBalancer", prefix: "lb", share: 0.1 },
] as const satisfies readonly {
  readonly kind: ResourceKind;
  readonly prefix: string;
  readonly share: number;
}[];

const count = (of: number, share: number): number => Math.round(of * share);

const itemOf = (kind: (typeof PARTS)[number]["kind"], id: string, at: number): InventoryItem => {
  const common = {
    id,
    name: id,
    scope: { provider: "aws", account: ACCOUNT, region: REGION },
    tags: { environment: at % 2 === 0 ? "dev" : "production" },
    aliases: [],
    readAt: READ_AT,
  } as const;
  switch (kind) {
    case "AWS::EC2::Instance":
      return {
        ...common,
        kind,
        settings: {
          machineType: "m6i.xlarge",
          vCpus: "4",
          memoryMiB: 16_384,
          status: "running",
          zone: `${REGION}a`,
          isSpot: false,
          os: "linux",
          managedBy: null,
          disks: [],
        },
      };
    case "AWS::RDS::DBInstance":
      return {
        ...common,
        kind,
        settings: {
          engine: "postgres",
          engineVersion: "16.3",
          instanceClass: "db.r6g.4xlarge",
          licenseModel: "postgresql-license",
          storageGiB: 500,
          storageType: "gp3",
          iops: 12_000,
          throughputMiBps: 500,
          multiAz: at % 4 === 0,
          replicaOf: null,
          replicas: [],
          cluster: null,
          status: "available",
        },
      };
    case "AWS::EC2::Volume":
      return {
        ...common,
        kind,
        settings: {
          sizeGiB: 100,
          type: "gp3",
          iops: 3000,
          throughputMiBps: 125,
          zone: `${REGION}a`,
          attachedTo: [],
          lastDetachedAt: null,
        },
      };
    case "AWS::ElasticLoadBalancingV2::LoadBalancer":
      return { ...common, kind, settings: { type: "application", targets: 2, healthyTargets: 2 } };
  }
};

/** So many resources of one account. */
export const estateItems = (resources: number): readonly InventoryItem[] =>
  PARTS.flatMap(({ kind, prefix, share }) =>
    Array.from({ length: count(resources, share) }, (_, at) => itemOf(kind, `${prefix}-${at}`, at)),
  );

/** Keeps the resources of {@link estateItems}. */
export const writeEstate = async (inventory: InventoryStore, resources: number): Promise<void> => {
  const items = estateItems(resources);
  const scope = { provider: "aws", account: ACCOUNT, region: REGION, readAt: READ_AT } as const;
  await inventory.replace(
    PARTS.map(({ kind }) => ({ ...scope, kind, items: items.filter((item) => item.kind === kind) })),
  );
};

interface Measured {
  readonly prefix: string;
  readonly share: number;
  readonly metric: ResourceMetric;
  readonly statistic: MetricStatistic;
  /** SQL over `n` (the resource's number) and `hour` (of the window). */
  readonly value: string;
}

const OFFICE = "(hour % 24 BETWEEN 6 AND 16 AND (hour // 24) % 7 < 5)";
const MEASURED: readonly Measured[] = [
  {
    prefix: "i",
    share: 0.4,
    metric: "cpu.utilization",
    statistic: "max",
    value: `CASE WHEN ${OFFICE} THEN 0.4 ELSE 0.01 END`,
  },
  {
    prefix: "db",
    share: 0.2,
    metric: "cpu.utilization",
    statistic: "max",
    value: "0.02 + 0.001 * (hash(n, hour) % 100)",
  },
  {
    prefix: "db",
    share: 0.2,
    metric: "memory.free",
    statistic: "min",
    value: "1e11 + hash(n, hour) % 1000000000",
  },
  {
    prefix: "db",
    share: 0.2,
    metric: "connections",
    statistic: "max",
    value: `CASE WHEN ${OFFICE} THEN 1 + hash(n, hour) % 50 ELSE 0 END`,
  },
  {
    prefix: "db",
    share: 0.2,
    metric: "disk.read.operations",
    statistic: "sum",
    value: "hash(n, hour) % 100000",
  },
  {
    prefix: "db",
    share: 0.2,
    metric: "disk.write.operations",
    statistic: "sum",
    value: "hash(n, hour) % 100000",
  },
  {
    prefix: "vol",
    share: 0.3,
    metric: "disk.read.operations",
    statistic: "sum",
    value: "CASE WHEN n % 3 = 0 THEN 0 ELSE hash(n, hour) % 100 END",
  },
  {
    prefix: "vol",
    share: 0.3,
    metric: "disk.write.operations",
    statistic: "sum",
    value: "CASE WHEN n % 3 = 0 THEN 0 ELSE hash(n, hour) % 100 END",
  },
  {
    prefix: "lb",
    share: 0.1,
    metric: "requests",
    statistic: "sum",
    value: "CASE WHEN n % 5 = 0 THEN 0 ELSE hash(n, hour) % 1000 END",
  },
];

/** Every resource's metrics for every hour of the days before {@link ESTATE_NOW}. @returns how many points */
export const writeEstateMetrics = async (
  metrics: ResourceMetricStore,
  resources: number,
  days: number,
): Promise<number> => {
  const hours = days * 24;
  const first = new Date(ESTATE_NOW.getTime() - hours * 3_600_000).toISOString().slice(0, 19);
  let points = 0;
  for (const { prefix, share, metric, statistic, value } of MEASURED) {
    const many = count(resources, share);
    points += many * hours;
    await metrics.write((sink) =>
      sink.addSelect({
        text:
          `SELECT '${prefix}-' || n AS resource, '${metric}' AS metric, '${statistic}' AS statistic, ` +
          `TIMESTAMP '${first}' + hour * INTERVAL 1 HOUR AS time, 3600 AS interval_seconds, ` +
          `CAST(${value} AS DOUBLE) AS value, NULL AS bounds, NULL AS counts, '{}' AS labels ` +
          `FROM range(${many}) AS resources(n), range(${hours}) AS window_hours(hour)`,
      }),
    );
  }
  return points;
};

import type { AreaRules } from "../metric-files.ts";
import { seededHex } from "../random.ts";
import { CONSUMER_WEEK, type Shape } from "../shape.ts";

/** The parts of the bill as the company's papers name them. */
export type Area = "ML inference" | "Database" | "Compute" | "Storage" | "Network" | "Cache";

export interface FocusLine {
  readonly key: string;
  readonly area: Area;
  readonly account: "samplemind-platform" | "samplemind-ml";
  readonly serviceName: string;
  readonly serviceCode: string;
  readonly category: string;
  readonly subcategory: string;
  readonly resourceId: string;
  readonly resourceName: string;
  readonly resourceType: string;
  readonly zone?: string;
  readonly meter: string;
  readonly description: string;
  readonly unit: string;
  /** USD for one unit on demand. */
  readonly listPrice: string;
  /** Share of the list price that is paid; below 1 for spot capacity. */
  readonly paid?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly grain: "day" | "hour";
  readonly weight: number;
  readonly shape: Shape;
}

export const FOCUS_REGION = { id: "us-east-1", name: "US East (N. Virginia)" } as const;
export const PAYER = { id: "495102336178", name: "SampleMind" } as const;
export const ACCOUNTS = { "samplemind-platform": "495102336178", "samplemind-ml": "870264119035" } as const;
export const CLUSTER = "samplemind-prod";

/** Published, a month; they sum to 6,150, which the papers call 5,000. */
export const MONTHLY: readonly { readonly name: Area; readonly amount: string }[] = [
  { name: "ML inference", amount: "1750" },
  { name: "Database", amount: "1200" },
  { name: "Compute", amount: "2000" },
  { name: "Storage", amount: "500" },
  { name: "Network", amount: "300" },
  { name: "Cache", amount: "400" },
];
export const MONTHS = [
  { from: "2025-08-01", until: "2025-09-01" },
  { from: "2025-09-01", until: "2025-10-01" },
] as const;

const USERS: Shape = { weekdays: CONSUMER_WEEK, noise: 0.05 };
const STEADY: Shape = { noise: 0.005 };
const EVENING_HOURS = [
  1.5, 1.55, 1.5, 1.35, 1.1, 0.85, 0.65, 0.5, 0.42, 0.4, 0.42, 0.5, 0.62, 0.75, 0.88, 0.98, 1.05, 1.12, 1.18,
  1.22, 1.28, 1.34, 1.4, 1.45,
];
const ALL_DAY = Array.from({ length: 24 }, () => 1);

const instance = (name: string): string => `i-0${seededHex(`instance/${name}`, 16)}`;
const volume = (name: string): string => `vol-0${seededHex(`volume/${name}`, 16)}`;

const GPU_LEAK = {
  from: "2025-09-11",
  until: "2025-09-14",
  factor: 2.2,
  cause: "A stuck queue kept the third GPU node busy with the same file",
};
const HOTLINK = {
  from: "2025-08-23",
  until: "2025-08-25",
  factor: 3.6,
  cause: "A forum hot-linked sample previews past the cache",
};

const EC2 = {
  serviceName: "Amazon Elastic Compute Cloud",
  serviceCode: "AmazonEC2",
  category: "Compute",
  subcategory: "Virtual Machines",
  resourceType: "AWS::EC2::Instance",
  unit: "Hours",
} as const;
const DOCUMENTDB = {
  area: "Database",
  account: "samplemind-platform",
  serviceName: "Amazon DocumentDB (with MongoDB compatibility)",
  serviceCode: "AmazonDocDB",
  category: "Databases",
  subcategory: "NoSQL Databases",
  tags: { environment: "prod", service: "database", "cost-center": "platform", owner: "data" },
  grain: "day",
} as const;

const gpuNodes = [1, 2, 3].map(
  (number): FocusLine => ({
    ...EC2,
    key: `gpu-${number}`,
    area: "ML inference",
    account: "samplemind-ml",
    resourceId: instance(`gpu-${number}`),
    resourceName: `gpu-${number}`,
    zone: "us-east-1a",
    meter: "BoxUsage:g5.xlarge",
    description: "$1.006 per On Demand Linux g5.xlarge Instance Hour",
    listPrice: "1.006",
    tags: {
      environment: "prod",
      service: "ml",
      owner: "ml",
      ...(number === 3 ? {} : { "cost-center": "ml" }),
    },
    grain: "hour",
    weight: [10, 8, 5][number - 1] ?? 1,
    shape:
      number === 1
        ? { ...STEADY, hours: ALL_DAY }
        : { ...USERS, hours: EVENING_HOURS, ...(number === 3 ? { surges: [GPU_LEAK] } : {}) },
  }),
);

const workerNodes = [4, 5, 6].map(
  (number): FocusLine => ({
    ...EC2,
    key: `worker-${number}`,
    area: "Compute",
    account: "samplemind-platform",
    resourceId: instance(`worker-${number}`),
    resourceName: `worker-${number}`,
    zone: "us-east-1b",
    meter: "BoxUsage:m6i.2xlarge",
    description: "$0.384 per On Demand Linux m6i.2xlarge Instance Hour",
    listPrice: "0.384",
    tags: { environment: "prod", service: "api", "cost-center": "platform", owner: "platform" },
    grain: "day",
    weight: 9,
    shape: STEADY,
  }),
);

const volumes = ["model-cache", "metrics-data"].map(
  (name, index): FocusLine => ({
    key: `volume-${name}`,
    area: "Storage",
    account: "samplemind-platform",
    serviceName: "Amazon Elastic Compute Cloud",
    serviceCode: "AmazonEC2",
    category: "Storage",
    subcategory: "Block Storage",
    resourceId: volume(name),
    resourceName: name,
    resourceType: "AWS::EC2::Volume",
    zone: "us-east-1a",
    meter: "EBS:VolumeUsage.gp3",
    description: "$0.08 per GB-month of General Purpose (gp3) provisioned storage",
    unit: "GB-Mo",
    listPrice: "0.08",
    tags: index === 0 ? { environment: "prod", service: "ml", owner: "ml" } : {},
    grain: "day",
    weight: [6, 2][index] ?? 1,
    shape: STEADY,
  }),
);

const balancerId = `arn:aws:elasticloadbalancing:us-east-1:${PAYER.id}:loadbalancer/net/samplemind-ingress/${seededHex("balancer", 16)}`;

export const FOCUS_LINES: readonly FocusLine[] = [
  ...gpuNodes,
  ...workerNodes,
  {
    ...EC2,
    key: "celery-spot",
    area: "Compute",
    account: "samplemind-platform",
    resourceId: instance("celery-spot"),
    resourceName: "celery-spot",
    zone: "us-east-1c",
    meter: "SpotUsage:c6i.4xlarge",
    description: "c6i.4xlarge Linux/UNIX Spot Instance-hour in US East (N. Virginia)",
    listPrice: "0.68",
    paid: "0.42",
    tags: { environment: "prod", service: "workers", owner: "platform" },
    grain: "day",
    weight: 6.4,
    shape: { ...USERS, noise: 0.1 },
  },
  {
    key: "cluster",
    area: "Compute",
    account: "samplemind-platform",
    serviceName: "Amazon Elastic Kubernetes Service",
    serviceCode: "AmazonEKS",
    category: "Compute",
    subcategory: "Containers",
    resourceId: `arn:aws:eks:us-east-1:${PAYER.id}:cluster/${CLUSTER}`,
    resourceName: CLUSTER,
    resourceType: "AWS::EKS::Cluster",
    meter: "AmazonEKS-Hours:perCluster",
    description: "Amazon EKS cluster usage in US East (N. Virginia)",
    unit: "Hours",
    listPrice: "0.1",
    tags: {},
    grain: "day",
    weight: 2.4,
    shape: { noise: 0 },
  },
  ...["primary", "replica"].map(
    (name): FocusLine => ({
      ...DOCUMENTDB,
      key: `docdb-${name}`,
      resourceId: `arn:aws:rds:us-east-1:${PAYER.id}:db:samplemind-${name}`,
      resourceName: `samplemind-${name}`,
      resourceType: "AWS::DocDB::DBInstance",
      meter: "InstanceUsage:db.r6g.xlarge",
      description: "$0.5544 per hour for db.r6g.xlarge (Amazon DocumentDB)",
      unit: "Hours",
      listPrice: "0.5544",
      weight: 13.3,
      shape: STEADY,
    }),
  ),
  {
    ...DOCUMENTDB,
    key: "docdb-io",
    resourceId: `arn:aws:rds:us-east-1:${PAYER.id}:cluster:samplemind`,
    resourceName: "samplemind",
    resourceType: "AWS::DocDB::DBCluster",
    meter: "StorageIOUsage",
    description: "$0.20 per 1 million I/O requests (Amazon DocumentDB)",
    unit: "IOs",
    listPrice: "0.0000002",
    weight: 9,
    shape: { ...USERS, steps: [{ from: "2025-09-22", factor: 0.8 }] },
  },
  ...volumes,
  ...["samplemind-audio", "samplemind-exports"].map(
    (name, index): FocusLine => ({
      key: `bucket-${name}`,
      area: "Storage",
      account: "samplemind-platform",
      serviceName: "Amazon Simple Storage Service",
      serviceCode: "AmazonS3",
      category: "Storage",
      subcategory: "Object Storage",
      resourceId: `arn:aws:s3:::${name}`,
      resourceName: name,
      resourceType: "AWS::S3::Bucket",
      meter: "TimedStorage-ByteHrs",
      description: "$0.023 per GB - first 50 TB / month of storage used",
      unit: "GB-Mo",
      listPrice: "0.023",
      tags:
        index === 0
          ? { environment: "prod", service: "storage", "cost-center": "platform", owner: "platform" }
          : {},
      grain: "day",
      weight: [9, 1.5][index] ?? 1,
      shape: { ...STEADY, growthPerDay: 0.002 },
    }),
  ),
  {
    key: "balancer",
    area: "Network",
    account: "samplemind-platform",
    serviceName: "Elastic Load Balancing",
    serviceCode: "AWSELB",
    category: "Networking",
    subcategory: "Network Infrastructure",
    resourceId: balancerId,
    resourceName: "samplemind-ingress",
    resourceType: "AWS::ElasticLoadBalancingV2::LoadBalancer",
    meter: "LoadBalancerUsage",
    description: "$0.0225 per Network LoadBalancer-hour (or partial hour)",
    unit: "Hours",
    listPrice: "0.0225",
    tags: { environment: "prod", service: "api", owner: "platform" },
    grain: "day",
    weight: 0.9,
    shape: { noise: 0 },
  },
  {
    key: "previews",
    area: "Network",
    account: "samplemind-platform",
    serviceName: "Amazon CloudFront",
    serviceCode: "AmazonCloudFront",
    category: "Networking",
    subcategory: "Content Delivery",
    resourceId: `arn:aws:cloudfront::${PAYER.id}:distribution/E2QX7P9KD4SAMP`,
    resourceName: "previews",
    resourceType: "AWS::CloudFront::Distribution",
    meter: "US-DataTransfer-Out-Bytes",
    description: "$0.085 per GB - first 10 TB / month data transfer out",
    unit: "GB",
    listPrice: "0.085",
    tags: { environment: "prod", service: "api" },
    grain: "day",
    weight: 6,
    shape: { ...USERS, noise: 0.08, surges: [HOTLINK] },
  },
  {
    key: "egress",
    area: "Network",
    account: "samplemind-platform",
    serviceName: "AWS Data Transfer",
    serviceCode: "AWSDataTransfer",
    category: "Networking",
    subcategory: "Network Connectivity",
    resourceId: balancerId,
    resourceName: "samplemind-ingress",
    resourceType: "AWS::ElasticLoadBalancingV2::LoadBalancer",
    meter: "DataTransfer-Out-Bytes",
    description: "$0.09 per GB - first 10 TB / month data transfer out beyond the global free tier",
    unit: "GB",
    listPrice: "0.09",
    tags: {},
    grain: "day",
    weight: 3,
    shape: USERS,
  },
  ...[1, 2].map(
    (number): FocusLine => ({
      key: `cache-${number}`,
      area: "Cache",
      account: "samplemind-platform",
      serviceName: "Amazon ElastiCache",
      serviceCode: "AmazonElastiCache",
      category: "Databases",
      subcategory: "Caching",
      resourceId: `arn:aws:elasticache:us-east-1:${PAYER.id}:cluster:samplemind-00${number}`,
      resourceName: `samplemind-00${number}`,
      resourceType: "AWS::ElastiCache::CacheCluster",
      meter: "NodeUsage:cache.r6g.large",
      description: "$0.206 per CacheCluster Hour running Redis cache.r6g.large",
      unit: "Hours",
      listPrice: "0.206",
      tags: { environment: "prod", service: "cache", ...(number === 1 ? { owner: "platform" } : {}) },
      grain: "day",
      weight: 1,
      shape: STEADY,
    }),
  ),
];

/** The areas of the company's papers, told from its bill. */
export const SAMPLEMIND_AREAS: AreaRules = {
  otherwise: "Compute",
  rules: [
    { where: "SubAccountName = 'samplemind-ml'", value: "ML inference" },
    { where: "ServiceName = 'Amazon ElastiCache'", value: "Cache" },
    { where: "ServiceCategory = 'Databases'", value: "Database" },
    { where: "ServiceCategory = 'Storage'", value: "Storage" },
    { where: "ServiceCategory = 'Networking'", value: "Network" },
  ],
};

/** Three worker nodes run under a savings plan of which a little goes unused at weekends. */
export const COVERED_NODES = [1, 2, 3].map((number) => ({
  resourceId: instance(`worker-${number}`),
  resourceName: `worker-${number}`,
}));
export const PLAN = {
  id: `arn:aws:savingsplans::${PAYER.id}:savingsplan/3f1a7c52-9d0b-4e6f-8a24-b7c9d0e1f2a3`,
  feePerDay: "19.2",
  usedOnWorkdays: "19.2",
  usedAtWeekends: "17.76",
  /** What a dollar of the plan would have cost on demand. */
  onDemandPerDollar: "1.388889",
  listPrice: "0.384",
  meter: "BoxUsage:m6i.2xlarge",
} as const;

/** Amounts of their own: a credit, and a correction of August's transfer on September's bill. */
export const ADJUSTMENTS = [
  {
    day: "2025-08-12",
    line: "bucket-samplemind-audio",
    category: "Credit",
    amount: "-25",
    description: "AWS Activate credit",
  },
  {
    day: "2025-09-03",
    line: "egress",
    category: "Usage",
    amount: "-6.4",
    description: "Correction of data transfer out, August 2025",
  },
] as const;

/** The first delivery of September ends with this day, whose content delivery had not all arrived. */
export const SEPTEMBER_SO_FAR = {
  month: "2025-09",
  until: "2025-09-20",
  lateDay: "2025-09-19",
  late: ["previews", "egress"],
} as const;

export const BALANCER_ID = balancerId;
export const nodeId = instance;
export const volumeId = volume;

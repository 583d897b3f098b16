import { AMERICAN_DAY, OFFICE_WEEK, type Shape } from "../shape.ts";

/** One resource's use of one kind of usage: a series of `Usage` rows. */
export interface CurLine {
  readonly key: string;
  readonly productCode: string;
  readonly resource: string;
  readonly usageType: string;
  readonly operation: string;
  readonly family: string;
  readonly description: string;
  readonly unit: string;
  /** USD for one unit. */
  readonly rate: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly grain: "day" | "hour";
  readonly weight: number;
  readonly shape: Shape;
}

export const REGION = "us-east-1";
export const ACCOUNT = "718204593316";
export const MONTH = { from: "2026-01-01", until: "2026-02-01" } as const;
/** The first delivery ends here: work on the fourth phase began that day. */
export const FIRST_DELIVERY_UNTIL = "2026-01-19";

/** Service names as the price list has them. */
export const PRODUCT_NAMES: Readonly<Record<string, string>> = {
  AmazonRDS: "Amazon Relational Database Service",
  AmazonElastiCache: "Amazon ElastiCache",
  AWSLambda: "AWS Lambda",
  AmazonDynamoDB: "Amazon DynamoDB",
  AmazonS3: "Amazon Simple Storage Service",
  AmazonApiGateway: "Amazon API Gateway",
  AmazonCloudWatch: "AmazonCloudWatch",
  AmazonVPC: "Amazon Virtual Private Cloud",
  awskms: "AWS Key Management Service",
  AWSSecretsManager: "AWS Secrets Manager",
  ComputeSavingsPlans: "Savings Plans for AWS Compute usage",
};

/** Net of credits and refunds, before tax; the total is ours, within the published 75 to 130. */
export const SERVICES = [
  { name: "AmazonRDS", amount: "46.18" },
  { name: "AmazonElastiCache", amount: "9.06" },
  { name: "AWSLambda", amount: "6.37" },
  { name: "AmazonDynamoDB", amount: "9.41" },
  { name: "AmazonS3", amount: "4.92" },
  { name: "AmazonApiGateway", amount: "6.85" },
  { name: "AmazonCloudWatch", amount: "7.26" },
  { name: "AmazonVPC", amount: "7.44" },
  { name: "awskms", amount: "3.00" },
  { name: "AWSSecretsManager", amount: "2.40" },
  { name: "ComputeSavingsPlans", amount: "3.72" },
] as const;

const SALES_TAX_SHARE = "0.08875";
export const TAX = {
  share: SALES_TAX_SHARE,
  description: "Tax for product code",
  type: "USSalesTax",
} as const;

export const CREDIT = { productCode: "AmazonRDS", day: "2026-01-05", amount: "-5" } as const;
export const REFUND = { productCode: "AWSLambda", day: "2026-01-22", amount: "-1.2" } as const;

export const SAVINGS_PLAN = {
  arn: `arn:aws:savingsplans::${ACCOUNT}:savingsplan/5c0e7f2d-6a91-4b8c-9d13-2f7a84e0b6c1`,
  /** USD an hour, the discount against on-demand, and the share that is used by UTC hour of the night. */
  perHour: "0.005",
  onDemandPerDollar: "1.2048192771",
  usedByNight: "0.75",
  nightHours: 6,
  resource: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:report-engine`,
} as const;

export const RESERVATION = {
  arn: `arn:aws:elasticache:${REGION}:${ACCOUNT}:reserved-instance:securebase-cache-2025`,
  perHour: "0.01",
  onDemandPerHour: "0.016",
  fee: "7.44",
  /** The node was replaced on this day; its reservation went unused. */
  unusedDay: "2026-01-13",
  resource: `arn:aws:elasticache:${REGION}:${ACCOUNT}:cluster:report-cache-001`,
} as const;

const OFFICE: Shape = { weekdays: OFFICE_WEEK, noise: 0.08, steps: [{ from: "2026-01-20", factor: 1.25 }] };
const STEADY: Shape = { noise: 0.01 };
const lambda = (name: string) => `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
const table = (name: string) => `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/${name}`;
const ANALYTICS = { user_environment: "prod", user_team: "analytics", user_cost_center: "cc-41" };
const PLATFORM = { user_environment: "prod", user_team: "platform", user_cost_center: "cc-40" };

const BACKFILL = {
  from: "2026-01-27",
  until: "2026-01-29",
  factor: 3.2,
  cause: "A report template asked for all history: its cache entries were rewritten on every page view",
};

export const CUR_LINES: readonly CurLine[] = [
  {
    key: "aurora-acu",
    productCode: "AmazonRDS",
    resource: `arn:aws:rds:${REGION}:${ACCOUNT}:cluster:securebase`,
    usageType: "Aurora:ServerlessV2Usage",
    operation: "CreateDBInstance:0021",
    family: "ServerlessV2",
    description: "$0.12 per Aurora Capacity Unit hour running Aurora PostgreSQL Serverless v2",
    unit: "ACU-Hr",
    rate: "0.12",
    tags: PLATFORM,
    grain: "hour",
    weight: 46,
    shape: { ...OFFICE, hours: AMERICAN_DAY, noise: 0.04 },
  },
  {
    key: "aurora-storage",
    productCode: "AmazonRDS",
    resource: `arn:aws:rds:${REGION}:${ACCOUNT}:cluster:securebase`,
    usageType: "Aurora:StorageUsage",
    operation: "CreateDBInstance:0021",
    family: "Database Storage",
    description: "$0.10 per GB-month of consumed storage (Aurora PostgreSQL)",
    unit: "GB-Mo",
    rate: "0.1",
    tags: PLATFORM,
    grain: "day",
    weight: 4,
    shape: { ...STEADY, growthPerDay: 0.004 },
  },
  {
    key: "cache-backup",
    productCode: "AmazonElastiCache",
    resource: `arn:aws:elasticache:${REGION}:${ACCOUNT}:cluster:report-cache-001`,
    usageType: "BackupUsage",
    operation: "CreateCacheCluster:0002",
    family: "Storage Snapshot",
    description: "$0.085 per GB-month of backup storage",
    unit: "GB-Mo",
    rate: "0.085",
    tags: {},
    grain: "day",
    weight: 1,
    shape: STEADY,
  },
  ...["report-engine", "webhooks", "notifications"].map(
    (name, index): CurLine => ({
      key: `lambda-${name}`,
      productCode: "AWSLambda",
      resource: lambda(name),
      usageType: "Lambda-GB-Second",
      operation: "Invoke",
      family: "Serverless",
      description: "AWS Lambda - Total Compute - US East (Northern Virginia)",
      unit: "Lambda-GB-Second",
      rate: "0.0000166667",
      tags: index === 0 ? ANALYTICS : index === 1 ? PLATFORM : {},
      grain: "day",
      weight: 3 - index,
      shape: index === 0 ? { ...OFFICE, from: "2026-01-19" } : OFFICE,
    }),
  ),
  ...["reports", "report_schedules", "report_cache", "metrics"].flatMap((name, index): readonly CurLine[] => [
    {
      key: `write-${name}`,
      productCode: "AmazonDynamoDB",
      resource: table(name),
      usageType: "WriteRequestUnits",
      operation: "PayPerRequestThroughput",
      family: "Amazon DynamoDB PayPerRequest Throughput",
      description: "$0.625 per million write request units (N. Virginia)",
      unit: "WriteRequestUnits",
      rate: "0.000000625",
      tags: index < 3 ? ANALYTICS : { user_environment: "prod" },
      grain: "day",
      weight: [2, 0.5, 5, 3][index] ?? 1,
      shape: name === "report_cache" ? { ...OFFICE, surges: [BACKFILL] } : OFFICE,
    },
    {
      key: `read-${name}`,
      productCode: "AmazonDynamoDB",
      resource: table(name),
      usageType: "ReadRequestUnits",
      operation: "PayPerRequestThroughput",
      family: "Amazon DynamoDB PayPerRequest Throughput",
      description: "$0.125 per million read request units (N. Virginia)",
      unit: "ReadRequestUnits",
      rate: "0.000000125",
      tags: index < 3 ? ANALYTICS : { user_environment: "prod" },
      grain: "day",
      weight: [1.5, 0.3, 2, 1][index] ?? 1,
      shape: OFFICE,
    },
  ]),
  {
    key: "s3-storage",
    productCode: "AmazonS3",
    resource: "securebase-report-exports",
    usageType: "TimedStorage-ByteHrs",
    operation: "StandardStorage",
    family: "Storage",
    description: "$0.023 per GB - first 50 TB / month of storage used",
    unit: "GB-Mo",
    rate: "0.023",
    tags: ANALYTICS,
    grain: "day",
    weight: 4,
    shape: { ...STEADY, growthPerDay: 0.01 },
  },
  {
    key: "s3-puts",
    productCode: "AmazonS3",
    resource: "securebase-report-exports",
    usageType: "Requests-Tier1",
    operation: "PutObject",
    family: "API Request",
    description: "$0.005 per 1,000 PUT, COPY, POST, or LIST requests",
    unit: "Requests",
    rate: "0.000005",
    tags: ANALYTICS,
    grain: "day",
    weight: 1,
    shape: OFFICE,
  },
  {
    key: "api-requests",
    productCode: "AmazonApiGateway",
    resource: `arn:aws:apigateway:${REGION}::/restapis/k3f9x1q2bd/stages/prod`,
    usageType: "ApiGatewayRequest",
    operation: "ApiGatewayRequest",
    family: "API Calls",
    description: "$3.50/million requests - first 333 million requests/month",
    unit: "Requests",
    rate: "0.0000035",
    tags: PLATFORM,
    grain: "day",
    weight: 1,
    shape: OFFICE,
  },
  {
    key: "log-ingestion",
    productCode: "AmazonCloudWatch",
    resource: `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:/aws/lambda/report-engine`,
    usageType: "DataProcessing-Bytes",
    operation: "PutLogEvents",
    family: "Data Payload",
    description: "$0.50 per GB custom log data ingested in Standard log class",
    unit: "GB",
    rate: "0.5",
    tags: {},
    grain: "day",
    weight: 5,
    shape: OFFICE,
  },
  {
    key: "alarms",
    productCode: "AmazonCloudWatch",
    resource: `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:*`,
    usageType: "CW:AlarmMonitorUsage",
    operation: "Unknown",
    family: "Alarm",
    description: "$0.10 per alarm metric month (standard resolution)",
    unit: "Alarms",
    rate: "0.1",
    tags: {},
    grain: "day",
    weight: 1,
    shape: { noise: 0 },
  },
  {
    key: "endpoint",
    productCode: "AmazonVPC",
    resource: `arn:aws:ec2:${REGION}:${ACCOUNT}:vpc-endpoint/vpce-0c8d41f7be29a6053`,
    usageType: "VpcEndpoint-Hours",
    operation: "VpcEndpoint",
    family: "VpcEndpoint",
    description: "$0.01 per VPC Endpoint Hour",
    unit: "Hrs",
    rate: "0.01",
    tags: PLATFORM,
    grain: "hour",
    weight: 1,
    shape: { noise: 0, hours: Array.from({ length: 24 }, () => 1) },
  },
  ...["data", "reports", "secrets"].map(
    (name): CurLine => ({
      key: `key-${name}`,
      productCode: "awskms",
      resource: `arn:aws:kms:${REGION}:${ACCOUNT}:key/${name}`,
      usageType: "us-east-1-KMS-Keys",
      operation: "Unknown",
      family: "Encryption Key",
      description: "$1 per customer managed KMS key version",
      unit: "Keys",
      rate: "1",
      tags: PLATFORM,
      grain: "day",
      weight: 1,
      shape: { noise: 0 },
    }),
  ),
  {
    key: "secrets",
    productCode: "AWSSecretsManager",
    resource: `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:prod`,
    usageType: "USE1-AWSSecretsManager-Secrets",
    operation: "Unknown",
    family: "Secret",
    description: "$0.40 per Secret",
    unit: "Secrets",
    rate: "0.4",
    tags: {},
    grain: "day",
    weight: 1,
    shape: { noise: 0 },
  },
];

import { curValues } from "./cur-values.ts";

const SERVICES = {
  AmazonEC2: "Amazon Elastic Compute Cloud",
  AmazonS3: "Amazon Simple Storage Service",
  AmazonRDS: "Amazon Relational Database Service",
  AWSLambda: "AWS Lambda",
  AmazonDynamoDB: "Amazon DynamoDB",
  AmazonCloudWatch: "AmazonCloudWatch",
  AmazonEKS: "Amazon Elastic Container Service for Kubernetes",
  AmazonVPC: "Amazon Virtual Private Cloud",
  AmazonElastiCache: "Amazon ElastiCache",
  AWSQueueService: "Amazon Simple Queue Service",
  AmazonRoute53: "Amazon Route 53",
  AmazonSNS: "Amazon Simple Notification Service",
} as const;
const REGIONS = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1"] as const;

/** A number below `count` that stays with the resource; each salt gives another one. */
const pick = (salt: number, count: number): string =>
  `CAST(hash((i // 720) * 64 + ${salt}) % ${count} AS INTEGER)`;

const oneOf = (values: readonly string[], index: string): string =>
  `[${values.map((value) => `'${value}'`).join(", ")}][1 + ${index}]`;

/**
 * A bill of hourly resources, 720 rows each. A few services have most of them, a team owns whole accounts, every tenth
 * resource lacks the tags of its owner.
 */
export const estateValues = (month: string): Readonly<Record<string, string>> => {
  const codes = Object.keys(SERVICES);
  const at = `least(${pick(1, codes.length)}, ${pick(2, codes.length)})`;
  const service = oneOf(codes, at);
  const product = oneOf(Object.values(SERVICES), at);
  const region = oneOf(REGIONS, `least(${pick(3, REGIONS.length)}, ${pick(4, REGIONS.length)})`);
  const account = pick(5, 40);
  const size = pick(6, 120);
  const environment = `CASE WHEN ${pick(7, 3)} = 0 THEN 'prod' ELSE 'dev' END`;
  const sku = `'SKU' || ${pick(8, 500)}`;
  return {
    ...curValues(month),
    line_item_availability_zone: `${region} || chr(97 + ${pick(9, 3)})`,
    line_item_line_item_description: `'$0.0416 per On Demand Linux m5.size' || ${size} || ' Instance Hour'`,
    line_item_product_code: service,
    line_item_resource_id: `'arn:aws:ec2:us-east-1:1111:instance/i-' || md5(CAST(i // 720 AS VARCHAR))`,
    line_item_usage_account_id: `CAST(111111111111 + ${account} AS VARCHAR)`,
    line_item_usage_account_name: `'account-' || ${account}`,
    line_item_usage_type: `'BoxUsage:m5.size' || ${size}`,
    pricing_rate_code: `${sku} || '.JRTCKXETXF.6YS6EN2CT7'`,
    product:
      `MAP {'product_name': ${product}, 'vcpu': CAST(1 + i % 64 AS VARCHAR), 'memory': (1 + i % 256) || ' GiB', ` +
      `'operating_system': 'Linux'}`,
    product_instance_type: `'m5.size' || ${size}`,
    product_region_code: region,
    product_servicecode: service,
    product_sku: sku,
    resource_tags:
      `CASE WHEN ${pick(10, 10)} = 0 THEN MAP {'user_environment': ${environment}} ` +
      `ELSE MAP {'user_environment': ${environment}, 'user_team': 't' || (${account} % 17), 'user_app': 'a' || ${pick(11, 200)}} END`,
  };
};

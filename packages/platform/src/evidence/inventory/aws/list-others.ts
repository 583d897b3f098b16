import type { InventoryItem } from "@trimtab/domain";
import { awsClientOptions } from "../../clouds/aws-api.ts";
import type { NormaliseContext } from "../normalise.ts";
import { dynamoTable } from "./dynamo-table.ts";
import { type FunctionFacts, lambdaFunction } from "./lambda-function.ts";
import { type BalancerFacts, loadBalancer } from "./load-balancer.ts";
import { rdsInstance } from "./rds-instance.ts";

type Lister = (region: string, context: NormaliseContext) => Promise<readonly InventoryItem[]>;

/** DescribeTags of balancers takes so many at once. */
const TAGS_AT_ONCE = 20;

const tagsOf = (tags: readonly { Key?: string | undefined; Value?: string | undefined }[] = []) =>
  Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));

export const listDbInstances: Lister = async (region, context) => {
  const sdk = await import("@aws-sdk/client-rds");
  const client = new sdk.RDSClient(awsClientOptions(region));
  const items: InventoryItem[] = [];
  for await (const { DBInstances = [] } of sdk.paginateDescribeDBInstances({ client }, {}))
    items.push(...DBInstances.map((body) => rdsInstance.normalise(body, context)));
  return items;
};

export const listTables: Lister = async (region, context) => {
  const sdk = await import("@aws-sdk/client-dynamodb");
  const client = new sdk.DynamoDBClient(awsClientOptions(region));
  const items: InventoryItem[] = [];
  for await (const { TableNames = [] } of sdk.paginateListTables({ client }, {}))
    for (const TableName of TableNames) {
      const { Table } = await client.send(new sdk.DescribeTableCommand({ TableName }));
      const ResourceArn = Table?.TableArn;
      const own = await client.send(new sdk.ListTagsOfResourceCommand({ ResourceArn }));
      items.push(dynamoTable(new Map([[String(ResourceArn), tagsOf(own.Tags)]])).normalise(Table, context));
    }
  return items;
};

export const listFunctions: Lister = async (region, context) => {
  const sdk = await import("@aws-sdk/client-lambda");
  const client = new sdk.LambdaClient(awsClientOptions(region));
  const items: InventoryItem[] = [];
  for await (const { Functions = [] } of sdk.paginateListFunctions({ client }, {}))
    for (const body of Functions) {
      const { FunctionName, FunctionArn: Resource } = body;
      const { ReservedConcurrentExecutions } = await client.send(
        new sdk.GetFunctionConcurrencyCommand({ FunctionName }),
      );
      const { Tags = {} } = await client.send(new sdk.ListTagsCommand({ Resource }));
      let provisioned: number | null = null;
      for await (const page of sdk.paginateListProvisionedConcurrencyConfigs({ client }, { FunctionName }))
        for (const {
          RequestedProvisionedConcurrentExecutions: count = 0,
        } of page.ProvisionedConcurrencyConfigs ?? [])
          provisioned = (provisioned ?? 0) + count;
      const facts: FunctionFacts = {
        provisionedConcurrency: provisioned,
        reservedConcurrency: ReservedConcurrentExecutions ?? null,
        tags: Tags,
      };
      items.push(lambdaFunction(new Map([[String(Resource), facts]])).normalise(body, context));
    }
  return items;
};

export const listBalancers: Lister = async (region, context) => {
  const sdk = await import("@aws-sdk/client-elastic-load-balancing-v2");
  const client = new sdk.ElasticLoadBalancingV2Client(awsClientOptions(region));
  const bodies: { readonly LoadBalancerArn?: string | undefined }[] = [];
  for await (const { LoadBalancers = [] } of sdk.paginateDescribeLoadBalancers({ client }, {}))
    bodies.push(...LoadBalancers);
  const arns = bodies.flatMap(({ LoadBalancerArn }) => LoadBalancerArn ?? []);
  const facts = new Map<string, BalancerFacts>();
  for (let start = 0; start < arns.length; start += TAGS_AT_ONCE) {
    const ResourceArns = arns.slice(start, start + TAGS_AT_ONCE);
    const { TagDescriptions = [] } = await client.send(new sdk.DescribeTagsCommand({ ResourceArns }));
    for (const { ResourceArn = "", Tags } of TagDescriptions)
      facts.set(ResourceArn, { targets: 0, healthyTargets: 0, tags: tagsOf(Tags) });
  }
  for await (const { TargetGroups = [] } of sdk.paginateDescribeTargetGroups({ client }, {}))
    for (const { TargetGroupArn, LoadBalancerArns = [] } of TargetGroups) {
      const health = await client.send(new sdk.DescribeTargetHealthCommand({ TargetGroupArn }));
      const targets = health.TargetHealthDescriptions ?? [];
      const healthy = targets.filter(({ TargetHealth }) => TargetHealth?.State === "healthy");
      for (const arn of LoadBalancerArns) {
        const own = facts.get(arn) ?? { targets: 0, healthyTargets: 0, tags: {} };
        facts.set(arn, {
          ...own,
          targets: own.targets + targets.length,
          healthyTargets: own.healthyTargets + healthy.length,
        });
      }
    }
  const normaliser = loadBalancer(facts);
  return bodies.map((body) => normaliser.normalise(body, context));
};

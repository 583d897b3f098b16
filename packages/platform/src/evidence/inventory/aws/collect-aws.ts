import { type Clock, type InventoryItem, instantOf, type ResourceKind } from "@trimtab/domain";
import { asking, awsClientOptions } from "../../clouds/aws-api.ts";
import type { CollectTask } from "../collect.ts";
import type { NormaliseContext } from "../normalise.ts";
import { type Ec2Lister, listAddresses, listInstances, listSnapshots, listVolumes } from "./list-ec2.ts";
import { listBalancers, listDbInstances, listFunctions, listTables } from "./list-others.ts";

type Lister = (region: string, context: NormaliseContext) => Promise<readonly InventoryItem[]>;

const ofEc2 =
  (list: Ec2Lister): Lister =>
  async (region, context) => {
    const sdk = await import("@aws-sdk/client-ec2");
    return await list(sdk, new sdk.EC2Client(awsClientOptions(region)), context);
  };

const LISTERS = {
  "AWS::EC2::Instance": ofEc2(listInstances),
  "AWS::EC2::Volume": ofEc2(listVolumes),
  "AWS::EC2::Snapshot": ofEc2(listSnapshots),
  "AWS::EC2::EIP": ofEc2(listAddresses),
  "AWS::ElasticLoadBalancingV2::LoadBalancer": listBalancers,
  "AWS::RDS::DBInstance": listDbInstances,
  "AWS::DynamoDB::Table": listTables,
  "AWS::Lambda::Function": listFunctions,
} as const satisfies Partial<Readonly<Record<ResourceKind, Lister>>>;

const AWS_KINDS = Object.keys(LISTERS) as readonly (keyof typeof LISTERS)[];

/** Whose credentials these are. @throws EVIDENCE_* */
export const awsAccount = (region: string): Promise<string> =>
  asking("sts:GetCallerIdentity", async () => {
    const { STSClient, GetCallerIdentityCommand } = await import("@aws-sdk/client-sts");
    const { Account = "" } = await new STSClient(awsClientOptions(region)).send(
      new GetCallerIdentityCommand({}),
    );
    return Account;
  });

/** Regions that the account may use. @throws EVIDENCE_* */
export const awsRegions = (region: string): Promise<readonly string[]> =>
  asking("ec2:DescribeRegions", async () => {
    const { EC2Client, DescribeRegionsCommand } = await import("@aws-sdk/client-ec2");
    const { Regions = [] } = await new EC2Client(awsClientOptions(region)).send(
      new DescribeRegionsCommand({}),
    );
    return Regions.flatMap(({ RegionName }) => RegionName ?? []).toSorted();
  });

/** What to ask for an account's resources of these kinds in these regions. */
export const awsTasks = (
  account: string,
  regions: readonly string[],
  kinds: readonly ResourceKind[],
  clock: Clock,
): readonly CollectTask[] => {
  const readAt = instantOf(clock());
  return regions.flatMap((region) =>
    AWS_KINDS.filter((kind) => kinds.includes(kind)).map((kind) => ({
      kind,
      region,
      read: async () => {
        const context = { account, region, readAt, from: `AWS ${region}` };
        const items = await asking(`${kind} in ${region}`, () => LISTERS[kind](region, context));
        return { provider: "aws", account, region, kind, readAt, items } as const;
      },
    })),
  );
};

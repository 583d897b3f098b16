import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  AllocateAddressCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  EC2Client,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import { CreateDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../../packages/platform/src/testing/run-cli.ts";
import { tempFolder } from "../../packages/platform/src/testing/temp-folder.ts";
import { startMoto } from "../../scripts/objects/moto.ts";

const server = await startMoto();
const saved = { ...process.env };

beforeAll(() => {
  if ("skipped" in server) return;
  // The SDK's own chain reads the process' environment.
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: server.url,
    AWS_ACCESS_KEY_ID: "test-key",
    AWS_SECRET_ACCESS_KEY: "test-secret-never-shown",
    AWS_REGION: "eu-central-1",
  });
});

afterAll(async () => {
  for (const name of ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"]) {
    if (saved[name] === undefined) delete process.env[name];
    else process.env[name] = saved[name];
  }
  if (!("skipped" in server)) await server.stop();
});

describe.skipIf("skipped" in server)("AWS, by moto", () => {
  it("an account's inventory is collected, and what is gone goes", async () => {
    const region = "eu-central-1";
    const ec2 = new EC2Client({ region });
    const { Instances = [] } = await ec2.send(
      new RunInstancesCommand({
        ImageId: "ami-12c6146b",
        InstanceType: "m5.large",
        MinCount: 1,
        MaxCount: 1,
        TagSpecifications: [{ ResourceType: "instance", Tags: [{ Key: "team", Value: "core" }] }],
      }),
    );
    const { VolumeId } = await ec2.send(
      new CreateVolumeCommand({ AvailabilityZone: `${region}a`, Size: 20, VolumeType: "gp3" }),
    );
    await ec2.send(new CreateSnapshotCommand({ VolumeId }));
    await ec2.send(new AllocateAddressCommand({ Domain: "vpc" }));
    await new RDSClient({ region }).send(
      new CreateDBInstanceCommand({
        DBInstanceIdentifier: "orders",
        DBInstanceClass: "db.r6g.large",
        Engine: "postgres",
        AllocatedStorage: 100,
        MultiAZ: true,
        MasterUsername: "owner",
        MasterUserPassword: "not-a-real-one",
      }),
    );
    await new DynamoDBClient({ region }).send(
      new CreateTableCommand({
        TableName: "carts",
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      }),
    );

    const cwd = tempFolder();
    const cli = (...words: readonly string[]) => runCli(words, { cwd, env: { TRIMTAB_LAKE: "lake" } });
    const collected = await cli("inventory", "collect", "--from", "aws", "--region", region, "--json");
    expect(collected.err).toBe("");
    expect(JSON.parse(collected.out)).toMatchObject({ failures: [] });
    const listed = await cli("inventory", "--json");
    const items: { kind: string; name: string; settings: Record<string, unknown>; tags: object }[] =
      JSON.parse(listed.out);
    const of = (kind: string) => items.filter((item) => item.kind === kind);
    expect(of("AWS::EC2::Instance")).toMatchObject([
      {
        id: Instances[0]?.InstanceId,
        scope: { account: "123456789012", region },
        settings: { machineType: "m5.large", vCpus: "2", memoryMiB: 8192, status: "running" },
        tags: { team: "core" },
      },
    ]);
    const volume = of("AWS::EC2::Volume").find(({ name }) => name === VolumeId);
    expect(volume?.settings).toMatchObject({ sizeGiB: 20, type: "gp3", attachedTo: [] });
    expect(of("AWS::EC2::Snapshot").some(({ settings }) => settings.sourceDisk === VolumeId)).toBe(true);
    expect(of("AWS::EC2::EIP")).toMatchObject([{ settings: { usedBy: [] } }]);
    expect(of("AWS::RDS::DBInstance")).toMatchObject([{ name: "orders", settings: { multiAz: true } }]);
    expect(of("AWS::DynamoDB::Table")).toMatchObject([{ settings: { billingMode: "PAY_PER_REQUEST" } }]);
  });
});

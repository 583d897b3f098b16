import { join } from "node:path";
import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import { CreateTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  AllocateAddressCommand,
  CreateSnapshotCommand,
  CreateVolumeCommand,
  EC2Client,
  RunInstancesCommand,
} from "@aws-sdk/client-ec2";
import { CreateDBInstanceCommand, RDSClient } from "@aws-sdk/client-rds";
import { instant } from "@trimtab/domain";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import type { MetricOf } from "../../packages/platform/src/evidence/metrics/resource-metric-store.ts";
import { openTestMetrics } from "../../packages/platform/src/testing/resource-metrics.ts";
import { runCli } from "../../packages/platform/src/testing/run-cli.ts";
import { tempFolder } from "../../packages/platform/src/testing/temp-folder.ts";
import { startMoto } from "../../scripts/objects/moto.ts";
import { startCloudWatchProxy } from "./cloudwatch-proxy.ts";

const server = await startMoto();
const proxy = "skipped" in server ? undefined : await startCloudWatchProxy(server.url);
const saved = { ...process.env };

beforeAll(() => {
  if ("skipped" in server) return;
  // The SDK's own chain reads the process' environment.
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: server.url,
    AWS_ENDPOINT_URL_CLOUDWATCH: proxy?.url,
    AWS_ACCESS_KEY_ID: "test-key",
    AWS_SECRET_ACCESS_KEY: "test-secret-never-shown",
    AWS_REGION: "eu-central-1",
  });
});

afterAll(async () => {
  for (const name of [
    "AWS_ENDPOINT_URL",
    "AWS_ENDPOINT_URL_CLOUDWATCH",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_REGION",
  ]) {
    if (saved[name] === undefined) delete process.env[name];
    else process.env[name] = saved[name];
  }
  proxy?.stop();
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

  it("CloudWatch's hours become points of resources by the names that bills have", async () => {
    const client = new CloudWatchClient({ region: "eu-central-1" });
    const put = (
      Namespace: string,
      MetricName: string,
      Dimensions: { Name: string; Value: string }[],
      hour: number,
      values: number[],
    ) =>
      client.send(
        new PutMetricDataCommand({
          Namespace,
          MetricData: values.map((Value, minute) => ({
            MetricName,
            Dimensions,
            Value,
            Timestamp: new Date(Date.UTC(2026, 5, 30, hour, minute)),
          })),
        }),
      );
    const machine = [{ Name: "InstanceId", Value: "i-1" }];
    await put("AWS/EC2", "CPUUtilization", machine, 1, [10, 30]);
    await put("AWS/EC2", "CPUUtilization", machine, 2, [50]);
    await put("AWS/RDS", "ReadIOPS", [{ Name: "DBInstanceIdentifier", Value: "orders" }], 1, [2, 4]);
    await put("AWS/Lambda", "Invocations", [{ Name: "FunctionName", Value: "mail" }], 1, [3, 4]);
    // A version of the function: a part of what is counted already.
    await put(
      "AWS/Lambda",
      "Invocations",
      [
        { Name: "FunctionName", Value: "mail" },
        { Name: "Resource", Value: "mail:7" },
      ],
      1,
      [3],
    );
    const cwd = tempFolder();
    const cli = (...words: readonly string[]) => runCli(words, { cwd, env: { TRIMTAB_LAKE: "lake" } });
    const ask = [
      "metrics",
      "ingest",
      "--from",
      "cloudwatch",
      "--region",
      "eu-central-1",
      "--since",
      "2026-06-30",
    ];
    if (proxy !== undefined) proxy.state.status = "InternalError";
    const broken = await cli(...ask);
    expect(broken.err).toContain("its answer is not whole (InternalError)");
    if (proxy !== undefined) proxy.state.status = "Complete";
    expect(JSON.parse((await cli("metrics", "resources", "--json")).out)).toEqual([]);
    const { err } = await cli(...ask);
    expect(err).toBe("");
    const { lake, store } = await openTestMetrics(join(cwd, "lake"));
    onTestFinished(() => lake.close());
    const window = { start: instant("2026-06-30T00:00:00Z"), end: instant("2026-07-01T00:00:00Z") };
    const of = async (id: string, asked: MetricOf) => {
      const found = await store.series({ id, aliases: [] }, asked, window);
      return found.status === "known" ? [found.value.start, found.value.values] : found.reason;
    };
    const one = "2026-06-30T01:00:00Z";
    expect(await of("i-1", { metric: "cpu.utilization", statistic: "mean" })).toEqual([one, [0.2, 0.5]]);
    expect(await of("i-1", { metric: "cpu.utilization", statistic: "max" })).toEqual([one, [0.3, 0.5]]);
    const db = "arn:aws:rds:eu-central-1:123456789012:db:orders";
    expect(await of(db, { metric: "disk.read.operations", statistic: "sum" })).toEqual([one, [3 * 3600]]);
    const fn = "arn:aws:lambda:eu-central-1:123456789012:function:mail";
    expect(await of(fn, { metric: "requests", statistic: "sum" })).toEqual([one, [7]]);
  });
});

import type { ResourceKind, ResourceRef, SettingChange } from "@trimtab/domain";
import { beforeAll, describe, expect, test } from "vitest";
import type { ActionDefinition, StepDraft } from "../../packages/platform/src/actions/action.ts";
import { actions } from "../../packages/platform/src/actions/registry.ts";
import {
  planLive,
  readState,
  runStep,
  runTool,
  type Tools,
} from "../../packages/platform/src/testing/run-step.ts";

const { TRIMTAB_TEST_AWS: program, TRIMTAB_TEST_MOTO: endpoint } = process.env;
// In us-east-1 this CLI asks RDS by an older name and passes AWS_ENDPOINT_URL over.
const scope = { provider: "aws", account: "123456789012", region: "eu-central-1" } as const;

const tools: Tools = {
  programs: { aws: program ?? "aws" },
  env: {
    PATH: process.env.PATH ?? "",
    PYTHONPATH: process.env.TRIMTAB_TEST_AWS_PYTHONPATH ?? "",
    HOME: "/nonexistent",
    AWS_ENDPOINT_URL: endpoint ?? "",
    AWS_ACCESS_KEY_ID: "test-key",
    AWS_SECRET_ACCESS_KEY: "test-secret-never-shown",
    AWS_PAGER: "",
  },
};

/** The real CLI, for what a test finds: asked for one field where `query` is given. */
const aws = async (words: string, query = "@", ...more: readonly string[]): Promise<string> => {
  const args = [...words.split(" "), ...more, "--region", scope.region, "--output", "text", "--query", query];
  return (await runTool(tools, { tool: "aws", args })).trim();
};

const ref = <K extends ResourceKind>(kind: K, name: string, id = name): ResourceRef<K> => ({
  kind,
  id,
  name,
  scope,
});

/** Plans on the live state, which must not be refused. */
const planned = async <K extends ResourceKind>(
  action: ActionDefinition<K>,
  resource: ResourceRef<K>,
  ...changes: readonly SettingChange[]
): Promise<readonly StepDraft[]> => {
  const plan = await planLive(tools, action, resource, changes);
  if (plan.status === "refused") throw new Error(plan.reason);
  return plan.steps;
};

/** All steps forth and, in reverse order, back; `there` is asked in between. */
const forthAndBack = async <K extends ResourceKind>(
  action: ActionDefinition<K>,
  resource: ResourceRef<K>,
  change: SettingChange,
  there: () => Promise<unknown>,
): Promise<void> => {
  const steps = await planned(action, resource, change);
  for (const step of steps) await runStep(tools, action, resource, step, "apply");
  await there();
  for (const step of steps.toReversed()) await runStep(tools, action, resource, step, "roll-back");
};

const change = (setting: string, from: SettingChange["from"], to: SettingChange["to"]): SettingChange => ({
  setting,
  from,
  to,
});
const gone = change("exists", true, false);

describe.skipIf(program === undefined)(
  `the aws CLI against moto${program === undefined ? " (skipped: the CLI or moto is missing)" : ""}`,
  () => {
    let image = "";
    beforeAll(async () => {
      image = await aws(
        "ec2 describe-images --owners amazon",
        "Images[?Architecture=='x86_64'] | [0].ImageId",
      );
    });

    const startMachine = async (type: string): Promise<string> =>
      await aws(`ec2 run-instances --image-id ${image} --instance-type ${type}`, "Instances[0].InstanceId");

    test("machine-power stops and starts", async () => {
      const machine = ref("AWS::EC2::Instance", await startMachine("m6i.large"));
      await forthAndBack(
        actions["machine-power"],
        machine,
        change("status", "running", "stopped"),
        async () => {
          expect(
            await aws(
              `ec2 describe-instances --instance-ids ${machine.name}`,
              "Reservations[0].Instances[0].State.Name",
            ),
          ).toBe("stopped");
        },
      );
    });

    test("machine-resize stops, changes and starts, and all of it back", async () => {
      const machine = ref("AWS::EC2::Instance", await startMachine("m6i.xlarge"));
      const action = actions["machine-resize"];
      await forthAndBack(action, machine, change("machineType", "m6i.xlarge", "m6i.large"), async () => {
        const query = "Reservations[0].Instances[0].[InstanceType,State.Name]";
        expect(await aws(`ec2 describe-instances --instance-ids ${machine.name}`, query)).toBe(
          "m6i.large\trunning",
        );
      });
      expect(await readState(tools, action, machine)).toMatchObject({
        machineType: "m6i.xlarge",
        status: "running",
      });
    });

    test("rds: class and zones, and back", async () => {
      await aws(
        "rds create-db-instance --db-instance-identifier orders --db-instance-class db.r6g.xlarge --engine postgres --allocated-storage 100 --storage-type gp3 --master-username boss --master-user-password not-a-secret",
      );
      const orders = ref("AWS::RDS::DBInstance", "orders");
      const steps = await planned(
        actions.rds,
        orders,
        change("instanceClass", "db.r6g.xlarge", "db.r6g.large"),
        change("multiAz", false, true),
      );
      expect(steps).toHaveLength(1);
      for (const step of steps) await runStep(tools, actions.rds, orders, step, "apply");
      const query = "DBInstances[0].[DBInstanceClass,MultiAZ]";
      expect(await aws("rds describe-db-instances --db-instance-identifier orders", query)).toBe(
        "db.r6g.large\tTrue",
      );
      for (const step of steps) await runStep(tools, actions.rds, orders, step, "roll-back");
    });

    test("rds: storage grows, for good", async () => {
      const orders = ref("AWS::RDS::DBInstance", "orders");
      const [step] = await planned(actions.rds, orders, change("storageGiB", 100, 120));
      expect(step).toMatchObject({ reversibility: "irreversible", rollback: [] });
      if (step !== undefined) await runStep(tools, actions.rds, orders, step, "apply");
    });

    test("rds: stop and start", async () => {
      const orders = ref("AWS::RDS::DBInstance", "orders");
      await forthAndBack(actions.rds, orders, change("status", "available", "stopped"), async () => {
        const query = "DBInstances[0].DBInstanceStatus";
        expect(await aws("rds describe-db-instances --db-instance-identifier orders", query)).toBe("stopped");
      });
    });

    test("rds: a replica is made and unmade; deleted and made again", async () => {
      const orders = ref("AWS::RDS::DBInstance", "orders");
      await forthAndBack(actions.rds, orders, change("replicas", [], ["orders-read"]), async () => {
        const replica = ref("AWS::RDS::DBInstance", "orders-read");
        await forthAndBack(actions.rds, replica, gone, async () => {
          expect(await readState(tools, actions.rds, replica)).toEqual({ exists: false });
        });
        expect(await readState(tools, actions.rds, replica)).toMatchObject({ replicaOf: "orders" });
      });
      expect(await readState(tools, actions.rds, orders)).toMatchObject({ replicas: [] });
    });

    test("delete-disk takes a snapshot first and restores from it", async () => {
      const made = `ec2 create-volume --availability-zone eu-central-1a --size 80 --volume-type gp3 --iops 4000 --throughput 200`;
      const tags = ["--tag-specifications", "ResourceType=volume,Tags=[{Key=team,Value=search}]"];
      const volume = ref("AWS::EC2::Volume", await aws(made, "VolumeId", ...tags));
      await forthAndBack(actions["delete-disk"], volume, gone, async () => {
        expect(await readState(tools, actions["delete-disk"], volume)).toEqual({ exists: false });
        const query = `Snapshots[?VolumeId=='${volume.name}'].State`;
        expect(await aws("ec2 describe-snapshots --owner-ids self", query)).toBe("completed");
      });
      expect(await readState(tools, actions["delete-disk"], volume)).toMatchObject({
        sizeGiB: 80,
        type: "gp3",
        iops: 4000,
        tags: { team: "search" },
      });
    });

    test("delete-disk refuses what is attached", async () => {
      const machine = await startMachine("m6i.large");
      const query = "Reservations[0].Instances[0].BlockDeviceMappings[0].Ebs.VolumeId";
      const volume = ref(
        "AWS::EC2::Volume",
        await aws(`ec2 describe-instances --instance-ids ${machine}`, query),
      );
      expect(await planLive(tools, actions["delete-disk"], volume, [gone])).toEqual({
        status: "refused",
        reason: `it is attached to ${machine}`,
      });
    });

    test("delete-snapshot", async () => {
      const volume = await aws("ec2 create-volume --availability-zone eu-central-1a --size 8", "VolumeId");
      const snapshot = ref(
        "AWS::EC2::Snapshot",
        await aws(`ec2 create-snapshot --volume-id ${volume}`, "SnapshotId"),
      );
      const [step] = await planned(actions["delete-snapshot"], snapshot, gone);
      expect(step?.reversibility).toBe("irreversible");
      if (step !== undefined) await runStep(tools, actions["delete-snapshot"], snapshot, step, "apply");
      expect(
        await aws("ec2 describe-snapshots --owner-ids self", `Snapshots[?SnapshotId=='${snapshot.name}']`),
      ).toBe("");
    });

    test("release-address", async () => {
      const address = ref("AWS::EC2::EIP", await aws("ec2 allocate-address --domain vpc", "AllocationId"));
      const [step] = await planned(actions["release-address"], address, gone);
      expect(step?.reversibility).toBe("irreversible");
      if (step !== undefined) await runStep(tools, actions["release-address"], address, step, "apply");
      expect(await readState(tools, actions["release-address"], address)).toEqual({ exists: false });
    });

    test("delete-balancer", async () => {
      const subnets = await aws("ec2 describe-subnets", "Subnets[0:2].SubnetId");
      const arn = await aws(
        `elbv2 create-load-balancer --name idle --subnets ${subnets.split("\t").join(" ")}`,
        "LoadBalancers[0].LoadBalancerArn",
      );
      const balancer = ref("AWS::ElasticLoadBalancingV2::LoadBalancer", "idle", arn);
      const [step] = await planned(actions["delete-balancer"], balancer, gone);
      expect(step?.before).toMatchObject({ exists: true, arn, type: "application" });
      if (step !== undefined) await runStep(tools, actions["delete-balancer"], balancer, step, "apply");
      expect(await aws("elbv2 describe-load-balancers", "LoadBalancers")).toBe("");
    });

    test("dynamodb-capacity: on demand and back, with its units", async () => {
      await aws(
        "dynamodb create-table --table-name carts --attribute-definitions AttributeName=id,AttributeType=S --key-schema AttributeName=id,KeyType=HASH --provisioned-throughput ReadCapacityUnits=40,WriteCapacityUnits=20",
      );
      const table = ref("AWS::DynamoDB::Table", "carts");
      const action = actions["dynamodb-capacity"];
      await forthAndBack(action, table, change("billingMode", "PROVISIONED", "PAY_PER_REQUEST"), async () => {
        const query = "Table.BillingModeSummary.BillingMode";
        expect(await aws("dynamodb describe-table --table-name carts", query)).toBe("PAY_PER_REQUEST");
      });
      await forthAndBack(action, table, change("readCapacityUnits", 40, 10), async () => {
        const query = "Table.ProvisionedThroughput.[ReadCapacityUnits,WriteCapacityUnits]";
        expect(await aws("dynamodb describe-table --table-name carts", query)).toBe("10\t20");
      });
      expect(await readState(tools, action, table)).toMatchObject({
        readCapacityUnits: 40,
        writeCapacityUnits: 20,
      });
    });

    test("off-hours: two schedules, and none", async () => {
      const hours = {
        days: ["MON", "TUE", "WED", "THU", "FRI"],
        start: "07:00",
        stop: "20:00",
        timeZone: "Europe/Berlin",
      };
      const orders = ref("AWS::RDS::DBInstance", "orders");
      await forthAndBack(actions["off-hours"], orders, change("offHours", null, hours), async () => {
        const [, stop] = (await aws("scheduler list-schedules", "Schedules[].Name")).split(/\s+/).toSorted();
        const query = "[ScheduleExpression,ScheduleExpressionTimezone,Target.Arn,Target.Input]";
        expect(await aws(`scheduler get-schedule --name ${stop}`, query)).toBe(
          'cron(0 20 ? * MON,TUE,WED,THU,FRI *)\tEurope/Berlin\tarn:aws:scheduler:::aws-sdk:rds:stopDBInstance\t{"DbInstanceIdentifier":"orders"}',
        );
      });
      expect(await aws("scheduler list-schedules", "Schedules[].Name")).toBe("");
    });
  },
);

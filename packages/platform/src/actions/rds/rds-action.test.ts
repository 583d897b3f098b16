import { expect, test } from "vitest";
import { amazon, lines, planOn, refusalOf, stepsOf } from "../../testing/plan-action.ts";
import { rdsAction } from "./rds-action.ts";

const orders = amazon("AWS::RDS::DBInstance", "orders");
const instance = (own: object = {}) => ({
  DBInstances: [
    {
      DBInstanceClass: "db.r6g.xlarge",
      DBInstanceStatus: "available",
      Engine: "postgres",
      AllocatedStorage: 100,
      StorageType: "gp3",
      Iops: 3000,
      StorageThroughput: 125,
      MultiAZ: true,
      PendingModifiedValues: {},
      ...own,
    },
  ],
});

test("class and zones are set at once, and set back", () => {
  const [step] = stepsOf(
    planOn(
      rdsAction,
      orders,
      instance(),
      ["instanceClass", "db.r6g.xlarge", "db.r6g.large"],
      ["multiAz", true, false],
    ),
  );
  expect(lines([...(step?.apply ?? []), ...(step?.rollback ?? [])])).toEqual([
    "aws rds modify-db-instance --db-instance-identifier orders --db-instance-class db.r6g.large --no-multi-az --apply-immediately",
    "aws rds modify-db-instance --db-instance-identifier orders --db-instance-class db.r6g.xlarge --multi-az --apply-immediately",
  ]);
});

test("storage is a step of its own that can't be taken back", () => {
  const steps = stepsOf(
    planOn(
      rdsAction,
      orders,
      instance(),
      ["instanceClass", "db.r6g.xlarge", "db.r6g.large"],
      ["storageGiB", 100, 110],
      ["iops", 3000, 4000],
    ),
  );
  expect(steps.map(({ reversibility }) => reversibility)).toEqual(["irreversible", "reversible"]);
  expect(lines(steps[0]?.apply ?? [])[0]).toContain(
    "--allocated-storage 110 --iops 4000 --apply-immediately",
  );
});

test("stopping says that it starts again", () => {
  const plan = planOn(rdsAction, orders, instance(), ["status", "available", "stopped"]);
  expect(plan).toMatchObject({ notes: [expect.stringContaining("seven days")] });
});

test.each([
  ["a shrink", ["storageGiB", 100, 90], instance(), "can't shrink"],
  ["a small increase", ["storageGiB", 100, 109], instance(), "to 110 GiB"],
  ["no class", ["instanceClass", "db.r6g.xlarge", "r6g.large"], instance(), "no instance class"],
  [
    "stopping what has a replica",
    ["status", "available", "stopped"],
    instance({ ReadReplicaDBInstanceIdentifiers: ["x"] }),
    "read replica",
  ],
  [
    "stopping SQL Server in two zones",
    ["status", "available", "stopped"],
    instance({ Engine: "sqlserver-se" }),
    "SQL Server",
  ],
  [
    "stopping a member of a cluster",
    ["status", "available", "stopped"],
    instance({ DBClusterIdentifier: "c" }),
    "cluster c",
  ],
  [
    "storage of a cluster's member",
    ["storageGiB", 100, 200],
    instance({ DBClusterIdentifier: "c" }),
    "cluster c",
  ],
  [
    "a change while another is pending",
    ["multiAz", true, false],
    instance({ PendingModifiedValues: { DBInstanceClass: "db.r6g.large" } }),
    "pending",
  ],
  [
    "a change while it is backed up",
    ["multiAz", true, false],
    instance({ DBInstanceStatus: "backing-up" }),
    "backing-up",
  ],
  ["deleting what is no replica", ["exists", true, false], instance(), "never deleted here"],
] as const)("refuses %s", (_, change, printed, why) => {
  expect(refusalOf(planOn(rdsAction, orders, printed, change))).toContain(why);
});

test("an empty list is one that is gone", () => {
  expect(rdsAction.parseState('{"DBInstances":[]}', orders)).toEqual({ exists: false });
});

import { type AwsCall, AwsRefusal, type AwsVerbs, found, type Item } from "./aws-account.ts";

const NUMBERS: Readonly<Record<string, string>> = {
  "--allocated-storage": "AllocatedStorage",
  "--iops": "Iops",
  "--storage-throughput": "StorageThroughput",
};
const TEXTS: Readonly<Record<string, string>> = {
  "--db-instance-class": "DBInstanceClass",
  "--storage-type": "StorageType",
};
const ONE = "--db-instance-identifier";

const instanceOf = ({ account, one }: AwsCall, option = ONE): Item =>
  found(account.databases, one(option), "DBInstanceNotFound");

/** `--multi-az` and the like have no word after them: what a call asks for by its mere presence. */
const zones = (call: AwsCall): Item => {
  const [several, one] = [call.isGiven("--multi-az"), call.isGiven("--no-multi-az")];
  return several || one ? { MultiAZ: several } : {};
};

const power =
  (from: string, to: string) =>
  (call: AwsCall): unknown => {
    const database = instanceOf(call);
    if (database.DBInstanceStatus !== from)
      throw new AwsRefusal("InvalidDBInstanceState", `It is not in ${from} state`);
    if (to === "stopped" && (database.ReadReplicaDBInstanceIdentifiers as readonly string[]).length > 0)
      throw new AwsRefusal("InvalidDBInstanceState", "It has a read replica");
    database.DBInstanceStatus = to;
    return { DBInstance: database };
  };

const setReplicas = (
  database: Item | undefined,
  change: (names: readonly string[]) => readonly string[],
): void => {
  if (database === undefined) return;
  database.ReadReplicaDBInstanceIdentifiers = change(
    database.ReadReplicaDBInstanceIdentifiers as readonly string[],
  );
};

export const RDS_VERBS: AwsVerbs = {
  "rds describe-db-instances": {
    options: ["--filters"],
    run: ({ account, filter }) => {
      const database = account.databases.get(filter("db-instance-id") ?? "");
      return { DBInstances: database === undefined ? [] : [database] };
    },
  },
  "rds modify-db-instance": {
    options: [
      ...[ONE, "--apply-immediately", "--multi-az", "--no-multi-az"],
      ...[...Object.keys(NUMBERS), ...Object.keys(TEXTS)],
    ],
    changes: true,
    run: (call) => {
      const database = instanceOf(call);
      const { one } = call;
      if (
        call.isGiven("--allocated-storage") &&
        Number(one("--allocated-storage")) < Number(database.AllocatedStorage)
      )
        throw new AwsRefusal("InvalidParameterCombination", "Storage can't shrink");
      for (const [option, field] of Object.entries(NUMBERS))
        if (call.isGiven(option)) database[field] = Number(one(option));
      for (const [option, field] of Object.entries(TEXTS))
        if (call.isGiven(option)) database[field] = one(option);
      Object.assign(database, zones(call));
      return { DBInstance: database };
    },
  },
  "rds stop-db-instance": { options: [ONE], changes: true, run: power("available", "stopped") },
  "rds start-db-instance": { options: [ONE], changes: true, run: power("stopped", "available") },
  "rds create-db-instance-read-replica": {
    options: [ONE, "--source-db-instance-identifier", "--db-instance-class", "--multi-az", "--no-multi-az"],
    changes: true,
    run: (call) => {
      const { account, one } = call;
      const source = instanceOf(call, "--source-db-instance-identifier");
      const own = {
        DBInstanceIdentifier: one(ONE),
        DBInstanceClass: one("--db-instance-class"),
        ReadReplicaSourceDBInstanceIdentifier: one("--source-db-instance-identifier"),
        ReadReplicaDBInstanceIdentifiers: [],
      };
      account.databases.set(one(ONE), { ...source, ...own, ...zones(call) });
      setReplicas(source, (names) => [...names, one(ONE)]);
      return {};
    },
  },
  "rds delete-db-instance": {
    options: [ONE, "--skip-final-snapshot"],
    changes: true,
    run: (call) => {
      const { account, one } = call;
      const { ReadReplicaSourceDBInstanceIdentifier: source } = instanceOf(call);
      account.databases.delete(one(ONE));
      setReplicas(account.databases.get(String(source)), (names) =>
        names.filter((name) => name !== one(ONE)),
      );
      return {};
    },
  },
};

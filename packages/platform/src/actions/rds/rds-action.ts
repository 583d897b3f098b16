import type { Json, ResourceRef } from "@trimtab/domain";
import { z } from "zod";
import { type Command, defineAction, type PlannedSteps, type StepDraft } from "../action.ts";
import { irreversibleStep, pick, refused, wantedChanges } from "../shared/changes.ts";
import { aws, word } from "../shared/commands.ts";
import { RDS_FACTS } from "./rds-facts.ts";
import { parseRds } from "./rds-state.ts";

type Kind = "AWS::RDS::DBInstance";
type Settings = { readonly [setting: string]: Json };

/** `db.r6g.xlarge`, `db.x2iedn.32xlarge`, `db.r5.6xlarge.tpc2.mem4x`. @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.html, 2026-11-22 */
const CLASS =
  /^db\.[a-z]+\d[a-z0-9-]*\.(micro|small|medium|large|xlarge|\d{1,2}xlarge|metal)(\.tpc\d\.mem\dx)?$/;

const wantedSchema = z.strictObject({
  instanceClass: z.string().regex(CLASS, "it is no instance class").optional(),
  storageGiB: z.int().min(20).max(65_536).optional(),
  storageType: z.enum(["gp2", "gp3", "io1", "io2"]).optional(),
  iops: z.int().min(1000).max(256_000).optional(),
  throughputMiBps: z.int().min(125).max(4000).optional(),
  multiAz: z.boolean().optional(),
  status: z.enum(["available", "stopped"]).optional(),
  replicas: z.array(z.string().regex(/^[a-z][a-z0-9-]{0,62}$/)).optional(),
  exists: z.literal(false, "only deleting a replica is done here").optional(),
});
type Wanted = z.output<typeof wantedSchema>;

const STORAGE = ["storageGiB", "storageType", "iops", "throughputMiBps"] as const;
const REVERSIBLE = ["instanceClass", "multiAz"] as const;
const WATCH_SECONDS = 1800;

/** RDS: class, storage, zones, replicas, and whether it runs. */
export const rdsAction = defineAction<Kind>({
  apiVersion: 1,
  id: "rds",
  summary: "class, storage, zones and replicas of an RDS instance, and whether it runs",
  kinds: ["AWS::RDS::DBInstance"],
  changes: Object.keys(wantedSchema.shape),
  facts: RDS_FACTS,
  // By a filter, so that one that is gone is an empty list.
  read: (resource) =>
    rds(resource, "describe-db-instances", "--filters", `Name=db-instance-id,Values=${nameOf(resource)}`),
  parseState: parseRds,
  plan: (request) => {
    const { resource, state } = request;
    const checked = wantedChanges(request, wantedSchema);
    if ("refusal" in checked) return refused(checked.refusal);
    const { wanted } = checked;
    const problem = problemOf(wanted, state);
    if (problem !== undefined) return refused(problem);
    return wanted.exists === false ? dropReplica(resource, state) : change(resource, wanted, state);
  },
  terraform: (_, changes) => {
    const names: Readonly<Record<string, string>> = {
      instanceClass: "instance_class",
      storageGiB: "allocated_storage",
      storageType: "storage_type",
      iops: "iops",
      throughputMiBps: "storage_throughput",
      multiAz: "multi_az",
    };
    const attributes = changes.flatMap(({ setting, to }) => {
      const name = names[setting];
      return name === undefined ? [] : [[name, to] as const];
    });
    return { type: "aws_db_instance", attributes: Object.fromEntries(attributes) };
  },
});

function problemOf(wanted: Wanted, state: Settings): string | undefined {
  const { storageGiB, status, exists, replicas, multiAz } = wanted;
  if (exists === false) {
    if (state.replicaOf === null) return "it is no replica: what holds the data is never deleted here";
    return state.deletionProtection === true ? "it is protected against deletion" : undefined;
  }
  if (state.pending === true) return "another change of it is still pending";
  if (status !== undefined) return stopProblem(wanted, state);
  if (state.status !== "available") return `it is ${String(state.status)} now, and changes need it available`;
  const cluster = state.cluster !== null;
  if (cluster && (multiAz !== undefined || replicas !== undefined || STORAGE.some((name) => name in wanted)))
    return `it is a member of the cluster ${String(state.cluster)}, which holds its storage and zones`;
  const now = Number(state.storageGiB);
  if (storageGiB !== undefined && storageGiB < now) return `storage can't shrink: it is ${now} GiB`;
  const least = Math.ceil((now * 11) / 10);
  if (storageGiB !== undefined && storageGiB < least)
    return `storage grows by 10 % at least: to ${least} GiB`;
  const known = state.replicas as readonly string[];
  if (replicas !== undefined && known.some((name) => !replicas.includes(name)))
    return "a replica is removed as a resource of its own: exists true → false";
  return undefined;
}

function stopProblem(wanted: Wanted, state: Settings): string | undefined {
  if (Object.keys(wanted).length > 1) return "stop or start it in a change of its own";
  if (state.cluster !== null) return `its cluster ${String(state.cluster)} is stopped as a whole`;
  if (wanted.status === "available") return undefined;
  if (state.replicaOf !== null || (state.replicas as readonly string[]).length > 0)
    return "an instance that is or has a read replica can't be stopped";
  return String(state.engine).startsWith("sqlserver") && state.multiAz === true
    ? "SQL Server in several zones can't be stopped"
    : undefined;
}

function change(resource: ResourceRef<Kind>, wanted: Wanted, state: Settings): PlannedSteps {
  const steps: StepDraft[] = [];
  const notes: string[] = [];
  const storage = STORAGE.filter((name) => wanted[name] !== undefined);
  if (storage.length > 0) {
    const to = pick(wanted, storage);
    steps.push(
      irreversibleStep({
        title: `Set ${said(to)} of ${resource.name}`,
        before: { exists: true, status: "available", ...pick(state, storage) },
        apply: [modify(resource, to)],
        // It works while it is being optimized, for hours, so its status is not waited for.
        after: { exists: true, pending: false, ...to },
        settleSeconds: 3600,
        watchSeconds: WATCH_SECONDS,
      }),
    );
    notes.push("For six hours, or until it is optimized, its storage can't be changed again, nor set back.");
  }
  const set = REVERSIBLE.filter((name) => wanted[name] !== undefined);
  if (set.length > 0) {
    const [to, from] = [pick(wanted, set), pick(state, set)];
    steps.push({
      title: `Set ${said(to)} of ${resource.name}`,
      before: { exists: true, ...from },
      apply: [modify(resource, to)],
      after: { exists: true, status: "available", pending: false, ...to },
      rollback: [modify(resource, from)],
      restored: { exists: true, status: "available", pending: false, ...from },
      reversibility: "reversible",
      settleSeconds: 3600,
      watchSeconds: WATCH_SECONDS,
    });
    if (wanted.instanceClass !== undefined)
      notes.push("The database is down while its class changes, and again on the way back.");
  }
  if (wanted.status !== undefined) {
    steps.push(power(resource, wanted.status));
    if (wanted.status === "stopped")
      notes.push("RDS starts it again after seven days; stopped, it still pays its storage and backups.");
  }
  const known = state.replicas as readonly string[];
  const added = (wanted.replicas ?? []).filter((name) => !known.includes(name));
  for (const [index, name] of added.entries())
    steps.push(addReplica(resource, name, [...known, ...added.slice(0, index)], state));
  return { status: "planned", steps, notes };
}

function power(resource: ResourceRef<Kind>, status: "available" | "stopped"): StepDraft {
  const one = ["--db-instance-identifier", nameOf(resource)];
  const stop = rds(resource, "stop-db-instance", ...one);
  const start = rds(resource, "start-db-instance", ...one);
  const isStop = status === "stopped";
  const before = { exists: true, status: isStop ? "available" : "stopped" };
  return {
    title: `${isStop ? "Stop" : "Start"} ${resource.name}`,
    before,
    apply: [isStop ? stop : start],
    after: { exists: true, status },
    rollback: [isStop ? start : stop],
    restored: before,
    reversibility: "reversible",
    settleSeconds: 7200,
    watchSeconds: 600,
  };
}

function addReplica(
  resource: ResourceRef<Kind>,
  name: string,
  others: readonly string[],
  state: Settings,
): StepDraft {
  const before = { exists: true, replicas: others.toSorted() };
  return {
    title: `Make ${name}, a replica of ${resource.name}`,
    before: { ...before, status: "available" },
    apply: [makeReplica(resource, name, nameOf(resource), state)],
    after: { exists: true, replicas: [...others, name].toSorted() },
    rollback: [deleteReplica(resource, name)],
    restored: before,
    reversibility: "reversible",
    settleSeconds: 7200,
    watchSeconds: 300,
  };
}

function dropReplica(resource: ResourceRef<Kind>, state: Settings): PlannedSteps {
  const before = pick(state, ["exists", "instanceClass", "replicaOf", "multiAz"]);
  return {
    status: "planned",
    steps: [
      {
        title: `Delete ${resource.name}, a replica of ${String(state.replicaOf)}`,
        before,
        apply: [deleteReplica(resource, nameOf(resource))],
        after: { exists: false },
        rollback: [makeReplica(resource, nameOf(resource), String(state.replicaOf), state)],
        restored: { ...before, status: "available" },
        reversibility: "restorable",
        settleSeconds: 7200,
        watchSeconds: WATCH_SECONDS,
      },
    ],
    notes: ["Its data is its primary's. A replica made again has its name, class and zones, not its tags."],
  };
}

// A replica can't leave a final snapshot.
const deleteReplica = (resource: ResourceRef, name: string): Command =>
  rds(
    resource,
    "delete-db-instance",
    "--db-instance-identifier",
    word("name", name),
    "--skip-final-snapshot",
  );

const makeReplica = (resource: ResourceRef, name: string, source: string, state: Settings): Command =>
  rds(
    resource,
    "create-db-instance-read-replica",
    ...["--db-instance-identifier", word("name", name)],
    ...["--source-db-instance-identifier", word("name", source)],
    ...["--db-instance-class", String(state.instanceClass)],
    state.multiAz === true ? "--multi-az" : "--no-multi-az",
  );

const OPTIONS: Readonly<Record<string, string>> = {
  instanceClass: "--db-instance-class",
  storageGiB: "--allocated-storage",
  storageType: "--storage-type",
  iops: "--iops",
  throughputMiBps: "--storage-throughput",
};

function modify(resource: ResourceRef, settings: Settings): Command {
  const options = Object.entries(settings).flatMap(([name, value]) =>
    name === "multiAz"
      ? [value === true ? "--multi-az" : "--no-multi-az"]
      : [`${OPTIONS[name]}`, String(value)],
  );
  const one = ["--db-instance-identifier", nameOf(resource)];
  return rds(resource, "modify-db-instance", ...one, ...options, "--apply-immediately");
}

const said = (settings: Settings): string =>
  Object.entries(settings)
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ");

const nameOf = ({ name }: ResourceRef): string => word("name", name);

const rds = (resource: ResourceRef, verb: string, ...options: readonly string[]): Command =>
  aws(resource.scope, "rds", verb, ...options);

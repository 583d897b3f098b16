import type { Json, ResourceRef } from "@trimtab/domain";
import { z } from "zod";
import { type Command, defineAction, type PlannedSteps, type StepDraft } from "../action.ts";
import { irreversibleStep, pick, refused, wantedChanges } from "../shared/changes.ts";
import { gcloud, word } from "../shared/commands.ts";
import { CLOUD_SQL_FACTS } from "./cloud-sql-facts.ts";
import { parseCloudSql } from "./cloud-sql-state.ts";
import { tierProblem } from "./tiers.ts";

type Kind = "sqladmin.googleapis.com/Instance";
type Settings = { readonly [setting: string]: Json };

const wantedSchema = z.strictObject({
  tier: z.string().optional(),
  /** @see https://cloud.google.com/sql/docs/quotas, 2026-11-22: 10 GiB to 64 TiB */
  storageGiB: z.int().min(10).max(65_536).optional(),
  storageAutoResize: z.boolean().optional(),
  availability: z.enum(["ZONAL", "REGIONAL"]).optional(),
  activationPolicy: z.enum(["ALWAYS", "NEVER"]).optional(),
  replicas: z.array(z.string().regex(/^[a-z][a-z0-9-]{0,97}$/)).optional(),
  exists: z.literal(false, "only deleting a replica is done here").optional(),
});
type Wanted = z.output<typeof wantedSchema>;

/** Settings that are set back as they were. */
const REVERSIBLE = ["tier", "availability", "storageAutoResize"] as const;
const SETTLE_SECONDS = 1800;
const WATCH_SECONDS = 1800;

/** Cloud SQL: tier, storage, availability, replicas, and whether it runs. */
export const cloudSqlAction = defineAction<Kind>({
  apiVersion: 1,
  id: "cloud-sql",
  summary: "tier, storage, availability and replicas of a Cloud SQL instance, and whether it runs",
  kinds: ["sqladmin.googleapis.com/Instance"],
  changes: Object.keys(wantedSchema.shape),
  facts: CLOUD_SQL_FACTS,
  read: (resource) => instances(resource, "describe"),
  // gcloud words this one service's 404 its own way.
  isAbsent: ({ stderr }) => /HTTPError 404|NOT_FOUND|does not exist/.test(stderr),
  parseState: parseCloudSql,
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
    const attributes = { tier: "tier", storageGiB: "disk_size", storageAutoResize: "disk_autoresize" };
    const more = { availability: "availability_type", activationPolicy: "activation_policy" };
    const names: Readonly<Record<string, string>> = { ...attributes, ...more };
    const settings = changes.flatMap(({ setting, to }) => {
      const name = names[setting];
      return name === undefined ? [] : [[name, to] as const];
    });
    return { type: "google_sql_database_instance", attributes: { settings: Object.fromEntries(settings) } };
  },
});

/** What gcloud calls the state of an instance that rests: the API says RUNNABLE of a stopped one, too. */
const rest = ({ activationPolicy }: Settings): string =>
  activationPolicy === "NEVER" ? "STOPPED" : "RUNNABLE";

function problemOf(wanted: Wanted, state: Settings): string | undefined {
  const { tier, storageGiB, activationPolicy, availability, replicas, exists } = wanted;
  if (exists === false) {
    if (state.replicaOf === null)
      return "it is no replica: a primary holds the data and is never deleted here";
    return state.deletionProtection === true ? "it is protected against deletion" : undefined;
  }
  if (state.state !== rest(state))
    return `it is ${String(state.state)} now, and changes need it ${rest(state)}`;
  const tierIs = tier && tierProblem(tier, String(state.edition), String(state.databaseVersion));
  if (tierIs) return tierIs;
  if (storageGiB !== undefined && storageGiB <= Number(state.storageGiB))
    return `storage can't shrink by a setting: it is ${String(state.storageGiB)} GiB`;
  if (activationPolicy === "NEVER" && state.replicaOf !== null) return "a read replica can't be stopped";
  if (availability === "REGIONAL" && state.backups !== true)
    return "high availability needs automatic backups, and they are off";
  const known = state.replicas as readonly string[];
  if (replicas !== undefined && known.some((name) => !replicas.includes(name)))
    return "a replica is removed as a resource of its own: exists true → false";
  return undefined;
}

function change(resource: ResourceRef<Kind>, wanted: Wanted, state: Settings): PlannedSteps {
  const steps: StepDraft[] = [];
  const notes: string[] = [];
  if (wanted.storageGiB !== undefined) {
    steps.push(
      irreversibleStep({
        title: `Give ${resource.name} ${wanted.storageGiB} GiB of storage`,
        before: pick(state, ["exists", "state", "storageGiB"]),
        apply: [instances(resource, "patch", `--storage-size=${wanted.storageGiB}GB`)],
        after: { exists: true, state: rest(state), storageGiB: wanted.storageGiB },
        settleSeconds: SETTLE_SECONDS,
        watchSeconds: 300,
      }),
    );
    notes.push("Storage that was added can't be taken away by a setting.");
  }
  const set = REVERSIBLE.filter((setting) => wanted[setting] !== undefined);
  if (set.length > 0) steps.push(setting(resource, pick(wanted, set), pick(state, set), state));
  const { activationPolicy } = wanted;
  if (activationPolicy !== undefined) {
    steps.push(setting(resource, { activationPolicy }, pick(state, ["activationPolicy"]), state));
    if (activationPolicy === "NEVER") notes.push("Stopped, it still pays its storage and its address.");
  }
  const known = state.replicas as readonly string[];
  const added = (wanted.replicas ?? []).filter((name) => !known.includes(name));
  for (const [index, name] of added.entries())
    steps.push(addReplica(resource, name, [...known, ...added.slice(0, index)], state));
  if (wanted.tier !== undefined || wanted.availability !== undefined)
    notes.push("The instance restarts: connections are cut, and again on the way back.");
  return { status: "planned", steps, notes };
}

function setting(resource: ResourceRef<Kind>, to: Settings, from: Settings, state: Settings): StepDraft {
  const said = Object.entries(to).map(([name, value]) => `${name} ${String(value)}`);
  return {
    title: `Set ${said.join(", ")} of ${resource.name}`,
    before: { exists: true, ...from },
    apply: [instances(resource, "patch", ...flags(to))],
    after: { exists: true, state: rest({ ...state, ...to }), ...to },
    rollback: [instances(resource, "patch", ...flags(from))],
    restored: { exists: true, state: rest(state), ...from },
    reversibility: "reversible",
    settleSeconds: SETTLE_SECONDS,
    watchSeconds: WATCH_SECONDS,
  };
}

function addReplica(
  resource: ResourceRef<Kind>,
  name: string,
  others: readonly string[],
  state: Settings,
): StepDraft {
  const replica = { ...resource, name };
  const before = { exists: true, state: "RUNNABLE", replicas: others.toSorted() };
  const options = [`--master-instance-name=${word("name", resource.name)}`, `--tier=${String(state.tier)}`];
  return {
    title: `Make ${name}, a replica of ${resource.name}`,
    before,
    apply: [instances(replica, "create", ...options, `--region=${String(state.region)}`, "--async")],
    after: { exists: true, replicas: [...others, name].toSorted() },
    rollback: [instances(replica, "delete")],
    restored: before,
    reversibility: "reversible",
    settleSeconds: 7200,
    watchSeconds: 300,
  };
}

function dropReplica(resource: ResourceRef<Kind>, state: Settings): PlannedSteps {
  const before = pick(state, ["exists", "tier", "replicaOf", "region"]);
  const restore = [
    `--master-instance-name=${word("name", String(state.replicaOf))}`,
    `--tier=${String(state.tier)}`,
    // One of the two: a zone is of a region.
    state.zone === null ? `--region=${String(state.region)}` : `--zone=${String(state.zone)}`,
    `--availability-type=${String(state.availability)}`,
  ];
  return {
    status: "planned",
    steps: [
      {
        title: `Delete ${resource.name}, a replica of ${String(state.replicaOf)}`,
        before,
        apply: [instances(resource, "delete")],
        after: { exists: false },
        rollback: [instances(resource, "create", ...restore, "--async")],
        restored: { ...before, state: "RUNNABLE" },
        reversibility: "restorable",
        settleSeconds: 7200,
        watchSeconds: WATCH_SECONDS,
      },
    ],
    notes: [
      "Its data is its primary's. A replica made again has another address, and neither the old one's database flags nor its labels.",
    ],
  };
}

/** Options of `patch` for settings of ours. */
function flags(settings: Settings): readonly string[] {
  return Object.entries(settings).map(([name, value]) => {
    if (name === "storageAutoResize")
      return value === true ? "--storage-auto-increase" : "--no-storage-auto-increase";
    const option = { tier: "tier", availability: "availability-type", activationPolicy: "activation-policy" }[
      name
    ];
    return `--${option}=${String(value)}`;
  });
}

const instances = (resource: ResourceRef, verb: string, ...options: readonly string[]): Command =>
  gcloud(resource.scope, "sql", "instances", verb, word("name", resource.name), ...options);

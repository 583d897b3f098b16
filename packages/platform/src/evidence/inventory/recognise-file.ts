import type { Instant, InventoryItem } from "@trimtab/domain";
import { evidenceErrors } from "../errors.ts";
import { dynamoTable } from "./aws/dynamo-table.ts";
import { ec2Address } from "./aws/ec2-address.ts";
import { ec2Instance } from "./aws/ec2-instance.ts";
import { ec2Snapshot } from "./aws/ec2-snapshot.ts";
import { ec2Volume } from "./aws/ec2-volume.ts";
import { lambdaFunction } from "./aws/lambda-function.ts";
import { loadBalancer } from "./aws/load-balancer.ts";
import { rdsInstance } from "./aws/rds-instance.ts";
import { cloudRunService } from "./gcp/cloud-run-service.ts";
import { cloudSqlInstance } from "./gcp/cloud-sql-instance.ts";
import { computeAddress } from "./gcp/compute-address.ts";
import { computeDisk } from "./gcp/compute-disk.ts";
import { computeForwardingRule } from "./gcp/compute-forwarding-rule.ts";
import { computeInstance } from "./gcp/compute-instance.ts";
import { computeSnapshot } from "./gcp/compute-snapshot.ts";
import { firestoreDatabase } from "./gcp/firestore-database.ts";
import { taskQueue } from "./gcp/task-queue.ts";
import type { NormaliseContext, Normaliser } from "./normalise.ts";
import { parseItem } from "./parse-items.ts";

type Members = Readonly<Record<string, unknown>>;

/** The member that AWS' command line puts a list into, and whose items they are. */
const AWS_LISTS: Readonly<Record<string, Normaliser>> = {
  Volumes: ec2Volume,
  Snapshots: ec2Snapshot(),
  Addresses: ec2Address,
  LoadBalancers: loadBalancer(),
  DBInstances: rdsInstance,
  Functions: lambdaFunction(),
};

/** Items of gcloud's lists say what they are. */
const GCP_KINDS: Readonly<Record<string, Normaliser>> = {
  Service: cloudRunService,
  "sql#instance": cloudSqlInstance,
  "compute#instance": computeInstance(),
  "compute#disk": computeDisk,
  "compute#snapshot": computeSnapshot,
  "compute#address": computeAddress,
  "compute#forwardingRule": computeForwardingRule,
};

const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const gcpKindOf = ({ kind, name }: Members): Normaliser | undefined => {
  if (typeof kind === "string" && Object.hasOwn(GCP_KINDS, kind)) return GCP_KINDS[kind];
  if (typeof name !== "string") return undefined;
  if (/^projects\/[^/]+\/locations\/[^/]+\/queues\//.test(name)) return taskQueue;
  return /^projects\/[^/]+\/databases\//.test(name) ? firestoreDatabase : undefined;
};

/** What a file held. An empty list of a cloud's kind says that there are none. */
export interface LoadedItems {
  readonly items: readonly InventoryItem[];
  /** Of an empty list: what there is none of. */
  readonly emptyKind?: Normaliser["kind"];
}

/**
 * Items of a file: our own shape, or what `gcloud … list --format=json` and `aws … describe-…` print.
 * @throws INVENTORY_INVALID, INVENTORY_SCOPE_UNKNOWN, INVENTORY_FILE_UNKNOWN
 */
export const readInventoryFile = (text: string, context: NormaliseContext): LoadedItems => {
  const { from } = context;
  const unknown = (problem: string) =>
    evidenceErrors.create("INVENTORY_FILE_UNKNOWN", { file: from, problem });
  const content = parseJson(text, unknown);
  if (Array.isArray(content))
    return { items: content.map((entry, index) => ofList(entry, index, context, unknown)) };
  if (!isObject(content)) throw unknown("it is no list and no object");
  if (Array.isArray(content.items)) return readInventoryFile(JSON.stringify(content.items), context);
  if (isObject(content.Table)) return { items: [dynamoTable().normalise(content.Table, context)] };
  if (Array.isArray(content.Reservations)) return ofReservations(content.Reservations, context);
  const list = Object.entries(AWS_LISTS).find(([member]) => Array.isArray(content[member]));
  if (list === undefined)
    throw unknown(`its members are ${Object.keys(content).slice(0, 5).join(", ") || "none"}`);
  const [member, normaliser] = list;
  const items = (content[member] as readonly unknown[]).map((body) => normaliser.normalise(body, context));
  return items.length === 0 ? { items, emptyKind: normaliser.kind } : { items };
};

const parseJson = (text: string, unknown: (problem: string) => Error): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unknown(error instanceof Error ? error.message : String(error));
  }
};

const ofList = (
  entry: unknown,
  index: number,
  context: NormaliseContext,
  unknown: (problem: string) => Error,
): InventoryItem => {
  if (!isObject(entry)) throw unknown(`[${index}] is no object`);
  if (isObject(entry.scope) && isObject(entry.settings))
    return parseItem({ readAt: context.readAt satisfies Instant, ...entry }, context.from, `[${index}]`);
  const normaliser = gcpKindOf(entry);
  if (normaliser === undefined) throw unknown(`what [${index}] is, it does not say`);
  return normaliser.normalise(entry, context);
};

/** Owners stand beside the instances of a reservation. */
const ofReservations = (reservations: readonly unknown[], context: NormaliseContext): LoadedItems => {
  const normaliser = ec2Instance();
  const items = reservations.flatMap((reservation) => {
    if (!isObject(reservation) || !Array.isArray(reservation.Instances)) return [];
    return reservation.Instances.map((body: object) =>
      normaliser.normalise({ OwnerId: reservation.OwnerId, ...body }, context),
    );
  });
  return items.length === 0 ? { items, emptyKind: normaliser.kind } : { items };
};

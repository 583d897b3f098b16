import type { Clock, InventoryItem, ResourceKind } from "@trimtab/domain";
import { instantOf, TrimtabError } from "@trimtab/domain";
import { z } from "zod";
import type { GoogleApi, GoogleService } from "../../clouds/google-api.ts";
import { evidenceErrors } from "../../errors.ts";
import type { CollectTask } from "../collect.ts";
import { lastPart, type NormaliseContext, type Normaliser } from "../normalise.ts";
import { cloudRunService } from "./cloud-run-service.ts";
import { cloudSqlInstance } from "./cloud-sql-instance.ts";
import { computeAddress } from "./compute-address.ts";
import { computeDisk } from "./compute-disk.ts";
import { computeForwardingRule } from "./compute-forwarding-rule.ts";
import { computeInstance, type MachineTypes } from "./compute-instance.ts";
import { computeSnapshot } from "./compute-snapshot.ts";
import { firestoreDatabase } from "./firestore-database.ts";
import { taskQueue } from "./task-queue.ts";

/** Where a kind's list is, and which member of its pages holds the resources. */
interface GcpList {
  readonly kind: ResourceKind;
  readonly service: GoogleService;
  readonly path: (project: string) => string;
  /** `aggregated`: the pages hold this member for each zone and region. */
  readonly member: string;
  readonly isAggregated?: boolean;
  readonly normaliser: (bodies: readonly unknown[], asking: GcpAsking) => Promise<Normaliser>;
}

interface GcpAsking {
  readonly api: GoogleApi;
  readonly project: string;
}

const as = (normaliser: Normaliser) => async () => normaliser;

const aggregated = (member: string, normaliser: Normaliser): GcpList => ({
  kind: normaliser.kind,
  service: "compute",
  path: (project) => `compute/v1/projects/${project}/aggregated/${member}`,
  member,
  isAggregated: true,
  normaliser: as(normaliser),
});

const LISTS: readonly GcpList[] = [
  {
    kind: "run.googleapis.com/Service",
    service: "run",
    path: (project) => `v1/projects/${project}/locations/-/services`,
    member: "items",
    normaliser: as(cloudRunService),
  },
  {
    kind: "sqladmin.googleapis.com/Instance",
    service: "sql",
    path: (project) => `sql/v1beta4/projects/${project}/instances`,
    member: "items",
    normaliser: as(cloudSqlInstance),
  },
  {
    kind: "firestore.googleapis.com/Database",
    service: "firestore",
    path: (project) => `v1/projects/${project}/databases`,
    member: "databases",
    normaliser: as(firestoreDatabase),
  },
  {
    ...aggregated("instances", computeInstance()),
    normaliser: async (bodies, asking) => computeInstance(await machineTypes(bodies, asking)),
  },
  aggregated("disks", computeDisk),
  aggregated("addresses", computeAddress),
  aggregated("forwardingRules", computeForwardingRule),
  {
    kind: "compute.googleapis.com/Snapshot",
    service: "compute",
    path: (project) => `compute/v1/projects/${project}/global/snapshots`,
    member: "items",
    normaliser: as(computeSnapshot),
  },
];

const QUEUES: ResourceKind = "cloudtasks.googleapis.com/Queue";

/** What to ask for a project's resources of these kinds, all regions at once. */
export const gcpTasks = async (
  api: GoogleApi,
  project: string,
  kinds: readonly ResourceKind[],
  clock: Clock,
): Promise<readonly CollectTask[]> => {
  const asking = { api, project };
  const projectNumber = await numberOf(asking);
  const readAt = instantOf(clock());
  const context = (from: string): NormaliseContext => ({
    account: project,
    region: undefined,
    projectNumber,
    readAt,
    from,
  });
  const collection = (kind: ResourceKind, items: readonly InventoryItem[]) =>
    ({ provider: "gcp", account: project, region: "*", kind, readAt, items }) as const;
  const lists = LISTS.filter(({ kind }) => kinds.includes(kind)).map((list) => ({
    kind: list.kind,
    region: "*",
    read: async () => {
      const bodies = await bodiesOf(list, asking);
      const normaliser = await list.normaliser(bodies, asking);
      return collection(
        list.kind,
        bodies.map((body) => normaliser.normalise(body, context(list.path(project)))),
      );
    },
  }));
  const queues = async () => {
    const bodies = await queueBodies(asking);
    return collection(
      QUEUES,
      bodies.map((body) => taskQueue.normalise(body, context("cloudtasks"))),
    );
  };
  return kinds.includes(QUEUES) ? [...lists, { kind: QUEUES, region: "*", read: queues }] : lists;
};

/** Some services name regions that did not answer: a list without them would make their resources vanish. */
const page = z.looseObject({
  unreachable: z.array(z.string()).default([]),
  unreachables: z.array(z.string()).default([]),
  warnings: z.array(z.object({ code: z.string(), message: z.string().default("") })).default([]),
});

const bodiesOf = async (list: GcpList, { api, project }: GcpAsking): Promise<readonly unknown[]> => {
  const path = list.path(project);
  const bodies: unknown[] = [];
  for await (const answer of api.pages(list.service, path)) {
    const parsed = page.parse(answer);
    const missing = [
      ...parsed.unreachable,
      ...parsed.unreachables,
      ...parsed.warnings.map(({ message }) => message),
    ];
    if (missing.length > 0) {
      const reason = `no answer from ${missing.slice(0, 5).join(", ")}`;
      throw evidenceErrors.create("EVIDENCE_SOURCE_FAILED", { cloud: "Google Cloud", action: path, reason });
    }
    bodies.push(
      ...(list.isAggregated === true ? byScope(parsed.items, list.member) : listOf(parsed[list.member])),
    );
  }
  return bodies;
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const byScope = (items: unknown, member: string): readonly unknown[] =>
  Object.values((items ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>).flatMap(
    (scope) => listOf(scope[member]),
  );

/** Bills may name the project by its number. Who may not look it up has fewer names, that is all. */
const numberOf = async ({ api, project }: GcpAsking): Promise<string | undefined> => {
  try {
    const answer = await api.get("cloudresourcemanager", `v1/projects/${project}`);
    return z.object({ projectNumber: z.string() }).parse(answer).projectNumber;
  } catch (error) {
    if (error instanceof TrimtabError && error.code !== "EVIDENCE_CREDENTIALS") return undefined;
    throw error;
  }
};

const machine = z.object({ guestCpus: z.number(), memoryMb: z.number() });
const typed = z.object({ zone: z.string(), machineType: z.string() });

/** Sizes of the machine types that are in use. */
const machineTypes = async (
  bodies: readonly unknown[],
  { api, project }: GcpAsking,
): Promise<MachineTypes> => {
  const types = new Map<string, z.output<typeof machine>>();
  for (const body of bodies) {
    const { zone, machineType } = typed.parse(body);
    const key = `${lastPart(zone)}/${lastPart(machineType)}`;
    if (types.has(key)) continue;
    const path = `compute/v1/projects/${project}/zones/${lastPart(zone)}/machineTypes/${lastPart(machineType)}`;
    types.set(key, machine.parse(await api.get("compute", path)));
  }
  return types;
};

const locations = z.object({ locations: z.array(z.object({ locationId: z.string() })).default([]) });
const queues = z.object({ queues: z.array(z.unknown()).default([]) });

/** Cloud Tasks has no list over all locations. */
const queueBodies = async ({ api, project }: GcpAsking): Promise<readonly unknown[]> => {
  const bodies: unknown[] = [];
  for await (const answer of api.pages("cloudtasks", `v2/projects/${project}/locations`))
    for (const { locationId } of locations.parse(answer).locations)
      for await (const own of api.pages(
        "cloudtasks",
        `v2/projects/${project}/locations/${locationId}/queues`,
      ))
        bodies.push(...queues.parse(own).queues);
  return bodies;
};

/** Cloud Run's Service of the Admin API v1, as far as it is needed here. */
export interface ServiceJson {
  apiVersion?: string;
  kind?: string;
  metadata: {
    name: string;
    namespace?: string;
    generation?: number;
    resourceVersion?: string;
    uid?: string;
    selfLink?: string;
    creationTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  spec: {
    template: {
      metadata?: { name?: string; annotations?: Record<string, string>; labels?: Record<string, string> };
      spec: {
        containerConcurrency?: number;
        timeoutSeconds?: number;
        containers: { image: string; resources?: { limits?: Record<string, string> } }[];
      };
    };
    traffic: { revisionName?: string; latestRevision?: boolean; percent?: number }[];
  };
  status?: Record<string, unknown>;
}

export interface RevisionJson {
  readonly name: string;
  readonly template: ServiceJson["spec"]["template"];
}

/** A project's services, as plain JSON that a file can hold. */
export interface CloudRunProject {
  readonly services: Record<string, { service: ServiceJson; revisions: RevisionJson[] }>;
  /** Every change that was carried out, in order: what a test counts. */
  readonly effects: string[];
}

/** A refusal of the API. */
export class CloudRefusal extends Error {
  readonly status: number;
  readonly reason: string;

  constructor(status: number, reason: string, message: string) {
    super(message);
    this.status = status;
    this.reason = reason;
  }
}

export const newProject = (): CloudRunProject => ({ services: {}, effects: [] });

/** A service that serves its newest revision, as a first deployment leaves it. */
export const addService = (
  project: CloudRunProject,
  name: string,
  settings: {
    readonly serviceMin?: number;
    readonly revisionMin?: number;
    readonly maxInstances?: number;
    readonly cpu?: string;
    readonly memory?: string;
    readonly concurrency?: number;
  } = {},
): void => {
  const {
    serviceMin,
    revisionMin,
    maxInstances = 20,
    cpu = "2",
    memory = "2Gi",
    concurrency = 40,
  } = settings;
  replaceService(project, {
    metadata: {
      name,
      annotations: serviceMin === undefined ? {} : { "run.googleapis.com/minScale": String(serviceMin) },
    },
    spec: {
      template: {
        metadata: {
          annotations: {
            "autoscaling.knative.dev/maxScale": String(maxInstances),
            ...(revisionMin === undefined ? {} : { "autoscaling.knative.dev/minScale": String(revisionMin) }),
          },
        },
        spec: {
          containerConcurrency: concurrency,
          timeoutSeconds: 300,
          containers: [{ image: "example.invalid/app:1", resources: { limits: { cpu, memory } } }],
        },
      },
      traffic: [{ latestRevision: true, percent: 100 }],
    },
  });
  project.effects.length = 0;
};

/** @throws CloudRefusal NOT_FOUND */
export const getService = (project: CloudRunProject, name: string): ServiceJson => {
  const found = project.services[name];
  if (found === undefined)
    throw new CloudRefusal(404, "NOT_FOUND", `Resource '${name}' of kind 'SERVICE' does not exist`);
  return structuredClone(found.service);
};

/** Annotations that the client writes about itself make no revision. */
const settingsOf = ({ metadata, spec }: ServiceJson["spec"]["template"]): string => {
  const own = Object.entries(metadata?.annotations ?? {}).filter(([key]) => !key.includes("/client-"));
  return JSON.stringify([own.toSorted(), spec]);
};

/**
 * `services.replaceService`: a changed template makes a revision, the split of traffic is as asked, and the status follows.
 * @throws CloudRefusal ALREADY_EXISTS for a revision's name that is taken, INVALID_ARGUMENT for a split that is not 100 %
 * @see https://cloud.google.com/run/docs/reference/rest/v1/namespaces.services/replaceService, read 2026-11-22
 */
export const replaceService = (project: CloudRunProject, asked: ServiceJson): ServiceJson => {
  const service = structuredClone(asked);
  const { name } = service.metadata;
  const before = project.services[name];
  const revisions = [...(before?.revisions ?? [])];
  const { template, traffic } = service.spec;
  const total = traffic.reduce((sum, { percent = 0 }) => sum + percent, 0);
  if (total !== 100) throw new CloudRefusal(400, "INVALID_ARGUMENT", `traffic adds up to ${total} percent`);
  const last = revisions.at(-1);
  const asksForName = template.metadata?.name;
  const isNew =
    last === undefined ||
    settingsOf(last.template) !== settingsOf(template) ||
    (asksForName !== undefined && asksForName !== last.name);
  if (isNew) {
    const made = asksForName ?? `${name}-${String(revisions.length + 1).padStart(5, "0")}-sim`;
    if (revisions.some((revision) => revision.name === made))
      throw new CloudRefusal(409, "ALREADY_EXISTS", `Revision named '${made}' already exists`);
    revisions.push({ name: made, template });
  }
  const missing = traffic.find(
    ({ revisionName }) =>
      revisionName !== undefined && !revisions.some((revision) => revision.name === revisionName),
  );
  if (missing !== undefined)
    throw new CloudRefusal(400, "INVALID_ARGUMENT", `Revision ${missing.revisionName} does not exist`);
  const latest = revisions.at(-1)?.name ?? "";
  const generation = (before?.service.metadata.generation ?? 0) + 1;
  const kept: ServiceJson = {
    apiVersion: "serving.knative.dev/v1",
    kind: "Service",
    metadata: {
      ...service.metadata,
      namespace: "1234567890",
      generation,
      resourceVersion: `v${generation}`,
      uid: `uid-${name}`,
      selfLink: `/apis/serving.knative.dev/v1/namespaces/1234567890/services/${name}`,
      creationTimestamp: "2026-01-01T00:00:00Z",
      labels: { "cloud.googleapis.com/location": "us-central1" },
    },
    spec: service.spec,
    status: {
      observedGeneration: generation,
      conditions: ["Ready", "ConfigurationsReady", "RoutesReady"].map((type) => ({ type, status: "True" })),
      latestReadyRevisionName: latest,
      latestCreatedRevisionName: latest,
      traffic: traffic.map((target) =>
        target.latestRevision === true ? { ...target, revisionName: latest } : target,
      ),
      url: `https://${name}.example.invalid`,
    },
  };
  project.services[name] = { service: kept, revisions };
  return structuredClone(kept);
};

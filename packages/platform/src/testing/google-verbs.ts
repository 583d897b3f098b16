export interface GoogleRequest {
  readonly method: "GET" | "POST" | "PATCH" | "DELETE";
  readonly path: string;
  readonly body?: unknown;
}

interface Asked {
  readonly project: string;
  /** What comes after the command's own words. */
  readonly name: string;
  readonly flag: (name: string) => string | undefined;
}

interface Verb {
  readonly flags: readonly string[];
  readonly request: (asked: Asked) => GoogleRequest;
  /** Where gcloud prints something else than the API answers. */
  readonly print?: (body: unknown) => unknown;
}

const place = ({ project, flag }: Asked): string => {
  const [zone, region] = [flag("zone"), flag("region")];
  if (zone !== undefined) return `/compute/v1/projects/${project}/zones/${zone}`;
  return `/compute/v1/projects/${project}/${region === undefined ? "global" : `regions/${region}`}`;
};

/** `describe` and `delete` of what Compute Engine keeps. */
const described = (collection: string, flags: readonly string[]): Verb => ({
  flags,
  request: (asked) => ({ method: "GET", path: `${place(asked)}/${collection}/${asked.name}` }),
});
const deleted = (collection: string, flags: readonly string[]): Verb => ({
  flags,
  request: (asked) => ({ method: "DELETE", path: `${place(asked)}/${collection}/${asked.name}` }),
});
const machine = (verb: string, flags: readonly string[], body: (asked: Asked) => unknown): Verb => ({
  flags: ["zone", ...flags],
  request: (asked) => ({
    method: "POST",
    path: `${place(asked)}/instances/${asked.name}/${verb}`,
    body: body(asked),
  }),
});

const pairs = (text: string | undefined): Readonly<Record<string, string>> =>
  text === undefined
    ? {}
    : Object.fromEntries(text.split(",").map((pair) => pair.split(/=(.*)/s).slice(0, 2)));

const without = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const sqlPath = ({ project, name }: Asked): string => `/sql/v1beta4/projects/${project}/instances/${name}`;

const sqlSettings = ({ flag }: Asked): Readonly<Record<string, unknown>> => {
  const [grows, stays] = [flag("storage-auto-increase"), flag("no-storage-auto-increase")];
  return without({
    tier: flag("tier"),
    availabilityType: flag("availability-type"),
    activationPolicy: flag("activation-policy"),
    dataDiskSizeGb: flag("storage-size")?.replace(/GB$/, ""),
    storageAutoResize: grows === undefined && stays === undefined ? undefined : grows !== undefined,
  });
};

/** gcloud calls an instance STOPPED that the API calls RUNNABLE and never to be active. */
const printSql = (body: unknown): unknown => {
  const { settings } = body as { readonly settings?: { readonly activationPolicy?: string } };
  return settings?.activationPolicy === "NEVER" ? { ...(body as object), state: "STOPPED" } : body;
};

const QUEUE_FIELDS = {
  "max-dispatches-per-second": ["rateLimits", "maxDispatchesPerSecond"],
  "max-concurrent-dispatches": ["rateLimits", "maxConcurrentDispatches"],
  "max-attempts": ["retryConfig", "maxAttempts"],
} as const;

const queuePath = ({ project, name, flag }: Asked): string =>
  `/v2/projects/${project}/locations/${flag("location")}/queues/${name}`;

const updateQueue = (asked: Asked): GoogleRequest => {
  const body: Record<string, Record<string, number>> = {};
  const mask: string[] = [];
  for (const [name, [group, field]] of Object.entries(QUEUE_FIELDS)) {
    const value = asked.flag(name);
    if (value === undefined && asked.flag(`clear-${name}`) === undefined) continue;
    mask.push(`${group}.${field}`);
    if (value !== undefined)
      body[group] = { ...body[group], [field]: value === "unlimited" ? -1 : Number(value) };
  }
  return { method: "PATCH", path: `${queuePath(asked)}?updateMask=${mask.join(",")}`, body };
};

const jobsPath = ({ project, flag }: Asked): string =>
  `projects/${project}/locations/${flag("location")}/jobs`;

const createJob = (asked: Asked): GoogleRequest => {
  const { name, flag } = asked;
  const text = flag("message-body");
  const httpTarget = without({
    uri: flag("uri"),
    httpMethod: flag("http-method")?.toUpperCase(),
    headers: pairs(flag("headers")),
    body: text === undefined ? undefined : Buffer.from(text).toString("base64"),
    oauthToken: {
      serviceAccountEmail: flag("oauth-service-account-email"),
      scope: flag("oauth-token-scope"),
    },
  });
  const own = { schedule: flag("schedule"), timeZone: flag("time-zone"), description: flag("description") };
  return {
    method: "POST",
    path: `/v1/${jobsPath(asked)}`,
    body: { name: `${jobsPath(asked)}/${name}`, ...own, httpTarget },
  };
};

/** @see https://cloud.google.com/sdk/gcloud/reference, read 2026-11-22 */
export const GOOGLE_VERBS: Readonly<Record<string, Verb>> = {
  "compute instances describe": described("instances", ["zone"]),
  "compute instances stop": machine("stop", ["discard-local-ssd"], () => ({})),
  "compute instances start": machine("start", [], () => ({})),
  "compute instances set-machine-type": machine("setMachineType", ["machine-type"], ({ flag }) => ({
    machineType: `zones/${flag("zone")}/machineTypes/${flag("machine-type")}`,
  })),
  "compute disks describe": described("disks", ["zone", "region"]),
  "compute disks delete": deleted("disks", ["zone", "region"]),
  "compute disks create": {
    flags: ["source-snapshot", "type", "size", "zone", "region", "replica-zones", "kms-key", "labels"],
    request: (asked) => ({
      method: "POST",
      path: `${place(asked)}/disks`,
      body: without({
        name: asked.name,
        sizeGb: asked.flag("size")?.replace(/GB$/, ""),
        type: `zones/${asked.flag("zone")}/diskTypes/${asked.flag("type")}`,
        sourceSnapshot: `projects/${asked.project}/global/snapshots/${asked.flag("source-snapshot")}`,
        labels: pairs(asked.flag("labels")),
      }),
    }),
  },
  "compute snapshots describe": described("snapshots", []),
  "compute snapshots delete": deleted("snapshots", []),
  "compute snapshots create": {
    flags: ["source-disk", "source-disk-zone", "source-disk-region", "labels"],
    request: ({ project, name, flag }) => ({
      method: "POST",
      path: `/compute/v1/projects/${project}/global/snapshots`,
      body: {
        name,
        sourceDisk: `projects/${project}/zones/${flag("source-disk-zone")}/disks/${flag("source-disk")}`,
        labels: pairs(flag("labels")),
      },
    }),
  },
  "compute addresses describe": described("addresses", ["region", "global"]),
  "compute addresses delete": deleted("addresses", ["region", "global"]),
  "compute forwarding-rules describe": described("forwardingRules", ["region", "global"]),
  "compute forwarding-rules delete": deleted("forwardingRules", ["region", "global"]),
  "sql instances describe": {
    flags: [],
    request: (asked) => ({ method: "GET", path: sqlPath(asked) }),
    print: printSql,
  },
  "sql instances patch": {
    flags: [
      ...["tier", "availability-type", "activation-policy", "storage-size"],
      ...["storage-auto-increase", "no-storage-auto-increase"],
    ],
    request: (asked) => ({ method: "PATCH", path: sqlPath(asked), body: { settings: sqlSettings(asked) } }),
  },
  "sql instances create": {
    flags: ["master-instance-name", "tier", "region", "zone", "availability-type", "async"],
    request: (asked) => ({
      method: "POST",
      path: `/sql/v1beta4/projects/${asked.project}/instances`,
      body: {
        name: asked.name,
        masterInstanceName: `${asked.project}:${asked.flag("master-instance-name")}`,
        settings: sqlSettings(asked),
      },
    }),
  },
  "sql instances delete": {
    flags: [],
    request: (asked) => ({ method: "DELETE", path: sqlPath(asked) }),
  },
  "tasks queues describe": {
    flags: ["location"],
    request: (asked) => ({ method: "GET", path: queuePath(asked) }),
  },
  "tasks queues update": {
    flags: ["location", ...Object.keys(QUEUE_FIELDS).flatMap((name) => [name, `clear-${name}`])],
    request: updateQueue,
  },
  "scheduler jobs list": {
    flags: ["location"],
    request: (asked) => ({ method: "GET", path: `/v1/${jobsPath(asked)}` }),
    print: (body) => (body as { readonly jobs: unknown }).jobs,
  },
  "scheduler jobs create http": {
    flags: [
      ...[
        "location",
        "schedule",
        "time-zone",
        "uri",
        "http-method",
        "message-body",
        "headers",
        "description",
      ],
      ...["max-retry-attempts", "oauth-service-account-email", "oauth-token-scope"],
    ],
    request: createJob,
  },
  "scheduler jobs delete": {
    flags: ["location"],
    request: (asked) => ({ method: "DELETE", path: `/v1/${jobsPath(asked)}/${asked.name}` }),
  },
};

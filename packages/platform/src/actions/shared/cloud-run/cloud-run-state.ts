import type { Json, ResourceRef } from "@trimtab/domain";
import { z } from "zod";
import { actionErrors } from "../../errors.ts";

const annotations = z.record(z.string(), z.string()).default({});
const percent = z.int().min(0).max(100).default(0);
const conditions = z.array(z.object({ type: z.string(), status: z.string() })).default([]);

/**
 * What `gcloud run services describe --format=json` prints: the Service of the Admin API v1.
 * @see https://cloud.google.com/run/docs/reference/rest/v1/namespaces.services, read 2026-11-22
 */
const serviceSchema = z.object({
  metadata: z.object({ annotations, generation: z.int().optional() }),
  spec: z.object({
    template: z.object({
      metadata: z.object({ annotations }).default({ annotations: {} }),
      spec: z.object({
        containerConcurrency: z.int().optional(),
        timeoutSeconds: z.int().optional(),
        containers: z
          .array(
            z.object({
              ports: z.array(z.unknown()).optional(),
              resources: z.object({ limits: z.record(z.string(), z.string()).optional() }).optional(),
            }),
          )
          .min(1),
      }),
    }),
    traffic: z.array(z.object({ latestRevision: z.boolean().optional(), percent })).default([]),
  }),
  status: z.object({
    observedGeneration: z.int().optional(),
    latestReadyRevisionName: z.string().optional(),
    latestCreatedRevisionName: z.string().optional(),
    traffic: z.array(z.object({ revisionName: z.string().optional(), percent })).default([]),
    conditions,
  }),
});

/** What this action reads of a service: the settings of domain, and what a rollout goes by. */
export interface CloudRunState {
  readonly exists: true;
  readonly minInstances: number;
  readonly minInstancesOn: "service" | "revision";
  /** Its newest revision's own minimum, which holds whatever the service's is. */
  readonly revisionMinimum: number;
  readonly maxInstances: number;
  readonly cpu: string;
  readonly memoryMiB: number;
  readonly concurrency: number;
  readonly cpuAllocation: "request" | "instance";
  readonly startupCpuBoost: boolean;
  readonly timeoutSeconds: number;
  readonly executionEnvironment: string;
  /** The newest revision that is ready. */
  readonly revision: string;
  readonly traffic: readonly { readonly revision: string; readonly percent: number }[];
  /** Whether whatever is deployed next gets all traffic. */
  readonly trafficToLatest: boolean;
  /** Whether the cloud has carried out what was last asked of it. */
  readonly ready: boolean;
  readonly containers: number;
  readonly scaling: "automatic" | "manual";
  /** Settings that the service leaves to the cloud's defaults. */
  readonly defaults: readonly string[];
}

const SERVICE_MIN = "run.googleapis.com/minScale";
const REVISION_MIN = "autoscaling.knative.dev/minScale";
const REVISION_MAX = "autoscaling.knative.dev/maxScale";

/** @throws ACTION_STATE_UNREADABLE */
export const parseCloudRunState = (
  output: string | undefined,
  resource: ResourceRef,
): { readonly [setting: string]: Json } => {
  if (output === undefined) return { exists: false };
  const refuse = (reason: string) =>
    actionErrors.create("ACTION_STATE_UNREADABLE", { tool: "gcloud", resource: resource.name, reason });
  const parsed = serviceSchema.safeParse(parseJson(output));
  if (!parsed.success) {
    const [first] = parsed.error.issues;
    throw refuse(`${first?.path.join(".") || "output"}: ${first?.message ?? "no JSON"}`);
  }
  const { metadata, spec, status } = parsed.data;
  const { revision, machine } = readTemplate(spec.template);
  const serviceMin = metadata.annotations[SERVICE_MIN];
  const memoryMiB = mebibytes(machine.memory ?? "512Mi");
  if (memoryMiB === undefined) throw refuse(`its memory is ${machine.memory}`);
  const state: CloudRunState = {
    exists: true,
    minInstances: Number(serviceMin ?? revision[REVISION_MIN] ?? 0),
    minInstancesOn: serviceMin === undefined ? "revision" : "service",
    revisionMinimum: Number(revision[REVISION_MIN] ?? 0),
    maxInstances: Number(revision[REVISION_MAX] ?? 100),
    cpu: vCpus(machine.cpu ?? "1"),
    memoryMiB,
    concurrency: spec.template.spec.containerConcurrency || 80,
    cpuAllocation: is(revision["run.googleapis.com/cpu-throttling"], "false") ? "instance" : "request",
    startupCpuBoost: is(revision["run.googleapis.com/startup-cpu-boost"], "true"),
    timeoutSeconds: spec.template.spec.timeoutSeconds ?? 300,
    executionEnvironment: revision["run.googleapis.com/execution-environment"] ?? "default",
    revision: status.latestReadyRevisionName ?? "",
    traffic: liveTraffic(status.traffic),
    trafficToLatest: spec.traffic.some((target) => target.latestRevision && target.percent === 100),
    ready:
      status.observedGeneration === metadata.generation &&
      status.latestReadyRevisionName === status.latestCreatedRevisionName &&
      status.conditions.some(({ type, status: is }) => type === "Ready" && is === "True"),
    containers: spec.template.spec.containers.length,
    scaling: metadata.annotations["run.googleapis.com/scalingMode"] === "manual" ? "manual" : "automatic",
    defaults: [
      ...(serviceMin === undefined && revision[REVISION_MIN] === undefined ? ["minInstances"] : []),
      ...(revision[REVISION_MAX] === undefined ? ["maxInstances"] : []),
      ...(spec.template.spec.containerConcurrency ? [] : ["concurrency"]),
    ],
  };
  return { ...state };
};

/** gcloud writes `False` where the API's own clients write `false`. */
const is = (annotation: string | undefined, word: string): boolean => annotation?.toLowerCase() === word;

type Template = z.output<typeof serviceSchema>["spec"]["template"];

const readTemplate = ({ metadata, spec }: Template) => {
  // The one that takes requests names a port; a single container need not.
  const container = spec.containers.find(({ ports }) => ports !== undefined) ?? spec.containers[0];
  return { revision: metadata.annotations, machine: container?.resources?.limits ?? {} };
};

const liveTraffic = (targets: readonly { readonly revisionName?: string | undefined; percent: number }[]) => {
  const shares = new Map<string, number>();
  for (const { revisionName = "", percent: share } of targets)
    if (share > 0) shares.set(revisionName, (shares.get(revisionName) ?? 0) + share);
  return [...shares]
    .map(([revision, share]) => ({ revision, percent: share }))
    .toSorted((a, b) => (a.revision < b.revision ? -1 : 1));
};

/** `1000m` → `1`, `500m` → `0.5` */
const vCpus = (text: string): string =>
  text.endsWith("m") ? String(Number(text.slice(0, -1)) / 1000) : String(Number(text));

const MEBIBYTES: Readonly<Record<string, number>> = {
  Mi: 1,
  Gi: 1024,
  M: 1_000_000 / 1_048_576,
  G: 1_000_000_000 / 1_048_576,
};

const mebibytes = (text: string): number | undefined => {
  const [, value, unit = ""] = /^(\d+(?:\.\d+)?)([A-Za-z]+)$/.exec(text) ?? [];
  const factor = MEBIBYTES[unit];
  return value === undefined || factor === undefined ? undefined : Math.round(Number(value) * factor);
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

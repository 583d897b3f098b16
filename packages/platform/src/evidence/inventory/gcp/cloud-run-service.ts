import { z } from "zod";
import { momentOf, type Normaliser, needed, readBody } from "../normalise.ts";
import { fullNames, projectOf } from "./gcp-names.ts";

const annotations = z.record(z.string(), z.string()).default({});

const service = z.object({
  metadata: z.object({
    name: z.string(),
    namespace: z.string().optional(),
    labels: z.record(z.string(), z.string()).default({}),
    annotations,
    creationTimestamp: z.string().optional(),
  }),
  spec: z.object({
    template: z.object({
      metadata: z.object({ annotations }).default({ annotations: {} }),
      spec: z.object({
        containerConcurrency: z.number().optional(),
        timeoutSeconds: z.number().optional(),
        containers: z.array(
          z.object({
            resources: z
              .object({ limits: z.record(z.string(), z.string()).default({}) })
              .default({ limits: {} }),
          }),
        ),
      }),
    }),
  }),
  status: z
    .object({
      latestReadyRevisionName: z.string().optional(),
      latestCreatedRevisionName: z.string().optional(),
      traffic: z
        .array(z.object({ revisionName: z.string().optional(), percent: z.number().optional() }))
        .default([]),
    })
    .default({ traffic: [] }),
});

const LOCATION = "cloud.googleapis.com/location";
/** What holds where a service says nothing. @see https://cloud.google.com/run/docs/configuring/services, 2026-06 */
const DEFAULTS = { maxInstances: "100", concurrency: 80, cpu: "1000m", memory: "512Mi", timeoutSeconds: 300 };

/**
 * A service as the Knative-shaped API v1 and `gcloud run services list --format=json` give it.
 * @see https://cloud.google.com/run/docs/reference/rest/v1/namespaces.services, 2026-06
 */
export const cloudRunService: Normaliser<"run.googleapis.com/Service"> = {
  kind: "run.googleapis.com/Service",
  normalise: (body, context) => {
    const { metadata, spec, status } = readBody(service, body, context);
    const { [LOCATION]: location, ...tags } = metadata.labels;
    const region = needed(location ?? context.region, "region", metadata, context);
    const namespace = metadata.namespace ?? "";
    const isNumber = /^\d+$/.test(namespace);
    const project = projectOf(`projects/${namespace}`, metadata, context);
    const number = isNumber ? namespace : context.projectNumber;
    const names = fullNames(
      "run.googleapis.com",
      project,
      [`locations/${region}/services/${metadata.name}`],
      number,
    );
    const own = spec.template.metadata.annotations;
    const serviceMin = metadata.annotations["run.googleapis.com/minScale"];
    const limits = spec.template.spec.containers.map(({ resources }) => resources.limits);
    const created = momentOf(metadata.creationTimestamp);
    return {
      kind: "run.googleapis.com/Service",
      ...names,
      name: metadata.name,
      scope: { provider: "gcp", account: project, region },
      settings: {
        minInstances: Number(serviceMin ?? own["autoscaling.knative.dev/minScale"] ?? 0),
        maxInstances: Number(
          own["autoscaling.knative.dev/maxScale"] ??
            metadata.annotations["run.googleapis.com/maxScale"] ??
            DEFAULTS.maxInstances,
        ),
        minInstancesOn: serviceMin === undefined ? "revision" : "service",
        cpu: cpuText(limits.reduce((sum, { cpu = DEFAULTS.cpu }) => sum + milliCpu(cpu), 0)),
        memoryMiB: limits.reduce((sum, { memory = DEFAULTS.memory }) => sum + mebibytes(memory), 0),
        concurrency: spec.template.spec.containerConcurrency || DEFAULTS.concurrency,
        cpuAllocation: own["run.googleapis.com/cpu-throttling"] === "false" ? "instance" : "request",
        startupCpuBoost: own["run.googleapis.com/startup-cpu-boost"] === "true",
        timeoutSeconds: spec.template.spec.timeoutSeconds ?? DEFAULTS.timeoutSeconds,
        executionEnvironment: environmentOf(own["run.googleapis.com/execution-environment"]),
        revision: status.latestReadyRevisionName ?? status.latestCreatedRevisionName ?? "",
        traffic: status.traffic.flatMap(({ revisionName, percent = 0 }) =>
          revisionName === undefined || percent === 0 ? [] : [{ revision: revisionName, percent }],
        ),
      },
      tags,
      ...(created === undefined ? {} : { createdAt: created }),
      readAt: context.readAt,
    };
  },
};

/** `1000m`, `2`, `0.5` in thousandths of a vCPU. */
const milliCpu = (text: string): number =>
  text.endsWith("m") ? Number(text.slice(0, -1)) : Math.round(Number(text) * 1000);

/** `500` → `0.5` */
const cpuText = (milli: number): string => String(milli / 1000);

const BYTES: Readonly<Record<string, number>> = {
  Ki: 1024,
  Mi: 1024 ** 2,
  Gi: 1024 ** 3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
};

/** A quantity of Kubernetes in MiB. */
const mebibytes = (text: string): number => {
  const [, amount, unit = ""] = /^([\d.]+)([A-Za-z]*)$/.exec(text) ?? [];
  return (Number(amount) * (BYTES[unit] ?? 1)) / 1024 ** 2;
};

const environmentOf = (text: string | undefined): "gen1" | "gen2" | "default" =>
  text === "gen1" || text === "gen2" ? text : "default";

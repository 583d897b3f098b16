import { z } from "zod";
import { evidenceErrors } from "../../errors.ts";
import { momentOf, type NormaliseContext, type Normaliser, otherNames, readBody } from "../normalise.ts";
import { fullNames, projectOf } from "./gcp-names.ts";

const instance = z.object({
  name: z.string(),
  project: z.string().optional(),
  region: z.string(),
  state: z.string().default("SQL_INSTANCE_STATE_UNSPECIFIED"),
  databaseVersion: z.string(),
  connectionName: z.string().optional(),
  masterInstanceName: z.string().optional(),
  replicaNames: z.array(z.string()).default([]),
  createTime: z.string().optional(),
  settings: z.object({
    tier: z.string(),
    edition: z.enum(["ENTERPRISE", "ENTERPRISE_PLUS"]).default("ENTERPRISE"),
    dataDiskSizeGb: z.coerce.number().default(10),
    dataDiskType: z.string().default("PD_SSD"),
    storageAutoResize: z.boolean().default(false),
    availabilityType: z.string().default("ZONAL"),
    activationPolicy: z.enum(["ALWAYS", "NEVER", "ON_DEMAND"]).default("ALWAYS"),
    userLabels: z.record(z.string(), z.string()).default({}),
  }),
});

/**
 * An instance as the Admin API and `gcloud sql instances list --format=json` give it.
 * @see https://cloud.google.com/sql/docs/mysql/admin-api/rest/v1beta4/instances, 2026-06
 */
export const cloudSqlInstance: Normaliser<"sqladmin.googleapis.com/Instance"> = {
  kind: "sqladmin.googleapis.com/Instance",
  normalise: (body, context) => {
    const found = readBody(instance, body, context);
    const { settings } = found;
    const project = projectOf(`projects/${found.project ?? ""}`, body, context);
    const names = fullNames(
      "cloudsql.googleapis.com",
      project,
      [`instances/${found.name}`],
      context.projectNumber,
    );
    const machine = tierSize(settings.tier, found.name, context);
    const created = momentOf(found.createTime);
    return {
      kind: "sqladmin.googleapis.com/Instance",
      id: names.id,
      // Cloud Monitoring calls it `project:instance`, its clients `project:region:instance`.
      aliases: otherNames(names.id, [...names.aliases, `${project}:${found.name}`, found.connectionName]),
      name: found.name,
      scope: { provider: "gcp", account: project, region: found.region },
      settings: {
        databaseVersion: found.databaseVersion,
        edition: settings.edition,
        tier: settings.tier,
        ...machine,
        storageGiB: settings.dataDiskSizeGb,
        storageType: settings.dataDiskType,
        storageAutoResize: settings.storageAutoResize,
        availability: settings.availabilityType === "REGIONAL" ? "REGIONAL" : "ZONAL",
        replicaOf: found.masterInstanceName?.replace(/^.*:/, "") ?? null,
        replicas: found.replicaNames,
        activationPolicy: settings.activationPolicy,
        state: found.state,
      },
      tags: settings.userLabels,
      ...(created === undefined ? {} : { createdAt: created }),
      readAt: context.readAt,
    };
  },
};

/** MiB of tiers whose name does not say it. @see https://cloud.google.com/sql/docs/postgres/instance-settings, 2026-06 */
const SHARED = { "db-f1-micro": 614.4, "db-g1-small": 1740.8 } as const;
const PERF_OPTIMIZED_GIB: Readonly<Record<string, number>> = { "128": 864 };
const GIB_PER_CPU = { "n1-standard": 3.75, "n1-highmem": 6.5, "perf-optimized-N": 8 } as const;

/** vCPUs and memory of a tier. @throws INVENTORY_INVALID for a tier that is not known */
const tierSize = (
  tier: string,
  name: string,
  { from }: NormaliseContext,
): { readonly vCpus: string; readonly memoryMiB: number } => {
  const [, cpus, memory] = /^db-custom-(\d+)-(\d+)$/.exec(tier) ?? [];
  if (cpus !== undefined) return { vCpus: cpus, memoryMiB: Number(memory) };
  if (tier in SHARED) return { vCpus: "1", memoryMiB: SHARED[tier as keyof typeof SHARED] };
  const [, family, size] = /^db-(n1-standard|n1-highmem|perf-optimized-N)-(\d+)$/.exec(tier) ?? [];
  if (family !== undefined && size !== undefined) {
    const isPerf = family === "perf-optimized-N";
    const own = isPerf ? PERF_OPTIMIZED_GIB[size] : undefined;
    const gib = own ?? Number(size) * GIB_PER_CPU[family as keyof typeof GIB_PER_CPU];
    return { vCpus: size, memoryMiB: gib * 1024 };
  }
  const problem = `how large the tier ${tier} is, is not known`;
  throw evidenceErrors.create("INVENTORY_INVALID", { file: from, path: `${name}.settings.tier`, problem });
};

import type { Json, ResourceRef } from "@trimtab/domain";
import { z } from "zod";
import { readJson } from "../shared/read-json.ts";

const instance = z.object({
  databaseVersion: z.string(),
  state: z.string(),
  region: z.string(),
  gceZone: z.string().optional(),
  masterInstanceName: z.string().optional(),
  replicaNames: z.array(z.string()).default([]),
  settings: z.object({
    tier: z.string(),
    edition: z.string().default("ENTERPRISE"),
    // The API writes 64-bit numbers as text.
    dataDiskSizeGb: z.coerce.number(),
    dataDiskType: z.string().default("PD_SSD"),
    storageAutoResize: z.boolean().default(false),
    availabilityType: z.string().default("ZONAL"),
    activationPolicy: z.string().default("ALWAYS"),
    deletionProtectionEnabled: z.boolean().default(false),
    backupConfiguration: z.object({ enabled: z.boolean().default(false) }).default({ enabled: false }),
  }),
});

/** What `gcloud sql instances describe` says. @throws ACTION_STATE_UNREADABLE */
export function parseCloudSql(
  output: string | undefined,
  resource: ResourceRef,
): { readonly [setting: string]: Json } {
  if (output === undefined) return { exists: false };
  const { settings, ...own } = readJson("gcloud", output, instance, resource);
  return {
    exists: true,
    state: own.state,
    databaseVersion: own.databaseVersion,
    edition: settings.edition,
    tier: settings.tier,
    storageGiB: settings.dataDiskSizeGb,
    storageType: settings.dataDiskType,
    storageAutoResize: settings.storageAutoResize,
    availability: settings.availabilityType,
    activationPolicy: settings.activationPolicy,
    // `project:name` where the API names it in full.
    replicaOf: own.masterInstanceName?.split(":").at(-1) ?? null,
    replicas: own.replicaNames.toSorted(),
    region: own.region,
    zone: own.gceZone ?? null,
    backups: settings.backupConfiguration.enabled,
    deletionProtection: settings.deletionProtectionEnabled,
  };
}

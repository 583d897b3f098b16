import type { Json, ResourceRef } from "@trimtab/domain";
import { z } from "zod";
import { only, readJson } from "../shared/read-json.ts";

const answer = z.object({
  DBInstances: z.array(
    z.object({
      DBInstanceClass: z.string(),
      DBInstanceStatus: z.string(),
      Engine: z.string(),
      AllocatedStorage: z.number(),
      StorageType: z.string(),
      Iops: z.number().nullish(),
      StorageThroughput: z.number().nullish(),
      MultiAZ: z.boolean(),
      ReadReplicaSourceDBInstanceIdentifier: z.string().nullish(),
      ReadReplicaDBInstanceIdentifiers: z.array(z.string()).default([]),
      DBClusterIdentifier: z.string().nullish(),
      DeletionProtection: z.boolean().default(false),
      PendingModifiedValues: z.record(z.string(), z.unknown()).default({}),
    }),
  ),
});

/** What `aws rds describe-db-instances` says of the one. @throws ACTION_STATE_UNREADABLE */
export function parseRds(
  output: string | undefined,
  resource: ResourceRef,
): { readonly [setting: string]: Json } {
  if (output === undefined) return { exists: false };
  const found = only("aws", readJson("aws", output, answer, resource).DBInstances, resource);
  if (found === undefined) return { exists: false };
  return {
    exists: true,
    status: found.DBInstanceStatus,
    instanceClass: found.DBInstanceClass,
    engine: found.Engine,
    storageGiB: found.AllocatedStorage,
    storageType: found.StorageType,
    iops: found.Iops ?? null,
    throughputMiBps: found.StorageThroughput ?? null,
    multiAz: found.MultiAZ,
    replicaOf: found.ReadReplicaSourceDBInstanceIdentifier ?? null,
    replicas: found.ReadReplicaDBInstanceIdentifiers.toSorted(),
    cluster: found.DBClusterIdentifier ?? null,
    deletionProtection: found.DeletionProtection,
    pending: Object.values(found.PendingModifiedValues).some(isSomething),
  };
}

/** Some servers list what is not pending as an empty value. */
const isSomething = (value: unknown): boolean =>
  value !== null && value !== "" && !(typeof value === "object" && Object.keys(value).length === 0);

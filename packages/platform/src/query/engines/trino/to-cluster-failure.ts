import type { TrimtabError } from "@trimtab/domain";
import { z } from "zod";
import { clusterErrors } from "./errors.ts";
import type { TrinoSettings } from "./trino-settings.ts";

/** What the cluster says of a statement that failed. */
export const queryErrorShape = z.object({
  message: z.string().default("no reason given"),
  errorName: z.string().default("UNKNOWN"),
});
export type QueryError = z.output<typeof queryErrorShape>;

type Settings = Pick<TrinoSettings, "user" | "catalog" | "schema">;

const groups = {
  catalog: ["CATALOG_NOT_FOUND", "MISSING_CATALOG_NAME", "CATALOG_UNAVAILABLE", "INVALID_CATALOG_PROPERTY"],
  absent: ["NOT_FOUND", "SCHEMA_NOT_FOUND", "TABLE_NOT_FOUND", "MISSING_SCHEMA_NAME"],
  changed: [
    "COLUMN_NOT_FOUND",
    "TYPE_MISMATCH",
    "COLUMN_TYPE_UNKNOWN",
    "HIVE_PARTITION_SCHEMA_MISMATCH",
    "HIVE_INVALID_METADATA",
    "HIVE_INVALID_PARTITION_VALUE",
    "HIVE_BAD_DATA",
    "HIVE_FILE_NOT_FOUND",
    "HIVE_FILESYSTEM_ERROR",
    "HIVE_CANNOT_OPEN_SPLIT",
    "HIVE_PARTITION_DROPPED_DURING_QUERY",
    "HIVE_TABLE_DROPPED_DURING_QUERY",
    "HIVE_UNSUPPORTED_FORMAT",
    "INVALID_VIEW",
    "VIEW_IS_STALE",
  ],
  memory: [
    "CLUSTER_OUT_OF_MEMORY",
    "EXCEEDED_LOCAL_MEMORY_LIMIT",
    "EXCEEDED_GLOBAL_MEMORY_LIMIT",
    "EXCEEDED_MEMORY_LIMIT",
    "EXCEEDED_SPILL_LIMIT",
  ],
  busy: [
    "QUERY_QUEUE_FULL",
    "SERVER_STARTING_UP",
    "SERVER_SHUTTING_DOWN",
    "NO_NODES_AVAILABLE",
    "EXCEEDED_TIME_LIMIT",
    "EXCEEDED_CPU_LIMIT",
    "EXCEEDED_SCAN_LIMIT",
    "ADMINISTRATIVELY_PREEMPTED",
  ],
} as const;

const isIn = (list: readonly string[], errorName: string): boolean => list.includes(errorName);

/** The cluster's word for what went wrong, as an error that says what to do. */
export const toClusterFailure = (error: QueryError, query: string, settings: Settings): TrimtabError => {
  const { errorName, message } = error;
  const reason = message.slice(0, 500);
  const { user, catalog, schema } = settings;
  if (isIn(groups.catalog, errorName))
    return clusterErrors.create("CLUSTER_CATALOG_UNKNOWN", { catalog, reason });
  // Every request sets this property of the Hive connector: another connector knows no such thing.
  if (message.includes(`'${catalog}.timestamp_precision' does not exist`))
    return clusterErrors.create("CLUSTER_CATALOG_UNKNOWN", {
      catalog,
      reason: "it is not of the Hive connector",
    });
  if (isIn(groups.absent, errorName)) return clusterErrors.create("CLUSTER_NOT_PUBLISHED", { reason });
  if (errorName === "PERMISSION_DENIED") return clusterErrors.create("CLUSTER_FORBIDDEN", { user, reason });
  if (isIn(groups.changed, errorName))
    return clusterErrors.create("CLUSTER_TABLE_CHANGED", { table: `${catalog}.${schema}`, reason });
  if (isIn(groups.memory, errorName)) return clusterErrors.create("CLUSTER_OUT_OF_MEMORY", { reason });
  if (isIn(groups.busy, errorName)) return clusterErrors.create("CLUSTER_BUSY", { reason });
  return clusterErrors.create("CLUSTER_QUERY_FAILED", { query, reason, name: errorName });
};

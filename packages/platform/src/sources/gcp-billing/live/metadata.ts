import { setTimeout as wait } from "node:timers/promises";
import { z } from "zod";
import type { BigQueryClient, BigQueryJob } from "./bigquery-client.ts";
import { NEEDED_COLUMNS, WANTED_COLUMNS } from "./build-sql.ts";
import { bigQueryErrors } from "./errors.ts";
import type { TableName } from "./table-name.ts";

const tableMetadata = z.object({
  location: z.string().optional(),
  type: z.string().optional(),
  schema: z.object({ fields: z.array(z.object({ name: z.string() })) }).optional(),
  timePartitioning: z.object({ type: z.string(), field: z.string().optional() }).optional(),
});

/** What a job says of itself. */
export const jobMetadata = z.object({
  status: z
    .object({
      state: z.string(),
      errorResult: z.object({ reason: z.string(), message: z.string() }).optional(),
    })
    .optional(),
  statistics: z
    .object({
      totalBytesProcessed: z.string().optional(),
      query: z
        .object({
          totalBytesBilled: z.string().optional(),
          exportDataStatistics: z
            .object({ fileCount: z.string().optional(), rowCount: z.string().optional() })
            .optional(),
        })
        .optional(),
    })
    .optional(),
});

/** The columns to read and where the table is. @throws BIGQUERY_TABLE_UNSUITABLE */
export const inspectTable = async (client: BigQueryClient, name: TableName, table: string) => {
  const [raw] = await client
    .dataset(name.dataset, { projectId: name.project })
    .table(name.table)
    .getMetadata();
  const { location, schema, timePartitioning, type } = tableMetadata.parse(raw);
  const unsuitable = (reason: string) =>
    bigQueryErrors.create("BIGQUERY_TABLE_UNSUITABLE", { table, reason });
  if (timePartitioning === undefined || timePartitioning.field !== undefined)
    throw unsuitable(`it is ${type === "VIEW" ? "a view" : "not partitioned by ingestion time"}`);
  const present = new Set(schema?.fields.map((field) => field.name));
  const missing = NEEDED_COLUMNS.filter((column) => !present.has(column));
  if (missing.length > 0) throw unsuitable(`it has no ${missing.join(", ")}`);
  return { location, columns: WANTED_COLUMNS.filter((column) => present.has(column)) };
};

/** Waits for a job; an abort cancels it. Rejects with the job's own error. */
export const finished = async (job: BigQueryJob, pollMs: number, signal: AbortSignal | undefined) => {
  for (;;) {
    const [raw] = await job.getMetadata();
    const metadata = jobMetadata.parse(raw);
    const { status } = metadata;
    if (status?.errorResult !== undefined) throw status.errorResult;
    if (status?.state === "DONE") return metadata.statistics;
    try {
      await wait(pollMs, undefined, { signal });
    } catch (error) {
      await job.cancel().catch(() => undefined);
      throw error;
    }
  }
};

import { randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { eachMonth, type Month, type Period, TrimtabError } from "@trimtab/domain";
import {
  type BigQueryClient,
  type BigQueryClientOptions,
  explainFailure,
  openBigQuery,
} from "./bigquery-client.ts";
import { exportSql, selectSql } from "./build-sql.ts";
import { bigQueryErrors } from "./errors.ts";
import { estimateQuery, type QueryEstimate } from "./estimate.ts";
import { finished, inspectTable, jobMetadata } from "./metadata.ts";
import { openStaging, type Staging } from "./staging.ts";
import { parseStaging, parseTableName } from "./table-name.ts";

/** 100 GiB: well over a year of most bills, under a dollar. */
const DEFAULT_MAX_BYTES = 100n * 2n ** 30n;

export interface BigQueryOptions {
  /** `project.dataset.table` of Google's standard or detailed usage cost export. */
  readonly table: string;
  /** All invoice months with a day in this period are read whole. */
  readonly period: Period;
  /** `gs://bucket/prefix` in the location of the dataset; may be absent for a dry run. */
  readonly staging?: string;
  /** Most bytes the query may be billed for. Default {@link DEFAULT_MAX_BYTES}. */
  readonly maxBytes?: bigint;
  /** Only say what would be read and what it would cost. */
  readonly dryRun?: boolean;
  /** Project that runs and pays for the query. Default: the table's. */
  readonly project?: string;
  /** USD per TiB as decimal text, where it differs from the on-demand price. */
  readonly pricePerTib?: string;
  readonly signal?: AbortSignal;
  /** Told the estimate before anything is read; rejecting stops the run. */
  readonly onEstimate?: (estimate: QueryEstimate) => void | Promise<void>;
  readonly onProgress?: (step: string, done: number, total: number) => void;
}

/** What comes from outside. Only `load` has no default. */
export interface BigQueryDeps<Report> {
  /** Loads local Parquet files as any other bill, e.g. with `loadBills`; they are gone when it returns. */
  load(files: readonly string[]): Promise<Report>;
  readonly clientOptions?: BigQueryClientOptions;
  /** Where Cloud Storage answers, e.g. a private endpoint. */
  readonly storageEndpoint?: string;
  /** Where downloads are kept meanwhile. Default: the system's folder for temporary files. */
  readonly tempFolder?: string;
  /** Pause between two looks at the running job. Default 1000. */
  readonly pollMs?: number;
}

export type BigQueryOutcome<Report> =
  | {
      readonly kind: "dry-run";
      readonly estimate: QueryEstimate;
      readonly months: readonly Month[];
      readonly sql: string;
    }
  | {
      readonly kind: "loaded";
      readonly estimate: QueryEstimate;
      readonly months: readonly Month[];
      readonly bytesBilled: bigint;
      /** Rows that BigQuery says it exported; undefined where it does not say. */
      readonly rows: number | undefined;
      readonly report: Report;
    };

const downloadAll = async (
  staging: Staging,
  fileCount: string | undefined,
  folder: string,
  onProgress: NonNullable<BigQueryOptions["onProgress"]>,
): Promise<readonly string[]> => {
  const objects = await staging.list();
  if (fileCount !== undefined && Number(fileCount) !== objects.length)
    throw bigQueryErrors.create("BIGQUERY_INCOMPLETE", {
      expected: fileCount,
      found: objects.length,
      unit: "files",
    });
  const files: string[] = [];
  for (const [index, object] of objects.entries()) {
    onProgress("downloading", index, objects.length);
    files.push(await staging.download(object, folder));
  }
  return files;
};

/** Staged files hold a bill: they go whatever happened, and a failure to remove them hides no other. */
const clean = async (staging: Staging): Promise<void> => {
  const objects = await staging.list().catch(() => []);
  for (const object of objects) await staging.remove(object).catch(() => undefined);
};

/** An open session: what every step of one run needs. */
interface Session {
  readonly client: BigQueryClient;
  readonly sql: string;
  readonly location: { readonly location?: string };
  readonly maxBytes: bigint;
  accessToken(): Promise<string>;
  /** Gives failures of Google's libraries their name. */
  explained<T>(work: Promise<T>): Promise<T>;
}

const openSession = async <Report>(
  options: BigQueryOptions,
  deps: BigQueryDeps<Report>,
  months: readonly Month[],
): Promise<Session> => {
  const { table, signal, maxBytes = DEFAULT_MAX_BYTES, onProgress } = options;
  const name = parseTableName(table);
  const client = await openBigQuery(options.project ?? name.project, deps.clientOptions);
  const explained = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      signal?.throwIfAborted();
      throw error instanceof TrimtabError ? error : explainFailure(error, table, maxBytes);
    });
  const accessToken = async () => (await explained(client.authClient.getAccessToken())) ?? "";
  await accessToken();
  onProgress?.("asking BigQuery", 0, 1);
  const { location, columns } = await explained(inspectTable(client, name, table));
  const sql = selectSql(name, columns, months);
  return {
    client,
    sql,
    maxBytes,
    accessToken,
    explained,
    location: location === undefined ? {} : { location },
  };
};

const askEstimate = async (session: Session, options: BigQueryOptions): Promise<QueryEstimate> => {
  const { client, sql, location, explained } = session;
  const [dry] = await explained(client.createQueryJob({ query: sql, dryRun: true, ...location }));
  const bytes = BigInt(jobMetadata.parse(dry.metadata).statistics?.totalBytesProcessed ?? "0");
  const estimate = estimateQuery(bytes, options.pricePerTib);
  await options.onEstimate?.(estimate);
  return estimate;
};

/** Exports, downloads and loads; what was staged and downloaded is removed, whatever happens. */
const exportAndLoad = async <Report>(
  session: Session,
  staging: Staging,
  options: BigQueryOptions,
  deps: BigQueryDeps<Report>,
) => {
  const { client, sql, location, maxBytes, explained } = session;
  const { signal, onProgress = () => undefined } = options;
  const folder = await mkdtemp(join(deps.tempFolder ?? tmpdir(), "trimtab-bigquery-"));
  try {
    onProgress("exporting", 0, 1);
    const query = exportSql(sql, staging.uri);
    const limits = { maximumBytesBilled: String(maxBytes), labels: { tool: "trimtab" } };
    const [job] = await explained(client.createQueryJob({ query, ...limits, ...location }));
    const statistics = await explained(finished(job, deps.pollMs ?? 1000, signal));
    const exported = statistics?.query?.exportDataStatistics;
    const files = await downloadAll(staging, exported?.fileCount, folder, onProgress);
    const report = await deps.load(files);
    const rows = exported?.rowCount === undefined ? undefined : Number(exported.rowCount);
    return { bytesBilled: BigInt(statistics?.query?.totalBytesBilled ?? "0"), rows, report };
  } finally {
    await clean(staging);
    await rm(folder, { recursive: true, force: true });
  }
};

/**
 * Reads whole invoice months of a Cloud Billing export from BigQuery and loads them: a dry run tells bytes and cost
 * first, BigQuery writes Parquet to Cloud Storage, and the files come down as they are; no row passes through
 * JavaScript. Months already loaded are replaced, so running it again neither doubles nor loses anything.
 * @throws BIGQUERY_TABLE_INVALID, BIGQUERY_STAGING_INVALID, BIGQUERY_NO_CREDENTIALS, BIGQUERY_NO_PERMISSION,
 *   BIGQUERY_TABLE_NOT_FOUND, BIGQUERY_TABLE_UNSUITABLE, BIGQUERY_BYTES_LIMIT, BIGQUERY_FAILED,
 *   BIGQUERY_STAGING_FAILED, BIGQUERY_INCOMPLETE, and what `load` throws
 */
export const ingestFromBigQuery = async <Report>(
  options: BigQueryOptions,
  deps: BigQueryDeps<Report>,
): Promise<BigQueryOutcome<Report>> => {
  const folder = options.dryRun === true ? undefined : parseStaging(options.staging ?? "");
  const months = eachMonth(options.period);
  const session = await openSession(options, deps, months);
  const { sql, maxBytes, accessToken } = session;
  const estimate = await askEstimate(session, options);
  if (folder === undefined) return { kind: "dry-run", estimate, months, sql };
  if (estimate.bytes > maxBytes)
    throw bigQueryErrors.create("BIGQUERY_BYTES_LIMIT", {
      bytes: String(estimate.bytes),
      limit: String(maxBytes),
    });
  const staging = openStaging({
    folder,
    run: `trimtab-${randomUUID()}`,
    accessToken,
    signal: options.signal,
    ...(deps.storageEndpoint === undefined ? {} : { endpoint: deps.storageEndpoint }),
  });
  return { kind: "loaded", estimate, months, ...(await exportAndLoad(session, staging, options, deps)) };
};

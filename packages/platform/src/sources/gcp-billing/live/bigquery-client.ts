import { z } from "zod";
import { bigQueryErrors } from "./errors.ts";

/** What is needed of a job. */
export interface BigQueryJob {
  readonly metadata?: unknown;
  getMetadata(): Promise<readonly [unknown, ...unknown[]]>;
  cancel(): Promise<unknown>;
}

export interface QueryJobOptions {
  readonly query: string;
  readonly location?: string;
  readonly dryRun?: boolean;
  readonly maximumBytesBilled?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** The smallest part of `@google-cloud/bigquery` that reading an export needs. */
export interface BigQueryClient {
  dataset(
    id: string,
    options: { readonly projectId: string },
  ): { table(id: string): { getMetadata(): Promise<readonly [unknown, ...unknown[]]> } };
  createQueryJob(options: QueryJobOptions): Promise<readonly [BigQueryJob, ...unknown[]]>;
  readonly authClient: { getAccessToken(): Promise<string | null | undefined> };
}

/** Options that `new BigQuery` takes, such as `apiEndpoint` for a private endpoint. */
export type BigQueryClientOptions = Readonly<Record<string, unknown>>;

/** Loads the library and opens a client with application default credentials. @param project the one that runs queries */
export const openBigQuery = async (
  project: string,
  options: BigQueryClientOptions = {},
): Promise<BigQueryClient> => {
  const { BigQuery } = await import("@google-cloud/bigquery");
  return new BigQuery({ projectId: project, ...options }) as unknown as BigQueryClient;
};

const failure = z.object({
  code: z.union([z.number(), z.string()]).optional(),
  message: z.string().optional(),
  errors: z.array(z.object({ reason: z.string().optional(), message: z.string().optional() })).optional(),
  reason: z.string().optional(),
});

/** Names the trouble with a request or job, whatever form Google's libraries gave it. */
export const explainFailure = (error: unknown, table: string, limit: bigint): Error => {
  const parsed = failure.safeParse(error);
  const { code, message, errors = [], reason } = parsed.success ? parsed.data : {};
  const text = (message ?? errors[0]?.message ?? String(error)).split("\n", 1)[0] ?? "";
  const reasons = [reason, ...errors.map((item) => item.reason)].filter((item) => item !== undefined);
  const options = { cause: error };
  const is = (pattern: RegExp) => pattern.test([...reasons, text].join(" "));
  if (is(/bytesBilledLimitExceeded|exceeded limit for bytes billed/i)) {
    const bytes = /(\d+) or higher required/.exec(text)?.[1] ?? "more";
    return bigQueryErrors.create("BIGQUERY_BYTES_LIMIT", { bytes, limit: String(limit) }, options);
  }
  if (code === 401 || is(/default credentials|invalid_grant|authError|unauthenticated|reauth/i))
    return bigQueryErrors.create("BIGQUERY_NO_CREDENTIALS", { reason: text }, options);
  if (is(/accessDenied|forbidden|permission/i) || code === 403)
    return bigQueryErrors.create("BIGQUERY_NO_PERMISSION", { reason: text }, options);
  if (is(/notFound/) || code === 404)
    return bigQueryErrors.create("BIGQUERY_TABLE_NOT_FOUND", { table, reason: text }, options);
  return bigQueryErrors.create("BIGQUERY_FAILED", { reason: text }, options);
};

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Day, period } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { quoteText } from "../../../sql/dialect.ts";
import { gcpRow, openGcpLake } from "../../../testing/gcp-bill.ts";
import { type Answer, type SeenRequest, startGoogle } from "../../../testing/google-server.ts";
import { tempFolder } from "../../../testing/temp-folder.ts";
import { type BigQueryOptions, ingestFromBigQuery } from "./ingest-from-bigquery.ts";

const TABLE = "acme-billing.export.gcp_billing_export_resource_v1_01A2B3_C4D5E6_F7A8B9";
const OPTIONS: BigQueryOptions = {
  table: TABLE,
  period: period("2026-01-15" as Day, "2026-02-10" as Day),
  staging: "gs://acme-staging/trimtab/",
};
const COLUMNS = [
  ...[
    "billing_account_id",
    "service",
    "sku",
    "usage_start_time",
    "usage_end_time",
    "project",
    "labels",
    "location",
  ],
  ...[
    "resource",
    "cost",
    "currency",
    "usage",
    "credits",
    "invoice",
    "cost_type",
    "cost_at_list",
    "a_column_of_2031",
  ],
];

/** `tables.get` */
const tableOf = (more: object = {}) => ({
  kind: "bigquery#table",
  type: "TABLE",
  location: "EU",
  timePartitioning: { type: "DAY" },
  schema: { fields: COLUMNS.map((name) => ({ name, type: "STRING" })) },
  ...more,
});

/** `jobs.insert` and `jobs.get` */
const jobOf = (state: string, statistics: object = {}, errorResult?: object) => ({
  kind: "bigquery#job",
  id: "acme-billing:EU.job_1",
  jobReference: { projectId: "acme-billing", jobId: "job_1", location: "EU" },
  status: { state, ...(errorResult === undefined ? {} : { errorResult }) },
  statistics,
});
const DONE = {
  totalBytesProcessed: "123456789",
  query: { totalBytesBilled: "124780544", exportDataStatistics: { fileCount: "1", rowCount: "2" } },
};

const errorOf = (status: number, reason: string, message: string): Answer => ({
  status,
  json: { error: { code: status, message, errors: [{ reason, message, domain: "global" }] } },
});

interface Scene {
  readonly table?: Answer;
  readonly dryRun?: Answer;
  readonly insert?: Answer;
  readonly get?: readonly Answer[];
  readonly listed?: object;
  readonly object?: Buffer;
}

/** Google as far as one run asks it: one table, one job, one staged object. */
const startScene = async (scene: Scene) => {
  const polls = [...(scene.get ?? [{ json: jobOf("RUNNING") }, { json: jobOf("DONE", DONE) }])];
  let staged = "";
  const answer = ({ method, path, body }: SeenRequest): Answer | undefined => {
    if (method === "GET" && path.includes("/tables/")) return scene.table ?? { json: tableOf() };
    if (method === "POST" && /\/jobs(\?|$)/.test(path)) {
      const { configuration } = body as { configuration: { dryRun?: boolean; query: { query: string } } };
      if (configuration.dryRun)
        return scene.dryRun ?? { json: jobOf("DONE", { totalBytesProcessed: "123456789" }) };
      staged = /gs:\/\/acme-staging\/(\S+)part-/.exec(configuration.query.query)?.[1] ?? "";
      return scene.insert ?? { json: jobOf("RUNNING") };
    }
    if (path.includes("/jobs/")) return polls.length > 1 ? polls.shift() : polls[0];
    if (path.startsWith("/storage/v1/b/acme-staging/o?")) {
      const name = `${staged}part-000000000000.parquet`;
      return { json: scene.listed ?? { items: [{ name, size: String(scene.object?.length ?? 0) }] } };
    }
    if (path.endsWith("alt=media")) return { bytes: scene.object ?? Buffer.alloc(0) };
    return method === "DELETE" ? { status: 204 } : undefined;
  };
  const google = await startGoogle(answer);
  const authClient = {
    getAccessToken: async () => ({ token: "test-token" }),
    getRequestHeaders: async () => new Headers({ authorization: "Bearer test-token" }),
  };
  const clientOptions = { apiEndpoint: google.endpoint, authClient, autoRetry: false, maxRetries: 0 };
  return {
    ...google,
    deps: { clientOptions, storageEndpoint: google.endpoint, tempFolder: tempFolder(), pollMs: 1 },
  };
};

const noLoad = () => Promise.reject(new Error("nothing should be loaded"));

/** A bill of two months as BigQuery's Parquet export has it: nested records, repeated records, floats. */
const parquetBill = async () => {
  const maker = await openGcpLake();
  const february = gcpRow({ cost: 0.1, credits: [{ name: "Free trial", amount: -0.03, type: "PROMOTION" }] });
  await maker.loadRows([february, gcpRow({ cost: 2.5, invoice: { month: "202601" } })]);
  const file = join(maker.folder, "bill.parquet");
  const from = `read_json(${quoteText(join(maker.folder, "export.json"))}, format='newline_delimited')`;
  await maker.lake.run({ text: `COPY (SELECT * FROM ${from}) TO ${quoteText(file)} (FORMAT parquet)` });
  return readFileSync(file);
};

describe("ingestFromBigQuery", () => {
  it("exports whole invoice months to Parquet, brings them down, loads them and cleans up", async () => {
    const { seen, deps } = await startScene({ object: await parquetBill() });
    const { load, charges } = await openGcpLake();
    const estimates: string[] = [];
    const options = {
      ...OPTIONS,
      maxBytes: 10n ** 9n,
      onEstimate: ({ cost }: { cost: string }) => void estimates.push(cost),
    };
    const outcome = await ingestFromBigQuery(options, { ...deps, load: (files) => load(...files) });
    expect(outcome).toMatchObject({
      kind: "loaded",
      months: ["2026-01", "2026-02"],
      bytesBilled: 124780544n,
      rows: 2,
    });
    expect(estimates).toEqual(["0.0007"]);
    expect(
      await charges("CAST(BillingPeriodStart AS DATE)::VARCHAR, ChargeCategory, CAST(BilledCost AS DOUBLE)"),
    ).toEqual([
      ["2026-01-01", "Usage", 2.5],
      ["2026-02-01", "Credit", -0.03],
      ["2026-02-01", "Usage", 0.1],
    ]);
    const inserts = seen.filter(({ method, path }) => method === "POST" && /\/jobs(\?|$)/.test(path));
    const [dry, real] = inserts.map(
      ({ body }) => (body as { configuration: Record<string, unknown> }).configuration,
    );
    expect(dry).toMatchObject({ dryRun: true });
    expect(real).toMatchObject({ query: { maximumBytesBilled: "1000000000", useLegacySql: false } });
    const { query } = (real as { query: { query: string } }).query;
    expect(query).toMatch(
      /^EXPORT DATA OPTIONS \(\n {2}uri = 'gs:\/\/acme-staging\/trimtab\/trimtab-[0-9a-f-]+\/part-\*\.parquet'/,
    );
    expect(query).toContain(
      "_PARTITIONTIME >= TIMESTAMP('2025-12-31') AND _PARTITIONTIME < TIMESTAMP('2026-04-01')",
    );
    expect(query).toContain("invoice.month IN ('202601', '202602')");
    expect(query).not.toMatch(/\*(?!\.parquet)|a_column_of_2031/);
    expect(seen.every(({ authorization }) => authorization === "Bearer test-token")).toBe(true);
    expect(seen.filter(({ method }) => method === "DELETE")).toHaveLength(1);
  });

  it("says what a run would read and cost, and reads nothing", async () => {
    const { seen, deps } = await startScene({
      dryRun: { json: jobOf("DONE", { totalBytesProcessed: String(2n ** 41n) }) },
    });
    const { staging: _, ...options } = OPTIONS;
    const dryRun = { ...options, dryRun: true };
    const outcome = await ingestFromBigQuery(dryRun, { ...deps, load: noLoad });
    expect(outcome).toMatchObject({
      kind: "dry-run",
      estimate: { bytes: 2n ** 41n, cost: "12.5", currency: "USD" },
    });
    const own = await ingestFromBigQuery({ ...dryRun, pricePerTib: "7.5" }, { ...deps, load: noLoad });
    expect(own.estimate).toMatchObject({ cost: "15", priceSource: "the price you gave" });
    expect(seen.some(({ path }) => path.startsWith("/storage"))).toBe(false);
  });

  const codeOf = async (scene: Scene, more: Partial<BigQueryOptions> = {}) => {
    const { seen, deps } = await startScene(scene);
    const error: unknown = await ingestFromBigQuery({ ...OPTIONS, ...more }, { ...deps, load: noLoad }).catch(
      (reason: unknown) => reason,
    );
    return { code: (error as { code?: string }).code, message: String(error), seen };
  };

  it("stops at the limit of bytes before anything is read", async () => {
    const { code, seen } = await codeOf({}, { maxBytes: 10_000_000n });
    expect(code).toBe("BIGQUERY_BYTES_LIMIT");
    expect(seen.filter(({ method }) => method === "POST")).toHaveLength(1);
    const message = "Query exceeded limit for bytes billed: 200000000. 209715200 or higher required.";
    const late = { reason: "bytesBilledLimitExceeded", message };
    const failed = await codeOf({ get: [{ json: jobOf("DONE", {}, late) }] }, { maxBytes: 200_000_000n });
    expect(failed).toMatchObject({
      code: "BIGQUERY_BYTES_LIMIT",
      message: expect.stringContaining("209715200"),
    });
  });

  it("names what is wrong: credentials, permission, table, job", async () => {
    const denied = errorOf(
      403,
      "accessDenied",
      "Access Denied: Table acme: Permission bigquery.tables.get denied",
    );
    expect((await codeOf({ table: denied })).code).toBe("BIGQUERY_NO_PERMISSION");
    expect((await codeOf({ table: errorOf(401, "authError", "Invalid Credentials") })).code).toBe(
      "BIGQUERY_NO_CREDENTIALS",
    );
    const gone = await codeOf({ table: errorOf(404, "notFound", "Not found: Table acme:x") });
    expect(gone).toMatchObject({ code: "BIGQUERY_TABLE_NOT_FOUND", message: expect.stringContaining(TABLE) });
    const invalid = errorOf(400, "invalidQuery", "Unrecognized name: invoice at [4:5]");
    expect((await codeOf({ dryRun: invalid })).code).toBe("BIGQUERY_FAILED");
    const view = { json: tableOf({ type: "VIEW", timePartitioning: undefined }) };
    expect((await codeOf({ table: view })).code).toBe("BIGQUERY_TABLE_UNSUITABLE");
    const bare = { json: tableOf({ schema: { fields: [{ name: "cost", type: "FLOAT" }] } }) };
    expect((await codeOf({ table: bare })).message).toContain("billing_account_id, service");
    expect((await codeOf({}, { table: "a.b`; DROP TABLE x.c" })).code).toBe("BIGQUERY_TABLE_INVALID");
    expect((await codeOf({}, { staging: "gs://b'/x" })).code).toBe("BIGQUERY_STAGING_INVALID");
  });

  it("loads nothing when a file or its bytes are missing", async () => {
    expect((await codeOf({ listed: { items: [] } })).code).toBe("BIGQUERY_INCOMPLETE");
    const short = await codeOf({
      object: Buffer.from("PAR1"),
      listed: { items: [{ name: "a/part-0.parquet", size: "9" }] },
    });
    expect(short).toMatchObject({
      code: "BIGQUERY_INCOMPLETE",
      message: expect.stringContaining("9 bytes of a/part-0"),
    });
    expect(short.seen.filter(({ method }) => method === "DELETE")).toHaveLength(1);
  });

  it("cancels the job when the caller gives up", async () => {
    const { seen, deps } = await startScene({ get: [{ json: jobOf("RUNNING") }] });
    const stop = new AbortController();
    const onProgress = (step: string) => void (step === "exporting" && setTimeout(() => stop.abort(), 30));
    const run = ingestFromBigQuery(
      { ...OPTIONS, signal: stop.signal, onProgress },
      { ...deps, load: noLoad },
    );
    await expect(run).rejects.toThrow(/abort/i);
    expect(seen.some(({ path }) => /\/jobs\/[^/]+\/cancel/.test(path))).toBe(true);
  });
});

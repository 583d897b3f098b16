import type { IngestReport } from "../lake/ingest/report.ts";
import type { BigQueryOutcome } from "../sources/gcp-billing/live/ingest-from-bigquery.ts";
import type { LoadBillsRequest } from "../sources/load-bills.ts";
import type { CommandContext, CommandInput, CommandResult, OptionSpec } from "./command.ts";
import { bytesText } from "./doctor/finding.ts";
import { cliErrors } from "./errors.ts";
import { optionalPeriod } from "./period-options.ts";

/** Options of `trimtab ingest` that read Google's export where it is. */
export const BIGQUERY_OPTIONS: readonly OptionSpec[] = [
  {
    name: "bigquery",
    value: "TABLE",
    description: "read this Cloud Billing export (project.dataset.table) live instead of files",
  },
  { name: "from", value: "MONTH", description: "first invoice month to read from BigQuery" },
  { name: "to", value: "MONTH", description: "last invoice month, included" },
  {
    name: "staging",
    value: "URL",
    description: "gs://bucket/prefix through which the rows come; emptied afterwards",
  },
  { name: "max-bytes", value: "N", description: "most bytes the query may be billed for (default 100 GiB)" },
  {
    name: "project",
    value: "ID",
    description: "project that runs and pays for the query (default: the table's)",
  },
  { name: "price-per-tib", value: "USD", description: "your price of a TiB read, for the estimate" },
];

/**
 * Loads from BigQuery; what it will read and cost is said first.
 * @throws CLI_ARGUMENT_MISSING, CLI_NUMBER_INVALID, BIGQUERY_* and what a load throws
 */
export async function ingestBigQuery(
  context: CommandContext,
  { options }: CommandInput,
  table: string,
  request: Omit<LoadBillsRequest, "patterns">,
): Promise<BigQueryOutcome<IngestReport>> {
  const { services, signal, notify } = context;
  const period = optionalPeriod(options.from, options.to);
  if (period === undefined) {
    throw cliErrors.create("CLI_ARGUMENT_MISSING", {
      command: "ingest",
      argument: "the months to read from BigQuery",
      usage: "trimtab ingest --bigquery TABLE --from 2026-01 --to 2026-06 --staging gs://BUCKET/PREFIX",
    });
  }
  const { ingestFromBigQuery } = await import("../sources/gcp-billing/live/ingest-from-bigquery.ts");
  const { loadBills } = await import("../sources/load-bills.ts");
  return await ingestFromBigQuery<IngestReport>(
    {
      table,
      period,
      signal,
      dryRun: options["dry-run"] === true,
      ...(typeof options.staging === "string" ? { staging: options.staging } : {}),
      ...(typeof options.project === "string" ? { project: options.project } : {}),
      ...(typeof options["max-bytes"] === "string" ? { maxBytes: byteCount(options["max-bytes"]) } : {}),
      ...(typeof options["price-per-tib"] === "string" ? { pricePerTib: options["price-per-tib"] } : {}),
      onEstimate: ({ bytes, cost, currency, priceSource }) =>
        notify(
          `BigQuery will read ${bytesText(Number(bytes))}, at most ${cost} ${currency} (${priceSource}).`,
        ),
      ...(request.onProgress === undefined ? {} : { onProgress: request.onProgress }),
    },
    { load: async (files) => await loadBills(await services.openLake(), { ...request, patterns: files }) },
  );
}

/** The page of a dry run. */
export function estimateResult({
  estimate,
  months,
  sql,
}: Extract<BigQueryOutcome<IngestReport>, { readonly kind: "dry-run" }>): CommandResult {
  const { bytes, cost, currency, priceSource } = estimate;
  return {
    document: {
      title: "What BigQuery would read",
      blocks: [
        {
          kind: "facts",
          facts: [
            ["Invoice months", months.join(", ")],
            ["Bytes", bytesText(Number(bytes))],
            ["Cost at most", `${cost} ${currency} (${priceSource})`],
          ],
        },
        { kind: "code", text: sql },
        {
          kind: "text",
          text: "Nothing was read. Without --dry-run and with --staging, it is.",
          tone: "muted",
        },
      ],
    },
    json: { months, sql, estimate: { ...estimate, bytes: String(bytes) } },
  };
}

function byteCount(text: string): bigint {
  if (/^\d{1,18}$/.test(text)) return BigInt(text);
  throw cliErrors.create("CLI_NUMBER_INVALID", { option: "--max-bytes", value: text });
}

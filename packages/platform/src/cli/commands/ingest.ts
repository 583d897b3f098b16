import { resolve } from "node:path";
import type { IngestReport } from "../../lake/ingest/report.ts";
import type { StoredDataset } from "../../lake/other-dataset.ts";
import { isUrl } from "../../lake/storage/location.ts";
import { ENGINES } from "../../query/engines/engine.ts";
import type { FoundBills, LoadBillsRequest } from "../../sources/load-bills.ts";
import { type CommandContext, type CommandInput, type CommandResult, defineCommand } from "../command.ts";
import { cliErrors } from "../errors.ts";
import { BIGQUERY_OPTIONS, estimateResult, ingestBigQuery } from "../ingest-bigquery.ts";

const UNITS: Readonly<Record<string, string>> = {
  recognising: "files",
  reading: "bytes",
  writing: "rows",
  downloading: "files",
};

export const ingestCommand = defineCommand({
  name: "ingest",
  summary: "load bills into the lake: files, folders or globs of any cloud",
  group: "observe",
  details: [
    "A file is recognised by its content. Loading a month again replaces exactly that month of that export, never doubles it; all files of one call become visible together, or none.",
    "Every load proves that nothing was lost: input = charges + quarantine + rounding, digit for digit and per currency.",
  ],
  args: [
    {
      name: "files",
      description:
        "files, folders or quoted globs; with --engine trino, also URLs such as s3://bucket/exports",
      variadic: true,
    },
  ],
  options: [
    {
      name: "source",
      value: "ID",
      description: "read all files as this source (`trimtab sources` lists them)",
    },
    {
      name: "mapping",
      value: "FILE",
      description: "read all files by this mapping (`trimtab sources infer` drafts one)",
    },
    { name: "export", value: "NAME", description: "name of the export, where the files don't tell it" },
    { name: "partial", description: "accept a file that covers fewer days than what is loaded" },
    { name: "dry-run", description: "only say what each file is, or what BigQuery would cost; load nothing" },
    {
      name: "engine",
      value: "NAME",
      choices: ENGINES,
      default: "duckdb",
      description: "who reads and writes: the embedded engine, or the cluster, for files that it sees, too",
    },
    {
      name: "location",
      value: "URL",
      env: "TRIMTAB_TRINO_LOCATION",
      description: "with --engine trino: where the cluster sees the lake's folder, e.g. s3://bucket/lake",
    },
    ...BIGQUERY_OPTIONS,
  ],
  examples: [
    { run: "trimtab ingest bills/", does: "load all bills of a folder" },
    { run: 'trimtab ingest "cur/**/*.parquet" --dry-run', does: "say what each file is" },
    {
      run: "trimtab ingest june.csv.gz --source focus",
      does: "read a file as FOCUS, whatever it looks like",
    },
    {
      run: "trimtab ingest --bigquery my-project.billing.gcp_billing_export_v1_01 --from 2026-01 --to 2026-06 --dry-run",
      does: "say what reading half a year from BigQuery would cost",
    },
    {
      run: "trimtab ingest /mnt/exports/cur/2026-06 --engine trino",
      does: "load a month inside the cluster, which sees the folder as TRIMTAB_TRINO_INPUTS says",
    },
    {
      run: "trimtab ingest s3://acme-exports/cur/data/BILLING_PERIOD=2026-06 --engine trino",
      does: "load a month that is in object storage already, without fetching it",
    },
  ],
  async run(context, input) {
    const { bigquery, "dry-run": isDry } = input.options;
    const request = await requestFrom(context, input);
    if (typeof bigquery === "string") return await runBigQuery(context, input, bigquery, request);
    if (request.patterns.length === 0) {
      throw cliErrors.create("CLI_ARGUMENT_MISSING", {
        command: "ingest",
        argument: "files, folders or globs, or --bigquery",
        usage: "trimtab ingest bills/",
      });
    }
    const isOnCluster = input.options.engine === "trino";
    const remote = request.patterns.find(isUrl);
    if (remote !== undefined && !isOnCluster && isDry !== true)
      throw cliErrors.create("CLI_INPUT_REMOTE", { url: remote });
    const lake = await context.services.openLake();
    const { findBillsAnywhere } = await import("../find-bills-anywhere.ts");
    const found = await findBillsAnywhere(context, request);
    if (isDry === true) return await describeFound(found);
    const { storeOtherDatasets } = await import("../../sources/store-other-datasets.ts");
    const stored = await storeOtherDatasets(lake, found.others, context.services.clock);
    if (found.inputs.length === 0 && stored.length > 0) return await describeStored(stored);
    const { loadFound } = await import("../../sources/load-bills.ts");
    const report = isOnCluster
      ? await runOnCluster(context, input, found, request)
      : await loadFound(lake, found, request);
    const { document, json } = await describeReport(report);
    const { storedBlocks } = await import("../views/stored-datasets.ts");
    return { document: { ...document, blocks: [...document.blocks, ...storedBlocks(stored)] }, json };
  },
});

async function runBigQuery(
  context: CommandContext,
  input: CommandInput,
  table: string,
  request: LoadBillsRequest,
): Promise<CommandResult> {
  if (request.patterns.length > 0) {
    throw cliErrors.create("CLI_OPTIONS_CONFLICT", { first: "files", second: "--bigquery" });
  }
  const outcome = await ingestBigQuery(context, input, table, request);
  return outcome.kind === "dry-run" ? estimateResult(outcome) : await describeReport(outcome.report);
}

async function runOnCluster(
  context: CommandContext,
  { options: { location } }: CommandInput,
  found: FoundBills,
  request: LoadBillsRequest,
): Promise<IngestReport> {
  const { loadOnCluster } = await import("../ingest-on-cluster.ts");
  return await loadOnCluster(context, found, request, typeof location === "string" ? location : undefined);
}

async function requestFrom(
  { services, cwd, signal, progress }: CommandContext,
  { args, options }: CommandInput,
): Promise<LoadBillsRequest> {
  return {
    patterns: Array.isArray(args.files) ? args.files : [],
    cwd,
    ...(await chooseSources(services, options, cwd)),
    ...(typeof options.export === "string" ? { exportName: options.export } : {}),
    partial: options.partial === true,
    signal,
    onProgress: (step, done, total) =>
      progress.step(step.charAt(0).toUpperCase() + step.slice(1), done, total, UNITS[step] ?? ""),
  };
}

/** A mapping makes a source of its own, which then reads every file. */
async function chooseSources(
  services: CommandContext["services"],
  { source, mapping }: CommandInput["options"],
  cwd: string,
): Promise<Pick<LoadBillsRequest, "sources" | "as">> {
  if (typeof mapping !== "string") {
    return { sources: await services.sources(), ...(typeof source === "string" ? { as: source } : {}) };
  }
  if (typeof source === "string" && source !== "csv") {
    throw cliErrors.create("CLI_OPTIONS_CONFLICT", { first: `--source ${source}`, second: "--mapping" });
  }
  const { csvSourceFor } = await import("../../sources/csv/csv-source.ts");
  const { readMapping } = await import("../../sources/csv/parse-mapping.ts");
  return { sources: { csv: csvSourceFor(await readMapping(resolve(cwd, mapping))) }, as: "csv" };
}

async function describeFound(found: FoundBills) {
  const { foundDocument, foundJson } = await import("../views/found-bills.ts");
  return { document: foundDocument(found), json: foundJson(found) };
}

async function describeReport(report: IngestReport) {
  const { reportDocument } = await import("../views/ingest-report.ts");
  return { document: reportDocument(report), json: report };
}

async function describeStored(stored: readonly StoredDataset[]) {
  const { storedBlocks } = await import("../views/stored-datasets.ts");
  return {
    document: { title: "Kept beside the charges", blocks: storedBlocks(stored) },
    json: { stored },
  };
}

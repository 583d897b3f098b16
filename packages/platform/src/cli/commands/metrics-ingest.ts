import { resolve } from "node:path";
import { instantOf } from "@trimtab/domain";
import type {
  MetricWindow,
  PointSink,
  ResourceMetricStore,
} from "../../evidence/metrics/resource-metric-store.ts";
import { type CommandContext, type CommandInput, defineCommand } from "../command.ts";
import { cliErrors } from "../errors.ts";
import { windowOf } from "../metrics-window.ts";
import { wholeNumber } from "../option-values.ts";
import { readOptionFile } from "../query-context.ts";
import { type IngestedPart, ingestedMetrics } from "../views/ingested-metrics.ts";

export const metricsIngestCommand = defineCommand({
  name: "metrics ingest",
  summary: "load what was measured of resources: CPU, memory, requests, latencies, from files or live",
  group: "observe",
  details: [
    "Resource metrics are what advisors judge by. They are not the business metrics that costs are divided by: those are loaded with `metrics load` and `metrics pull`.",
    "Files are CSV or Parquet with the columns resource, metric, statistic, time, value and unit. Live sources are asked for one value an interval; loading again changes nothing, a newer value replaces the older. TRIMTAB_PROMETHEUS_TOKEN is sent to Prometheus as a bearer token; the clouds use their own credentials.",
  ],
  args: [{ name: "files", description: "CSV or Parquet files", variadic: true }],
  options: [
    {
      name: "from",
      value: "SOURCE",
      choices: ["prometheus", "cloudwatch", "cloud-monitoring"],
      description: "ask a live source",
    },
    { name: "url", value: "URL", description: "Prometheus: base address, e.g. http://prometheus:9090" },
    { name: "mapping", value: "FILE", description: "Prometheus: YAML file of queries (default: built in)" },
    { name: "print-mapping", description: "print the built-in file of queries and do nothing else" },
    {
      name: "project",
      value: "ID",
      repeatable: true,
      description: "Cloud Monitoring: project; may be repeated",
    },
    {
      name: "region",
      value: "REGION",
      repeatable: true,
      description: "CloudWatch: region; may be repeated (default: AWS_REGION)",
    },
    {
      name: "since",
      value: "WHEN",
      description: "live: first day, e.g. 2026-06-01, or days back, e.g. 90d",
      default: "30d",
    },
    { name: "until", value: "DAY", description: "live: last day, included (default: until now)" },
    {
      name: "interval",
      value: "SECONDS",
      description: "length of an interval; divides a day",
      default: "3600",
    },
  ],
  examples: [
    { run: "trimtab metrics ingest metrics.csv", does: "points of a file" },
    {
      run: "trimtab metrics ingest --from prometheus --url http://prometheus:9090 --since 90d",
      does: "three months, an hour a point",
    },
    {
      run: "trimtab metrics ingest --from cloud-monitoring --project acme-prod",
      does: "what Google measured",
    },
    { run: "trimtab metrics ingest --from cloudwatch --region eu-central-1", does: "what AWS measured" },
  ],
  async run(context, input) {
    const { args, options } = input;
    if (options["print-mapping"] === true) {
      const { DEFAULT_MAPPING } = await import("../../evidence/metrics/prometheus/data/default-mapping.ts");
      return {
        document: { title: "Queries for Prometheus", blocks: [{ kind: "code", text: DEFAULT_MAPPING }] },
        raw: DEFAULT_MAPPING,
      };
    }
    const files = Array.isArray(args.files) ? args.files : [];
    const isLive = typeof options.from === "string";
    if (isLive && files.length > 0)
      throw cliErrors.create("CLI_OPTIONS_CONFLICT", { first: "<files>", second: "--from" });
    if (!isLive && files.length === 0) throw missing("FILES or --from");
    const store = await context.services.openResourceMetrics();
    const { written, parts } = await take(store, (sink) =>
      isLive ? ofSource(context, input, sink) : ofFiles(context, input, files, sink),
    );
    return ingestedMetrics(parts, written);
  },
});

const missing = (argument: string) =>
  cliErrors.create("CLI_ARGUMENT_MISSING", {
    command: "metrics ingest",
    argument,
    usage: "trimtab metrics ingest FILES, or trimtab metrics ingest --from SOURCE",
  });

/** All that a source has is taken in, or nothing. */
async function take(store: ResourceMetricStore, from: (sink: PointSink) => Promise<readonly IngestedPart[]>) {
  let parts: readonly IngestedPart[] = [];
  const written = await store.write(async (sink) => {
    parts = await from(sink);
  });
  return { written, parts };
}

async function ofFiles(
  { services, cwd, progress }: CommandContext,
  { options }: CommandInput,
  patterns: readonly string[],
  sink: PointSink,
): Promise<readonly IngestedPart[]> {
  const { findInputs } = await import("../../lake/input/find-inputs.ts");
  const { readMetricsCsv } = await import("../../evidence/metrics/files/read-csv.ts");
  const { readMetricsParquet } = await import("../../evidence/metrics/files/read-parquet.ts");
  const interval = intervalOf(options.interval);
  const files = await findInputs(patterns, cwd);
  const parts: IngestedPart[] = [];
  for (const { path } of files) {
    if (/\.parquet$/i.test(path)) {
      const { database } = await services.openLake();
      await readMetricsParquet(path, interval, database.run, sink);
    } else await readMetricsCsv(path, interval, sink);
    parts.push({ name: path });
    progress.step("Reading", parts.length, files.length, "files");
  }
  return parts;
}

/** @throws CLI_NUMBER_INVALID unless it divides a day */
function intervalOf(value: unknown): number {
  const seconds = wholeNumber("--interval", value, 3600);
  if (seconds > 0 && 86_400 % seconds === 0) return seconds;
  throw cliErrors.create("CLI_NUMBER_INVALID", { option: "--interval", value: String(value) });
}

async function ofSource(
  context: CommandContext,
  { options }: CommandInput,
  sink: PointSink,
): Promise<readonly IngestedPart[]> {
  const window = windowOf(options.since, options.until, instantOf(context.services.clock()));
  const intervalSeconds = intervalOf(options.interval);
  const common = { window, intervalSeconds };
  if (options.from === "prometheus") return await ofPrometheus(context, options, common, sink);
  if (options.from === "cloudwatch") return await ofCloudWatch(context, options, common, sink);
  return await ofCloudMonitoring(context, options, common, sink);
}

interface Common {
  readonly window: MetricWindow;
  readonly intervalSeconds: number;
}

type Options = CommandInput["options"];

const wordsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value : []);

async function ofPrometheus(
  { env, cwd, signal, progress }: CommandContext,
  { url, mapping }: Options,
  common: Common,
  sink: PointSink,
): Promise<readonly IngestedPart[]> {
  if (typeof url !== "string") throw missing("--url");
  const { parseMapping } = await import("../../evidence/metrics/prometheus/mapping.ts");
  const { ingestPrometheus } = await import("../../evidence/metrics/prometheus/ingest-prometheus.ts");
  const { DEFAULT_MAPPING } = await import("../../evidence/metrics/prometheus/data/default-mapping.ts");
  const file = typeof mapping === "string" ? resolve(cwd, mapping) : undefined;
  const text = file === undefined ? DEFAULT_MAPPING : await readOptionFile("--mapping", file);
  const token = env.TRIMTAB_PROMETHEUS_TOKEN;
  const outcomes = await ingestPrometheus(
    {
      ...common,
      url,
      queries: parseMapping(text, file ?? "the built-in mapping"),
      signal,
      onProgress: (done, of) => progress.step("Asking Prometheus", done, of, "queries"),
      ...(token ? { headers: { authorization: `Bearer ${token}` } } : {}),
    },
    sink,
  );
  return outcomes.map(({ query: { metric, statistic, resource }, points, skipped }) => ({
    name: `${metric} (${statistic}) of ${resource}`,
    points,
    skipped,
  }));
}

async function ofCloudWatch(
  { env, progress }: CommandContext,
  { region }: Options,
  common: Common,
  sink: PointSink,
): Promise<readonly IngestedPart[]> {
  const { awsAccount } = await import("../../evidence/inventory/aws/collect-aws.ts");
  const { ingestCloudWatch } = await import("../../evidence/metrics/cloudwatch/ingest-cloudwatch.ts");
  const own = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  const named = wordsOf(region);
  const regions = named.length > 0 ? named : own === undefined ? [] : [own];
  const [first] = regions;
  if (first === undefined) throw missing("--region, or AWS_REGION");
  const account = await awsAccount(first);
  const parts: IngestedPart[] = [];
  for (const one of regions) {
    const onProgress = (done: number, of: number) => progress.step(`Asking CloudWatch in ${one}`, done, of);
    const outcomes = await ingestCloudWatch({ ...common, account, region: one, onProgress }, sink);
    for (const { namespace, resources, points } of outcomes)
      parts.push({ name: `${namespace} in ${one}`, resources, points });
  }
  return parts;
}

async function ofCloudMonitoring(
  { env, signal, progress }: CommandContext,
  { project }: Options,
  common: Common,
  sink: PointSink,
): Promise<readonly IngestedPart[]> {
  const projects = wordsOf(project);
  if (projects.length === 0) throw missing("--project");
  const { openGoogleApi } = await import("../../evidence/clouds/google-api.ts");
  const { ingestCloudMonitoring } = await import(
    "../../evidence/metrics/cloud-monitoring/ingest-cloud-monitoring.ts"
  );
  const api = openGoogleApi({ env, signal });
  const parts: IngestedPart[] = [];
  for (const one of projects) {
    const onProgress = (done: number, of: number) =>
      progress.step(`Asking about ${one}`, done, of, "metrics");
    const outcomes = await ingestCloudMonitoring({ ...common, api, project: one, onProgress }, sink);
    for (const { type, metric, statistic, points } of outcomes)
      parts.push({ name: `${metric} (${statistic}) from ${type} in ${one}`, points });
  }
  return parts;
}

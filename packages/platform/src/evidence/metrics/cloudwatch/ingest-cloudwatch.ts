import type * as CloudWatch from "@aws-sdk/client-cloudwatch";
import type { Instant } from "@trimtab/domain";
import { asking, awsClientOptions } from "../../clouds/aws-api.ts";
import { evidenceErrors } from "../../errors.ts";
import { arnOf } from "../../inventory/aws/aws-names.ts";
import type { MetricWindow, NumberStatistic, PointSink } from "../resource-metric-store.ts";
import type { ResourcePoint } from "../resource-point.ts";
import { AWS_NAMESPACES, type AwsMetric, type AwsNamespace } from "./data/aws-metrics.ts";

/** GetMetricData takes so many questions at once. */
const QUERIES_AT_ONCE = 500;

const STATS: Readonly<Record<NumberStatistic, string>> = {
  sum: "Sum",
  mean: "Average",
  min: "Minimum",
  max: "Maximum",
  last: "Average",
  p50: "p50",
  p90: "p90",
  p95: "p95",
  p99: "p99",
};

export interface CloudWatchIngest {
  readonly account: string;
  readonly region: string;
  readonly window: MetricWindow;
  readonly intervalSeconds: number;
  readonly onProgress?: (done: number, of: number) => void;
}

export interface CloudWatchOutcome {
  readonly namespace: string;
  readonly resources: number;
  readonly points: number;
}

/** One statistic of one metric of one resource. */
interface Question {
  readonly resource: string;
  readonly metric: AwsMetric;
  readonly statistic: NumberStatistic;
  readonly query: Omit<CloudWatch.MetricDataQuery, "Id">;
}

interface Asking extends CloudWatchIngest {
  readonly sdk: typeof CloudWatch;
  readonly client: CloudWatch.CloudWatchClient;
}

/**
 * Asks one region for every metric that is known, of every resource that has it.
 * @throws EVIDENCE_*
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html, 2026-06
 */
export const ingestCloudWatch = async (
  ingest: CloudWatchIngest,
  sink: PointSink,
): Promise<readonly CloudWatchOutcome[]> => {
  const sdk = await import("@aws-sdk/client-cloudwatch");
  const client = new sdk.CloudWatchClient(awsClientOptions(ingest.region));
  const at: Asking = { ...ingest, sdk, client };
  const outcomes: CloudWatchOutcome[] = [];
  for (const namespace of AWS_NAMESPACES) {
    const questions = await asking(`cloudwatch:ListMetrics of ${namespace.namespace}`, () =>
      questionsOf(at, namespace),
    );
    let points = 0;
    for (let start = 0; start < questions.length; start += QUERIES_AT_ONCE) {
      const own = questions.slice(start, start + QUERIES_AT_ONCE);
      points += await asking(`cloudwatch:GetMetricData of ${namespace.namespace}`, () =>
        answer(at, own, sink),
      );
    }
    const resources = new Set(questions.map(({ resource }) => resource)).size;
    outcomes.push({ namespace: namespace.namespace, resources, points });
    ingest.onProgress?.(outcomes.length, AWS_NAMESPACES.length);
  }
  return outcomes;
};

/** ListMetrics names what had values in the last two weeks; of each metric the series of the resource alone, not of its parts. */
const questionsOf = async (
  { sdk, client, account, region, intervalSeconds }: Asking,
  { namespace, dimension, service, prefix, metrics }: AwsNamespace,
): Promise<readonly Question[]> => {
  const questions: Question[] = [];
  for (const metric of metrics) {
    const filter = { Namespace: namespace, MetricName: metric.name, Dimensions: [{ Name: dimension }] };
    for await (const { Metrics = [] } of sdk.paginateListMetrics({ client }, filter))
      for (const { Dimensions = [] } of Metrics) {
        const [only, ...others] = Dimensions;
        if (only?.Value === undefined || only.Name !== dimension || others.length > 0) continue;
        const resource =
          service === null ? only.Value : arnOf(service, { region, account }, `${prefix}${only.Value}`);
        for (const statistic of metric.statistics) {
          const Stat = metric.isRate === true ? "Average" : STATS[statistic];
          const Metric = { Namespace: namespace, MetricName: metric.name, Dimensions };
          questions.push({
            resource,
            metric,
            statistic,
            query: { MetricStat: { Metric, Period: intervalSeconds, Stat } },
          });
        }
      }
  }
  return questions;
};

const answer = async (
  { sdk, client, window, intervalSeconds }: Asking,
  questions: readonly Question[],
  sink: PointSink,
): Promise<number> => {
  const byId = new Map(questions.map((question, index) => [`q${index}`, question]));
  const status = new Map<string, string>();
  let count = 0;
  const input = {
    MetricDataQueries: [...byId].map(([Id, { query }]) => ({ Id, ...query })),
    StartTime: aligned(window.start, intervalSeconds, Math.ceil),
    EndTime: aligned(window.end, intervalSeconds, Math.floor),
    ScanBy: sdk.ScanBy.TIMESTAMP_ASCENDING,
  };
  for await (const { MetricDataResults = [] } of sdk.paginateGetMetricData({ client }, input)) {
    const points = MetricDataResults.flatMap(
      ({ Id = "", StatusCode = "Complete", Timestamps = [], Values = [] }) => {
        status.set(Id, StatusCode);
        const question = byId.get(Id);
        if (question === undefined) return [];
        return Timestamps.flatMap((time, index) => pointOf(question, time, Values[index], intervalSeconds));
      },
    );
    await sink.add(points);
    count += points.length;
  }
  refuseUnfinished(status, byId);
  return count;
};

/** An answer of several pages is partial until its last; one that stays so would look like less load. */
const refuseUnfinished = (status: ReadonlyMap<string, string>, byId: ReadonlyMap<string, Question>): void => {
  const [id, code] = [...status].find(([, value]) => value !== "Complete") ?? [];
  if (id === undefined || code === undefined) return;
  const question = byId.get(id);
  const action = `${question?.metric.name} of ${question?.resource}`;
  if (code === "Forbidden")
    throw evidenceErrors.create("EVIDENCE_ACCESS_DENIED", { cloud: "AWS", action, reason: code });
  const reason = `its answer is not whole (${code})`;
  throw evidenceErrors.create("EVIDENCE_SOURCE_FAILED", { cloud: "AWS", action, reason });
};

const aligned = (moment: Instant, intervalSeconds: number, round: (value: number) => number): Date =>
  new Date(round(Date.parse(moment) / 1000 / intervalSeconds) * intervalSeconds * 1000);

/** CloudWatch stamps a period at its start, as we do. */
const pointOf = (
  { resource, metric, statistic }: Question,
  time: Date,
  value: number | undefined,
  intervalSeconds: number,
): readonly ResourcePoint[] => {
  if (value === undefined || !Number.isFinite(value)) return [];
  const factor = (metric.factor ?? 1) * (metric.isRate === true ? intervalSeconds : 1);
  return [
    {
      resource,
      metric: metric.metric,
      statistic,
      time: time.toISOString() as Instant,
      intervalSeconds,
      value: value * factor,
      ...(metric.label === undefined ? {} : { labels: { by: metric.label } }),
    },
  ];
};

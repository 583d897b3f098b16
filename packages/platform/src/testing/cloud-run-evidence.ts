import {
  type CloudRunSettings,
  currencyCode,
  day,
  decimal,
  type Instant,
  instant,
  type Known,
  known,
  type MetricSummary,
  type PriceQuestion,
  type ResourceCost,
  type ResourceMetric,
  type UnitPrice,
  unknown,
} from "@trimtab/domain";
import type { ResourceEvidence } from "../advisors/advisor.ts";

const START = "2026-10-05T00:00:00Z";

export const CLOUD_RUN_TODAY: CloudRunSettings = {
  minInstances: 3,
  maxInstances: 100,
  minInstancesOn: "service",
  cpu: "1",
  memoryMiB: 1024,
  concurrency: 80,
  cpuAllocation: "request",
  startupCpuBoost: false,
  timeoutSeconds: 300,
  executionEnvironment: "default",
  revision: "api-00001",
  traffic: [{ revision: "api-00001", percent: 100 }],
};

/** Prices for tests, in USD: item and billing. */
const PRICES: Readonly<Record<string, string>> = {
  "gcp.run.cpu request": "0.000024",
  "gcp.run.memory request": "0.0000025",
  "gcp.run.cpu idle": "0.0000025",
  "gcp.run.memory idle": "0.0000025",
  "gcp.run.cpu instance": "0.000018",
  "gcp.run.memory instance": "0.000002",
  "gcp.run.requests ": "0.0000004",
};

const UNITS: Readonly<Record<string, string>> = {
  "gcp.run.cpu": "vCPU-s",
  "gcp.run.memory": "GiB-s",
  "gcp.run.requests": "request",
};

export function testPrice(question: PriceQuestion): Known<UnitPrice> {
  const price = PRICES[`${question.item} ${question.attributes.billing ?? ""}`];
  if (price === undefined) return unknown(`no price of ${question.item}`);
  return known({
    question,
    price: decimal(price),
    currency: currencyCode("USD"),
    unit: UNITS[question.item] ?? "",
    origin: { kind: "list", source: "test", date: day("2026-11-01") },
  });
}

/** What was measured of a service, as arrays at one interval; from Monday 2026-10-05. */
export interface MeasuredRun {
  readonly settings?: Partial<CloudRunSettings>;
  readonly intervalSeconds: number;
  readonly requests: readonly (number | null)[];
  readonly latency: { readonly bounds: readonly number[]; readonly counts: readonly number[] };
  readonly active: readonly (number | null)[];
  readonly idle?: readonly (number | null)[];
  readonly latencyMeanMs?: number;
  readonly startupMs?: number;
  readonly cpuUtilization?: number;
  readonly memoryUtilization?: number;
  readonly cost?: Known<ResourceCost>;
  readonly price?: (question: PriceQuestion) => Known<UnitPrice>;
}

export function cloudRunEvidence(measured: MeasuredRun): ResourceEvidence<"run.googleapis.com/Service"> {
  const { intervalSeconds } = measured;
  const end = new Date(Date.parse(START) + measured.requests.length * intervalSeconds * 1000);
  const now = instant(end.toISOString().replace(".000Z", "Z"));
  const series: Partial<Record<ResourceMetric, readonly (number | null)[] | undefined>> = {
    requests: measured.requests,
    "instances.active": measured.active,
    "instances.idle": measured.idle,
  };
  const levels: Readonly<Record<string, number | undefined>> = {
    "request.latency mean": measured.latencyMeanMs,
    "instance.startup.latency mean": measured.startupMs,
    "cpu.utilization mean": measured.cpuUtilization,
    "memory.utilization max": measured.memoryUtilization,
  };
  const id = "//run.googleapis.com/projects/p/locations/us-central1/services/api";
  return {
    resource: {
      kind: "run.googleapis.com/Service",
      id,
      name: "api",
      scope: { provider: "gcp", account: "p", region: "us-central1" },
      settings: { ...CLOUD_RUN_TODAY, ...measured.settings },
      tags: {},
      aliases: [],
      readAt: now,
    },
    now,
    summary: (metric, statistic) => {
      const level = levels[`${metric} ${statistic}`];
      if (level === undefined) return unknown(`${metric} was not measured`);
      return known(flat(metric, statistic, level, now, measured));
    },
    series: (metric, statistic) => {
      const values = series[metric];
      if (values === undefined) return unknown(`${metric} was not measured`);
      return known({ metric, statistic, start: instant(START), intervalSeconds, values });
    },
    distribution: (metric) =>
      metric === "request.latency"
        ? known({ ...measured.latency, metric, start: instant(START), end: now })
        : unknown(`${metric} was not measured`),
    cost: measured.cost ?? unknown("the bill does not name it"),
    price: measured.price ?? testPrice,
    other: () => undefined,
    referring: () => [],
  };
}

function flat(
  metric: ResourceMetric,
  statistic: MetricSummary["statistic"],
  level: number,
  end: Instant,
  { requests, intervalSeconds }: MeasuredRun,
): MetricSummary {
  const samples = requests.length;
  return {
    metric,
    statistic,
    start: instant(START),
    end,
    samples,
    expected: samples,
    intervalSeconds,
    min: level,
    mean: level,
    p50: level,
    p95: level,
    p99: level,
    max: level,
    sum: level * samples,
  };
}

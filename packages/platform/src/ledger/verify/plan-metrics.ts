import {
  dayOf,
  instantOf,
  type MetricSeriesPoints,
  type PlanGuardrail,
  type ResourceMetric,
  type ResourceRef,
} from "@trimtab/domain";
import type { MetricWindow, ResourceMetricStore } from "../../evidence/metrics/resource-metric-store.ts";
import type { MetricPoint } from "../../query/model/model.ts";
import type { AppliedPlan } from "./applied-plan.ts";
import type { Margin } from "./equivalence.ts";
import { errorShares, isErrorCount } from "./error-shares.ts";
import type { WatchedMetric } from "./watched-metrics.ts";

/** Metrics that users feel. Saturation is no such: a smaller machine is meant to be busier, up to the guardrail's limit. */
const FELT: readonly ResourceMetric[] = [
  "request.latency",
  "request.errors",
  "availability",
  "replication.lag",
  "queue.depth",
  "instance.startup.latency",
];

const MARGIN = { share: 0.05, absolute: 0.001 } as const;

export interface PlanMetrics {
  readonly watched: readonly WatchedMetric[];
  /** Guardrails that are not judged, each with the reason. */
  readonly untold: readonly string[];
}

export interface PlanMetricsAsked {
  readonly store: Pick<ResourceMetricStore, "series">;
  readonly aliasesOf: (resource: ResourceRef) => readonly string[];
  /** By `metric/statistic`, as the plan's policy has them. */
  readonly margins: Readonly<Record<string, number>>;
  readonly window: MetricWindow;
}

const nameOf = ({ metric, statistic }: PlanGuardrail): string => `${metric}/${statistic}`;

const marginOf = (guardrail: PlanGuardrail, margins: PlanMetricsAsked["margins"]): Margin => {
  const isShare = guardrail.metric === "availability" || isErrorCount(guardrail.metric);
  const kind = isShare ? "absolute" : "share";
  const worse = guardrail.comparison.startsWith("<") ? "higher" : "lower";
  return { kind, worse, size: margins[nameOf(guardrail)] ?? MARGIN[kind] };
};

/** What was measured while the plan ran is neither before nor after. */
const pointsOf = (
  series: MetricSeriesPoints,
  { startedAt, endedAt }: AppliedPlan,
): readonly MetricPoint[] => {
  const stepMs = series.intervalSeconds * 1000;
  const [fromMs, toMs] = [Date.parse(startedAt), Date.parse(endedAt)];
  return series.values.flatMap((value, index) => {
    const atMs = Date.parse(series.start) + index * stepMs;
    if (value === null || (atMs + stepMs > fromMs && atMs < toMs)) return [];
    return [
      {
        time: instantOf(new Date(atMs)).replace("T", " ").replace("Z", ""),
        value: String(value),
        labels: {},
      },
    ];
  });
};

/** The guardrails of a plan as metrics that must not have got worse, as far as the lake has them. */
export const planMetrics = async (
  plan: AppliedPlan,
  { store, aliasesOf, margins, window }: PlanMetricsAsked,
): Promise<PlanMetrics> => {
  const asked = new Map(
    plan.guardrails.map((one) => [JSON.stringify([one.resource.id, nameOf(one.guardrail)]), one]),
  );
  const watched: WatchedMetric[] = [];
  const untold: string[] = [];
  for (const { resource, guardrail } of asked.values()) {
    const { metric, statistic } = guardrail;
    const title = `${nameOf(guardrail)} of ${resource.name}`;
    if (!FELT.includes(metric)) {
      untold.push(`${title}: it is watched by its limit while the plan is applied, and may be higher after`);
      continue;
    }
    const named = { id: resource.id, aliases: [...aliasesOf(resource)] };
    const found = isErrorCount(metric)
      ? await errorShares(store, named, window)
      : await store.series(named, { metric, statistic }, window);
    if (found.status === "unknown") {
      untold.push(`${title}: ${found.reason}`);
      continue;
    }
    const points = pointsOf(found.value, plan);
    if (!points.some(({ time }) => time.slice(0, 10) < dayOf(plan.startedAt))) {
      untold.push(`${title}: the lake has nothing of the time before`);
      continue;
    }
    const margin = marginOf(guardrail, margins);
    watched.push({
      id: nameOf(guardrail),
      labels: { resource: resource.name },
      margin,
      points: points.map((point) => ({ ...point, labels: { resource: resource.name } })),
    });
  }
  return { watched, untold };
};

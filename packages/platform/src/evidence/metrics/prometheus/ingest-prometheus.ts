import type { Instant } from "@trimtab/domain";
import { type PrometheusSeries, queryRange } from "../../../query/metrics/prometheus-api.ts";
import { evidenceErrors } from "../../errors.ts";
import type { MetricWindow, PointSink } from "../resource-metric-store.ts";
import type { ResourcePoint } from "../resource-point.ts";
import { factorOf } from "../units.ts";
import type { PrometheusQuery } from "./mapping.ts";
import { type Distribution, fromCumulative, fromNative } from "./prometheus-histograms.ts";

/** Points of one series in one answer: little enough memory with ten thousand of them. */
const STEPS_AT_ONCE = 48;

export interface PrometheusIngest {
  readonly url: string;
  readonly queries: readonly PrometheusQuery[];
  readonly window: MetricWindow;
  readonly intervalSeconds: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: (done: number, of: number) => void;
}

export interface QueryOutcome {
  readonly query: PrometheusQuery;
  readonly points: number;
  /** Samples that are no number: left out, for they are no evidence. */
  readonly skipped: number;
}

/**
 * Asks every query for the whole window. A value over the last interval is stamped at its end, so it is stored at its start.
 * @throws METRIC_SOURCE_FAILED, METRIC_SERIES_AMBIGUOUS
 */
export const ingestPrometheus = async (
  ingest: PrometheusIngest,
  sink: PointSink,
): Promise<readonly QueryOutcome[]> => {
  const { queries, window, intervalSeconds, onProgress } = ingest;
  const first = Math.ceil(Date.parse(window.start) / 1000 / intervalSeconds) + 1;
  const last = Math.floor(Date.parse(window.end) / 1000 / intervalSeconds);
  const outcomes: QueryOutcome[] = [];
  for (const query of queries) {
    let points = 0;
    let skipped = 0;
    for (let step = first; step <= last; step += STEPS_AT_ONCE) {
      const end = Math.min(step + STEPS_AT_ONCE - 1, last);
      const series = await queryRange({
        ...ingest,
        query: query.query.replaceAll("$interval", `${intervalSeconds}s`),
        stepSeconds: intervalSeconds,
        start: step * intervalSeconds,
        end: end * intervalSeconds,
      });
      const found = pointsOf(query, series, intervalSeconds);
      await sink.add(found.points);
      points += found.points.length;
      skipped += found.skipped;
    }
    outcomes.push({ query, points, skipped });
    onProgress?.(outcomes.length, queries.length);
  }
  return outcomes;
};

interface Named {
  readonly resource: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly series: PrometheusSeries;
}

const pointsOf = (query: PrometheusQuery, series: readonly PrometheusSeries[], intervalSeconds: number) => {
  const named = series.map((one) => nameSeries(query, one));
  const groups = Map.groupBy(named, ({ resource, labels }) => JSON.stringify([resource, labels]));
  const points: ResourcePoint[] = [];
  let skipped = 0;
  for (const own of groups.values()) {
    const [head] = own;
    if (head === undefined) continue;
    const values = query.statistic === "histogram" ? distributionsOf(query, own) : numbersOf(query, own);
    for (const [time, value] of values) {
      const converted = convert(query, value, intervalSeconds);
      if (converted === undefined) {
        skipped += 1;
        continue;
      }
      const start = new Date((Math.round(time) - intervalSeconds) * 1000).toISOString() as Instant;
      const { metric, statistic } = query;
      points.push({
        resource: head.resource,
        labels: head.labels,
        metric,
        statistic,
        time: start,
        intervalSeconds,
        value: converted,
      });
    }
  }
  return { points, skipped };
};

const ambiguous = ({ query }: PrometheusQuery, problem: string) =>
  evidenceErrors.create("METRIC_SERIES_AMBIGUOUS", { query: query.slice(0, 200), problem });

const nameSeries = (query: PrometheusQuery, series: PrometheusSeries): Named => {
  const resource = query.resource.replace(/\{(\w+)(\|host)?\}/g, (_, label: string, host?: string) => {
    const value = series.metric[label];
    if (value === undefined || value === "") throw ambiguous(query, `a series has no label ${label}`);
    return host === undefined
      ? value
      : value.replace(/^\[(.*)\](:\d+)?$/, "$1").replace(/^([^:]*):\d+$/, "$1");
  });
  const labels = query.labels.flatMap((name) => {
    const value = series.metric[name];
    return value === undefined ? [] : [[name, value]];
  });
  return { resource, labels: Object.fromEntries(labels), series };
};

type Timed<T> = readonly (readonly [time: number, value: T])[];

const numbersOf = (query: PrometheusQuery, own: readonly Named[]): Timed<number> => {
  const [head, second] = own;
  if (second !== undefined) throw ambiguous(query, `several series are of ${head?.resource}`);
  return (head?.series.values ?? []).map(([time, text]) => [time, Number(text)] as const);
};

/** Buckets of a classic histogram are series that differ in `le`; a native one is a single series. */
const distributionsOf = (query: PrometheusQuery, own: readonly Named[]): Timed<Distribution> => {
  const native = own.filter(({ series }) => series.histograms.length > 0);
  if (native.length > 1) throw ambiguous(query, `several series are of ${native[0]?.resource}`);
  const buckets = new Map<number, Map<string, number>>();
  for (const { series, resource } of own)
    for (const [time, text] of series.values) {
      const { le } = series.metric;
      if (le === undefined)
        throw ambiguous(query, `a series of ${resource} has no label le: it is no histogram`);
      const bound = Number(le) === Number.POSITIVE_INFINITY || le === "+Inf" ? "+Inf" : String(Number(le));
      const at = buckets.get(time) ?? new Map<string, number>();
      if (at.has(bound)) throw ambiguous(query, `several series of ${resource} have le="${le}"`);
      if (!Number.isNaN(Number(text))) at.set(bound, Number(text));
      buckets.set(time, at);
    }
  const classic = [...buckets].map(([time, at]) => {
    const distribution = fromCumulative(at);
    if (distribution === undefined && at.size > 0)
      throw ambiguous(query, 'a histogram has no bucket le="+Inf"');
    return [time, distribution ?? { bounds: [], counts: [Number.NaN] }] as const;
  });
  const natives = native.flatMap(({ series }) =>
    series.histograms.map(([time, histogram]) => [time, fromNative(histogram)] as const),
  );
  return [...classic, ...natives];
};

/** In the metric's unit; undefined for what is no number. */
const convert = (
  { metric, statistic, unit }: PrometheusQuery,
  value: number | Distribution,
  intervalSeconds: number,
): ResourcePoint["value"] | undefined => {
  const factor = factorOf(metric, statistic, unit, intervalSeconds) ?? Number.NaN;
  if (typeof value === "number") return Number.isFinite(value * factor) ? value * factor : undefined;
  if (value.counts.some((count) => !Number.isFinite(count))) return undefined;
  return { bounds: value.bounds.map((bound) => bound * factor), counts: value.counts };
};

import type {
  Instant,
  Known,
  MetricDistribution,
  MetricSeriesPoints,
  MetricStatistic,
  MetricSummary,
  ResourceMetric,
} from "@trimtab/domain";
import type { PointsWritten } from "../../lake/resource-metrics/resource-metrics.ts";
import type { ResourcePoint } from "./resource-point.ts";

/** A statistic that is one number an interval. */
export type NumberStatistic = Exclude<MetricStatistic, "histogram">;

/** Half-open. */
export interface MetricWindow {
  readonly start: Instant;
  readonly end: Instant;
}

/** One resource under all of its names: bills, metrics and inventories call it differently. */
export interface NamedResource {
  readonly id: string;
  readonly aliases: readonly string[];
}

export interface MetricOf {
  readonly metric: ResourceMetric;
  readonly statistic: NumberStatistic;
}

export interface ReadOptions {
  readonly window: MetricWindow;
  /** Default: every resource there is, by the names that the metrics have. */
  readonly resources?: readonly NamedResource[];
  readonly signal?: AbortSignal | undefined;
}

/** What was found of one resource, by the id that was asked for. One without points is not in the answer. */
export interface Found<T> {
  readonly resource: string;
  readonly metric: ResourceMetric;
  /** Unknown: there are points that can't be made one answer, with the reason. */
  readonly found: Known<T>;
}

export interface FoundStatistic<T> extends Found<T> {
  readonly statistic: NumberStatistic;
}

/** What there is of one resource's metric. */
export interface StoredSeries {
  readonly resource: string;
  readonly metric: string;
  readonly statistic: string;
  readonly intervalSeconds: number;
  readonly points: number;
  readonly start: Instant;
  readonly end: Instant;
}

/** What there is of a metric over all resources. */
export interface StoredMetric {
  readonly metric: string;
  readonly statistic: string;
  readonly intervalSeconds: number;
  readonly resources: number;
  readonly points: number;
  readonly start: Instant;
  readonly end: Instant;
}

/** A way to hand points over; nothing of them is in the store before all are. */
export interface PointSink {
  /** @throws RESOURCE_POINT_INVALID */
  add(points: readonly ResourcePoint[]): Promise<void>;
  /** Rows of a SELECT with the columns of `POINT_COLUMNS`, checked as others are. @throws RESOURCE_POINT_INVALID */
  addSelect(select: {
    readonly text: string;
    readonly params?: readonly (string | number | null)[];
  }): Promise<void>;
}

/**
 * Metrics of resources beside the costs. Grain of a stored point: resource × metric × statistic × interval × labels.
 * Where a resource was stored at several intervals, under several names or by several labels, reading chooses as
 * docs/guides/evidence.md says, and says so where it can't.
 */
export interface ResourceMetricStore {
  /** Takes in all that `fill` hands over, or nothing. @throws LAKE_*, RESOURCE_POINT_INVALID */
  write(fill: (sink: PointSink) => Promise<void>): Promise<PointsWritten>;
  list(): Promise<readonly StoredMetric[]>;
  /** Per resource and metric, by resource; names that contain `like`. */
  listResources(filter: {
    readonly metric?: string;
    readonly like?: string;
    readonly limit: number;
  }): Promise<readonly StoredSeries[]>;
  /** Exact quantiles over all points of the window. */
  summaries(
    asked: readonly MetricOf[],
    options: ReadOptions,
  ): Promise<readonly FoundStatistic<MetricSummary>[]>;
  /** Every point of the window, of many resources: ask for a few hundred at once, each has thousands of values. */
  seriesOf(asked: MetricOf, options: ReadOptions): Promise<readonly FoundStatistic<MetricSeriesPoints>[]>;
  /** Every point of one resource. */
  series(resource: NamedResource, asked: MetricOf, window: MetricWindow): Promise<Known<MetricSeriesPoints>>;
  /** Histograms of the window added up; those of differing bounds are told, not mixed. */
  distributions(metric: ResourceMetric, options: ReadOptions): Promise<readonly Found<MetricDistribution>[]>;
}

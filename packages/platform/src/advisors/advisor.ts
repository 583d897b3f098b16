import type {
  Advice,
  Instant,
  InventoryItem,
  Known,
  MetricDistribution,
  MetricSeriesPoints,
  MetricStatistic,
  MetricSummary,
  PriceQuestion,
  ResourceCost,
  ResourceKind,
  ResourceMetric,
  UnitPrice,
} from "@trimtab/domain";
import type { z } from "zod";

/** A metric that an advisor asks for, in the shape in which it wants it. */
export interface MetricNeed {
  readonly metric: ResourceMetric;
  /** `histogram` comes as one distribution of the window. */
  readonly statistic: MetricStatistic;
  /** `summary` is cheap for ten thousand resources; `series` hands over every point, at the interval it was stored at. */
  readonly detail: "summary" | "series" | "distribution";
  /** Without it the advisor abstains, and the house says so; others may be missing. */
  readonly required: boolean;
}

/** All that is known of one resource, as an advisor sees it. */
export interface ResourceEvidence<K extends ResourceKind = ResourceKind> {
  readonly resource: InventoryItem<K>;
  readonly now: Instant;
  readonly summary: (
    metric: ResourceMetric,
    statistic: Exclude<MetricStatistic, "histogram">,
  ) => Known<MetricSummary>;
  readonly series: (
    metric: ResourceMetric,
    statistic: Exclude<MetricStatistic, "histogram">,
  ) => Known<MetricSeriesPoints>;
  readonly distribution: (metric: ResourceMetric) => Known<MetricDistribution>;
  /** Unknown: the bill does not name the resource. */
  readonly cost: Known<ResourceCost>;
  /** The user's own price first; unknown is a reason to abstain, never zero. */
  readonly price: (question: PriceQuestion) => Known<UnitPrice>;
  /** Other resources of the inventory, by id or alias: what a snapshot was taken of, what a replica follows. */
  readonly other: (id: string) => InventoryItem | undefined;
  /** Resources that refer to one by its id, alias or name: snapshots of a disk, replicas of a database. */
  readonly referring: (id: string) => readonly InventoryItem[];
}

/**
 * One kind of advice. Pure over its evidence: it reads no clock and no lake, and the same evidence gives the same advice.
 * Its settings' schema (descriptions and defaults) makes the options of `trimtab advise`, and the docs.
 */
export interface AdvisorDefinition<
  K extends ResourceKind = ResourceKind,
  S extends z.ZodObject = z.ZodObject,
> {
  readonly apiVersion: 1;
  readonly id: string;
  readonly summary: string;
  readonly kinds: readonly K[];
  readonly settings: S;
  readonly needs: readonly MetricNeed[];
  /** Why a resource needs no look, told by its settings alone, so that nothing is fetched for it; undefined: it does. */
  passOver?(resource: InventoryItem<K>, settings: z.output<S>): string | undefined;
  /** How long before now it looks at, in days, from its settings. */
  windowDays(settings: z.output<S>): number;
  advise(evidence: ResourceEvidence<K>, settings: z.output<S>): Advice;
}

/** Freezes an advisor and gives its literal the type. */
export const defineAdvisor = <K extends ResourceKind, S extends z.ZodObject>(
  advisor: AdvisorDefinition<K, S>,
): AdvisorDefinition<K, S> => Object.freeze(advisor);

import {
  type Evidence,
  type InventoryItem,
  instant,
  instantOf,
  type MetricSeriesPoints,
  type Recommendation,
} from "@trimtab/domain";
import type { MetricReads } from "./gather-metrics.ts";

/** Points of one plot: more than a screen is wide tell nothing more. */
const MOST_POINTS = 240;
/** Resources whose series are in memory at once. */
const AT_ONCE = 200;

/** What a resource cost on each day, by its id. */
export type DailyCosts = (
  resources: readonly InventoryItem[],
  window: { readonly start: string; readonly end: string },
) => Promise<ReadonlyMap<string, readonly (readonly [day: string, cost: number])[]>>;

/**
 * Fetches the points of plots that an advisor left to be filled: of what is recommended only, so that thousands of
 * resources that are fine cost nothing. A plot without any point in the lake stays empty.
 */
export async function fillEvidence(
  recommendations: readonly Recommendation[],
  {
    metrics,
    dailyCosts,
    inventory,
    signal,
  }: {
    readonly metrics: MetricReads;
    readonly dailyCosts: DailyCosts;
    readonly inventory: readonly InventoryItem[];
    readonly signal: AbortSignal;
  },
): Promise<readonly Recommendation[]> {
  const items = new Map(inventory.map((item) => [item.id, item]));
  const filled = new Map<Evidence, Evidence>();
  for (const wanted of groupWanted(recommendations)) {
    for (let from = 0; from < wanted.length; from += AT_ONCE) {
      const part = wanted.slice(from, from + AT_ONCE);
      const resources = part.flatMap(({ id }) => items.get(id) ?? []);
      for (const [evidence, points] of await fetchGroup(part, resources, { metrics, dailyCosts, signal }))
        filled.set(evidence, points);
    }
  }
  return recommendations.map((each) => ({
    ...each,
    evidence: each.evidence.map((one) => filled.get(one) ?? one),
  }));
}

interface Wanted {
  readonly id: string;
  readonly evidence: Evidence;
}

/** Plots that one query can fill: of one metric, statistic and window. */
function groupWanted(recommendations: readonly Recommendation[]): readonly (readonly Wanted[])[] {
  const groups = new Map<string, Wanted[]>();
  for (const { resource, evidence } of recommendations)
    for (const each of evidence) {
      if (each.points.length > 0 || each.statistic === "histogram") continue;
      const key = [each.metric, each.statistic, each.start, each.end].join(" ");
      groups.set(key, [...(groups.get(key) ?? []), { id: resource.id, evidence: each }]);
    }
  return [...groups.values()];
}

async function fetchGroup(
  wanted: readonly Wanted[],
  resources: readonly InventoryItem[],
  {
    metrics,
    dailyCosts,
    signal,
  }: { readonly metrics: MetricReads; readonly dailyCosts: DailyCosts; readonly signal: AbortSignal },
): Promise<readonly (readonly [Evidence, Evidence])[]> {
  const [first] = wanted;
  if (first === undefined) return [];
  const { metric, statistic, start, end } = first.evidence;
  if (metric === "cost") {
    const costs = await dailyCosts(resources, { start, end });
    return wanted.map(({ id, evidence }) => {
      const points = (costs.get(id) ?? []).map(([day, cost]) => [instant(`${day}T00:00:00Z`), cost] as const);
      return [evidence, { ...evidence, points, samples: points.length }];
    });
  }
  if (statistic === "histogram") return [];
  const found = await metrics.seriesOf({ metric, statistic }, { window: { start, end }, resources, signal });
  const byId = new Map(
    found.flatMap(({ resource, found: series }) =>
      series.status === "known" ? [[resource, series.value] as const] : [],
    ),
  );
  return wanted.flatMap(({ id, evidence }) => {
    const series = byId.get(id);
    return series === undefined ? [] : [[evidence, { ...evidence, ...thinned(series) }] as const];
  });
}

/** The highest of each stretch: a peak is what advice is careful of. */
function thinned({
  start,
  intervalSeconds,
  values,
}: MetricSeriesPoints): Pick<Evidence, "points" | "thinnedBy"> {
  const stretch = Math.max(1, Math.ceil(values.length / MOST_POINTS));
  const points: (readonly [ReturnType<typeof instant>, number])[] = [];
  for (let from = 0; from < values.length; from += stretch) {
    const present = values.slice(from, from + stretch).flatMap((value) => value ?? []);
    if (present.length === 0) continue;
    const time = instantOf(new Date(Date.parse(start) + from * intervalSeconds * 1000));
    points.push([time, Math.max(...present)]);
  }
  return stretch === 1 ? { points } : { points, thinnedBy: "max" };
}

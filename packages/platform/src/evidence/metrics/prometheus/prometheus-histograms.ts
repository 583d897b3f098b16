import type { PrometheusHistogram } from "../../../query/metrics/prometheus-api.ts";

export interface Distribution {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
}

/**
 * A classic histogram: how many were at most each bound, `+Inf` for all; undefined where that is missing. What extrapolation
 * made a little less than nothing is nothing.
 */
export const fromCumulative = (buckets: ReadonlyMap<string, number>): Distribution | undefined => {
  const total = buckets.get("+Inf");
  if (total === undefined) return undefined;
  const finite = [...buckets]
    .filter(([le]) => le !== "+Inf")
    .map(([le, count]) => ({ bound: Number(le), count }))
    .toSorted((a, b) => a.bound - b.bound);
  const cumulative = [...finite.map(({ count }) => count), total];
  return {
    bounds: finite.map(({ bound }) => bound),
    counts: cumulative.map((count, index) => Math.max(0, count - (cumulative[index - 1] ?? 0))),
  };
};

/** Four bounds a doubling, from 2^-14 to 2^14: a part of every finer scale that native histograms have. */
const STEPS = 4;
const OCTAVES = 14;
const NATIVE_BOUNDS: readonly number[] = Array.from(
  { length: 2 * OCTAVES * STEPS + 1 },
  (_, index) => 2 ** (index / STEPS - OCTAVES),
);
/** Bounds come as texts of limited digits. */
const SLACK = 1 + 1e-9;

/**
 * A native histogram on bounds that are the same for every interval, so that intervals can be added; a bucket of a coarser
 * scale counts as its upper end, which makes times longer, never shorter.
 */
export const fromNative = ({ buckets }: PrometheusHistogram): Distribution => {
  const counts: number[] = new Array(NATIVE_BOUNDS.length + 1).fill(0);
  for (const [, , upper, count] of buckets) {
    const at = NATIVE_BOUNDS.findIndex((bound) => Number(upper) <= bound * SLACK);
    const place = at === -1 ? NATIVE_BOUNDS.length : at;
    counts[place] = (counts[place] ?? 0) + Number(count);
  }
  return { bounds: NATIVE_BOUNDS, counts };
};

import type { IntervalResult } from "./run-load.ts";

/** How much worse still counts as no worse. */
export interface LoadMargins {
  /** 0.1: a tenth slower, or a tenth less throughput. */
  readonly relative: number;
  /** 0.001: one failure more in a thousand requests. */
  readonly failures: number;
}

export type LoadVerdict = "no worse" | "worse" | "not proven";

/** One figure before and after. `change` is after ÷ before − 1, for failures after − before. */
export interface LoadChange {
  readonly figure: "throughput" | "p50" | "p90" | "p97_5" | "p99" | "failures";
  readonly before: number;
  readonly after: number;
  readonly change: number;
  /** 95 %, by resampling pairs of intervals. */
  readonly interval: readonly [low: number, high: number];
  readonly margin: number;
  readonly verdict: LoadVerdict;
}

export interface LoadComparison {
  readonly changes: readonly LoadChange[];
  readonly pairs: number;
  readonly verdict: LoadVerdict;
  readonly reason: string;
}

const RESAMPLES = 2000;
/** Fewer pairs than this give an interval that means nothing. */
const MIN_PAIRS = 6;

type Pair = readonly [before: IntervalResult, after: IntervalResult];

/**
 * Compares two runs of one schedule, interval by interval: both met the same load, so that pairs are resampled, not single
 * intervals. The same runs give the same answer.
 */
export function compareLoads(
  before: readonly IntervalResult[],
  after: readonly IntervalResult[],
  margins: LoadMargins,
): LoadComparison {
  const pairs = before.flatMap((one, index): readonly Pair[] => {
    const other = after[index];
    return other === undefined || one.sent === 0 || other.sent === 0 ? [] : [[one, other]];
  });
  const samples = resamples(pairs);
  const changes = FIGURES.map((figure): LoadChange => {
    const isRatio = figure !== "failures";
    const changeOf = (some: readonly Pair[]) => {
      const [was, is] = [figureOf(figure, some, 0), figureOf(figure, some, 1)];
      return isRatio ? is / was - 1 : is - was;
    };
    const sorted = samples
      .map(changeOf)
      .filter(Number.isFinite)
      .toSorted((a, b) => a - b);
    const interval = [quantile(sorted, 0.025), quantile(sorted, 0.975)] as const;
    const margin = isRatio ? margins.relative : margins.failures;
    return {
      figure,
      before: figureOf(figure, pairs, 0),
      after: figureOf(figure, pairs, 1),
      change: changeOf(pairs),
      interval,
      margin,
      verdict: pairs.length < MIN_PAIRS ? "not proven" : judge(figure, interval, margin),
    };
  });
  return { changes, pairs: pairs.length, ...overall(changes, pairs.length) };
}

const FIGURES = ["throughput", "p50", "p90", "p97_5", "p99", "failures"] as const;

/** Of throughput less is worse, of all else more. */
function judge(
  figure: LoadChange["figure"],
  [low, high]: readonly [number, number],
  margin: number,
): LoadVerdict {
  const [best, worst] = figure === "throughput" ? [-high, -low] : [low, high];
  if (!Number.isFinite(best) || !Number.isFinite(worst)) return "not proven";
  if (best > margin) return "worse";
  return worst <= margin ? "no worse" : "not proven";
}

function overall(
  changes: readonly LoadChange[],
  pairs: number,
): { readonly verdict: LoadVerdict; readonly reason: string } {
  if (pairs < MIN_PAIRS)
    return {
      verdict: "not proven",
      reason: `only ${pairs} intervals have requests in both runs; ${MIN_PAIRS} at least are needed`,
    };
  const of = (verdict: LoadVerdict) =>
    changes.filter((one) => one.verdict === verdict).map(({ figure }) => figure);
  const [worse, open] = [of("worse"), of("not proven")];
  if (worse.length > 0) return { verdict: "worse", reason: `${worse.join(", ")}: worse beyond the margin` };
  return open.length > 0
    ? { verdict: "not proven", reason: `${open.join(", ")}: the interval reaches beyond the margin` }
    : { verdict: "no worse", reason: "every interval lies within its margin" };
}

/** A figure over intervals: counts are added, quantiles weighted by requests. */
function figureOf(figure: LoadChange["figure"], pairs: readonly Pair[], side: 0 | 1): number {
  const runs = pairs.map((pair) => pair[side]);
  const sum = (of: (run: IntervalResult) => number) => runs.reduce((total, run) => total + of(run), 0);
  if (figure === "throughput") return sum(({ answered }) => answered) / sum(({ seconds }) => seconds);
  if (figure === "failures") return sum(({ failed }) => failed) / sum(({ sent }) => sent);
  return sum((run) => run[figure] * run.sent) / sum(({ sent }) => sent);
}

function resamples(pairs: readonly Pair[]): readonly (readonly Pair[])[] {
  const random = generator(20_261_122);
  return Array.from({ length: pairs.length === 0 ? 0 : RESAMPLES }, () =>
    pairs.map(() => pairs[Math.floor(random() * pairs.length)] as Pair),
  );
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.max(0, Math.round(share * (sorted.length - 1))))] ?? Number.NaN;

/** mulberry32: small, and the same everywhere. @see https://github.com/cprosche/mulberry32, 2026-11-22 */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

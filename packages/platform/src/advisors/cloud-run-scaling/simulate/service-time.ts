import type { Histogram } from "@trimtab/domain";

/** How long requests take in a container, in seconds: evenly spread within each part. */
export interface ServiceTime {
  readonly from: Float64Array;
  readonly to: Float64Array;
  readonly share: Float64Array;
  readonly mean: number;
  readonly meanSquare: number;
}

/**
 * From a histogram in milliseconds. The mean, where it is known, corrects what its buckets leave open.
 * Values above the last bound are taken to reach twice as far.
 * @returns undefined for a histogram without values
 */
export function serviceTimeOf(
  { bounds, counts }: Histogram,
  meanMs: number | undefined,
): ServiceTime | undefined {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (!(total > 0)) return undefined;
  const parts = counts
    .map((count, at) => {
      const from = at === 0 ? 0 : (bounds[at - 1] ?? 0);
      return { from, to: bounds[at] ?? Math.max(from * 2, 1), share: count / total };
    })
    .filter(({ share }) => share > 0);
  const middle = parts.reduce((sum, { from, to, share }) => sum + ((from + to) / 2) * share, 0);
  // A mean beyond what the buckets allow is of other requests than they are.
  const factor = meanMs === undefined ? 1 : Math.min(2, Math.max(0.5, meanMs / middle));
  const seconds = (value: number) => (value / 1000) * factor;
  return fromParts(parts.map(({ from, to, share }) => ({ from: seconds(from), to: seconds(to), share })));
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly share: number;
}

function fromParts(parts: readonly Part[]): ServiceTime {
  const sum = (value: (part: Part) => number) =>
    parts.reduce((total, part) => total + part.share * value(part), 0);
  return {
    from: Float64Array.from(parts, ({ from }) => from),
    to: Float64Array.from(parts, ({ to }) => to),
    share: Float64Array.from(parts, ({ share }) => share),
    mean: sum(({ from, to }) => (from + to) / 2),
    meanSquare: sum(({ from, to }) => (from * from + from * to + to * to) / 3),
  };
}

/** The same requests, each taking `factor` times as long. */
export function stretched(service: ServiceTime, factor: number): ServiceTime {
  if (factor === 1) return service;
  return {
    from: service.from.map((value) => value * factor),
    to: service.to.map((value) => value * factor),
    share: service.share,
    mean: service.mean * factor,
    meanSquare: service.meanSquare * factor * factor,
  };
}

/** Share of requests that take at most `seconds`. */
export function shareWithin({ from, to, share }: ServiceTime, seconds: number): number {
  let within = 0;
  for (let part = 0; part < share.length; part++) {
    const [low, high] = [from[part] as number, to[part] as number];
    if (seconds >= high) within += share[part] as number;
    else if (seconds > low) within += ((share[part] as number) * (seconds - low)) / (high - low);
  }
  return within;
}

/** ∫₀ˣ P(time > t) dt: how much of a request lies within its first x seconds, on average. */
export function timeWithin({ from, to, share }: ServiceTime, x: number): number {
  let sum = 0;
  for (let part = 0; part < share.length; part++) {
    const [low, high] = [from[part] as number, to[part] as number];
    const weight = share[part] as number;
    if (x <= low) sum += weight * x;
    else if (x >= high) sum += (weight * (low + high)) / 2;
    else sum += weight * (low + (x - low) - (x - low) ** 2 / (2 * (high - low)));
  }
  return sum;
}

/** Mean of the time rounded up to whole steps. */
export function meanRoundedUp(service: ServiceTime, step: number): number {
  const longest = service.to.reduce((most, value) => Math.max(most, value), 0);
  if (longest / step > 20_000) return service.mean + step / 2;
  let sum = 0;
  for (let at = 0; at * step < longest; at++) sum += 1 - shareWithin(service, at * step);
  return sum * step;
}

/** The longest part's end. */
export const longestTime = ({ to }: ServiceTime): number =>
  to.reduce((most, value) => Math.max(most, value), 0);

import { seededRandom } from "../demo/random.ts";

/** Requests one by one, as the oracle takes them. */
export interface Requests {
  readonly arrivals: Float64Array;
  readonly services: Float64Array;
  readonly seconds: number;
}

/** Numbers that follow from the seed: for the oracle's choice among instances. */
export const randomOf = (seed: string): (() => number) => seededRandom(seed);

export type Draw = (random: () => number) => number;

const gauss = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** Service times around a median, in seconds. */
export const lognormal =
  (median: number, sigma: number): Draw =>
  (random) =>
    median * Math.exp(sigma * gauss(random));

/** Poisson arrivals whose rate a second is drawn for each minute. */
export function generateRequests(
  seed: string,
  hours: number,
  rate: (minute: number, random: () => number) => number,
  serviceTime: Draw,
): Requests {
  const random = seededRandom(seed);
  const arrivals: number[] = [];
  const services: number[] = [];
  for (let minute = 0; minute < hours * 60; minute++) {
    const perSecond = rate(minute, random);
    if (perSecond <= 0) continue;
    let time = minute * 60;
    for (;;) {
      time += -Math.log(1 - random()) / perSecond;
      if (time >= (minute + 1) * 60) break;
      arrivals.push(time);
      services.push(serviceTime(random));
    }
  }
  return {
    arrivals: Float64Array.from(arrivals),
    services: Float64Array.from(services),
    seconds: hours * 3600,
  };
}

export function countsOf({ arrivals, seconds }: Requests, intervalSeconds: number): Float64Array {
  const counts = new Float64Array(Math.ceil(seconds / intervalSeconds));
  for (const time of arrivals) {
    const at = Math.floor(time / intervalSeconds);
    counts[at] = (counts[at] as number) + 1;
  }
  return counts;
}

/** In milliseconds, in buckets that grow by a fifth. */
export function latencyHistogram(services: Iterable<number>): {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
} {
  const bounds = Array.from({ length: 90 }, (_, at) => 1.2 ** at);
  const counts = new Array<number>(bounds.length + 1).fill(0);
  for (const seconds of services) {
    const at = Math.max(0, Math.min(bounds.length, Math.ceil(Math.log(seconds * 1000) / Math.log(1.2))));
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return { bounds, counts };
}

export const meanOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

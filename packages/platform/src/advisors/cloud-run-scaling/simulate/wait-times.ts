import { longestTime, type ServiceTime, shareWithin } from "./service-time.ts";

const FIRST_SECONDS = 0.001;
const GROWTH = 1.2;
const BINS = 62;
/** Parts of a request that no quantile will show. */
const NEGLIGIBLE = 1e-7;
/** Where a quarter each of exponential times lies, in means. */
const QUARTERS = [0.125, 0.375, 0.625, 0.875].map((share) => -Math.log(1 - share));

/** How long requests waited before they were worked on: sums in bins that grow. */
export class WaitTimes {
  readonly #service: ServiceTime;
  readonly #bins = new Float64Array(BINS);
  #none = 0;

  constructor(service: ServiceTime) {
    this.#service = service;
  }

  none(requests: number): void {
    this.#none += requests;
  }

  add(requests: number, seconds: number): void {
    if (requests < NEGLIGIBLE) return;
    const bin = Math.round(Math.log(Math.max(seconds, FIRST_SECONDS) / FIRST_SECONDS) / Math.log(GROWTH));
    const at = Math.min(BINS - 1, Math.max(0, bin));
    this.#bins[at] = (this.#bins[at] as number) + requests;
  }

  /** Waits that are spread exponentially. */
  addAbout(requests: number, meanSeconds: number): void {
    if (requests < NEGLIGIBLE) return;
    for (const quarter of QUARTERS) this.add(requests / 4, quarter * meanSeconds);
  }

  /** Seconds within which the share of requests is answered. */
  quantile(share: number): number {
    const all = this.#requests();
    if (!(all > 0)) return 0;
    let low = 0;
    let high = longestTime(this.#service) + FIRST_SECONDS * GROWTH ** BINS;
    for (let round = 0; round < 50; round++) {
      const middle = (low + high) / 2;
      if (this.#answeredWithin(middle) < share * all) low = middle;
      else high = middle;
    }
    return high;
  }

  /** 1 where there are no requests. */
  shareWithin(seconds: number): number {
    const all = this.#requests();
    return all > 0 ? this.#answeredWithin(seconds) / all : 1;
  }

  #requests(): number {
    return this.#none + this.#bins.reduce((sum, count) => sum + count, 0);
  }

  #answeredWithin(seconds: number): number {
    let answered = this.#none * shareWithin(this.#service, seconds);
    for (let bin = 0; bin < BINS; bin++) {
      const count = this.#bins[bin] as number;
      const wait = FIRST_SECONDS * GROWTH ** bin;
      if (count > 0 && seconds > wait) answered += count * shareWithin(this.#service, seconds - wait);
    }
    return answered;
  }
}

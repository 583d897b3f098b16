import type { CloudRunSettings } from "@trimtab/domain";
import { seededRandom } from "../demo/random.ts";
import type { MeasuredRun } from "./cloud-run-evidence.ts";
import { runOracle } from "./cloud-run-oracle.ts";
import { type Draw, generateRequests, latencyHistogram, meanOf } from "./cloud-run-workload.ts";

const TARGET = 0.6;

/** A service whose measured instances come from the oracle, request by request. */
export function measuredByOracle(service: {
  readonly seed: string;
  readonly days: number;
  readonly intervalSeconds: number;
  readonly rate: (minute: number, random: () => number) => number;
  readonly time: Draw;
  readonly settings: Pick<CloudRunSettings, "minInstances" | "maxInstances" | "concurrency">;
  readonly startupSeconds: number;
}): Pick<
  MeasuredRun,
  "requests" | "latency" | "active" | "idle" | "latencyMeanMs" | "startupMs" | "intervalSeconds"
> {
  const { seed, days, intervalSeconds, settings, startupSeconds } = service;
  const requests = generateRequests(seed, days * 24, service.rate, service.time);
  const { concurrency, minInstances, maxInstances } = settings;
  const oracle = runOracle({
    ...requests,
    slots: concurrency,
    target: TARGET * concurrency,
    startupSeconds,
    minInstances: () => minInstances,
    maxInstances,
    random: seededRandom(`${seed} routes`),
    sampleSeconds: intervalSeconds,
  });
  const counts = new Array<number>(Math.ceil(requests.seconds / intervalSeconds)).fill(0);
  for (const time of requests.arrivals) {
    const at = Math.floor(time / intervalSeconds);
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return {
    intervalSeconds,
    requests: counts,
    latency: latencyHistogram(requests.services),
    latencyMeanMs: meanOf(requests.services) * 1000,
    startupMs: startupSeconds * 1000,
    active: oracle.activeMeans,
    idle: oracle.idleMeans,
  };
}

/**
 * A service with more requests than can be made one by one. So many hardly vary within an hour: the instances are what the
 * documented formula says for the hour.
 */
export function measuredByFormula(service: {
  readonly weeks: number;
  /** Requests a second, by hour since Monday. */
  readonly rate: (hour: number) => number;
  readonly meanSeconds: number;
  readonly time: Draw;
  readonly settings: Pick<CloudRunSettings, "minInstances" | "concurrency">;
}): Pick<MeasuredRun, "requests" | "latency" | "active" | "idle" | "latencyMeanMs" | "intervalSeconds"> {
  const { settings, meanSeconds } = service;
  const hours = Array.from({ length: service.weeks * 168 }, (_, hour) => service.rate(hour));
  const wanted = hours.map((rate) => Math.ceil((rate * meanSeconds) / (TARGET * settings.concurrency)));
  const random = seededRandom("times of the formula");
  const times = Array.from({ length: 20_000 }, () => service.time(random));
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return {
    intervalSeconds: 3600,
    requests: hours.map((rate) => Math.round(rate * 3600)),
    latency: latencyHistogram(times.map((time) => (time * meanSeconds) / mean)),
    latencyMeanMs: meanSeconds * 1000,
    active: wanted,
    idle: wanted.map((count) => Math.max(0, settings.minInstances - count)),
  };
}

import { instanceShape } from "../../packages/platform/src/advisors/cloud-run-scaling/simulate/autoscaling.ts";
import {
  type Replay,
  replay,
} from "../../packages/platform/src/advisors/cloud-run-scaling/simulate/replay.ts";
import { serviceTimeOf } from "../../packages/platform/src/advisors/cloud-run-scaling/simulate/service-time.ts";
import { demandOf } from "../../packages/platform/src/advisors/cloud-run-scaling/simulate/workload.ts";
import { type OracleResult, runOracle } from "../../packages/platform/src/testing/cloud-run-oracle.ts";
import {
  countsOf,
  type Draw,
  generateRequests,
  latencyHistogram,
  lognormal,
  meanOf,
  type Requests,
  randomOf,
} from "../../packages/platform/src/testing/cloud-run-workload.ts";

export interface Family {
  readonly name: string;
  readonly hours: number;
  readonly rate: (minute: number, random: () => number) => number;
  readonly time: Draw;
}

/** Kinds of traffic, each long enough that the oracle's own chance is below what is measured. */
export const FAMILIES: readonly Family[] = [
  { name: "steady", hours: 48, rate: () => 4, time: lognormal(0.2, 0.7) },
  {
    name: "diurnal",
    hours: 48,
    rate: (minute) => 5 * (1 + 0.9 * Math.sin((2 * Math.PI * minute) / 1440)),
    time: lognormal(0.15, 0.6),
  },
  {
    name: "bursty",
    hours: 48,
    rate: (minute, random) => (minute % 7 < 2 ? 20 : 2) * (0.5 + random()),
    time: lognormal(0.2, 0.5),
  },
  { name: "spiky", hours: 48, rate: (minute) => (minute % 90 === 30 ? 100 : 1), time: lognormal(0.2, 0.5) },
  { name: "low traffic", hours: 24 * 28, rate: () => 0.002, time: lognormal(0.3, 0.5) },
  { name: "long requests (40 s)", hours: 24 * 7, rate: () => 0.3, time: lognormal(40, 0.5) },
  { name: "very long requests (300 s)", hours: 24 * 14, rate: () => 0.02, time: lognormal(300, 0.4) },
];

const MAX_INSTANCES = 100;

export function oracleOf(
  requests: Requests,
  concurrency: number,
  minimum: number,
  seed: string,
): OracleResult {
  return runOracle({
    ...requests,
    ...instanceShape({ cpu: 1, concurrency }, 0, 3),
    minInstances: () => minimum,
    maxInstances: MAX_INSTANCES,
    random: randomOf(seed),
  });
}

export function replayOf(
  requests: Requests,
  concurrency: number,
  minimums: readonly number[],
  intervalSeconds: number,
): readonly Replay[] {
  const service = serviceTimeOf(latencyHistogram(requests.services), meanOf(requests.services) * 1000);
  if (service === undefined) throw new Error("a workload without requests");
  const counts = countsOf(requests, intervalSeconds);
  const demand = demandOf({ startMs: 0, intervalSeconds, counts, service });
  return replay(demand, instanceShape({ cpu: 1, concurrency }, 0, 3), MAX_INSTANCES, minimums);
}

export const requestsOf = ({ name, hours, rate, time }: Family, seed: number): Requests =>
  generateRequests(`${name} ${seed}`, hours, rate, time);

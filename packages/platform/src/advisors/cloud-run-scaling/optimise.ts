import type { CloudRunSettings } from "@trimtab/domain";
import { costOf, type Rates, unitsOf } from "./cost.ts";
import { type GridPoint, type GridShape, pointAt } from "./grid.ts";
import { type InstanceShape, instanceShape } from "./simulate/autoscaling.ts";
import { type Minimum, type Replay, replay } from "./simulate/replay.ts";
import { shareWithin, stretched } from "./simulate/service-time.ts";
import { type Demand, demandOf, type Workload } from "./simulate/workload.ts";

/** What must hold of settings. */
export interface ScalingLimits {
  readonly p95Seconds: number;
  readonly errorShare: number;
  readonly coldShare: number;
}

export interface ScalingProblem {
  readonly today: CloudRunSettings;
  readonly workload: Workload;
  readonly startupSeconds: number;
  /** vCPU that a request uses while it is handled, at today's CPU; 0: not known. */
  readonly cpuPerRequest: number;
  readonly rates: Rates;
  readonly limits: ScalingLimits;
}

export interface Choice {
  readonly point: GridPoint;
  readonly replay: Replay;
  readonly cost: number;
  /** Replays that were made, and points that there are: points of one replay differ in memory and billing. */
  readonly replayed: number;
  readonly points: number;
}

/** Demands by how much slower a smaller CPU makes requests. */
export class Demands {
  readonly #problem: Pick<ScalingProblem, "today" | "workload" | "startupSeconds" | "cpuPerRequest">;
  readonly #byStretch = new Map<number, Demand>();

  constructor(problem: Pick<ScalingProblem, "today" | "workload" | "startupSeconds" | "cpuPerRequest">) {
    this.#problem = problem;
  }

  /**
   * One request keeps at most one vCPU busy, so less than one vCPU stretches the part of it that computes; more than one does not
   * shorten it. A start takes longer with less CPU, never less time with more.
   */
  of({ cpu, concurrency }: { readonly cpu: string; readonly concurrency: number }): {
    readonly demand: Demand;
    readonly shape: InstanceShape;
  } {
    const { today, workload, cpuPerRequest, startupSeconds } = this.#problem;
    const [now, then] = [Math.min(1, Number(today.cpu)), Math.min(1, Number(cpu))];
    const computing = Math.min(1, cpuPerRequest / now);
    const stretch = 1 - computing + (computing * now) / then;
    let demand = this.#byStretch.get(stretch);
    if (demand === undefined) {
      demand = demandOf({ ...workload, service: stretched(workload.service, stretch) });
      this.#byStretch.set(stretch, demand);
    }
    const boost = today.startupCpuBoost ? boosted : Number;
    const startup = startupSeconds * Math.max(1, boost(today.cpu) / boost(cpu));
    return {
      demand,
      shape: instanceShape({ cpu: Number(cpu), concurrency }, cpuPerRequest / stretch, startup),
    };
  }

  replay(point: GridPoint, minimum: Minimum = point.minInstances): Replay {
    const { demand, shape } = this.of(point);
    return replay(demand, shape, point.maxInstances, [minimum])[0] as Replay;
  }
}

/**
 * CPU while an instance starts, with the boost.
 * @see https://docs.cloud.google.com/run/docs/configuring/services/cpu#startup-boost, 2026-11-22
 */
function boosted(cpu: string): number {
  const value = Number(cpu);
  if (value <= 1) return 2;
  return value <= 2 ? 4 : 8;
}

export function holds(replayed: Replay, limits: ScalingLimits): boolean {
  const { requests, refused, cold } = replayed.total;
  const all = Math.max(requests, 1e-9);
  return (
    refused / all <= limits.errorShare &&
    cold / all <= limits.coldShare &&
    replayed.within(limits.p95Seconds) >= 0.95
  );
}

/**
 * The cheapest point that holds the limits, of all there are; each number of instances is replayed by itself. Of equals: nearest
 * to today.
 */
export function cheapestByExhaustion(
  problem: ScalingProblem,
  shapes: readonly GridShape[],
): Choice | undefined {
  const demands = new Demands(problem);
  const search = new Search(problem);
  for (const shape of shapes)
    for (const minimum of shape.minimums) {
      const { demand, shape: instance } = demands.of(shape);
      const [replayed] = replay(demand, instance, shape.maxInstances, [minimum]);
      search.replayed += 1;
      for (const size of shape.sizes)
        search.offer(pointAt(problem.today, shape, size, minimum), replayed as Replay);
    }
  return search.result(shapes);
}

/**
 * The same, with one replay for all minimums of a shape, and without shapes that can't be the cheapest: instances have room for
 * so many requests, so there is a least number of instance-seconds that the requests in work need, and a least memory.
 */
export function cheapest(problem: ScalingProblem, shapes: readonly GridShape[]): Choice | undefined {
  const demands = new Demands(problem);
  const search = new Search(problem);
  const known = new Map<string, readonly Replay[]>();
  // Where the CPU is used up first, a higher concurrency is the same instance.
  const replayOnce = (demand: Demand, instance: InstanceShape, shape: GridShape): readonly Replay[] => {
    const { slots, target, startupSeconds } = instance;
    const key = [demand.workload.service.mean, slots, target, startupSeconds, shape.maxInstances].join();
    const existing = known.get(key);
    if (existing !== undefined) return existing;
    const replays = replay(demand, instance, shape.maxInstances, shape.minimums);
    known.set(key, replays);
    search.replayed += replays.length;
    return replays;
  };
  const ordered = shapes
    .map((shape) => ({ shape, bound: lowerBound(problem, demands, shape) }))
    .sort((a, b) => a.bound - b.bound);
  for (const { shape, bound } of ordered) {
    if (bound > search.best) break;
    const { demand, shape: instance } = demands.of(shape);
    // Waiting only adds to what the requests take by themselves.
    if (shareWithin(demand.workload.service, problem.limits.p95Seconds) < 0.95) continue;
    const replays = replayOnce(demand, instance, shape);
    for (const [at, replayed] of replays.entries())
      for (const size of shape.sizes)
        search.offer(pointAt(problem.today, shape, size, shape.minimums[at] as number), replayed);
  }
  return search.result(shapes);
}

/** Loads are rounded to half a percent, so by a quarter, where tables are looked up. */
const ROUNDING = 0.997;

/** No point of the shape costs less. */
function lowerBound({ rates }: ScalingProblem, demands: Demands, shape: GridShape): number {
  const { demand, shape: instance } = demands.of(shape);
  const { counts, intervalSeconds } = demand.workload;
  let [needed, requests] = [0, 0];
  for (let step = 0; step < counts.length; step++) {
    if (Number.isNaN(counts[step])) continue;
    const load = demand.load[step] as number;
    needed += intervalSeconds * Math.min(shape.maxInstances, load / instance.slots);
    requests += counts[step] as number;
  }
  const seconds = needed * ROUNDING;
  const totals = { alive: seconds, active: seconds, billed: seconds, requests: requests * ROUNDING };
  const rest = { seconds: 0, idleMinimum: 0, starts: 0, cold: 0, refused: 0 };
  return Math.min(
    ...shape.sizes.map((size) => costOf(unitsOf({ ...totals, ...rest }, { ...shape, ...size }), rates)),
  );
}

class Search {
  readonly #problem: ScalingProblem;
  replayed = 0;
  best = Number.POSITIVE_INFINITY;
  #choice: { readonly point: GridPoint; readonly replay: Replay } | undefined;

  constructor(problem: ScalingProblem) {
    this.#problem = problem;
  }

  offer(point: GridPoint, replayed: Replay): void {
    const { rates, limits, today } = this.#problem;
    const cost = costOf(unitsOf(replayed.total, point), rates);
    if (!Number.isFinite(cost) || cost > this.best) return;
    const isTie = this.#choice !== undefined && cost === this.best;
    if (isTie && comparePoints(point, (this.#choice as { point: GridPoint }).point, today) >= 0) return;
    if (!holds(replayed, limits)) return;
    this.best = cost;
    this.#choice = { point, replay: replayed };
  }

  result(shapes: readonly GridShape[]): Choice | undefined {
    if (this.#choice === undefined) return undefined;
    const points = shapes.reduce((sum, { sizes, minimums }) => sum + sizes.length * minimums.length, 0);
    return { ...this.#choice, cost: this.best, replayed: this.replayed, points };
  }
}

/** Fewer changes first, then a fixed order, so that the order of the search does not matter. */
function comparePoints(a: GridPoint, b: GridPoint, today: CloudRunSettings): number {
  const changes = (point: GridPoint) =>
    Number(point.cpu !== today.cpu) +
    Number(point.memoryMiB !== today.memoryMiB) +
    Number(point.concurrency !== today.concurrency) +
    Number(point.cpuAllocation !== today.cpuAllocation) +
    Number(point.minInstances !== today.minInstances) +
    Number(point.maxInstances !== today.maxInstances);
  const text = (point: GridPoint) =>
    [
      point.cpu,
      point.memoryMiB,
      point.concurrency,
      point.minInstances,
      point.maxInstances,
      point.cpuAllocation,
    ].join();
  return changes(a) - changes(b) || (text(a) < text(b) ? -1 : Number(text(a) !== text(b)));
}

import { hourOfWeek } from "@trimtab/domain";
import { BILLED_STEP_SECONDS, type InstanceShape } from "./autoscaling.ts";
import { idleBelow, LevelTables } from "./level-tables.ts";
import { NeededInstances, type Needs } from "./needed-instances.ts";
import { poissonAtLeast } from "./probability.ts";
import { meanRoundedUp } from "./service-time.ts";
import { WaitTimes } from "./wait-times.ts";
import type { Demand } from "./workload.ts";

/** A number of minimum instances, or one for each hour of the week, Monday from 00:00 UTC first. */
export type Minimum = number | readonly number[];

/** Sums over the intervals that are known. */
export interface ReplayTotals {
  /** Of the intervals that are known. */
  seconds: number;
  requests: number;
  /** Instance-seconds from the start of an instance to its end: what instance-based billing charges. */
  alive: number;
  /** Instance-seconds with at least one request. */
  active: number;
  /** Instance-seconds that request-based billing charges as active: rounded up, and startups. */
  billed: number;
  /** Instance-seconds of minimum instances without a request. */
  idleMinimum: number;
  starts: number;
  /** Requests that waited for a start, and those refused. */
  cold: number;
  refused: number;
}

export interface Replay {
  readonly total: ReplayTotals;
  /** By week since the first interval. */
  readonly weeks: readonly ReplayTotals[];
  /** Seconds within which a share of the requests is answered. */
  readonly latency: (share: number) => number;
  /** Share of the requests that is answered within the seconds. */
  readonly within: (seconds: number) => number;
}

const SECONDS_PER_WEEK = 604_800;
const newTotals = (): ReplayTotals => ({
  seconds: 0,
  requests: 0,
  alive: 0,
  active: 0,
  billed: 0,
  idleMinimum: 0,
  starts: 0,
  cold: 0,
  refused: 0,
});

/**
 * Replays a workload on instances of one shape, under each of several minimums at once. For each moment it knows how likely each
 * number of instances is, from how likely each was needed in the quarter of an hour before; it draws nothing at random.
 */
export function replay(
  demand: Demand,
  shape: InstanceShape,
  maxInstances: number,
  minimums: readonly Minimum[],
): readonly Replay[] {
  const tables = new LevelTables(demand, shape, maxInstances);
  const needed = new NeededInstances(demand, tables, maxInstances);
  const runs = minimums.map((minimum) => new MinimumRun(demand, shape, maxInstances, minimum));
  while (needed.next()) for (const run of runs) run.add(needed.needs);
  return runs.map((run) => run.result());
}

/** The sums of one minimum. */
class MinimumRun {
  readonly #demand: Demand;
  readonly #shape: InstanceShape;
  readonly #max: number;
  readonly #minimum: Minimum;
  readonly #weeks: ReplayTotals[];
  readonly #waits: WaitTimes;
  readonly #roundedOnce: number;
  /** Instances that were started for a crowd which was there only because starting takes time: when they go, how many. */
  readonly #crowds: { readonly until: number; readonly instances: number }[] = [];
  #aliveBefore: number | undefined;
  #minimumBefore: number | undefined;

  constructor(demand: Demand, shape: InstanceShape, maxInstances: number, minimum: Minimum) {
    const { service, counts, intervalSeconds } = demand.workload;
    const weeks = Math.max(1, Math.ceil((counts.length * intervalSeconds) / SECONDS_PER_WEEK - 1e-9));
    this.#demand = demand;
    this.#shape = shape;
    this.#max = maxInstances;
    this.#minimum = minimum;
    this.#weeks = Array.from({ length: weeks }, newTotals);
    this.#waits = new WaitTimes(service);
    this.#roundedOnce = meanRoundedUp(service, BILLED_STEP_SECONDS) - service.mean;
  }

  add(needs: Needs): void {
    const minimum = this.#minimumAt(needs.time);
    const starts = this.#startsAbove(minimum, needs);
    const crowd = this.#crowdAt(minimum, needs, starts.fromZero);
    const alive = Math.min(Math.max(this.#max, minimum), minimum + needs.moreThan(minimum) + crowd.instances);
    const begun = starts.all + crowd.begun;
    this.#aliveBefore = alive;
    if (needs.isKnown) this.#count(needs, minimum, alive, { ...starts, all: begun }, crowd.cold);
  }

  result(): Replay {
    const total = newTotals();
    for (const week of this.#weeks)
      for (const key of Object.keys(total) as (keyof ReplayTotals)[]) total[key] += week[key];
    const latency = (share: number) => this.#waits.quantile(share);
    return { total, weeks: this.#weeks, latency, within: (seconds) => this.#waits.shareWithin(seconds) };
  }

  #minimumAt(time: number): number {
    if (typeof this.#minimum === "number") return this.#minimum;
    return this.#minimum[hourOfWeek(this.#demand.workload.startMs + time * 1000)] ?? 0;
  }

  #startsAbove(minimum: number, needs: Needs): Starts {
    const { slots, startupSeconds } = this.#shape;
    const { mean } = this.#demand.workload.service;
    let all = 0;
    let cold = 0;
    const fromZero = minimum === 0 ? needs.startsFromZero : 0;
    for (let level = Math.max(1, minimum); level < needs.levels; level++) {
      const forRequests = needs.startsForRequests(level);
      all += forRequests + needs.startsForGoal(level);
      // Whoever waits is let in by the first to finish, or by the instance that starts for it.
      cold += forRequests * Math.exp((-startupSeconds * level * slots) / mean);
    }
    const raised = this.#minimumBefore ?? minimum;
    for (let level = raised; level < minimum; level++) all += 1 - needs.above(level);
    this.#minimumBefore = minimum;
    const joining = Math.min(needs.requests, fromZero * needs.othersRate * startupSeconds);
    return { all: all + fromZero, cold: cold + fromZero, joining, fromZero };
  }

  /**
   * While an instance starts, requests gather; where they are more than it will have room for, others start, too. They are not
   * needed for long, but stay for their quarter of an hour.
   */
  #crowdAt(
    minimum: number,
    needs: Needs,
    fromZero: number,
  ): { instances: number; begun: number; cold: number } {
    const { slots, startupSeconds } = this.#shape;
    const { mean } = this.#demand.workload.service;
    let begun = 0;
    let cold = 0;
    if (fromZero > 1e-9)
      for (let extra = 1; extra < this.#max; extra++) {
        const chance = poissonAtLeast(needs.othersRate * startupSeconds, extra * slots);
        if (chance < 1e-4) break;
        begun += fromZero * chance * (1 - needs.above(extra));
      }
    const before = this.#aliveBefore ?? minimum;
    // Of what comes in a second: long requests that come together find room for as long as those in work leave some.
    const surplus = needs.isFirstOfStep ? (needs.load - before * slots) / mean : 0;
    if (surplus > 0 && before >= 0.5) {
      // The first to be ready are full at once, so others still start for a moment.
      const wanted = before + (surplus * (startupSeconds + Math.min(mean, startupSeconds))) / slots;
      const crowd = Math.max(0, Math.min(this.#max, wanted) - before);
      begun += Math.max(0, Math.min(this.#max, wanted) - minimum - needs.moreThan(minimum));
      cold = Math.min(crowd * slots, this.#crowdWaits(needs, surplus, (before * slots) / mean));
    }
    if (begun > 0) {
      const until = needs.time - needs.seconds / 2 + startupSeconds + needs.windowSeconds;
      this.#crowds.push({ until, instances: begun });
    }
    while ((this.#crowds[0]?.until ?? Number.POSITIVE_INFINITY) < needs.time) this.#crowds.shift();
    const instances = this.#crowds.reduce((sum, entry) => sum + entry.instances, 0);
    return { instances, begun, cold };
  }

  /** Whoever comes while the instances start waits for those before him, or for the instances. */
  #crowdWaits(needs: Needs, surplus: number, freedPerSecond: number): number {
    const { startupSeconds } = this.#shape;
    const requests = Math.min(needs.requests, needs.rate * startupSeconds) / 4;
    let waiting = 0;
    for (const part of [0.125, 0.375, 0.625, 0.875]) {
      const untilReady = startupSeconds * (1 - part);
      const untilFree = (surplus * startupSeconds * part) / freedPerSecond;
      if (needs.isKnown) this.#waits.add(requests, Math.min(untilReady, untilFree));
      if (needs.isKnown) this.#waits.none(-requests);
      if (untilReady < untilFree) waiting += requests;
    }
    return waiting;
  }

  #count(needs: Needs, minimum: number, alive: number, starts: Starts, crowd: number): void {
    const { table, seconds, requests } = needs;
    const { startupSeconds } = this.#shape;
    const week = this.#weeks[Math.floor(needs.time / SECONDS_PER_WEEK)] as ReplayTotals;
    const active = table.active * seconds;
    const single = 1 / table.perActive;
    const rounded = single * this.#roundedOnce + (1 - single) * (BILLED_STEP_SECONDS / 2);
    const cold = Math.min(requests, starts.cold + starts.joining);
    week.seconds += seconds;
    week.requests += requests;
    week.active += active;
    week.alive += Math.max(alive * seconds, active) + starts.all * startupSeconds;
    week.billed += active + requests * table.opensPeriod * rounded + starts.all * startupSeconds;
    week.idleMinimum += minimum === 0 ? 0 : seconds * idleBelow(table, minimum, this.#shape.slots);
    week.starts += starts.all;
    week.cold += Math.min(requests, cold + crowd);
    week.refused += requests * table.refused;
    this.#waits.add(starts.cold, startupSeconds);
    for (const part of [0.25, 0.75]) this.#waits.add(starts.joining / 2, startupSeconds * part);
    const waiting = Math.max(0, Math.min(requests - cold, requests * table.waiting));
    this.#waits.addAbout(waiting, table.waitSeconds);
    this.#waits.none(requests - cold - waiting);
  }
}

interface Starts {
  readonly all: number;
  /** Requests that begin a start, and those that come while it lasts. */
  readonly cold: number;
  readonly joining: number;
  readonly fromZero: number;
}

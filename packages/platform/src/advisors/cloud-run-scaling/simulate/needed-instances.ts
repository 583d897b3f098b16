import { AUTOSCALING } from "./autoscaling.ts";
import type { LevelTable } from "./level-table.ts";
import type { LevelTables } from "./level-tables.ts";
import type { Demand } from "./workload.ts";

/** One slice of time as the replay sees it: what was needed now and in the quarter of an hour before. */
export interface Needs {
  /** Middle of the slice, in seconds since the first interval. */
  readonly time: number;
  readonly seconds: number;
  readonly isKnown: boolean;
  readonly isFirstOfStep: boolean;
  readonly requests: number;
  /** Requests in work, were there always room. */
  readonly load: number;
  /** Requests a second; and those that one of them finds beside itself. */
  readonly rate: number;
  readonly othersRate: number;
  readonly table: LevelTable;
  /** How long an instance stays once it was needed. */
  readonly windowSeconds: number;
  /** Levels from here on are never needed. */
  readonly levels: number;
  /** Chance that there are more instances than `level`, where there is no minimum. */
  readonly above: (level: number) => number;
  /** Mean of the instances beyond `level`. */
  readonly moreThan: (level: number) => number;
  /** Starts in the slice where there is no minimum: of the first instance, and of the one at a level. */
  readonly startsFromZero: number;
  readonly startsForRequests: (level: number) => number;
  readonly startsForGoal: (level: number) => number;
}

interface Slice {
  readonly step: number;
  readonly start: number;
  readonly seconds: number;
  readonly rate: number;
  /** Share of the load that a request finds beside itself. */
  readonly others: number;
  readonly table: LevelTable;
}

const SLICE_SECONDS = 300;
const LONG_STEP_SECONDS = 1200;

/** Lengths of the slices of an interval: after a quarter of an hour at one rate, nothing changes any more. */
function slicesOf(intervalSeconds: number): readonly number[] {
  if (intervalSeconds <= SLICE_SECONDS) return [intervalSeconds];
  if (intervalSeconds >= LONG_STEP_SECONDS) {
    const settled = 3 * SLICE_SECONDS;
    return [SLICE_SECONDS, SLICE_SECONDS, SLICE_SECONDS, intervalSeconds - settled];
  }
  const count = Math.ceil(intervalSeconds / SLICE_SECONDS);
  return Array.from({ length: count }, () => intervalSeconds / count);
}

/** Walks through a workload slice by slice. `needs` is one object, overwritten by each `next`. */
export class NeededInstances {
  readonly #demand: Demand;
  readonly #tables: LevelTables;
  readonly #max: number;
  readonly #lengths: readonly number[];
  readonly #window: number;
  /** The same where it gets no request: its time runs from its start. */
  readonly #unusedWindow: number;
  #step = -1;
  #part = Number.POSITIVE_INFINITY;
  /** Slices that reach into the window, oldest first. */
  readonly #recent: Slice[] = [];
  #above = new Float64Array(64);
  #before = new Float64Array(64);
  #beyond = new Float64Array(65);
  /** How often each level was wanted in the window and got no request. */
  #unused = new Float64Array(64);
  readonly needs: Writable<Needs>;

  constructor(demand: Demand, tables: LevelTables, maxInstances: number) {
    this.#demand = demand;
    this.#tables = tables;
    this.#max = maxInstances;
    this.#lengths = slicesOf(demand.workload.intervalSeconds);
    // An idle instance goes at the next tick after its time.
    const { mean } = demand.workload.service;
    const idle = AUTOSCALING.idleSeconds + AUTOSCALING.tickSeconds / 2;
    this.#window = idle + mean;
    this.#unusedWindow = idle;
    this.needs = {
      time: 0,
      seconds: 0,
      isKnown: false,
      isFirstOfStep: true,
      requests: 0,
      load: 0,
      rate: 0,
      othersRate: 0,
      table: tables.of(0),
      windowSeconds: this.#window,
      levels: 0,
      above: (level) => (level < this.needs.levels ? (this.#above[level] as number) : 0),
      moreThan: (level) => (level < this.needs.levels ? (this.#beyond[level] as number) : 0),
      startsFromZero: 0,
      startsForRequests: (level) => this.#starts(level, "perRequest"),
      startsForGoal: (level) => this.#starts(level, "perSecond"),
    };
  }

  next(): boolean {
    this.#part += 1;
    if (this.#part >= this.#lengths.length) {
      this.#part = 0;
      this.#step += 1;
    }
    const { counts, intervalSeconds } = this.#demand.workload;
    if (this.#step >= counts.length) return false;
    const slice = this.#slice();
    this.#recent.push(slice);
    const time = slice.start + slice.seconds / 2;
    while (endOf(this.#recent[0] as Slice) <= time - this.#window) this.#recent.shift();
    this.#swap();
    const { needs } = this;
    needs.time = time;
    needs.seconds = slice.seconds;
    needs.isKnown = !Number.isNaN(counts[this.#step]);
    needs.isFirstOfStep = this.#part === 0;
    needs.load = this.#demand.load[this.#step] as number;
    needs.rate = slice.rate;
    needs.requests = slice.rate * slice.seconds;
    needs.table = slice.table;
    const count = slice.rate * intervalSeconds;
    needs.othersRate = Math.max(0, count - 1) / intervalSeconds;
    needs.startsFromZero = count > 0 ? this.#startsFromZero(slice, time, count) : 0;
    this.#fill(time, count);
    return true;
  }

  /** Requests that nothing came before for as long as an instance stays. */
  #startsFromZero(slice: Slice, time: number, count: number): number {
    const { intervalSeconds } = this.#demand.workload;
    if (slice.seconds > this.#window) return this.needs.requests * this.#quiet(time, Math.max(0, count - 1));
    const done = slice.start - slice.step * intervalSeconds;
    const isAny = 1 - (1 - slice.seconds / (intervalSeconds - done)) ** count;
    const first = slice.start + Math.min(slice.seconds / 2, intervalSeconds / (count + 1));
    const own = this.#recent.pop() as Slice;
    const quiet = this.#quiet(first, count, own.step);
    this.#recent.push(own);
    return isAny * quiet;
  }

  #slice(): Slice {
    const { workload, load, seen } = this.#demand;
    const count = workload.counts[this.#step] as number;
    const seconds = this.#lengths[this.#part] as number;
    const offset = this.#lengths.slice(0, this.#part).reduce((sum, length) => sum + length, 0);
    const rate = Number.isNaN(count) ? (this.#recent.at(-1)?.rate ?? 0) : count / workload.intervalSeconds;
    const now = load[this.#step] as number;
    const before = this.#step === 0 ? 0 : (load[this.#step - 1] as number);
    // In longer steps the minute on the way from the one before is too little to matter.
    const lag = seconds < SLICE_SECONDS ? Math.min(1, AUTOSCALING.windowSeconds / seconds) : 0;
    return {
      step: this.#step,
      start: this.#step * workload.intervalSeconds + offset,
      seconds,
      rate,
      others: now > 0 ? (seen[this.#step] as number) / now : 1,
      table: this.#tables.of(now, before, lag),
    };
  }

  #swap(): void {
    const last = this.#above;
    this.#above = this.#before;
    this.#before = last;
    this.#before.fill(0, this.needs.levels);
  }

  /** Chance of no request in the window; the requests of an interval come at any moment of it. */
  #quiet(time: number, ownCount: number, ownStep = this.#step): number {
    const { intervalSeconds } = this.#demand.workload;
    let chance = 1;
    for (let at = 0; at < this.#recent.length; ) {
      const { step, rate } = this.#recent[at] as Slice;
      let overlap = 0;
      for (; this.#recent[at]?.step === step; at++)
        overlap += Math.max(0, this.#overlap(this.#recent[at] as Slice, time));
      const count = step === ownStep ? ownCount : rate * intervalSeconds;
      if (count > 0) chance *= Math.max(0, 1 - overlap / intervalSeconds) ** count;
    }
    return chance;
  }

  #overlap({ start, seconds }: Slice, time: number): number {
    return Math.min(start + seconds, time) - Math.max(start, time - this.#window);
  }

  #fill(time: number, count: number): void {
    let levels = 1;
    let floor = 0;
    for (const { table } of this.#recent) {
      levels = Math.max(levels, table.certain + table.perRequest.length);
      floor = Math.max(floor, table.certain);
    }
    levels = Math.min(levels, this.#max);
    this.#grow(levels);
    const above = this.#above;
    above.fill(0, 0, levels);
    this.#unused.fill(0, 0, levels);
    for (const slice of this.#recent) this.#addHazards(slice, this.#overlap(slice, time), floor, levels);
    const { table: oldest } = this.#recent[0] as Slice;
    for (let level = Math.max(1, floor); level < levels; level++) {
      const idle = 1 - (oldest.stays[level - oldest.certain] ?? (level < oldest.certain ? 1 : 0));
      above[level] = 1 - idle * this.#absent(above[level] as number, this.#unused[level] as number);
    }
    above.fill(1, 0, Math.min(floor, levels));
    above[0] = floor > 0 ? 1 : 1 - this.#quiet(time, count);
    let beyond = 0;
    for (let level = levels - 1; level >= 0; level--) {
      beyond += Math.min(above[level] as number, above[0] as number);
      this.#beyond[level] = beyond;
    }
    this.needs.levels = levels;
  }

  /**
   * Chance that an instance is gone: no use of it reaches into the window, and since the last one it is not between a start that was of
   * no use and the end of its time. Those alternate with its absence, for as long as there is no use: an exponential time.
   */
  #absent(uses: number, unused: number): number {
    const share = this.#unusedWindow / this.#window;
    const starts = unused * (uses > 1e-9 ? -Math.expm1(-uses * share) / uses : share);
    return Math.exp(-uses) / (1 + starts);
  }

  #addHazards({ rate, others, table }: Slice, seconds: number, floor: number, levels: number): void {
    const { certain, perRequest, perSecond, used } = table;
    const { slots } = this.#tables.shape;
    const above = this.#above;
    const last = Math.min(levels, certain + perRequest.length);
    for (let level = Math.max(1, floor); level < last; level++) {
      const at = level - certain;
      const forGoal = seconds * (perSecond[at] as number);
      const forRequests =
        seconds * rate * (perRequest[at] as number) * (others > 0.99 ? 1 : others ** (level * slots));
      above[level] = (above[level] as number) + forRequests + forGoal * (used[at] as number);
      this.#unused[level] = (this.#unused[level] as number) + forGoal * (1 - (used[at] as number));
    }
  }

  #starts(level: number, kind: "perRequest" | "perSecond"): number {
    const { table, requests, seconds, isFirstOfStep } = this.needs;
    const at = level - table.certain;
    if (at < 0) return kind === "perSecond" && isFirstOfStep ? 1 - (this.#before[level] ?? 0) : 0;
    const { others } = this.#recent.at(-1) as Slice;
    const alone = kind === "perSecond" || others > 0.99 ? 1 : others ** (level * this.#tables.shape.slots);
    const hazard = alone * (table[kind][at] ?? 0);
    return hazard * (kind === "perRequest" ? requests : seconds) * (1 - (this.#above[level] as number));
  }

  #grow(levels: number): void {
    if (levels <= this.#above.length) return;
    const size = levels * 2;
    const above = new Float64Array(size);
    const before = new Float64Array(size);
    before.set(this.#before);
    this.#above = above;
    this.#before = before;
    this.#beyond = new Float64Array(size + 1);
    this.#unused = new Float64Array(size);
  }
}

const endOf = ({ start, seconds }: Slice): number => start + seconds;

type Writable<T> = { -readonly [K in keyof T]: T[K] };

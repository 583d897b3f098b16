import { TimeHeap } from "./time-heap.ts";

/** How Cloud Run is documented to behave, request by request. Written apart from the replay model, which it is to check. */
export interface OracleInput {
  /** Seconds, ascending. */
  readonly arrivals: Float64Array;
  /** Seconds in the container, one for each arrival. */
  readonly services: Float64Array;
  readonly seconds: number;
  readonly slots: number;
  readonly target: number;
  readonly startupSeconds: number;
  /** By time in seconds. */
  readonly minInstances: (time: number) => number;
  readonly maxInstances: number;
  readonly random: () => number;
  /** Means of instances are kept for each stretch of so many seconds; left out: not kept. */
  readonly sampleSeconds?: number;
}

export interface OracleResult {
  readonly aliveHours: number;
  /** Instances with at least one request. */
  readonly activeHours: number;
  /** Busy periods rounded up to 100 ms, and startups. */
  readonly billedHours: number;
  /** Minimum instances without a request. */
  readonly idleMinimumHours: number;
  readonly starts: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly errorShare: number;
  /** Requests that waited for an instance to start. */
  readonly coldShare: number;
  /** By sample: instances with a request, and without. */
  readonly activeMeans: readonly number[];
  readonly idleMeans: readonly number[];
}

interface Instance {
  readyAt: number;
  inFlight: number;
  idleSince: number;
  busySince: number;
  isGone: boolean;
}

const TICK = 5;
const IDLE = 900;

class Service {
  readonly input: OracleInput;
  readonly instances: Instance[] = [];
  readonly departures = new TimeHeap<Instance>();
  readonly startups = new TimeHeap<Instance>();
  readonly #queue: number[] = [];
  #queueHead = 0;
  readonly latencies: Float64Array;
  answered = 0;
  errors = 0;
  cold = 0;
  starts = 0;
  now = 0;
  #active = 0;
  #inFlight = 0;
  #starting = 0;
  #goal = 0;
  alive = 0;
  activeTime = 0;
  billed = 0;
  idleMinimum = 0;
  /** In-flight seconds of the last twelve ticks. */
  readonly #load: number[] = [];
  readonly activeSums: number[] = [];
  readonly aliveSums: number[] = [];
  #loadNow = 0;

  constructor(input: OracleInput) {
    this.input = input;
    this.latencies = new Float64Array(input.arrivals.length);
    for (let count = input.minInstances(0); count > 0; count--)
      this.instances.push({ readyAt: 0, inFlight: 0, idleSince: 0, busySince: 0, isGone: false });
  }

  advance(time: number): void {
    const passed = time - this.now;
    this.alive += this.instances.length * passed;
    this.activeTime += this.#active * passed;
    this.idleMinimum += Math.max(0, this.input.minInstances(this.now) - this.#active) * passed;
    this.#loadNow += this.#inFlight * passed;
    this.#sample(passed);
    this.now = time;
  }

  /** Ticks end samples, so no step reaches over the end of one by more than rounding. */
  #sample(passed: number): void {
    const { sampleSeconds } = this.input;
    if (sampleSeconds === undefined || passed === 0) return;
    const at = Math.floor((this.now + passed / 2) / sampleSeconds);
    this.activeSums[at] = (this.activeSums[at] ?? 0) + this.#active * passed;
    this.aliveSums[at] = (this.aliveSums[at] ?? 0) + this.instances.length * passed;
  }

  arrive(request: number): void {
    const instance = this.#route();
    if (instance !== undefined) {
      this.#begin(instance, request);
      return;
    }
    this.#queue.push(request);
    const pending = this.#queue.length - this.#queueHead;
    if (pending > this.#starting * this.input.slots) this.#start(this.input.maxInstances);
  }

  depart(): void {
    const instance = this.departures.pop();
    instance.inFlight -= 1;
    this.#inFlight -= 1;
    if (this.#pull(instance) || instance.inFlight > 0) return;
    this.#active -= 1;
    this.billed += Math.ceil((this.now - instance.busySince) * 10 - 1e-9) / 10;
    instance.idleSince = this.now;
  }

  ready(): void {
    const instance = this.startups.pop();
    this.#starting -= 1;
    instance.idleSince = this.now;
    while (instance.inFlight < this.input.slots && this.#pull(instance, true));
  }

  tick(): void {
    this.#load.push(this.#loadNow);
    this.#loadNow = 0;
    if (this.#load.length > 60 / TICK) this.#load.shift();
    const mean = this.#load.reduce((sum, load) => sum + load, 0) / 60;
    const minimum = this.input.minInstances(this.now);
    this.#goal = Math.min(this.input.maxInstances, Math.ceil(mean / this.input.target - 1e-9));
    for (let missing = Math.max(this.#goal, minimum) - this.instances.length; missing > 0; missing--)
      this.#start(Math.max(minimum, this.input.maxInstances));
    const kept = Math.max(this.#goal, minimum);
    for (let at = this.instances.length - 1; at >= kept; at--) {
      const instance = this.instances[at] as Instance;
      const isIdle = instance.inFlight === 0 && instance.readyAt <= this.now;
      if (isIdle && this.now - instance.idleSince >= IDLE) {
        instance.isGone = true;
        this.instances.splice(at, 1);
      }
    }
    this.#expire();
  }

  /** What is in work at the end is billed until then. */
  finish(): void {
    for (const { inFlight, busySince } of this.instances)
      if (inFlight > 0) this.billed += this.now - busySince;
  }

  #start(limit: number): void {
    if (this.instances.length >= limit) return;
    const readyAt = this.now + this.input.startupSeconds;
    const instance = { readyAt, inFlight: 0, idleSince: readyAt, busySince: 0, isGone: false };
    this.instances.push(instance);
    this.startups.push(readyAt, instance);
    this.#starting += 1;
    this.starts += 1;
    this.billed += this.input.startupSeconds;
  }

  /** Any instance of those that the autoscaler wants, else the oldest other one with room. */
  #route(): Instance | undefined {
    const wanted = Math.min(this.#goal, this.instances.length);
    for (let draw = 0; draw < 6 && wanted > 0; draw++) {
      const instance = this.instances[Math.floor(this.input.random() * wanted)] as Instance;
      if (this.#hasRoom(instance)) return instance;
    }
    const free = this.instances.slice(0, wanted).filter((instance) => this.#hasRoom(instance));
    if (free.length > 0) return free[Math.floor(this.input.random() * free.length)];
    for (let at = wanted; at < this.instances.length; at++)
      if (this.#hasRoom(this.instances[at] as Instance)) return this.instances[at];
    return undefined;
  }

  #hasRoom(instance: Instance): boolean {
    return instance.readyAt <= this.now && instance.inFlight < this.input.slots;
  }

  #begin(instance: Instance, request: number): void {
    if (instance.inFlight === 0) {
      this.#active += 1;
      instance.busySince = this.now;
    }
    instance.inFlight += 1;
    this.#inFlight += 1;
    const end = this.now + (this.input.services[request] as number);
    this.latencies[this.answered++] = end - (this.input.arrivals[request] as number);
    this.departures.push(end, instance);
  }

  /** Takes the next request that has not given up; an instance that goes on working keeps its busy period. */
  #pull(instance: Instance, isCold = false): boolean {
    this.#expire();
    const request = this.#queue[this.#queueHead];
    if (request === undefined) return false;
    this.#queueHead += 1;
    if (this.#queueHead === this.#queue.length) {
      this.#queue.length = 0;
      this.#queueHead = 0;
    }
    if (isCold) this.cold += 1;
    if (!isCold && instance.inFlight === 0) {
      instance.inFlight += 1;
      this.#inFlight += 1;
      const end = this.now + (this.input.services[request] as number);
      this.latencies[this.answered++] = end - (this.input.arrivals[request] as number);
      this.departures.push(end, instance);
    } else this.#begin(instance, request);
    return true;
  }

  #expire(): void {
    const patience = this.#starting > 0 ? Math.max(10, 3.5 * this.input.startupSeconds) : 10;
    for (;;) {
      const request = this.#queue[this.#queueHead];
      if (request === undefined || this.now - (this.input.arrivals[request] as number) <= patience) return;
      this.#queueHead += 1;
      this.errors += 1;
    }
  }
}

export function runOracle(input: OracleInput): OracleResult {
  const service = new Service(input);
  let request = 0;
  let tick = TICK;
  for (;;) {
    const arrival = input.arrivals[request] ?? Number.POSITIVE_INFINITY;
    const next = Math.min(arrival, service.departures.next, service.startups.next, tick);
    if (next >= input.seconds) break;
    service.advance(next);
    if (next === service.startups.next) service.ready();
    else if (next === service.departures.next) service.depart();
    else if (next === tick) {
      service.tick();
      tick += TICK;
    } else service.arrive(request++);
  }
  service.advance(input.seconds);
  service.finish();
  const latencies = service.latencies.subarray(0, service.answered).sort();
  const quantile = (share: number) => latencies[Math.floor(share * (latencies.length - 1))] ?? 0;
  const { activeSums, aliveSums } = service;
  const mean = (sum: number) => sum / (input.sampleSeconds ?? 1);
  return {
    activeMeans: activeSums.map(mean),
    idleMeans: aliveSums.map((sum, at) => mean(sum - (activeSums[at] ?? 0))),
    aliveHours: service.alive / 3600,
    activeHours: service.activeTime / 3600,
    billedHours: service.billed / 3600,
    idleMinimumHours: service.idleMinimum / 3600,
    starts: service.starts,
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    errorShare: service.errors / Math.max(1, request),
    coldShare: service.cold / Math.max(1, request),
  };
}

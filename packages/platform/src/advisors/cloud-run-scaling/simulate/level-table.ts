import type { InstanceShape } from "./autoscaling.ts";
import { AUTOSCALING } from "./autoscaling.ts";
import {
  erlangB,
  erlangC,
  normalDensity,
  normalShare,
  poisson,
  poissonAtLeast,
  roomInInstance,
} from "./probability.ts";

/** What a load means for instances of one shape, whatever minimum there is. Level m: instance m + 1 is in use. */
export interface LevelTable {
  /** Levels below are always in use. */
  readonly certain: number;
  /** For each level from `certain` on: chance that one more request puts it to use. */
  readonly perRequest: Float64Array;
  /** For each level from `certain` on: how often a second the autoscaler wants it. */
  readonly perSecond: Float64Array;
  /** For each level from `certain` on: chance that it gets a request in a time in which the autoscaler wants it. */
  readonly used: Float64Array;
  /** For each level from `certain` on: chance that it is in use at any moment. */
  readonly inUse: Float64Array;
  /** For each level from `certain` on: chance that it works at any moment, or will before the autoscaler wants it no more. */
  readonly stays: Float64Array;
  /** Mean instances with a request, and their variance. */
  readonly active: number;
  readonly activeVariance: number;
  /** Most that the autoscaler wants at once. */
  readonly mostWanted: number;
  /** Chance that a request begins a busy period of its instance. */
  readonly opensPeriod: number;
  /** Requests in an instance, of those that work. */
  readonly perActive: number;
  /** At the maximum: share of requests that wait, and for how long on average; share that is refused. */
  readonly waiting: number;
  readonly waitSeconds: number;
  readonly refused: number;
}

/** Hazards below are never felt, hazards above are certain, within a quarter of an hour. */
const NEVER = 1e-9;

/** For a share of the time the mean of the last minute is on its way from the load before. */
export interface LoadRamp {
  readonly from: number;
  readonly share: number;
}

export interface LevelNoise {
  readonly minuteVariance: number;
  readonly memorySeconds: number;
  readonly serviceSeconds: number;
  /** What is left of a request at any moment at which it is in work. */
  readonly restSeconds: number;
}

/** @param ramp what the autoscaler still sees of the interval before */
export function levelTable(
  load: number,
  ramp: LoadRamp,
  shape: InstanceShape,
  maxInstances: number,
  noise: LevelNoise,
): LevelTable {
  const { slots, target } = shape;
  const spread = Math.sqrt(load * noise.minuteVariance);
  const goals = goalHazards(load, target, spread, noise.memorySeconds, maxInstances);
  const certain = Math.min(maxInstances, goals.certain);
  const perRequest: number[] = [];
  const perSecond: number[] = [];
  const inUse: number[] = [];
  const used: number[] = [];
  const stays: number[] = [];
  // Requests go to wanted instances that have room, so an idle one gets more than its share.
  const room = 1 - roomInInstance(target, slots).full;
  const perWanted = target / Math.max(noise.serviceSeconds, 1e-6) / room;
  for (let level = certain; level < maxInstances; level++) {
    const request = level === 0 ? 1 : crossing(load, level * slots);
    const goal = goals.perSecond(level);
    if (level > 0 && request < NEVER && goal < NEVER / 10 && level * slots > load) break;
    perRequest.push(request);
    perSecond.push(goal);
    const wanted = goals.wanted(level);
    const overflowing = poissonAtLeastFast(load, level * slots + 1);
    inUse.push(Math.max(wanted, overflowing));
    const requests = goal > 0 ? (perWanted * wanted) / goal : 0;
    const gets = requests / (1 + requests);
    used.push(gets);
    stays.push(Math.max(wanted * gets, overflowing));
  }
  const activities = activityOnRamp(load, ramp, shape, noise.minuteVariance, maxInstances);
  const drained = draining(perSecond, inUse, noise, activities.perActive);
  return {
    certain,
    perRequest: Float64Array.from(perRequest),
    perSecond: Float64Array.from(perSecond),
    inUse: Float64Array.from(inUse),
    used: Float64Array.from(used),
    stays: Float64Array.from(stays),
    ...activities,
    // No more instances than requests, and no fewer than have room for them.
    active: Math.min(maxInstances, load, Math.max(load / slots, activities.active + drained)),
    ...atMaximum(load, slots * maxInstances, noise.serviceSeconds),
  };
}

/**
 * Chance that an arriving request finds all `room` taken and is the first of a crowd to do so.
 * @see D. Aldous, Probability Approximations via the Poisson Clumping Heuristic, 1989: crossings of a high level come in clumps
 */
function crossing(load: number, room: number): number {
  return poisson(load, room) * Math.max(0.1, 1 - load / (room + 1));
}

const poissonAtLeastFast = (load: number, n: number): number =>
  n > load + 12 * Math.sqrt(load) + 20 ? 0 : poissonAtLeast(load, n);

/**
 * How often the moving mean of a minute passes the thresholds between numbers of instances.
 * @see D. Slepian, First passage time for a particular Gaussian process, 1961, for a mean that slides over white noise;
 * D. Siegmund, Sequential Analysis, 1985: one that is looked at at ticks passes later by 0.583 of a tick's deviation
 */
function goalHazards(
  load: number,
  target: number,
  spread: number,
  memorySeconds: number,
  maxInstances: number,
): {
  readonly certain: number;
  readonly perSecond: (level: number) => number;
  readonly wanted: (level: number) => number;
} {
  const { tickSeconds } = AUTOSCALING;
  const ticks = 0.583 * Math.sqrt((2 * tickSeconds) / memorySeconds);
  const score = (level: number) => (level * target - load) / Math.max(spread, 1e-9);
  const certain = Math.max(0, Math.min(maxInstances, Math.ceil((load - 4 * spread) / target)));
  return {
    certain,
    wanted: (level) => (level === 0 ? 0 : 1 - normalShare(score(level))),
    perSecond: (level) => {
      // Whether there is any request at all is known better than by a normal distribution.
      if (level === 0) return 0;
      const z = score(level) + ticks;
      if (z > 8) return 0;
      const now = normalShare(z);
      const never = now * now - normalDensity(z) * (z * now + normalDensity(z));
      return never <= 1e-12 || now <= 1e-12 ? 1 : -Math.log(Math.min(1, never / now)) / memorySeconds;
    },
  };
}

type Activity = Pick<LevelTable, "active" | "activeVariance" | "mostWanted" | "opensPeriod" | "perActive">;

function activityOnRamp(
  load: number,
  ramp: LoadRamp,
  shape: InstanceShape,
  minuteVariance: number,
  maxInstances: number,
): Activity {
  const at = (goalLoad: number) =>
    activity(load, goalLoad, shape, Math.sqrt(goalLoad * minuteVariance), maxInstances);
  const settled = at(load);
  if (ramp.share === 0) return settled;
  const onRamp = [1 / 6, 3 / 6, 5 / 6].map((part) => at(ramp.from + (load - ramp.from) * part));
  const mean = (value: (activity: Activity) => number) =>
    (1 - ramp.share) * value(settled) +
    onRamp.reduce((sum, entry) => sum + (ramp.share / onRamp.length) * value(entry), 0);
  const active = mean((entry) => entry.active);
  return {
    active,
    activeVariance: mean((entry) => entry.activeVariance),
    mostWanted: Math.max(settled.mostWanted, ...onRamp.map(({ mostWanted }) => mostWanted)),
    opensPeriod: mean((entry) => entry.opensPeriod),
    perActive: active > 0 ? Math.max(1, load / active) : 1,
  };
}

/** How many instances work at once: the autoscaler's number varies with the minute's mean, and each number shares the load out. */
function activity(
  load: number,
  goalLoad: number,
  { slots, target }: InstanceShape,
  spread: number,
  maxInstances: number,
): Activity {
  const lowest = Math.max(1, Math.min(maxInstances, Math.ceil((goalLoad - 3 * spread) / target)));
  const highest = Math.max(lowest, Math.min(maxInstances, Math.ceil((goalLoad + 3 * spread) / target)));
  let active = 0;
  let variance = 0;
  let opens = 0;
  let weights = 0;
  const stride = Math.max(1, Math.floor((highest - lowest) / 12));
  for (let wanted = lowest; wanted <= highest; wanted += stride) {
    const above = (count: number) => normalShare((count * target - goalLoad) / Math.max(spread, 1e-9));
    const below = wanted === lowest ? 0 : above(wanted - stride);
    const weight = (wanted + stride > highest ? 1 : above(wanted)) - below;
    if (weight <= 0) continue;
    const shared = sharedOut(load, wanted, slots, maxInstances);
    active += weight * shared.active;
    variance += weight * shared.variance;
    opens += weight * shared.opens;
    weights += weight;
  }
  if (weights === 0) return { active: 0, activeVariance: 0, mostWanted: 1, opensPeriod: 1, perActive: 1 };
  const mean = active / weights;
  return {
    active: mean,
    activeVariance: variance / weights,
    mostWanted: highest,
    opensPeriod: opens / weights,
    perActive: mean > 0 ? Math.max(1, load / mean) : 1,
  };
}

/** An instance that is no longer wanted works on until its requests are done; one that is, waits for its first. */
function draining(
  perSecond: readonly number[],
  inUse: readonly number[],
  { serviceSeconds, restSeconds }: LevelNoise,
  requests: number,
): number {
  const last = restSeconds * (1 + 0.35 * Math.log(requests)) - serviceSeconds / requests;
  if (last <= 0) return 0;
  return perSecond.reduce((sum, hazard, at) => {
    const idle = 1 - (inUse[at] as number);
    return sum + idle * (1 - Math.exp(-hazard * last));
  }, 0);
}

function sharedOut(
  load: number,
  wanted: number,
  slots: number,
  maxInstances: number,
): { readonly active: number; readonly variance: number; readonly opens: number } {
  const blocked = erlangB(load, wanted * slots);
  const carried = load * (1 - blocked);
  const { empty, full } = roomInInstance(carried / wanted, slots);
  const rest = load * blocked;
  // What the wanted ones have no room for comes in crowds.
  const crowd = rest > 0 ? 1 - rest + load / (wanted * slots + 1 - load + rest) : 1;
  const beyond =
    rest === 0 || wanted >= maxInstances ? 0 : slots === 1 ? rest : rest / Math.max(1, crowd + rest);
  const inWanted = slots === 1 ? carried : wanted * (1 - empty);
  const variance = slots === 1 ? load : wanted * empty * (1 - empty);
  const opensWanted = full >= 1 ? 1 : empty / Math.max(1e-9, 1 - full);
  const opens =
    slots === 1
      ? 1
      : (1 - blocked) * Math.min(1, opensWanted) + (rest > 0 ? blocked / Math.max(1, crowd) : 0);
  return { active: Math.min(maxInstances, inWanted + beyond), variance, opens };
}

function atMaximum(
  load: number,
  slots: number,
  serviceSeconds: number,
): Pick<LevelTable, "waiting" | "waitSeconds" | "refused"> {
  const { queueSeconds } = AUTOSCALING;
  if (load >= slots) return { waiting: 1, waitSeconds: queueSeconds, refused: 1 - (slots / load) * 0.999 };
  if (slots > load + 12 * Math.sqrt(load) + 20) return { waiting: 0, waitSeconds: 0, refused: 0 };
  const waiting = erlangC(load, slots);
  const waitSeconds = serviceSeconds / (slots - load);
  const refused = waiting * Math.exp(-queueSeconds / waitSeconds);
  return { waiting, waitSeconds: Math.min(queueSeconds, waitSeconds), refused };
}

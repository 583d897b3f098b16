import { HOURS_PER_MONTH, type Known, known, unknown } from "@trimtab/domain";
import {
  costAt,
  type DriverDay,
  fitLine,
  lossOf,
  median,
  quantile,
  type RobustLine,
  sigmaOf,
} from "./robust-line.ts";

/** What a month costs at a multiple of today's load, with 90 % of the resampled answers between low and high. */
export interface ProjectedCost {
  readonly factor: number;
  readonly cost: Known<{ readonly low: number; readonly mid: number; readonly high: number }>;
}

/** How one line's cost follows the load. Amounts are estimates, of a month. */
export interface CostDriver {
  readonly fixed: number;
  readonly perUnit: { readonly low: number; readonly mid: number; readonly high: number };
  /** A jump that stayed: a day on which the fixed part changed, by how much. */
  readonly step?: { readonly day: number; readonly by: number };
  /** Median error of the days that the line had not seen, as a share of their cost. */
  readonly outOfSample: number;
  readonly projections: readonly ProjectedCost[];
}

const DAYS_PER_MONTH = Number(HOURS_PER_MONTH) / 24;
const LEAST_DAYS = 56;
const WEEK = 7;
const RESAMPLES = 200;
/** Between its tenth and its ninth tenth, the load has to differ by this much to tell anything. */
const LEAST_SPREAD = 1.15;
const WORST_ERROR = 0.2;
const WIDEST = 0.5;
/** A step has to better the fit as much as an information criterion asks of two more unknowns. */
const STEP_UNKNOWNS = 2;

/**
 * Fits cost against load, day by day, and says what multiples of the last four weeks' load would cost.
 * Abstains where history can't tell.
 */
export function projectCost(days: readonly DriverDay[], factors: readonly number[]): Known<CostDriver> {
  if (days.length < LEAST_DAYS)
    return unknown(`there are ${days.length} days with both cost and load; it takes ${LEAST_DAYS}`);
  const loads = days.map(({ load }) => load);
  const [low, high] = [quantile(loads, 0.1), quantile(loads, 0.9)];
  if (low <= 0 || high / low < LEAST_SPREAD)
    return unknown("the load hardly changed, so history can't tell what more of it would cost");
  const line = bestLine(days);
  if (line === undefined) return unknown("cost and load can't be told apart");
  const outOfSample = unseenError(days, line);
  if (outOfSample > WORST_ERROR)
    return unknown(`it foretells days that it has not seen with a median error of ${percent(outOfSample)}`);
  const resampled = resample(days, line);
  const slopes = resampled.map(({ perUnit }) => perUnit);
  const today = median(loads.slice(-4 * WEEK));
  return known({
    fixed: monthly(costAt(line, 0, days.length)),
    perUnit: { low: quantile(slopes, 0.05), mid: line.perUnit, high: quantile(slopes, 0.95) },
    ...(line.step === undefined ? {} : { step: { day: line.step.from, by: monthly(line.step.by) } }),
    outOfSample,
    projections: factors.map((factor) => ({
      factor,
      cost: costOf(factor * today, line, resampled, days.length),
    })),
  });
}

function costOf(
  load: number,
  line: RobustLine,
  resampled: readonly RobustLine[],
  end: number,
): ProjectedCost["cost"] {
  const answers = resampled.map((own) => monthly(Math.max(costAt(own, load, end), 0)));
  const mid = monthly(Math.max(costAt(line, load, end), 0));
  const [low, high] = [Math.min(quantile(answers, 0.05), mid), Math.max(quantile(answers, 0.95), mid)];
  const isTold = mid > 0 && (high - low) / 2 <= WIDEST * mid;
  return isTold ? known({ low, mid, high }) : unknown("the answers lie too far apart at this load");
}

const monthly = (daily: number): number => daily * DAYS_PER_MONTH;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** With a step where one betters the fit for what it costs, else without. */
function bestLine(days: readonly DriverDay[]): RobustLine | undefined {
  const plain = fitLine(days);
  if (plain === undefined) return undefined;
  const candidates: RobustLine[] = [];
  for (let from = 2 * WEEK; from <= days.length - 2 * WEEK; from += WEEK) {
    const line = fitLine(days, from);
    if (line !== undefined) candidates.push(line);
  }
  return candidates.reduce((best, line) => (isBetter(days, line, best) ? line : best), plain);
}

function isBetter(days: readonly DriverDay[], line: RobustLine, than: RobustLine): boolean {
  const sigma = Math.max(sigmaOf(days, line), Number.EPSILON);
  const gain = (lossOf(days, than, sigma) - lossOf(days, line, sigma)) / sigma ** 2;
  const price = than.step === undefined ? STEP_UNKNOWNS * Math.log(days.length) : 0;
  return gain > price;
}

/** Fitted on the first three quarters, tried on the last. */
function unseenError(days: readonly DriverDay[], { step }: RobustLine): number {
  const cut = Math.floor(days.length * 0.75);
  const isKnown = step !== undefined && step.from < cut - WEEK;
  const line = fitLine(days.slice(0, cut), isKnown ? step.from : undefined);
  if (line === undefined) return Number.POSITIVE_INFINITY;
  const jump = step !== undefined && !isKnown ? step.by : 0;
  const errors = days.slice(cut).flatMap(({ load, cost }, index) => {
    const at = cut + index;
    const foretold = costAt(line, load, at) + (step !== undefined && at >= step.from ? jump : 0);
    return cost > 0 ? [Math.abs(cost - foretold) / cost] : [];
  });
  return errors.length === 0 ? Number.POSITIVE_INFINITY : median(errors);
}

/** Lines through whole weeks of errors drawn again, so that days that move together stay together. Always the same draws. */
function resample(days: readonly DriverDay[], line: RobustLine): readonly RobustLine[] {
  const errors = days.map(({ cost, load }, index) => cost - costAt(line, load, index));
  const random = generator();
  const weeks = Math.ceil(days.length / WEEK);
  return Array.from({ length: RESAMPLES }, () => {
    const drawn = Array.from({ length: weeks }, () =>
      Math.floor(random() * (errors.length - WEEK + 1)),
    ).flatMap((from) => errors.slice(from, from + WEEK));
    const again = days.map(({ load }, index) => ({
      load,
      cost: costAt(line, load, index) + (drawn[index] ?? 0),
    }));
    return fitLine(again, line.step?.from) ?? line;
  });
}

/** @see https://en.wikipedia.org/wiki/Linear_congruential_generator, 2026-06: the constants of Numerical Recipes */
function generator(): () => number {
  let state = 20_260_601;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

import {
  add,
  compare,
  type Decimal,
  decimal,
  divide,
  type Estimate,
  estimate,
  HOURS_PER_MONTH,
  multiply,
  type SavingLine,
  sumDecimals,
} from "@trimtab/domain";
import { COST_PART_NAMES, COST_PARTS, type CostPart, type Prices, type Units, unitsOf } from "./cost.ts";
import type { GridPoint } from "./grid.ts";
import type { Replay, ReplayTotals } from "./simulate/replay.ts";

const RESAMPLES = 400;
const SECONDS_PER_MONTH = Number(HOURS_PER_MONTH) * 3600;
/** Weeks with less than a day of data say little of a month. */
const LEAST_SECONDS = 86_400;

type Sized = Pick<GridPoint, "cpu" | "memoryMiB" | "cpuAllocation">;

/**
 * Units a month that are no longer bought, by part: as replayed over the whole window, and between the 10 % and the 90 % quantile of
 * resampled weeks. The parts' lows are taken apart, so their sum is no higher than the low of the sum.
 */
export function savedUnits(
  now: { readonly replay: Replay; readonly point: Sized },
  then: { readonly replay: Replay; readonly point: Sized },
): ReadonlyMap<CostPart, { readonly low: number; readonly mid: number; readonly high: number }> {
  const diff = (a: ReplayTotals, b: ReplayTotals) =>
    difference(unitsOf(a, now.point), unitsOf(b, then.point));
  const bought = unitsOf(now.replay.total, now.point);
  const whole = diff(now.replay.total, then.replay.total);
  const weeks = now.replay.weeks
    .map((week, at) => ({ seconds: week.seconds, units: diff(week, then.replay.weeks[at] as ReplayTotals) }))
    .filter(({ seconds }) => seconds >= LEAST_SECONDS);
  const draws = resampled(weeks.length);
  return new Map(
    COST_PART_NAMES.filter((part) => whole[part] !== undefined).map((part) => {
      const mid = monthly(whole[part] ?? 0, now.replay.total.seconds);
      const means = draws.map((draw) => {
        const units = draw.reduce((sum, at) => sum + (weeks[at]?.units[part] ?? 0), 0);
        return monthly(
          units,
          draw.reduce((sum, at) => sum + (weeks[at]?.seconds ?? 0), 0),
        );
      });
      const sorted = means.filter(Number.isFinite).sort((a, b) => a - b);
      const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? mid;
      // No more can be saved of a part than is bought of it.
      const most = monthly(bought[part] ?? 0, now.replay.total.seconds);
      return [part, { low: Math.min(at(0.1), mid), mid, high: Math.max(Math.min(at(0.9), most), mid) }];
    }),
  );
}

/** Lines of a saving: `scale` is what the bill has of what the replay says that it costs, at most 1. */
export function savingLines(
  saved: ReturnType<typeof savedUnits>,
  prices: Prices,
  scale: Decimal,
): readonly SavingLine[] {
  return [...saved].flatMap(([part, units]) => {
    const price = prices[part];
    if (price === undefined) return [];
    const line = estimate(scaled(units.low, scale), scaled(units.mid, scale), scaled(units.high, scale));
    const isNothing = [line.low, line.mid, line.high].every((value) => compare(value, decimal("0")) === 0);
    return isNothing ? [] : [{ about: COST_PARTS[part].about, units: line, price }];
  });
}

/** The sum of the lines, as the house will add them up. */
export function grossOf(lines: readonly SavingLine[]): Estimate {
  const sum = (bound: keyof Estimate) =>
    sumDecimals(lines.map(({ units, price }) => multiply(units[bound], price.price)));
  return { low: sum("low"), mid: sum("mid"), high: sum("high") };
}

/** Cost a month of units that were used in the replayed seconds. */
export function monthlyCost(units: Units, seconds: number, prices: Prices): Decimal {
  const parts = COST_PART_NAMES.flatMap((part) => {
    const price = prices[part];
    const amount = units[part];
    return price === undefined || amount === undefined
      ? []
      : [multiply(decimalUnits(monthly(amount, seconds)), price.price)];
  });
  return parts.reduce(add, decimal("0"));
}

/** The part of what a replay costs that is on the bill, where that is less. */
export function billShare(billed: Decimal, replayed: Decimal): Decimal {
  if (compare(billed, replayed) >= 0) return decimal("1");
  return divide(billed, replayed, 6, "down");
}

const monthly = (units: number, seconds: number): number => (units / seconds) * SECONDS_PER_MONTH;

function difference(now: Units, then: Units): Units {
  return Object.fromEntries(
    COST_PART_NAMES.filter((part) => now[part] !== undefined || then[part] !== undefined).map((part) => [
      part,
      (now[part] ?? 0) - (then[part] ?? 0),
    ]),
  );
}

/** Units are measured, so thousandths of them are enough; from here on arithmetic is exact. */
const decimalUnits = (units: number): Decimal => decimal(units.toFixed(3));
// Towards zero at both ends of the scale, so that rounding never makes a saving larger than the bill.
const scaled = (units: number, scale: Decimal): Decimal => multiply(decimalUnits(units), scale);

/** Weeks drawn with replacement, the same ones for every advice: evidence alone decides. */
function resampled(weeks: number): readonly (readonly number[])[] {
  if (weeks < 2) return [];
  let state = 0x2545f491;
  const draw = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % weeks;
  };
  return Array.from({ length: RESAMPLES }, () => Array.from({ length: weeks }, draw));
}

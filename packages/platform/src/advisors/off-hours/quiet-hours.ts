import { HOURS_PER_WEEK, WEEKDAYS, type Weekday } from "@trimtab/domain";

const HOURS_PER_DAY = 24;

/** One block of hours on some days, `[from, to)`; 24 is midnight. */
export interface QuietHours {
  readonly days: readonly Weekday[];
  readonly from: number;
  readonly to: number;
  readonly hoursOff: number;
  /** Observed hours with activity that fall into the hours off, of all with activity. */
  readonly missed: number;
  readonly active: number;
}

/** Left on where nothing was ever in use: what it is kept for, its owner knows. */
const OFFICE = { days: WEEKDAYS.slice(0, 5), from: 8, to: 18 } as const;

/**
 * The block of hours, the same on some days of the week, that is off for longest and leaves at most a share of the
 * observed hours with activity outside. Every set of days and every block is tried, so none is off for longer.
 * @param activity how many observed hours with activity began in each hour of the week, Monday 0:00 first
 */
export function quietHours(activity: readonly number[], missRate: number): QuietHours {
  const active = activity.reduce((sum, count) => sum + count, 0);
  if (active === 0)
    return {
      ...OFFICE,
      hoursOff: HOURS_PER_WEEK - OFFICE.days.length * (OFFICE.to - OFFICE.from),
      missed: 0,
      active,
    };
  const allowed = Math.floor(active * missRate);
  let best: QuietHours = { days: WEEKDAYS, from: 0, to: 24, hoursOff: 0, missed: 0, active };
  for (let set = 1; set < 2 ** WEEKDAYS.length; set += 1) {
    const days = WEEKDAYS.filter((_, index) => (set >> index) % 2 === 1);
    const before = runningSums(activity, days);
    for (let from = 0; from < HOURS_PER_DAY; from += 1)
      for (let to = from + 1; to <= HOURS_PER_DAY; to += 1) {
        const missed = active - ((before[to] ?? 0) - (before[from] ?? 0));
        const hoursOff = HOURS_PER_WEEK - days.length * (to - from);
        const isBetter = hoursOff > best.hoursOff || (hoursOff === best.hoursOff && missed < best.missed);
        if (missed <= allowed && isBetter) best = { days, from, to, hoursOff, missed, active };
      }
  }
  return best;
}

/** Activity of the days before each hour of the day. */
function runningSums(activity: readonly number[], days: readonly Weekday[]): readonly number[] {
  const sums = [0];
  for (let hour = 0; hour < HOURS_PER_DAY; hour += 1) {
    const own = days.reduce(
      (sum, day) => sum + (activity[WEEKDAYS.indexOf(day) * HOURS_PER_DAY + hour] ?? 0),
      0,
    );
    sums.push((sums[hour] ?? 0) + own);
  }
  return sums;
}

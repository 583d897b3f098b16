import { HOURS_PER_WEEK, hoursOf, type WeekSchedule } from "./week-schedule.ts";

/** Moments of the week at which a schedule takes one of its values: all these hours on all these days, UTC. */
export interface WeekChange {
  readonly value: number;
  /** 0 to 23, rising. */
  readonly hours: readonly number[];
  /** 0 is Monday; rising. */
  readonly days: readonly number[];
}

interface Moment {
  readonly day: number;
  readonly hour: number;
}

/**
 * A schedule as what a scheduler has to do: each value is set where the hour before had another. A schedule of one value
 * has none. Days with the same hours go together, or hours with the same days, whichever are fewer.
 */
export function weekChanges(schedule: WeekSchedule): readonly WeekChange[] {
  const values = hoursOf(schedule);
  const moments = new Map<number, Moment[]>();
  for (const [at, value] of values.entries()) {
    if (values[(at + HOURS_PER_WEEK - 1) % HOURS_PER_WEEK] === value) continue;
    const own = moments.get(value) ?? [];
    own.push({ day: Math.floor(at / 24), hour: at % 24 });
    moments.set(value, own);
  }
  return [...moments]
    .toSorted(([a], [b]) => a - b)
    .flatMap(([value, own]) => blocks(own).map((block) => ({ value, ...block })));
}

function blocks(moments: readonly Moment[]): readonly Omit<WeekChange, "value">[] {
  const byDay = together(moments, "day", "hour").map(([days, hours]) => ({ hours, days }));
  const byHour = together(moments, "hour", "day").map(([hours, days]) => ({ hours, days }));
  return byHour.length < byDay.length ? byHour : byDay;
}

/** The values of `outer` that have the same set of `inner`, with that set. */
function together(
  moments: readonly Moment[],
  outer: keyof Moment,
  inner: keyof Moment,
): readonly (readonly [readonly number[], readonly number[]])[] {
  const sets = Map.groupBy(moments, (moment) => moment[outer]);
  const same = Map.groupBy(sets, ([, own]) => rising(own.map((moment) => moment[inner])).join(","));
  return [...same.values()].map((group) => [
    rising(group.map(([value]) => value)),
    rising((group[0]?.[1] ?? []).map((moment) => moment[inner])),
  ]);
}

const rising = (values: readonly number[]): readonly number[] => values.toSorted((a, b) => a - b);

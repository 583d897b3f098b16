import type { IsoWeekday, RunningBlock } from "@trimtab/domain";

const WORKDAYS: readonly IsoWeekday[] = [1, 2, 3, 4, 5];
const WEEKEND: readonly IsoWeekday[] = [6, 7];

export interface QuietHours {
  readonly on: readonly RunningBlock[];
  readonly hoursOff: number;
  /** Observed hours with activity that fall into the hours off, of all with activity. */
  readonly missed: number;
  readonly active: number;
}

interface Block {
  readonly hours: RunningBlock | undefined;
  readonly off: number;
  readonly missed: number;
}

/**
 * The schedule with the most hours off, one block of hours for workdays and one for weekends, that leaves at most a share
 * of the observed hours with activity outside. All pairs of blocks are considered, so no other schedule of this shape is
 * off for longer.
 * @param activity how many observed hours with activity began in each hour of the week, Monday 0:00 first
 */
export function quietHours(activity: readonly number[], missRate: number): QuietHours {
  const active = activity.reduce((sum, count) => sum + count, 0);
  const allowed = Math.floor(active * missRate);
  const weekends = frontier(blocksOf(activity, WEEKEND));
  let best: readonly [Block, Block] | undefined;
  for (const workday of blocksOf(activity, WORKDAYS)) {
    if (workday.missed > allowed) continue;
    const weekend = weekends.findLast(({ missed }) => missed <= allowed - workday.missed);
    if (weekend === undefined) continue;
    const isBetter = best === undefined || isMoreOff([workday, weekend], best);
    if (isBetter) best = [workday, weekend];
  }
  const chosen = best ?? [];
  return {
    on: chosen.flatMap(({ hours }) => hours ?? []),
    hoursOff: chosen.reduce((sum, { off }) => sum + off, 0),
    missed: chosen.reduce((sum, { missed }) => sum + missed, 0),
    active,
  };
}

const isMoreOff = ([a, b]: readonly [Block, Block], [c, d]: readonly [Block, Block]): boolean =>
  a.off + b.off !== c.off + d.off ? a.off + b.off > c.off + d.off : a.missed + b.missed < c.missed + d.missed;

/** Every block of hours that the days may be on, and none. */
function blocksOf(activity: readonly number[], days: readonly IsoWeekday[]): readonly Block[] {
  const perHour = Array.from({ length: 24 }, (_, hour) =>
    days.reduce((sum, weekday) => sum + (activity[(weekday - 1) * 24 + hour] ?? 0), 0),
  );
  const before = [0];
  for (const [hour, count] of perHour.entries()) before.push((before[hour] ?? 0) + count);
  const all = before[24] ?? 0;
  const blocks: Block[] = [{ hours: undefined, off: 24 * days.length, missed: all }];
  for (let from = 0; from < 24; from += 1)
    for (let to = from + 1; to <= 24; to += 1) {
      const missed = all - ((before[to] ?? 0) - (before[from] ?? 0));
      blocks.push({ hours: { days, from, to }, off: (24 - (to - from)) * days.length, missed });
    }
  return blocks;
}

/** By what they miss, only those that are off for longer than any that misses less. */
function frontier(blocks: readonly Block[]): readonly Block[] {
  const sorted = blocks.toSorted((a, b) => a.missed - b.missed || b.off - a.off);
  const kept: Block[] = [];
  for (const block of sorted) if (block.off > (kept.at(-1)?.off ?? -1)) kept.push(block);
  return kept;
}

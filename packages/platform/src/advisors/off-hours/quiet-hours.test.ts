import fc from "fast-check";
import { expect, test } from "vitest";
import { quietHours } from "./quiet-hours.ts";

const WEEK = 168;

/** Hours off and missed activity of one block on some days, hour by hour. */
function tried(activity: readonly number[], days: readonly number[], from: number, to: number) {
  const off = days.flatMap((weekday) =>
    Array.from({ length: 24 }, (_, hour) => ({ hour, missed: activity[weekday * 24 + hour] ?? 0 })).filter(
      ({ hour }) => hour < from || hour >= to,
    ),
  );
  return { off: off.length, missed: off.reduce((sum, { missed }) => sum + missed, 0) };
}

/** The most hours off of every pair of blocks. */
function bestByTrying(activity: readonly number[], missRate: number): number {
  const allowed = Math.floor(activity.reduce((a, b) => a + b, 0) * missRate);
  const blocks: (readonly [number, number])[] = [[0, 0]];
  for (let from = 0; from < 24; from += 1) for (let to = from + 1; to <= 24; to += 1) blocks.push([from, to]);
  const workdays = blocks.map(([from, to]) => tried(activity, [0, 1, 2, 3, 4], from, to));
  const weekends = blocks.map(([from, to]) => tried(activity, [5, 6], from, to));
  let best = 0;
  for (const workday of workdays)
    for (const weekend of weekends)
      if (workday.missed + weekend.missed <= allowed) best = Math.max(best, workday.off + weekend.off);
  return best;
}

test("no schedule of blocks is off for longer", () => {
  const activity = fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 6 })), {
    minLength: WEEK,
    maxLength: WEEK,
  });
  fc.assert(
    fc.property(activity, fc.constantFrom(0, 0.02, 0.2), (counts, missRate) => {
      const { hoursOff, missed, active } = quietHours(counts, missRate);
      expect(missed).toBeLessThanOrEqual(Math.floor(active * missRate));
      expect(hoursOff).toBe(bestByTrying(counts, missRate));
    }),
    { numRuns: 12 },
  );
});

test("what is never in use is always off, what always is never", () => {
  expect(quietHours(Array(WEEK).fill(0), 0)).toEqual({ on: [], hoursOff: WEEK, missed: 0, active: 0 });
  expect(quietHours(Array(WEEK).fill(1), 0).hoursOff).toBe(0);
});

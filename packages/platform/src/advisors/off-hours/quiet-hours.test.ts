import { HOURS_PER_WEEK, WEEKDAYS } from "@trimtab/domain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { quietHours } from "./quiet-hours.ts";

/** Hours off and missed activity of one block on some days, hour by hour. */
function tried(activity: readonly number[], set: number, from: number, to: number) {
  let off = 0;
  let missed = 0;
  for (const [hour, count] of activity.entries()) {
    const isOn = (set >> Math.floor(hour / 24)) % 2 === 1 && hour % 24 >= from && hour % 24 < to;
    if (isOn) continue;
    off += 1;
    missed += count;
  }
  return { off, missed };
}

/** The most hours off of every block on every set of days. */
function bestByTrying(activity: readonly number[], missRate: number): number {
  const allowed = Math.floor(activity.reduce((a, b) => a + b, 0) * missRate);
  let best = 0;
  for (let set = 1; set < 128; set += 1)
    for (let from = 0; from < 24; from += 1)
      for (let to = from + 1; to <= 24; to += 1) {
        const { off, missed } = tried(activity, set, from, to);
        if (missed <= allowed) best = Math.max(best, off);
      }
  return best;
}

test("no block of hours is off for longer", () => {
  const quiet = fc.constant(0);
  const busy = fc.nat({ max: 6 });
  const activity = fc
    .array(fc.oneof({ weight: 4, arbitrary: quiet }, busy), {
      minLength: HOURS_PER_WEEK,
      maxLength: HOURS_PER_WEEK,
    })
    .filter((counts) => counts.some((count) => count > 0));
  fc.assert(
    fc.property(activity, fc.constantFrom(0, 0.02, 0.2), (counts, missRate) => {
      const { hoursOff, missed, active } = quietHours(counts, missRate);
      expect(missed).toBeLessThanOrEqual(Math.floor(active * missRate));
      expect(hoursOff).toBe(bestByTrying(counts, missRate));
    }),
    { numRuns: 5 },
  );
});

test("what is always in use is never off, and what never was keeps the office's hours", () => {
  expect(quietHours(Array(HOURS_PER_WEEK).fill(1), 0)).toMatchObject({ hoursOff: 0, days: WEEKDAYS });
  expect(quietHours(Array(HOURS_PER_WEEK).fill(0), 0)).toMatchObject({ from: 8, to: 18, hoursOff: 118 });
});

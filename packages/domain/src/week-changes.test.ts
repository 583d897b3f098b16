import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { weekChanges } from "./week-changes.ts";
import { HOURS_PER_WEEK, hoursOf, weekSchedule } from "./week-schedule.ts";

/** What the values are once every change has been made in its turn, for a week that begins anywhere. */
const played = (changes: ReturnType<typeof weekChanges>): readonly number[] => {
  const at = new Map(
    changes.flatMap(({ value, hours, days }) =>
      days.flatMap((day) => hours.map((hour) => [day * 24 + hour, value] as const)),
    ),
  );
  let value = -1;
  const values: number[] = [];
  // The first week only finds out what is set when the second begins.
  for (let hour = 0; hour < 2 * HOURS_PER_WEEK; hour++) {
    value = at.get(hour % HOURS_PER_WEEK) ?? value;
    values.push(value);
  }
  return values.slice(HOURS_PER_WEEK);
};

describe("weekChanges", () => {
  it("played hour by hour are the schedule, each moment once", () => {
    const day = fc.array(fc.nat(3), { minLength: 24, maxLength: 24 });
    const alike = fc
      .tuple(day, day)
      .map(([work, rest]) => [0, 1, 2, 3, 4].flatMap(() => work).concat(rest, rest));
    const any = fc.array(fc.nat(3), { minLength: HOURS_PER_WEEK, maxLength: HOURS_PER_WEEK });
    fc.assert(
      fc.property(fc.oneof(alike, any), (hours) => {
        fc.pre(new Set(hours).size > 1);
        const schedule = weekSchedule(hours);
        const changes = weekChanges(schedule);
        expect(played(changes)).toEqual(hoursOf(schedule));
        const moments = changes.flatMap(({ hours: own, days }) =>
          days.flatMap((d) => own.map((h) => d * 24 + h)),
        );
        expect(new Set(moments).size).toBe(moments.length);
        const turns = hours.filter((value, at) => hours.at(at - 1) !== value);
        expect(moments).toHaveLength(turns.length);
      }),
    );
  });

  it("needs two changes for office hours, whose nights go over the weekend", () => {
    const office = Array.from({ length: HOURS_PER_WEEK }, (_, at) =>
      at < 120 && at % 24 >= 8 && at % 24 < 18 ? 4 : 1,
    );
    expect(weekChanges(weekSchedule(office))).toEqual([
      { value: 1, hours: [18], days: [0, 1, 2, 3, 4] },
      { value: 4, hours: [8], days: [0, 1, 2, 3, 4] },
    ]);
  });

  it("puts hours together where days differ", () => {
    const hours = Array.from({ length: HOURS_PER_WEEK }, (_, at) => (at % 24 === 3 || at === 30 ? 1 : 0));
    const ones = weekChanges(weekSchedule(hours)).filter(({ value }) => value === 1);
    expect(ones).toEqual([
      { value: 1, hours: [3], days: [0, 2, 3, 4, 5, 6] },
      { value: 1, hours: [3, 6], days: [1] },
    ]);
  });

  it("has nothing to do for one value", () => {
    expect(weekChanges(weekSchedule(Array.from({ length: HOURS_PER_WEEK }, () => 2)))).toEqual([]);
  });
});

import { addDays, day } from "@trimtab/domain";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ScheduleTask, schedule } from "./critical-path.ts";
import { isWorkDay, type WorkCalendar, weekdayOf, workDaysIn } from "./work-calendar.ts";

const WORKING: WorkCalendar = { days: "working", holidays: [day("2026-02-16")] };
const EVERY: WorkCalendar = { days: "every", holidays: [] };
// A Wednesday.
const START = day("2026-02-04");
const task = (key: string, days: number, after: string[] = [], more: Partial<ScheduleTask> = {}) => ({
  key,
  days,
  after,
  ...more,
});
const dates = (plan: ReturnType<typeof schedule>) =>
  Object.fromEntries(plan.tasks.map(({ key, start, finish, slack }) => [key, [start, finish, slack]]));

describe("a schedule", () => {
  it("runs over work days, and knows what can slip", () => {
    const tasks = [task("a", 2), task("b", 3, ["a"]), task("c", 1, ["a"]), task("d", 1, ["b", "c"])];
    const plan = schedule({ tasks, start: START, calendar: WORKING });
    expect(dates(plan)).toEqual({
      a: ["2026-02-04", "2026-02-05", 0],
      b: ["2026-02-06", "2026-02-10", 0],
      c: ["2026-02-06", "2026-02-06", 2],
      d: ["2026-02-11", "2026-02-11", 0],
    });
    expect(plan.criticalPath).toEqual(["a", "b", "d"]);
    expect(plan.finish).toBe("2026-02-11");
  });

  it("passes holidays over, and works on weekends where that is said", () => {
    const tasks = [task("a", 8), task("b", 2, ["a"])];
    expect(dates(schedule({ tasks, start: START, calendar: WORKING })).b).toEqual([
      "2026-02-17",
      "2026-02-18",
      0,
    ]);
    expect(dates(schedule({ tasks, start: START, calendar: EVERY })).b).toEqual([
      "2026-02-12",
      "2026-02-13",
      0,
    ]);
  });

  it("waits for the days that tasks were set to, which are not what makes a path critical", () => {
    const tasks = [task("a", 1), task("b", 1, ["a"], { earliest: day("2026-02-27") }), task("c", 3, ["a"])];
    const plan = schedule({ tasks, start: START, calendar: WORKING });
    expect(dates(plan)).toMatchObject({
      b: ["2026-02-27", "2026-02-27", 0],
      c: ["2026-02-05", "2026-02-09", 13],
    });
    expect(plan.criticalPath).toEqual(["a", "c"]);
  });

  it("goes on from what has happened", () => {
    const tasks = [
      task("a", 2, [], { startedOn: day("2026-02-04"), doneOn: day("2026-02-12") }),
      task("b", 2, ["a"], { startedOn: day("2026-02-13") }),
      task("c", 1, ["b"]),
    ];
    const plan = schedule({ tasks, start: START, today: day("2026-02-20"), calendar: WORKING });
    expect(dates(plan)).toEqual({
      a: ["2026-02-04", "2026-02-12", 0],
      b: ["2026-02-13", "2026-02-20", 0],
      c: ["2026-02-23", "2026-02-23", 0],
    });
  });
});

const networks = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.array(fc.nat(), { maxLength: 3 })), {
    minLength: 1,
    maxLength: 9,
  })
  .map((list) =>
    list.map(([days, picks], index) =>
      task(`t${index}`, days, index === 0 ? [] : [...new Set(picks.map((pick) => `t${pick % index}`))]),
    ),
  );

describe("any schedule", () => {
  it("starts nothing before what it waits for is done, on work days only, and as long as it takes", () => {
    fc.assert(
      fc.property(networks, (tasks) => {
        const plan = schedule({ tasks, start: START, calendar: WORKING });
        const of = new Map(plan.tasks.map((own) => [own.key, own]));
        for (const { key, after, days } of tasks) {
          const own = of.get(key);
          if (own === undefined) throw new Error(`no ${key}`);
          expect(isWorkDay(own.start, WORKING) && isWorkDay(own.finish, WORKING)).toBe(true);
          expect(workDaysIn(own.start, own.finish, WORKING)).toBe(days);
          for (const other of after) expect((of.get(other)?.finish ?? "") < own.start).toBe(true);
        }
      }),
    );
  });

  it("delays the whole by a day where a critical task takes one more, and not where one has slack", () => {
    fc.assert(
      fc.property(networks, fc.nat(), (tasks, pick) => {
        const plan = schedule({ tasks, start: START, calendar: EVERY });
        const chosen = tasks[pick % tasks.length];
        if (chosen === undefined) return;
        const slack = plan.tasks.find(({ key }) => key === chosen.key)?.slack ?? 0;
        const longer = tasks.map((own) => (own.key === chosen.key ? { ...own, days: own.days + 1 } : own));
        const { finish } = schedule({ tasks: longer, start: START, calendar: EVERY });
        expect(finish).toBe(addDays(plan.finish, slack === 0 ? 1 : 0));
        if (plan.criticalPath.includes(chosen.key)) expect(slack).toBe(0);
      }),
    );
  });
});

describe("a weekday", () => {
  it("is 1 on Monday and 7 on Sunday", () => {
    expect([day("2026-02-02"), day("2026-02-08")].map(weekdayOf)).toEqual([1, 7]);
  });
});

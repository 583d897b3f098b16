import { instantOf } from "@trimtab/domain";
import { describe, expect, it } from "vitest";
import { createLookCourse } from "./look-course.ts";

const look = (second: number) => ({ at: instantOf(new Date(second * 1000)), value: second });
const courseOf = (count: number, most: number): readonly (number | null)[] => {
  const course = createLookCourse(most);
  for (let second = 0; second < count; second++) course.add(look(second));
  return course.looks.map(({ value }) => value);
};

describe("the course of a guardrail", () => {
  it("is every look while they are few", () => {
    expect(courseOf(0, 8)).toEqual([]);
    expect(courseOf(5, 8)).toEqual([0, 1, 2, 3, 4]);
  });

  it("goes from the first look to the newest, evenly, and stays short", () => {
    expect(courseOf(9, 8)).toEqual([0, 2, 4, 6, 8]);
    for (const count of [8, 50, 1000]) {
      const values = courseOf(count, 8);
      expect(values[0]).toBe(0);
      expect(values.at(-1)).toBe(count - 1);
      expect(values.length).toBeLessThanOrEqual(9);
      const gaps = values.slice(1, -1).map((value, index) => Number(value) - Number(values[index]));
      expect(new Set(gaps).size).toBe(1);
    }
  });

  it("keeps a look without data as one", () => {
    const course = createLookCourse();
    course.add({ at: instantOf(new Date(0)), value: null });
    expect(course.looks).toEqual([{ at: "1970-01-01T00:00:00.000Z", value: null }]);
  });
});

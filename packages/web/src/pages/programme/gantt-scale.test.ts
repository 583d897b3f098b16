import { expect, test } from "vitest";
import { ganttScale } from "./gantt-scale.ts";

test("a day begins where the one before ends", () => {
  const scale = ganttScale("2026-02-02", "2026-02-11");
  expect([scale.at("2026-02-02"), scale.at("2026-02-03"), scale.width("2026-02-02", "2026-02-02")]).toEqual([
    0, 10, 10,
  ]);
  expect(scale.at("2026-02-11") + scale.width("2026-02-11", "2026-02-11")).toBe(100);
});

test("short programmes are marked by Mondays, long ones by months, and never by too many", () => {
  expect(ganttScale("2026-02-04", "2026-02-20").ticks.map(({ day }) => day)).toEqual([
    "2026-02-09",
    "2026-02-16",
  ]);
  expect(ganttScale("2026-01-15", "2026-06-02").ticks.map(({ day }) => day)).toEqual([
    "2026-02-01",
    "2026-03-01",
    "2026-04-01",
    "2026-05-01",
    "2026-06-01",
  ]);
  expect(ganttScale("2026-01-01", "2030-12-31").ticks.length).toBeLessThan(14);
});

import { expect, test } from "vitest";
import { readTraffic, scheduleOf } from "./schedule.ts";

const limits = { scale: 1, compress: 1, maxRate: 100, maxSeconds: 600 };

test("CSV at a fixed interval, and a series as JSON", () => {
  const csv = "time,requests\n2026-11-22T10:00:00Z,600\n2026-11-22T10:01:00Z,1200\n";
  expect(readTraffic(csv, "t.csv")).toEqual({ intervalSeconds: 60, values: [600, 1200] });
  const json = '{"metric":"requests","intervalSeconds":60,"values":[600,null]}';
  expect(readTraffic(json, "t.json")).toEqual({ intervalSeconds: 60, values: [600, null] });
});

test.each([
  ["time,requests\n2026-11-22T10:00:00Z,600\n", "two rows at least"],
  ["time,requests\n2026-11-22T10:00:00Z,-1\n2026-11-22T10:01:00Z,2\n", "row 1"],
  [
    "time,requests\n2026-11-22T10:00:00Z,1\n2026-11-22T10:01:00Z,1\n2026-11-22T10:03:00Z,1\n",
    "row 3 is not 60 s",
  ],
  ["time,requests\nyesterday,1\ntoday,1\n", "not in order"],
  ["when,what\n1,2\n", "row 1"],
  ['{"intervalSeconds":0,"values":[1]}', "no traffic"],
])("refuses %j", (text, why) => {
  expect(() => readTraffic(text, "t")).toThrow(why);
});

test("compressed, the requests a second stay; scaled, they grow; unknown intervals are left out", () => {
  const traffic = { intervalSeconds: 3600, values: [3600, null, 7200] };
  expect(scheduleOf(traffic, { ...limits, scale: 2, compress: 60 })).toEqual([
    { seconds: 60, requestsPerSecond: 2 },
    { seconds: 60, requestsPerSecond: 4 },
  ]);
});

test("nothing above the limits", () => {
  const traffic = { intervalSeconds: 60, values: [6060] };
  expect(() => scheduleOf(traffic, limits)).toThrow(/101.*limit of 100/);
  expect(() => scheduleOf({ intervalSeconds: 601, values: [1] }, limits)).toThrow(/601.*limit of 600/);
});

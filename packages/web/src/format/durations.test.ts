import { expect, test } from "vitest";
import { formatDuration } from "./durations.ts";

test("durations are told in the units that people use", () => {
  expect([0, 45, 60, 90, 3600, 5400, 3661].map(formatDuration)).toEqual([
    ...["0 s", "45 s", "1 min", "1 min 30 s", "1 h", "1 h 30 min", "1 h 1 min 1 s"],
  ]);
});

import { describe, expect, it } from "vitest";
import { predictMinimums } from "./minimums.ts";
import { serviceTimeOf } from "./simulate/service-time.ts";
import { demandOf } from "./simulate/workload.ts";

const MONDAY = Date.parse("2026-10-05T00:00:00Z");
const SHAPE = { slots: 10, target: 6, startupSeconds: 2 };

function demand(weeks: number, load: (hour: number, week: number) => number) {
  // Requests of one second: as many in work at once as come in a second.
  const service = serviceTimeOf({ bounds: [999, 1001], counts: [0, 1, 0] }, undefined);
  if (service === undefined) throw new Error("no service time");
  const counts = Float64Array.from(
    { length: weeks * 168 },
    (_, at) => 3600 * load(at % 168, Math.floor(at / 168)),
  );
  return demandOf({ startMs: MONDAY, intervalSeconds: 3600, counts, service });
}

describe("predictMinimums", () => {
  it("follows the hours of the week, and says what it missed in weeks it had not seen", () => {
    const nights = demand(8, (hour) => (hour % 24 < 7 ? 2 : 20));
    const predicted = predictMinimums(nights, SHAPE, 0.05, 100);
    expect(predicted?.hours.slice(0, 10)).toEqual([4, 1, 1, 1, 1, 1, 4, 4, 4, 4]);
    expect(predicted).toMatchObject({ achievedMissRate: 0, checkedWeeks: 2, checkedIntervals: 336 });
  });

  it("never asks for more than there may be", () => {
    expect(
      Math.max(
        ...(predictMinimums(
          demand(8, () => 20),
          SHAPE,
          0.05,
          2,
        )?.hours ?? []),
      ),
    ).toBe(2);
  });

  it("has no answer where the last weeks were not like those before, or there are too few", () => {
    expect(
      predictMinimums(
        demand(3, () => 5),
        SHAPE,
        0.05,
        100,
      ),
    ).toBeUndefined();
    const grown = demand(8, (_, week) => (week < 6 ? 5 : 50));
    expect(predictMinimums(grown, SHAPE, 0.05, 100)).toBeUndefined();
  });

  it("raises the quantile until the stated miss rate held", () => {
    // One hour in three needs more than the others, at no hour of its own.
    const mixed = demand(12, (hour, week) => ((hour * 7 + week * 5) % 3 === 0 ? 20 : 5));
    const predicted = predictMinimums(mixed, SHAPE, 0.1, 100);
    expect(predicted?.achievedMissRate).toBeLessThanOrEqual(0.1);
    expect(predicted?.statedMissRate).toBe(0.1);
  });
});

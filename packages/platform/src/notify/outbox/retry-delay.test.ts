import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LONGEST_RETRY_AFTER_MS, retryDelayMs } from "./retry-delay.ts";

describe("the wait before the next try", () => {
  it("doubles from five seconds to an hour", () => {
    const random = () => 1;
    const delays = [1, 2, 3, 10, 11, 12, 100].map((attempt) => retryDelayMs(attempt, { random }));
    expect(delays).toEqual([5000, 10_000, 20_000, 2_560_000, 3_600_000, 3_600_000, 3_600_000]);
  });

  it("is spread, and never less than half of that", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (attempt, share) => {
          const delay = retryDelayMs(attempt, { random: () => share });
          const full = retryDelayMs(attempt, { random: () => 1 });
          expect(delay).toBeGreaterThanOrEqual(full / 2 - 1);
          expect(delay).toBeLessThanOrEqual(full);
        },
      ),
    );
  });

  it("is never less than what the receiver asks for, up to a day", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 50 }),
        fc.nat(10 * LONGEST_RETRY_AFTER_MS),
        (attempt, retryAfterMs) => {
          const delay = retryDelayMs(attempt, { retryAfterMs });
          expect(delay).toBeGreaterThanOrEqual(Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS));
          expect(delay).toBeLessThanOrEqual(LONGEST_RETRY_AFTER_MS + 5000);
        },
      ),
    );
  });
});

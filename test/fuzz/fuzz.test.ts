import { describe, expect, it } from "vitest";
import { sourceFixtures } from "../../packages/platform/src/testing/source-fixtures.ts";
import { fuzzSource } from "./fuzz-source.ts";

/** The full count is `npm run fuzz`. */
const RUNS = 80;
const SEED = 20_260_101;

describe("mutants of a bill load, are set aside or are refused by name", () => {
  it.each(sourceFixtures)(
    "$source, $fileName",
    async (fixture) => {
      const result = await fuzzSource(fixture, { seed: SEED, runs: Math.ceil(RUNS * fixture.share) });
      expect(result.failures).toEqual([]);
      // Had every mutant been refused at the door, nothing would have been tried.
      const taken = ["loaded", "quarantined", "stored"].reduce(
        (sum, kind) => sum + (result.outcomes[kind] ?? 0),
        0,
      );
      expect(taken).toBeGreaterThan(result.runs / 10);
    },
    300_000,
  );
});

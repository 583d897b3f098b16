import { describe, expect, it } from "vitest";
import { sourceFixtures } from "../../packages/platform/src/testing/source-fixtures.ts";
import { fuzzSource } from "./fuzz-source.ts";

/** The full count is `npm run fuzz`. A kind of file with few runs has this many at least. */
const RUNS = 40;
const LEAST = 20;
/** Each fixture has mutants of its own: together they try more than the same ones on every fixture would. */
const SEED = 20_260_101;
const APART = 1000;

describe("mutants of a bill load, are set aside or are refused by name", () => {
  it.each(sourceFixtures.map((fixture, index) => ({ ...fixture, seed: SEED + APART * index })))(
    "$source, $fileName",
    async ({ seed, ...fixture }) => {
      const runs = Math.max(LEAST, Math.ceil(RUNS * fixture.share));
      const result = await fuzzSource(fixture, { seed, runs });
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

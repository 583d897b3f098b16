import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openLake } from "../../packages/platform/src/lake/lake.ts";
import type { SourceFixture } from "../../packages/platform/src/testing/source-fixtures.ts";
import { mutantOf, runMutant, type Verdict } from "./fuzz-case.ts";

export interface Failure {
  readonly seed: number;
  readonly steps: readonly string[];
  readonly what: string;
}

export interface FuzzResult {
  readonly source: string;
  readonly runs: number;
  /** How many ended in each way; refusals by their code. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** One message of each refusal. */
  readonly examples: Readonly<Record<string, string>>;
  readonly failures: readonly Failure[];
  readonly seconds: number;
}

export interface FuzzOptions {
  /** Seed of the first mutant; each next one has the next number. */
  readonly seed: number;
  readonly runs: number;
  /** Where mutants that fail are kept. */
  readonly keep?: string;
  onProgress?(done: number): void;
}

/** Memory where there is some, since every case writes and syncs files. */
const scratch = (): string =>
  mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "trimtab-fuzz-"));

const nameOf = (verdict: Verdict): string =>
  verdict.kind === "refused" ? `refused: ${verdict.code}` : verdict.kind;

/** Mutates one source's fixture and loads it, `runs` times, in one process and one engine. */
export const fuzzSource = async (fixture: SourceFixture, options: FuzzOptions): Promise<FuzzResult> => {
  const folder = scratch();
  const open = () => openLake({ root: join(folder, "lake"), threads: 1 });
  let lake = await open();
  const outcomes: Record<string, number> = {};
  const examples: Record<string, string> = {};
  const failures: Failure[] = [];
  const started = performance.now();
  try {
    for (let index = 0; index < options.runs; index++) {
      const seed = options.seed + index;
      const mutant = mutantOf(fixture, seed);
      const verdict = await runMutant(lake, folder, fixture, mutant);
      outcomes[nameOf(verdict)] = (outcomes[nameOf(verdict)] ?? 0) + 1;
      if (verdict.kind === "refused") examples[nameOf(verdict)] ??= `${seed}: ${verdict.message}`;
      if (verdict.kind === "wrong") {
        failures.push({ seed, steps: mutant.steps, what: verdict.what });
        if (options.keep !== undefined)
          writeFileSync(join(options.keep, `${fixture.source}-${seed}-${fixture.fileName}`), mutant.bytes);
        // An engine that failed within refuses everything that follows.
        lake.close();
        lake = await open();
      }
      options.onProgress?.(index + 1);
    }
  } finally {
    lake.close();
    rmSync(folder, { recursive: true, force: true });
  }
  const seconds = (performance.now() - started) / 1000;
  return { source: fixture.source, runs: options.runs, outcomes, examples, failures, seconds };
};

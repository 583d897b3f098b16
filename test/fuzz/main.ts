import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sourceFixtures } from "../../packages/platform/src/testing/source-fixtures.ts";
import { fuzzSource } from "./fuzz-source.ts";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "10000" },
    seed: { type: "string", default: "1" },
    only: { type: "string" },
    file: { type: "string" },
    keep: { type: "string" },
    examples: { type: "boolean", default: false },
    kills: { type: "string", default: "100" },
  },
});

const runs = Number(values.runs);
const seed = Number(values.seed);
if (!Number.isSafeInteger(runs) || !Number.isSafeInteger(seed))
  throw new RangeError("--runs and --seed are whole numbers");
if (values.keep !== undefined) mkdirSync(values.keep, { recursive: true });
const fixtures = sourceFixtures.filter(
  ({ source, fileName }) =>
    (values.only === undefined || source === values.only) &&
    (values.file === undefined || fileName === values.file),
);
if (fixtures.length === 0)
  throw new RangeError(
    `--only and --file name one of ${sourceFixtures.map(({ source, fileName }) => `${source} ${fileName}`).join(", ")}`,
  );

let failed = 0;
for (const fixture of fixtures) {
  const ownRuns = Math.ceil(runs * fixture.share);
  const result = await fuzzSource(fixture, {
    seed,
    runs: ownRuns,
    ...(values.keep === undefined ? {} : { keep: values.keep }),
    onProgress: (done) => {
      if (done % (process.stderr.isTTY ? 10 : 500) !== 0) return;
      const line = `${fixture.fileName}: ${done} of ${ownRuns}`;
      process.stderr.write(process.stderr.isTTY ? `\r${line}` : `${line}\n`);
    },
  });
  failed += result.failures.length;
  const rate = ((1000 * result.seconds) / Math.max(1, ownRuns)).toFixed(0);
  console.log(
    `${result.source}, ${fixture.fileName}: ${ownRuns} mutants, seeds ${seed} to ${seed + ownRuns - 1}, ${rate} ms each`,
  );
  for (const [outcome, count] of Object.entries(result.outcomes).sort(([, a], [, b]) => b - a))
    console.log(
      `  ${String(count).padStart(6)}  ${outcome}` +
        (values.examples && outcome in result.examples ? `\n          seed ${result.examples[outcome]}` : ""),
    );
  for (const failure of result.failures)
    console.log(
      `  FAILED ${failure.steps.join(", ")}\n    ${failure.what}\n` +
        `    again: npm run fuzz -- --only ${result.source} --seed ${failure.seed} --runs 1 --keep .`,
    );
}
if (values.only === undefined && Number(values.kills) > 0) {
  const vitest = join(import.meta.dirname, "../../node_modules/vitest/vitest.mjs");
  const { status } = spawnSync(process.execPath, [vitest, "run", "test/reliability/kill.test.ts"], {
    cwd: join(import.meta.dirname, "../.."),
    env: { ...process.env, TRIMTAB_KILLS: values.kills, TRIMTAB_SEED: values.seed },
    stdio: "inherit",
  });
  if (status !== 0) failed += 1;
}
console.log(failed === 0 ? "Nothing did harm." : `${failed} did harm.`);
process.exitCode = failed === 0 ? 0 : 1;

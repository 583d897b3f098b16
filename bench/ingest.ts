import { rmSync } from "node:fs";
import { join } from "node:path";
import { type ChildFigures, runStep } from "./child.ts";
import { curParquet, DATA_FOLDER, focusCsv, legacyCurParquet } from "./data/generate.ts";
import { atMost, type Figure, median } from "./figure.ts";

const CUR_ROWS = Number(process.env.BENCH_CUR_ROWS ?? 10_000_000);
const FOCUS_ROWS = Number(process.env.BENCH_FOCUS_ROWS ?? 5_000_000);
const LEGACY_ROWS = Number(process.env.BENCH_LEGACY_ROWS ?? 2_000_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);

const RATIO_GOAL = 1.6;
const MEMORY_GOAL_MIB = 2048;

interface Pair {
  readonly ours: ChildFigures;
  readonly peer: ChildFigures;
}

/** The two take turns, so that a machine that slows down slows both. */
const pairs = async (file: string, format: "csv" | "parquet"): Promise<readonly Pair[]> => {
  const found: Pair[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const target = join(DATA_FOLDER, "peer.parquet");
    const root = join(DATA_FOLDER, "ingest-lake");
    const peer = await runStep("plain-copy", file, format, target);
    const ours = await runStep("ingest", root, file);
    rmSync(target, { force: true });
    rmSync(root, { recursive: true, force: true });
    found.push({ peer, ours });
  }
  return found;
};

const report = async (
  out: (figure: Figure) => void,
  name: string,
  rows: number,
  file: string,
  format: "csv" | "parquet",
  goal: number | null,
): Promise<void> => {
  const found = await pairs(file, format);
  const seconds = median(found.map(({ ours }) => ours.ms)) / 1000;
  const peer = median(found.map((pair) => pair.peer.ms)) / 1000;
  const note = `${rows.toLocaleString("en-US")} rows, ${seconds.toFixed(1)} s against ${peer.toFixed(1)} s of a plain COPY, ${ROUNDS} rounds`;
  out(
    atMost(
      `ingest ${name}: time against COPY`,
      median(found.map(({ ours, peer: p }) => ours.ms / p.ms)),
      "ratio",
      goal,
      note,
    ),
  );
  out(
    atMost(
      `ingest ${name}: CPU against COPY`,
      median(found.map(({ ours, peer: p }) => ours.cpuMs / p.cpuMs)),
      "ratio",
      null,
      "",
    ),
  );
  const memory = Math.max(...found.map(({ ours }) => ours.maxRssMiB));
  out(atMost(`ingest ${name}: peak memory`, memory, "MiB", MEMORY_GOAL_MIB, "of the whole process"));
};

/** Loading a bill, with all checks, sums and rollups, against a plain COPY of the same file. */
export const benchIngest = async (out: (figure: Figure) => void): Promise<void> => {
  await report(out, "CUR 2.0 Parquet", CUR_ROWS, await curParquet(CUR_ROWS), "parquet", RATIO_GOAL);
  await report(out, "FOCUS CSV.gz", FOCUS_ROWS, await focusCsv(FOCUS_ROWS), "csv", RATIO_GOAL);
  await report(
    out,
    "legacy CUR, 120 columns",
    LEGACY_ROWS,
    await legacyCurParquet(LEGACY_ROWS),
    "parquet",
    null,
  );
};

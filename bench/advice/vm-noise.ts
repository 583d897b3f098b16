import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";

/** Where inputs from outside are, if this machine has them. */
const SHARED = resolve(process.env.TRIMTAB_SHARED ?? resolve(import.meta.dirname, "../../../shared/data"));
const FOLDER = join(SHARED, "timeseries", "vm-noise");

/** One machine's measurements of one benchmark; nothing was changed on it. */
export interface NoiseSeries {
  /** File: benchmark, machine type and metric. What happens in one file may hang together. */
  readonly cluster: string;
  /** By which half of the benchmarks was the procedure set up, and which it never saw. */
  readonly half: "tuned" | "untouched";
  readonly points: readonly { readonly atMs: number; readonly value: number }[];
}

/** The benchmark without machine type and metric: latency and throughput of one run are one measurement. */
const benchmarkOf = (file: string): string =>
  file.replace(/__(B8ms|D8s_v5)__.*$/, "").replace("_-_Average_Latency", "");

const pointsOf = (path: string) => {
  const [, ...lines] = gunzipSync(readFileSync(path)).toString().trim().split("\n");
  return lines.map((line) => {
    const [value = "", , time = "", machine = ""] = line.split(",");
    return { machine, atMs: Date.parse(`${time.replace(" ", "T")}Z`), value: Number(value) };
  });
};

/**
 * Azure's noise measurements of long-lived machines, one series per file and machine; undefined where they are not here.
 * Every second benchmark by name is in the half that settings were chosen on.
 * @see https://github.com/Azure/AzurePublicDataset (vm-noise-data), CC-BY-4.0
 */
export const readVmNoise = (): readonly NoiseSeries[] | undefined => {
  if (!existsSync(FOLDER)) return undefined;
  const files = readdirSync(FOLDER)
    .filter((file) => file.endsWith(".csv.gz"))
    .toSorted();
  const benchmarks = [...new Set(files.map(benchmarkOf))];
  return files.flatMap((file) => {
    const half =
      benchmarks.indexOf(benchmarkOf(file)) % 2 === 0 ? ("tuned" as const) : ("untouched" as const);
    return [...Map.groupBy(pointsOf(join(FOLDER, file)), ({ machine }) => machine).values()].map(
      (points) => ({
        cluster: file,
        half,
        points: points.toSorted((a, b) => a.atMs - b.atMs),
      }),
    );
  });
};

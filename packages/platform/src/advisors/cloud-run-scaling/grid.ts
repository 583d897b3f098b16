import {
  CLOUD_RUN_MAX_CONCURRENCY,
  CLOUD_RUN_MEMORY_BY_CPU,
  type CloudRunScale,
  type CloudRunSettings,
  cloudRunProblems,
} from "@trimtab/domain";

/** Sizes that are tried, besides today's. */
const CPUS = ["0.08", "0.125", "0.25", "0.333", "0.5", "0.583", "0.75", "1", "2", "4", "6", "8"];
const MEMORY_MIB = [
  128, 256, 512, 768, 1024, 1536, 2048, 3072, 4096, 6144, 8192, 12_288, 16_384, 24_576, 32_768,
];
const CONCURRENCIES = [1, 2, 4, 8, 16, 32, 48, 64, 80, 120, 160, 250, 400, 640, 1000];
const MAXIMUMS = [1, 2, 3, 5, 8, 10, 15, 20, 30, 50, 80, 100, 150, 200, 300, 500, 1000];

/** What the evidence leaves open. */
export interface GridBounds {
  /** vCPU that a request uses while it is handled; without it CPU and concurrency stay as they are. */
  readonly cpuPerRequest: number | undefined;
  /** Memory that an instance needs at a concurrency; without it the memory stays. */
  readonly neededMiB: ((concurrency: number) => number) | undefined;
  readonly mostConcurrency: number;
  readonly cpuAllocations: readonly CloudRunSettings["cpuAllocation"][];
  /** Most instances that are needed at once. */
  readonly peakInstances: number;
  readonly leastMinimum: number;
  readonly mayLowerMaximum: boolean;
}

/** Points that share a replay: the same instances, whatever their memory, billing and minimum. */
export interface GridShape {
  readonly cpu: string;
  readonly concurrency: number;
  readonly maxInstances: number;
  /** Smallest first. */
  readonly sizes: readonly {
    readonly memoryMiB: number;
    readonly cpuAllocation: CloudRunSettings["cpuAllocation"];
  }[];
  readonly minimums: readonly number[];
}

export type GridPoint = CloudRunScale;

/** All combinations that Cloud Run takes and the evidence allows, by shape; today's settings are among them. */
export function settingsGrid(today: CloudRunSettings, bounds: GridBounds): readonly GridShape[] {
  const cpus = bounds.cpuPerRequest === undefined ? [today.cpu] : union(CPUS, today.cpu);
  const least = bounds.cpuPerRequest ?? 0;
  const shapes: GridShape[] = [];
  for (const cpu of cpus.filter((value) => value === today.cpu || Number(value) >= least))
    for (const concurrency of concurrenciesOf(today, bounds))
      for (const maxInstances of maximumsOf(today, bounds)) {
        const sizes = sizesOf(today, { cpu, concurrency, maxInstances }, bounds);
        if (sizes.length === 0) continue;
        shapes.push({
          cpu,
          concurrency,
          maxInstances,
          sizes,
          minimums: minimumsOf(today, maxInstances, bounds),
        });
      }
  return shapes;
}

/** Every point of the grid by itself. */
export function* pointsOf(
  shapes: readonly GridShape[],
  today: CloudRunSettings,
): Generator<{ readonly shape: GridShape; readonly point: GridPoint }> {
  for (const shape of shapes)
    for (const size of shape.sizes)
      for (const minInstances of shape.minimums)
        yield { shape, point: pointAt(today, shape, size, minInstances) };
}

export function pointAt(
  { executionEnvironment }: CloudRunSettings,
  { cpu, concurrency, maxInstances }: Pick<GridShape, "cpu" | "concurrency" | "maxInstances">,
  size: GridShape["sizes"][number],
  minInstances: number,
): GridPoint {
  return { ...size, cpu, concurrency, maxInstances, minInstances, executionEnvironment };
}

function concurrenciesOf(today: CloudRunSettings, bounds: GridBounds): readonly number[] {
  if (bounds.cpuPerRequest === undefined) return [today.concurrency];
  const most = Math.min(CLOUD_RUN_MAX_CONCURRENCY, bounds.mostConcurrency);
  return union(CONCURRENCIES, today.concurrency).filter(
    (value) => value === today.concurrency || value <= most,
  );
}

/** A lower maximum saves only where a crowd would start more; two of those with room for the peak are tried, if any. */
function maximumsOf(
  today: CloudRunSettings,
  { peakInstances, mayLowerMaximum }: GridBounds,
): readonly number[] {
  if (!mayLowerMaximum) return [today.maxInstances];
  const lower = MAXIMUMS.filter((value) => value < today.maxInstances && value >= peakInstances * 1.25);
  return [today.maxInstances, ...lower.slice(0, 2)];
}

/** All of them up to the peak; beyond forty in even steps. */
function minimumsOf(today: CloudRunSettings, maxInstances: number, bounds: GridBounds): readonly number[] {
  const most = Math.min(maxInstances, Math.max(Math.ceil(bounds.peakInstances), today.minInstances));
  const step = Math.max(1, Math.ceil(most / 40));
  const minimums = Array.from({ length: Math.floor(most / step) + 1 }, (_, at) => at * step).filter(
    (minimum) => minimum >= bounds.leastMinimum,
  );
  return today.minInstances <= maxInstances ? union(minimums, today.minInstances) : minimums;
}

function sizesOf(
  today: CloudRunSettings,
  shape: Pick<GridShape, "cpu" | "concurrency" | "maxInstances">,
  { neededMiB, cpuAllocations }: GridBounds,
): GridShape["sizes"] {
  const needed = neededMiB?.(shape.concurrency) ?? today.memoryMiB;
  const least = CLOUD_RUN_MEMORY_BY_CPU.find(({ fromCpu }) => fromCpu >= Number(shape.cpu))?.minMiB ?? 128;
  // Without evidence of its use the memory may grow to what the CPU needs, never shrink.
  const memories =
    neededMiB === undefined
      ? union([Math.max(today.memoryMiB, least)], today.memoryMiB)
      : union(MEMORY_MIB, today.memoryMiB);
  return memories
    .filter(
      (memoryMiB) =>
        memoryMiB >= Math.min(needed, today.memoryMiB) && isEnough(memoryMiB, needed, today, shape),
    )
    .flatMap((memoryMiB) => cpuAllocations.map((cpuAllocation) => ({ memoryMiB, cpuAllocation })))
    .filter((size) => cloudRunProblems(pointAt(today, shape, size, 0)).length === 0);
}

/** What runs today is enough at today's concurrency, however close to its limit it is. */
function isEnough(
  memoryMiB: number,
  needed: number,
  today: CloudRunSettings,
  { concurrency }: { readonly concurrency: number },
): boolean {
  return memoryMiB >= needed || (memoryMiB === today.memoryMiB && concurrency <= today.concurrency);
}

function union<T extends number | string>(values: readonly T[], value: T): readonly T[] {
  const all = values.some((other) => Number(other) === Number(value)) ? [...values] : [...values, value];
  return all.sort((a, b) => Number(a) - Number(b));
}

/** What of a revision is checked before anything is asked of the cloud: gcloud itself accepts nonsense and fails late. */
export interface RevisionSettings {
  readonly minInstances: number;
  readonly maxInstances: number;
  readonly cpu: string;
  readonly memoryMiB: number;
  readonly concurrency: number;
  readonly cpuAllocation: string;
  readonly executionEnvironment: string;
}

/**
 * Memory that a whole number of vCPUs may have, in MiB.
 * @see https://cloud.google.com/run/docs/configuring/services/cpu, read 2026-11-22
 * @see https://cloud.google.com/run/docs/configuring/services/memory-limits, read 2026-11-22
 */
const MEMORY_MIB: Readonly<Record<string, readonly [least: number, most: number]>> = {
  "1": [128, 4096],
  "2": [128, 8192],
  "4": [2048, 16_384],
  "6": [4096, 24_576],
  "8": [4096, 32_768],
};

const isCount = (value: number, least: number, most: number): boolean =>
  Number.isInteger(value) && value >= least && value <= most;

/** Why Cloud Run would not take these settings together; undefined: it would. */
export const settingsProblem = (settings: RevisionSettings): string | undefined => {
  const { minInstances, maxInstances, concurrency } = settings;
  if (!isCount(minInstances, 0, 1000))
    return `minimum instances are a whole number from 0, not ${minInstances}`;
  if (!isCount(maxInstances, 1, 1000))
    return `maximum instances are a whole number from 1 to 1000, not ${maxInstances}`;
  if (minInstances > maxInstances)
    return `the minimum of ${minInstances} instances is above the maximum of ${maxInstances}`;
  if (!isCount(concurrency, 1, 1000))
    return `concurrency is a whole number from 1 to 1000, not ${concurrency}`;
  return machineProblem(settings);
};

const machineProblem = (settings: RevisionSettings): string | undefined => {
  const { cpu, memoryMiB, executionEnvironment } = settings;
  if (!Number.isInteger(memoryMiB)) return `memory is a whole number of MiB, not ${memoryMiB}`;
  if (executionEnvironment === "gen2" && memoryMiB < 512)
    return `the second generation needs at least 512 MiB, not ${memoryMiB}`;
  const range = MEMORY_MIB[cpu];
  if (range === undefined) return fractionProblem(settings);
  const [least, most] = range;
  if (memoryMiB >= least && memoryMiB <= most) return undefined;
  return `${cpu} vCPU may have ${least} to ${most} MiB of memory, not ${memoryMiB}`;
};

const fractionProblem = (settings: RevisionSettings): string | undefined => {
  const { cpu, memoryMiB, concurrency, cpuAllocation, executionEnvironment } = settings;
  const value = /^0\.\d{1,3}$/.test(cpu) ? Number(cpu) : Number.NaN;
  if (!(value >= 0.08)) return `CPU is 0.08 to 1 in steps of 0.001, or 1, 2, 4, 6 or 8, not ${cpu}`;
  if (concurrency !== 1) return `less than 1 vCPU needs a concurrency of 1, not ${concurrency}`;
  if (cpuAllocation !== "request") return "less than 1 vCPU needs request-based billing";
  if (executionEnvironment === "gen2") return "less than 1 vCPU needs the first generation";
  const most = value < 0.5 ? 512 : 1024;
  return memoryMiB < 128 || memoryMiB > most
    ? `${cpu} vCPU may have 128 to ${most} MiB of memory, not ${memoryMiB}`
    : undefined;
};

import type { CloudRunSettings } from "./resource.ts";

/** A limit as Google documents it, and where it was read. */
export interface DocumentedLimit {
  readonly text: string;
  readonly source: string;
  /** When it was read there. */
  readonly date: string;
}

const CPU_PAGE = "https://docs.cloud.google.com/run/docs/configuring/services/cpu";
const MEMORY_PAGE = "https://docs.cloud.google.com/run/docs/configuring/services/memory-limits";
const CONCURRENCY_PAGE = "https://docs.cloud.google.com/run/docs/about-concurrency";
const READ = "2026-11-22";

/** Most memory for a CPU of at least `fromCpu`; from 4 vCPU on also the least. */
export const CLOUD_RUN_MEMORY_BY_CPU = [
  { fromCpu: 0.08, minMiB: 128, maxMiB: 512 },
  { fromCpu: 0.5, minMiB: 128, maxMiB: 1024 },
  { fromCpu: 1, minMiB: 128, maxMiB: 4096 },
  { fromCpu: 2, minMiB: 128, maxMiB: 8192 },
  { fromCpu: 4, minMiB: 2048, maxMiB: 16_384 },
  { fromCpu: 6, minMiB: 4096, maxMiB: 24_576 },
  { fromCpu: 8, minMiB: 4096, maxMiB: 32_768 },
] as const;

/** From one vCPU on these are all there are. */
export const CLOUD_RUN_WHOLE_CPUS = [1, 2, 4, 6, 8] as const;
export const CLOUD_RUN_MIN_CPU = 0.08;
export const CLOUD_RUN_MAX_CONCURRENCY = 1000;
export const CLOUD_RUN_GEN2_MIN_MEMORY_MIB = 512;

export const CLOUD_RUN_LIMITS: readonly DocumentedLimit[] = [
  {
    text: "CPU is 0.08 to 1 in steps of 0.001, or 1, 2, 4, 6 or 8; memory goes with it: up to 512 MiB below 0.5 vCPU, 1 GiB below 1, 4 GiB at 1, 8 GiB at 2, 2–16 GiB at 4, 4–24 GiB at 6, 4–32 GiB at 8",
    source: CPU_PAGE,
    date: READ,
  },
  {
    text: "Less than 1 vCPU needs a concurrency of 1, request-based billing and the first generation",
    source: CPU_PAGE,
    date: READ,
  },
  { text: "Memory is at least 128 MiB; 512 MiB in the second generation", source: MEMORY_PAGE, date: READ },
  { text: "Concurrency is 1 to 1,000", source: CONCURRENCY_PAGE, date: READ },
];

export type CloudRunScale = Pick<
  CloudRunSettings,
  | "minInstances"
  | "maxInstances"
  | "cpu"
  | "memoryMiB"
  | "concurrency"
  | "cpuAllocation"
  | "executionEnvironment"
>;

/** Why Cloud Run would refuse these settings, by its documented limits; none: it takes them. */
export function cloudRunProblems(settings: CloudRunScale): readonly string[] {
  const cpu = /^\d+(\.\d+)?$/.test(settings.cpu) ? Number(settings.cpu) : Number.NaN;
  if (!isCpu(cpu)) return [`${settings.cpu} vCPU is not among 0.08 to 1 in steps of 0.001, 2, 4, 6 and 8`];
  return [
    ...scaleProblems(settings),
    ...memoryProblems(cpu, settings),
    ...(cpu < 1 ? fractionProblems(settings) : []),
  ];
}

function isCpu(cpu: number): boolean {
  if ((CLOUD_RUN_WHOLE_CPUS as readonly number[]).includes(cpu)) return true;
  const thousandths = cpu * 1000;
  return cpu >= CLOUD_RUN_MIN_CPU && cpu < 1 && Math.abs(thousandths - Math.round(thousandths)) < 1e-9;
}

function scaleProblems({ minInstances, maxInstances, concurrency }: CloudRunScale): readonly string[] {
  const problems: string[] = [];
  if (!Number.isInteger(minInstances) || minInstances < 0)
    problems.push(`${minInstances} is not a number of minimum instances`);
  if (!Number.isInteger(maxInstances) || maxInstances < 1)
    problems.push(`${maxInstances} is not a number of maximum instances`);
  if (minInstances > maxInstances)
    problems.push(`the minimum of ${minInstances} instances is above the maximum of ${maxInstances}`);
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > CLOUD_RUN_MAX_CONCURRENCY)
    problems.push(`a concurrency of ${concurrency} is not between 1 and ${CLOUD_RUN_MAX_CONCURRENCY}`);
  return problems;
}

function memoryProblems(cpu: number, { memoryMiB, executionEnvironment }: CloudRunScale): readonly string[] {
  const limits = CLOUD_RUN_MEMORY_BY_CPU.findLast(({ fromCpu }) => fromCpu <= cpu);
  if (limits === undefined || !Number.isInteger(memoryMiB)) return [`${memoryMiB} MiB is not a whole number`];
  const minMiB =
    executionEnvironment === "gen2" ? Math.max(limits.minMiB, CLOUD_RUN_GEN2_MIN_MEMORY_MIB) : limits.minMiB;
  if (memoryMiB >= minMiB && memoryMiB <= limits.maxMiB) return [];
  const generation = executionEnvironment === "gen2" ? " in the second generation" : "";
  return [`${cpu} vCPU takes ${minMiB} to ${limits.maxMiB} MiB of memory${generation}, not ${memoryMiB}`];
}

function fractionProblems(settings: CloudRunScale): readonly string[] {
  const problems: string[] = [];
  if (settings.concurrency !== 1) problems.push("less than 1 vCPU needs a concurrency of 1");
  if (settings.cpuAllocation !== "request") problems.push("less than 1 vCPU needs request-based billing");
  if (settings.executionEnvironment === "gen2") problems.push("less than 1 vCPU needs the first generation");
  return problems;
}

/** Sizes of the Enterprise Plus edition's N2 machines, in vCPU. */
const PLUS_SIZES = [2, 4, 8, 16, 32, 48, 64, 80, 96, 128];
const SHARED = ["db-f1-micro", "db-g1-small"];

/**
 * Why a tier can't be had; undefined: it can. Custom tiers have one vCPU or an even number up to 96, and 0.9 to 6.5 GiB of
 * memory a vCPU, in multiples of 256 MiB, 3.75 GiB at least.
 * @see https://cloud.google.com/sql/docs/postgres/create-instance#machine-types, 2026-11-22
 */
export function tierProblem(tier: string, edition: string, databaseVersion: string): string | undefined {
  const plus = /^db-perf-optimized-N-(\d+)$/.exec(tier);
  if (plus !== null) {
    if (edition !== "ENTERPRISE_PLUS")
      return `${tier} needs the edition Enterprise Plus, and it is ${edition}`;
    return PLUS_SIZES.includes(Number(plus[1]))
      ? undefined
      : `${tier}: this series has ${PLUS_SIZES.join(", ")} vCPU`;
  }
  if (edition === "ENTERPRISE_PLUS")
    return `Enterprise Plus has only tiers db-perf-optimized-N-…, not ${tier}`;
  if (SHARED.includes(tier))
    return databaseVersion.startsWith("SQLSERVER")
      ? `SQL Server has no shared-core tier (${tier})`
      : undefined;
  const custom = /^db-custom-(\d+)-(\d+)$/.exec(tier);
  if (custom === null) return `${tier} is no tier of the form db-custom-VCPU-MIB, db-f1-micro or db-g1-small`;
  return customProblem(Number(custom[1]), Number(custom[2]));
}

function customProblem(vCpus: number, memoryMiB: number): string | undefined {
  if (vCpus !== 1 && (vCpus % 2 !== 0 || vCpus < 2 || vCpus > 96))
    return `${vCpus} vCPU: it must be 1 or an even number up to 96`;
  if (memoryMiB % 256 !== 0) return `${memoryMiB} MiB of memory: it must be a multiple of 256`;
  if (memoryMiB < 3840) return `${memoryMiB} MiB of memory: it must be 3840 at least`;
  const perVcpu = memoryMiB / 1024 / vCpus;
  return perVcpu < 0.9 || perVcpu > 6.5
    ? `${memoryMiB} MiB for ${vCpus} vCPU: it must be 0.9 to 6.5 GiB a vCPU`
    : undefined;
}

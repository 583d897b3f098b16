/** A machine of Cloud SQL. */
export interface CloudSqlSize {
  readonly tier: string;
  readonly vCpus: number;
  readonly memoryMiB: number;
}

const GIB = 1024;
/** Memory of a custom machine: at least, and a vCPU. */
const CUSTOM = { leastMiB: 3840, leastPerCpuMiB: 0.9 * GIB, mostPerCpuMiB: 6.5 * GIB, mostCpus: 96 } as const;
const PERFORMANCE_OPTIMIZED_CPUS = [2, 4, 8, 16, 32, 48, 64, 80, 96, 128];

/**
 * Custom machines have one vCPU or an even number up to 96, and 0.9 to 6.5 GiB a vCPU, at least 3.75 GiB, here in whole
 * GiB. Enterprise Plus has fixed ones of 8 GiB a vCPU.
 * @see https://cloud.google.com/sql/docs/postgres/instance-settings, 2026-11
 */
export function cloudSqlSizes(edition: "ENTERPRISE" | "ENTERPRISE_PLUS"): readonly CloudSqlSize[] {
  if (edition === "ENTERPRISE_PLUS")
    return PERFORMANCE_OPTIMIZED_CPUS.map((vCpus) => ({
      tier: `db-perf-optimized-N-${vCpus}`,
      vCpus,
      memoryMiB: vCpus * 8 * GIB,
    }));
  const sizes: CloudSqlSize[] = [];
  for (let vCpus = 1; vCpus <= CUSTOM.mostCpus; vCpus += vCpus === 1 ? 1 : 2) {
    const least = Math.max(CUSTOM.leastMiB, vCpus * CUSTOM.leastPerCpuMiB);
    for (
      let memoryMiB = Math.ceil(least / GIB) * GIB;
      memoryMiB <= vCpus * CUSTOM.mostPerCpuMiB;
      memoryMiB += GIB
    )
      sizes.push({ tier: `db-custom-${vCpus}-${memoryMiB}`, vCpus, memoryMiB });
  }
  return sizes;
}

/** Most connections by memory in GiB: the default of PostgreSQL on Cloud SQL. */
const POSTGRES_CONNECTIONS: readonly (readonly [fromGiB: number, connections: number])[] = [
  [120, 1000],
  [60, 800],
  [30, 600],
  [15, 500],
  [7.5, 400],
  [6, 200],
  [3.75, 100],
];

/**
 * How many connections a size allows by default; undefined where that does not depend on the size.
 * @see https://cloud.google.com/sql/docs/postgres/flags#postgres-m, 2026-11
 */
export function defaultConnections(databaseVersion: string, memoryMiB: number): number | undefined {
  if (!databaseVersion.startsWith("POSTGRES")) return undefined;
  return POSTGRES_CONNECTIONS.find(([fromGiB]) => memoryMiB >= fromGiB * GIB)?.[1] ?? 50;
}

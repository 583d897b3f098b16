/** A class of RDS. */
export interface RdsSize {
  readonly instanceClass: string;
  readonly vCpus: number;
  readonly memoryGiB: number;
  /** What its link to EBS sustains: the least of the generations 5 to 7. */
  readonly baselineIops: number;
  /** CPU credits that a burstable one earns; absent: it needs none. */
  readonly creditsPerHour?: number;
}

/** vCPU and sustained EBS operations by size, from small to large. */
const STEPS: readonly (readonly [size: string, vCpus: number, iops: number])[] = [
  ["large", 2, 3600],
  ["xlarge", 4, 6000],
  ["2xlarge", 8, 12_000],
  ["4xlarge", 16, 18_750],
  ["8xlarge", 32, 30_000],
  ["12xlarge", 48, 40_000],
  ["16xlarge", 64, 60_000],
  ["24xlarge", 96, 80_000],
];

const GIB_PER_CPU: Readonly<Record<string, number>> = { m: 4, r: 8 };

/**
 * Burstable sizes. T2 is left out: what its link to EBS sustains is not documented.
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html, 2026-11-22
 */
const BURSTABLE: readonly (readonly [
  size: string,
  vCpus: number,
  memoryGiB: number,
  iops: number,
  creditsPerHour: number,
])[] = [
  ["micro", 2, 1, 500, 12],
  ["small", 2, 2, 1000, 24],
  ["medium", 2, 4, 2000, 24],
  ["large", 2, 8, 4000, 36],
  ["xlarge", 4, 16, 4000, 96],
  ["2xlarge", 8, 32, 4000, 192],
];

/**
 * The sizes of the family that a class is of, from small to large; none for a family whose sizes are not of this kind.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Summary.html
 * @see https://docs.aws.amazon.com/ec2/latest/instancetypes/ebs-optimized.html
 */
export function rdsSizes(instanceClass: string): readonly RdsSize[] {
  const [, burstable] = /^db\.(t3|t4g)\.\w+$/.exec(instanceClass) ?? [];
  if (burstable !== undefined)
    return BURSTABLE.map(([size, vCpus, memoryGiB, baselineIops, creditsPerHour]) => ({
      instanceClass: `db.${burstable}.${size}`,
      vCpus,
      memoryGiB,
      baselineIops,
      creditsPerHour,
    }));
  const [, family, letter] = /^db\.(([mr])[567]g?i?)\.\d*x?large$/.exec(instanceClass) ?? [];
  const perCpu = GIB_PER_CPU[letter ?? ""];
  if (family === undefined || perCpu === undefined) return [];
  return STEPS.filter(([size]) => !(size === "24xlarge" && family.endsWith("g"))).map(
    ([size, vCpus, iops]) => ({
      instanceClass: `db.${family}.${size}`,
      vCpus,
      memoryGiB: vCpus * perCpu,
      baselineIops: iops,
    }),
  );
}

/**
 * How many connections a size allows by default; undefined where that is not set by its memory.
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
 */
export function defaultConnections(engine: string, memoryGiB: number): number | undefined {
  const bytes = memoryGiB * 1024 ** 3;
  if (engine.includes("postgres")) return Math.min(5000, Math.floor(bytes / 9_531_392));
  if (engine.includes("mysql") || engine.includes("mariadb")) return Math.floor(bytes / 12_582_880);
  return undefined;
}

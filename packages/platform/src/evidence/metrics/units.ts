import { RESOURCE_METRICS, type ResourceMetric } from "@trimtab/domain";

const BYTES: Readonly<Record<string, number>> = {
  By: 1,
  B: 1,
  bytes: 1,
  kB: 1e3,
  kBy: 1e3,
  MB: 1e6,
  MBy: 1e6,
  GB: 1e9,
  GBy: 1e9,
  KiB: 1024,
  KiBy: 1024,
  MiB: 1024 ** 2,
  MiBy: 1024 ** 2,
  GiB: 1024 ** 3,
  GiBy: 1024 ** 3,
};
const SECONDS: Readonly<Record<string, number>> = { us: 1e-6, ms: 1e-3, s: 1, seconds: 1, min: 60, h: 3600 };
const SHARES: Readonly<Record<string, number>> = { "1": 1, ratio: 1, "%": 0.01, percent: 0.01 };
const COUNTS: Readonly<Record<string, number>> = { "1": 1, count: 1 };

const knownUnits = (unit: string): Readonly<Record<string, number>> => {
  if (unit === "By") return BYTES;
  if (unit === "s") return SECONDS;
  if (unit === "ms")
    return Object.fromEntries(Object.entries(SECONDS).map(([name, size]) => [name, size * 1000]));
  return unit === "1" ? SHARES : { ...COUNTS, [unit]: 1 };
};

/** How a value in some unit becomes one in the metric's own. */
interface UnitConversion {
  readonly factor: number;
  /** A rate a second: what happened in an interval is so many times its seconds. */
  readonly isRate: boolean;
}

/** Undefined where the unit is none of the metric's. */
const conversionOf = (metric: ResourceMetric, unit: string): UnitConversion | undefined => {
  const isRate = unit.endsWith("/s");
  const base = isRate ? unit.slice(0, -2) : unit;
  const known = knownUnits(RESOURCE_METRICS[metric].unit);
  const factor = Object.hasOwn(known, base) ? known[base] : undefined;
  return factor === undefined ? undefined : { factor, isRate };
};

/** What to multiply by; undefined where it can't be: a rate becomes a count only as a sum. */
export const factorOf = (
  metric: ResourceMetric,
  statistic: string,
  unit: string,
  intervalSeconds: number,
): number | undefined => {
  const conversion = conversionOf(metric, unit);
  if (conversion === undefined) return undefined;
  if (!conversion.isRate) return conversion.factor;
  return statistic === "sum" ? conversion.factor * intervalSeconds : undefined;
};

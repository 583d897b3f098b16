import { z } from "zod";

const whole = z.coerce.number();

/** @see https://cloud.google.com/monitoring/api/ref_v3/rest/v3/TypedValue#Distribution, 2026-06 */
export const distributionShape = z.object({
  count: whole.default(0),
  mean: z.number().optional(),
  bucketOptions: z
    .object({
      explicitBuckets: z.object({ bounds: z.array(z.number()).default([]) }).optional(),
      linearBuckets: z
        .object({ numFiniteBuckets: z.number(), width: z.number(), offset: z.number().default(0) })
        .optional(),
      exponentialBuckets: z
        .object({ numFiniteBuckets: z.number(), growthFactor: z.number(), scale: z.number() })
        .optional(),
    })
    .default({}),
  bucketCounts: z.array(whole).default([]),
});

type Distribution = z.output<typeof distributionShape>;

const boundsOf = ({ bucketOptions }: Distribution): readonly number[] => {
  const { explicitBuckets, linearBuckets: linear, exponentialBuckets: exponential } = bucketOptions;
  if (explicitBuckets !== undefined) return explicitBuckets.bounds;
  if (linear !== undefined)
    return Array.from(
      { length: linear.numFiniteBuckets + 1 },
      (_, index) => linear.offset + linear.width * index,
    );
  if (exponential === undefined) return [];
  const { numFiniteBuckets, growthFactor, scale } = exponential;
  return Array.from({ length: numFiniteBuckets + 1 }, (_, index) => scale * growthFactor ** index);
};

/** Bounds and counts; Google leaves out zeros at the end, and counts a value on a bound above it, not below. */
export const histogramOf = (distribution: Distribution, factor: number) => {
  const bounds = boundsOf(distribution);
  const counts = Array.from(
    { length: bounds.length + 1 },
    (_, index) => distribution.bucketCounts[index] ?? 0,
  );
  return { bounds: bounds.map((bound) => bound * factor), counts };
};

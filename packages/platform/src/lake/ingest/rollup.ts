import type { LakeFile, RollupFile } from "../manifest.ts";

/** A rollup with more rows than this share of the charges is not worth its bytes. */
const MAX_SHARE = 0.05;
/** Below this, charges answer as fast as any rollup. */
export const MIN_ROLLUP_ROWS = 20_000;
/** Tags that get a rollup of their own. */
const MAX_TAGS = 2;

/** Always kept: what every total is split by. */
const CORE = [
  "BillingCurrency",
  "BillingPeriodStart",
  "BillingAccountId",
  "BillingAccountName",
  "ServiceProviderName",
  "InvoiceIssuerName",
  "ServiceCategory",
  "ServiceName",
  "ChargeCategory",
  "ChargeClass",
  "CommitmentDiscountStatus",
] as const;
const REGION = ["RegionId", "RegionName"] as const;
const ACCOUNT = ["SubAccountId", "SubAccountName"] as const;
const PRICING = [
  "ServiceSubcategory",
  "PricingCategory",
  "ChargeFrequency",
  "CommitmentDiscountType",
] as const;

/** Widest first; the first that stays under the limit is kept. */
const DIMENSION_SETS: readonly (readonly string[])[] = [
  [...CORE, ...REGION, ...ACCOUNT, ...PRICING],
  [...CORE, ...REGION, ...ACCOUNT],
  [...CORE, ...ACCOUNT],
  [...CORE, ...REGION],
  [...CORE],
];

/** A rollup with more rows than this gets a narrow one beside it, so that most questions stay as fast as in a small lake. */
const NARROW_FROM = 10_000;

/** What makes rollups of one load's charges: the engine that wrote them. */
export interface RollupMaker {
  /** How many rows the charges have, summed by day and these dimensions. */
  count(dimensions: readonly string[]): Promise<number>;
  /** Writes those rows, which were counted last, as one file of that name; undefined where the engine could not. */
  write(name: string, dimensions: readonly string[]): Promise<LakeFile | undefined>;
}

/** What the day totals of a load need, so that {@link makeRollups} finds all that it may keep. */
export const rollupDimensions = (tags: ReadonlyMap<string, string>): readonly string[] => [
  ...(DIMENSION_SETS[0] ?? []),
  ...[...tags.values()].slice(0, MAX_TAGS),
];

/** The widest set under the limit. */
const widest = async (
  maker: RollupMaker,
  limit: number,
  sets: readonly (readonly string[])[],
): Promise<readonly string[] | undefined> => {
  for (const dimensions of sets) if ((await maker.count(dimensions)) <= limit) return dimensions;
  return undefined;
};

/**
 * Daily rollups of a load: the widest over closed dimensions that stays under 5 % of the rows, a narrow one beside it
 * where that is large, and one more per frequent tag. None for small loads.
 */
export const makeRollups = async (
  load: { readonly rows: number; readonly tags: ReadonlyMap<string, string> },
  maker: RollupMaker,
): Promise<readonly RollupFile[]> => {
  if (load.rows < MIN_ROLLUP_ROWS) return [];
  const limit = Math.floor(load.rows * MAX_SHARE);
  const rollups: RollupFile[] = [];
  const keepNarrow = async ({ rows }: RollupFile): Promise<void> => {
    if ((await maker.count(CORE)) > rows / 2) return;
    const file = await maker.write("core", CORE);
    if (file !== undefined) rollups.push({ ...file, dimensions: CORE });
  };
  const keep = async (tag: readonly [key: string, name: string] | undefined): Promise<void> => {
    const sets = DIMENSION_SETS.map((set) => (tag === undefined ? set : [...set, tag[1]]));
    const kept = await widest(maker, limit, sets);
    if (kept === undefined) return;
    const file = await maker.write(tag?.[1] ?? "part-0", kept);
    if (file === undefined) return;
    const dimensions = kept.filter((dimension) => dimension !== tag?.[1]);
    rollups.push({ ...file, dimensions, ...(tag === undefined ? {} : { tag: tag[0] }) });
  };
  await keep(undefined);
  const [widestKept] = rollups;
  if (widestKept !== undefined && widestKept.rows > NARROW_FROM) await keepNarrow(widestKept);
  for (const tag of [...load.tags].slice(0, MAX_TAGS)) await keep(tag);
  return rollups;
};

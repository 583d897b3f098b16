import { stat } from "node:fs/promises";
import { join, posix } from "node:path";
import { quoteIdent, quoteText } from "../../sql/dialect.ts";
import type { RollupFile } from "../manifest.ts";
import type { LakeStorage } from "../storage/storage.ts";
import { DAY, DAY_TOTALS, ROLLUP_MEASURES } from "./measure-load.ts";
import { PARQUET_OPTIONS, type Run } from "./stage.ts";

/** A rollup with more rows than this share of the charges is not worth its bytes. */
const MAX_SHARE = 0.05;
/** Below this, charges answer as fast as any rollup. */
const MIN_ROWS = 20_000;
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

const overRollup = (name: string): string =>
  /_nulls$|_rows$/.test(name) ? `CAST(sum(${name}) AS BIGINT)` : `sum(${name})`;

const rollupSql = (dimensions: readonly string[]): string => {
  const measures = ROLLUP_MEASURES.map(({ name }) => `${overRollup(name)} AS ${quoteIdent(name)}`);
  return `SELECT ${[DAY, ...dimensions.map(quoteIdent), ...measures].join(", ")} FROM ${DAY_TOTALS} GROUP BY ALL`;
};

const countOf = async (run: Run, table: string): Promise<number> =>
  Number((await run({ text: `SELECT count(*) FROM ${table}` })).rows[0]?.[0] ?? 0);

/** Makes a temporary table of the widest set under the limit. */
const widest = async (
  run: Run,
  limit: number,
  sets: readonly (readonly string[])[],
  table: string,
): Promise<readonly string[] | undefined> => {
  for (const dimensions of sets) {
    await run({ text: `CREATE OR REPLACE TEMP TABLE ${table} AS ${rollupSql(dimensions)}` });
    if ((await countOf(run, table)) <= limit) return dimensions;
  }
  return undefined;
};

/** Where rollups go: a folder of the lake, by way of a local one. */
interface RollupTarget {
  readonly storage: LakeStorage;
  readonly folder: string;
  readonly drafts: string;
}

const write = async (
  run: Run,
  table: string,
  name: string,
  { storage, folder, drafts }: RollupTarget,
): Promise<Pick<RollupFile, "path" | "rows" | "bytes">> => {
  const path = posix.join(folder, name);
  const draft = join(drafts, `rollup-${name}`);
  await run({ text: `COPY ${table} TO ${quoteText(draft)} (${PARQUET_OPTIONS})` });
  const bytes = (await stat(draft)).size;
  await storage.put(path, draft);
  return { path, rows: await countOf(run, table), bytes };
};

const ROLLUP_TABLE = "rollup";

/** A rollup with more rows than this gets a narrow one beside it, so that most questions stay as fast as in a small lake. */
const NARROW_FROM = 10_000;

/** What the day totals of a load need, so that {@link writeRollups} finds all that it may keep. */
export const rollupDimensions = (tags: ReadonlyMap<string, string>): readonly string[] => [
  ...(DIMENSION_SETS[0] ?? []),
  ...[...tags.values()].slice(0, MAX_TAGS),
];

/**
 * Daily rollups out of a load's day totals: the widest over closed dimensions that stays under 5 % of the rows, a narrow
 * one beside it where that is large, and one more per frequent tag. None for small loads.
 */
export const writeRollups = async (
  run: Run,
  load: { readonly rows: number; readonly tags: ReadonlyMap<string, string> },
  target: RollupTarget,
): Promise<readonly RollupFile[]> => {
  if (load.rows < MIN_ROWS) return [];
  const limit = Math.floor(load.rows * MAX_SHARE);
  const rollups: RollupFile[] = [];
  const keepNarrow = async ({ rows }: RollupFile): Promise<void> => {
    await run({ text: `CREATE OR REPLACE TEMP TABLE ${ROLLUP_TABLE} AS ${rollupSql(CORE)}` });
    if ((await countOf(run, ROLLUP_TABLE)) > rows / 2) return;
    const file = await write(run, ROLLUP_TABLE, "core.parquet", target);
    rollups.push({ ...file, dimensions: CORE });
  };
  const keep = async (tag: readonly [key: string, name: string] | undefined): Promise<void> => {
    const sets = DIMENSION_SETS.map((set) => (tag === undefined ? set : [...set, tag[1]]));
    const kept = await widest(run, limit, sets, ROLLUP_TABLE);
    if (kept === undefined) return;
    const name = `${tag?.[1] ?? "part-0"}.parquet`;
    const file = await write(run, ROLLUP_TABLE, name, target);
    const dimensions = kept.filter((dimension) => dimension !== tag?.[1]);
    rollups.push({ ...file, dimensions, ...(tag === undefined ? {} : { tag: tag[0] }) });
  };
  await keep(undefined);
  const [widestKept] = rollups;
  if (widestKept !== undefined && widestKept.rows > NARROW_FROM) await keepNarrow(widestKept);
  for (const tag of [...load.tags].slice(0, MAX_TAGS)) await keep(tag);
  await run({ text: `DROP TABLE IF EXISTS ${ROLLUP_TABLE}` });
  return rollups;
};

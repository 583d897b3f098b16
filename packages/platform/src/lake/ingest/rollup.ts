import { mkdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { quoteIdent, quoteText } from "../../sql/dialect.ts";
import { parquetOf } from "../database.ts";
import { COST_COLUMNS, type RollupFile } from "../manifest.ts";
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

/**
 * Σ per cost column, with the rows in which it is unknown, so that a sum over rollups is as honest as one over charges.
 * `EffectiveCost_listed` is Σ EffectiveCost where a list cost is known: the other half of savings against list.
 */
export const ROLLUP_MEASURES: readonly { readonly name: string; readonly overCharges: string }[] = [
  ...COST_COLUMNS.flatMap((name) => [
    { name, overCharges: `sum(${name})` },
    { name: `${name}_nulls`, overCharges: `count(*) - count(${name})` },
  ]),
  { name: "EffectiveCost_listed", overCharges: "sum(EffectiveCost) FILTER (ListCost IS NOT NULL)" },
  { name: "charge_rows", overCharges: "count(*)" },
];

const overRollup = (name: string): string =>
  /_nulls$|_rows$/.test(name) ? `CAST(sum(${name}) AS BIGINT)` : `sum(${name})`;

const DAY = "ChargeDay";

const finestSql = (file: string, dimensions: readonly string[]): string => {
  const measures = ROLLUP_MEASURES.map(({ name, overCharges }) => `${overCharges} AS ${quoteIdent(name)}`);
  const keys = [`CAST(ChargePeriodStart AS DATE) AS ${DAY}`, ...dimensions.map(quoteIdent)];
  return `SELECT ${[...keys, ...measures].join(", ")} FROM ${parquetOf([file])} GROUP BY ALL`;
};

const coarserSql = (table: string, dimensions: readonly string[]): string => {
  const measures = ROLLUP_MEASURES.map(({ name }) => `${overRollup(name)} AS ${quoteIdent(name)}`);
  return `SELECT ${[DAY, ...dimensions.map(quoteIdent), ...measures].join(", ")} FROM ${table} GROUP BY ALL`;
};

const countOf = async (run: Run, table: string): Promise<number> =>
  Number((await run({ text: `SELECT count(*) FROM ${table}` })).rows[0]?.[0] ?? 0);

/** Makes a temporary table of the widest set under the limit. */
const widest = async (
  run: Run,
  limit: number,
  sets: readonly (readonly string[])[],
  sqlFor: (dimensions: readonly string[]) => string,
  table: string,
): Promise<readonly string[] | undefined> => {
  for (const dimensions of sets) {
    await run({ text: `CREATE OR REPLACE TEMP TABLE ${table} AS ${sqlFor(dimensions)}` });
    if ((await countOf(run, table)) <= limit) return dimensions;
  }
  return undefined;
};

const write = async (
  run: Run,
  table: string,
  folder: string,
  name: string,
  root: string,
): Promise<Pick<RollupFile, "path" | "rows" | "bytes">> => {
  const path = join(folder, name);
  const target = join(root, path);
  await mkdir(dirname(target), { recursive: true });
  await run({ text: `COPY ${table} TO ${quoteText(target)} (${PARQUET_OPTIONS})` });
  return { path, rows: await countOf(run, table), bytes: (await stat(target)).size };
};

/**
 * Daily rollups of a charge file: one over closed dimensions, and one more per frequent tag while it stays under 5 % of
 * the rows. None for small loads.
 */
export const writeRollups = async (
  run: Run,
  load: { readonly file: string; readonly rows: number; readonly tags: ReadonlyMap<string, string> },
  target: { readonly root: string; readonly folder: string },
): Promise<readonly RollupFile[]> => {
  if (load.rows < MIN_ROWS) return [];
  const limit = Math.floor(load.rows * MAX_SHARE);
  const tags = [...load.tags].slice(0, MAX_TAGS);
  const [all = []] = DIMENSION_SETS;
  const finest = "rollup_finest";
  const tagNames = tags.map(([, name]) => name);
  await run({
    text: `CREATE OR REPLACE TEMP TABLE ${finest} AS ${finestSql(load.file, [...all, ...tagNames])}`,
  });
  const rollups: RollupFile[] = [];
  const dimensions = await widest(
    run,
    limit,
    DIMENSION_SETS,
    (set) => coarserSql(finest, set),
    "rollup_base",
  );
  if (dimensions !== undefined) {
    const file = await write(run, "rollup_base", target.folder, "part-0.parquet", target.root);
    rollups.push({ ...file, dimensions });
  }
  for (const [key, name] of tags) {
    const sets = DIMENSION_SETS.map((set) => [...set, name]);
    const kept = await widest(run, limit, sets, (set) => coarserSql(finest, set), "rollup_tag");
    if (kept === undefined) continue;
    const file = await write(run, "rollup_tag", target.folder, `${name}.parquet`, target.root);
    rollups.push({ ...file, dimensions: kept.filter((dimension) => dimension !== name), tag: key });
  }
  await run({
    text: `DROP TABLE IF EXISTS ${finest}; DROP TABLE IF EXISTS rollup_base; DROP TABLE IF EXISTS rollup_tag`,
  });
  return rollups;
};

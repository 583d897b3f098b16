import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { addMonths, type Day, firstDayOf, type Instant, month } from "@trimtab/domain";
import { CHARGE_COLUMNS, EXTRA_COLUMN } from "../lake/charge-columns.ts";
import { type Lake, openLake } from "../lake/lake.ts";
import { loadFolder } from "../lake/layout.ts";
import type { LoadEntry } from "../lake/manifest.ts";
import { quoteIdent, quoteText } from "../sql/dialect.ts";
import { duckdbDialect } from "../sql/duckdb-dialect.ts";
import { writeRollup } from "./charge-lake.ts";

const SOURCES = ["aws-cur", "gcp-billing", "focus"] as const;
const MONTHS = 24;
const FIRST = month("2024-10");
const TAG_COLUMNS = { team: "x_tag_team" };
const ROLLUP = [
  "BillingCurrency",
  "BillingPeriodStart",
  "ServiceName",
  "ServiceCategory",
  "ChargeCategory",
  "RegionId",
  "SubAccountId",
  "ServiceProviderName",
];

/** Any number below `count`, the same for a row each time. */
const any = (salt: number, count: number): string => `(hash(i, ${salt}) % ${count})`;
const oneOf = (salt: number, ...values: readonly (string | null)[]): string =>
  `CASE ${any(salt, values.length)} ${values
    .map((value, index) => `WHEN ${index} THEN ${value === null ? "NULL" : quoteText(value)}`)
    .join(" ")} END`;
const numbered = (salt: number, prefix: string, count: number): string =>
  `'${prefix}' || CAST(${any(salt, count)} AS VARCHAR)`;
/** Amounts with all twelve places, a tenth of them credits. */
const amount = (salt: number): string =>
  `CAST(CAST(CAST(${any(salt, 900_000_000_000_000)} AS BIGINT) - 90000000000000 AS DECIMAL(18,0)) * 0.000000000001 AS DECIMAL(38,12))`;
const sometimes = (salt: number, value: string): string => `CASE WHEN ${any(salt, 7)} > 0 THEN ${value} END`;

const valuesOf = (source: string, start: string, seconds: number): Readonly<Record<string, string>> => ({
  BillingCurrency: quoteText("USD"),
  BillingPeriodStart: `TIMESTAMP '${start} 00:00:00'`,
  ChargePeriodStart: `TIMESTAMP '${start} 00:00:00' + to_seconds(CAST(${any(1, seconds)} AS BIGINT))`,
  ChargePeriodEnd: `TIMESTAMP '${start} 00:00:00' + to_seconds(CAST(${any(1, seconds)} AS BIGINT) + 3600)`,
  ServiceProviderName: quoteText(source),
  ServiceName: numbered(2, "Service ", 40),
  ServiceCategory: oneOf(3, "Compute", "Storage", "Networking", "Databases", null),
  ChargeCategory: oneOf(4, "Usage", "Usage", "Usage", "Purchase", "Tax", "Credit", null),
  RegionId: oneOf(5, "us-east-1", "eu-west-1", "us", "eu", null),
  SubAccountId: numbered(6, "account-", 30),
  ResourceId: sometimes(7, numbered(8, `${source}-r`, 50_000)),
  SkuId: numbered(9, "sku-", 300),
  PricingUnit: oneOf(10, "GB", "Hours", null),
  PricingQuantity: sometimes(11, amount(12)),
  ConsumedUnit: oneOf(13, "GB", "Requests", null),
  ConsumedQuantity: sometimes(14, amount(15)),
  BilledCost: amount(16),
  EffectiveCost: amount(17),
  ListCost: sometimes(18, amount(19)),
  Tags: `map(['team', 'environment'], [${oneOf(20, "search", "ads", "core")}, ${oneOf(21, "prod", "test", null)}])`,
  [EXTRA_COLUMN]: `'{"k":"' || CAST(${any(22, 5)} AS VARCHAR) || '"}'`,
  x_tag_team: oneOf(20, "search", "ads", "core"),
});

/** A lake of that many charges over 24 months and three sources, with rollups; the same each time. */
export const writeManyCharges = async (root: string, rows: number): Promise<Lake> => {
  const lake = await openLake({ root, clock: () => new Date("2026-11-01T00:00:00Z") });
  const each = Math.ceil(rows / (SOURCES.length * MONTHS));
  const loads: LoadEntry[] = [];
  for (let index = 0; index < MONTHS; index += 1)
    for (const [at, source] of SOURCES.entries())
      loads.push(
        await writeMonth(lake, source, addMonths(FIRST, index), each, (index * SOURCES.length + at) * each),
      );
  await lake.store.commit(() => ({ reason: "test", loads, tagColumns: TAG_COLUMNS }));
  return lake;
};

const writeMonth = async (
  lake: Lake,
  source: string,
  name: ReturnType<typeof month>,
  rows: number,
  offset: number,
): Promise<LoadEntry> => {
  const [start, end] = [firstDayOf(name), firstDayOf(addMonths(name, 1))];
  const seconds = (Date.parse(end) - Date.parse(start)) / 1000 - 3600;
  const key = { source, instance: `${source}/1/many`, billingPeriod: start };
  const id = `${source}-${name}`;
  const path = join(loadFolder("charges", key, id), "part-0.parquet");
  await mkdir(dirname(join(lake.root, path)), { recursive: true });
  const values = valuesOf(source, start, seconds);
  const columns = [
    ...CHARGE_COLUMNS,
    { name: EXTRA_COLUMN, type: "text" as const },
    { name: "x_tag_team", type: "text" as const },
  ].map(
    ({ name: column, type }) =>
      `CAST(${values[column] ?? "NULL"} AS ${duckdbDialect.types[type]}) AS ${quoteIdent(column)}`,
  );
  await lake.run({
    text:
      `COPY (SELECT ${columns.join(", ")} FROM (SELECT range AS i FROM range(${offset}, ${offset + rows}))) ` +
      `TO ${quoteText(join(lake.root, path))} (FORMAT parquet, COMPRESSION zstd)`,
  });
  const folder = loadFolder("charges_daily", key, id);
  const shared = { tagColumns: TAG_COLUMNS };
  const target = join(lake.root, path);
  return {
    id,
    source,
    instance: key.instance,
    account: "1",
    detailRank: 1,
    billingPeriod: start,
    loadedAt: `${end}T06:00:00Z` as Instant,
    rows,
    files: [{ path, rows, bytes: 1 }],
    rollups: [
      await writeRollup(lake, target, { dimensions: ROLLUP }, shared, folder),
      await writeRollup(lake, target, { dimensions: ROLLUP.slice(0, 5), tag: "team" }, shared, folder),
    ],
    chargeStart: `${start}T00:00:00Z` as Instant,
    chargeEnd: `${end satisfies Day}T00:00:00Z` as Instant,
    usageEnd: `${end}T00:00:00Z` as Instant,
    sums: { USD: {} },
    providers: [source],
    unknown: {},
    quarantined: { rows: 0 },
    counted: true,
    tagColumns: TAG_COLUMNS,
  };
};

import { mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Day, Instant } from "@trimtab/domain";
import { CHARGE_COLUMNS, EXTRA_COLUMN } from "../lake/charge-columns.ts";
import { fileList } from "../lake/database.ts";
import { ROLLUP_MEASURES } from "../lake/ingest/measure-load.ts";
import { type Lake, openLake } from "../lake/lake.ts";
import { loadFolder } from "../lake/layout.ts";
import type { LoadEntry, RollupFile } from "../lake/manifest.ts";
import { quoteIdent, quoteText } from "../sql/dialect.ts";
import { duckdbDialect } from "../sql/duckdb-dialect.ts";

/** A charge as a test writes it: FOCUS columns as texts, `Tags` and `x_extra` as objects; what is left out is null. */
export type TestCharge = Readonly<Record<string, string | null | Readonly<Record<string, string | null>>>>;

export interface TestLoad {
  readonly id: string;
  readonly source?: string;
  readonly instance?: string;
  readonly billingPeriod: string;
  readonly loadedAt?: string;
  readonly charges: readonly TestCharge[];
  /** Tag key → promoted column. */
  readonly tagColumns?: Readonly<Record<string, string>>;
  /** Dimensions of daily rollups to write, and with `tag` that promoted tag. */
  readonly rollups?: readonly { readonly dimensions: readonly string[]; readonly tag?: string }[];
  readonly unknown?: LoadEntry["unknown"];
  readonly counted?: LoadEntry["counted"];
}

/** A real lake whose charges are exactly the given rows: no source, no ingest, the same files and manifest. */
export const writeChargeLake = async (root: string, loads: readonly TestLoad[]): Promise<Lake> => {
  const lake = await openLake({ root, clock: () => new Date("2026-07-01T00:00:00Z") });
  await mkdir(root, { recursive: true });
  const entries: LoadEntry[] = [];
  for (const load of loads) entries.push(await writeLoad(lake, load));
  const tagColumns = Object.assign({}, ...loads.map((load) => load.tagColumns ?? {}));
  await lake.store.commit(() => ({ reason: "test", loads: entries, tagColumns }));
  return lake;
};

/** Makes the next version: these loads, and those of before in other billing periods. */
export const appendLoads = async (
  lake: Lake,
  loads: readonly TestLoad[],
  change: (entry: LoadEntry) => LoadEntry = (entry) => entry,
): Promise<void> => {
  const entries: LoadEntry[] = [];
  for (const load of loads) entries.push(change(await writeLoad(lake, load)));
  const periods = new Set(entries.map(({ billingPeriod }) => billingPeriod));
  await lake.store.commit((current) => {
    const kept = current.loads.filter(({ billingPeriod }) => !periods.has(billingPeriod));
    const tagColumns = Object.assign({}, current.tagColumns, ...loads.map((load) => load.tagColumns ?? {}));
    return { reason: "test", loads: [...kept, ...entries], tagColumns };
  });
};

const writeLoad = async (lake: Lake, load: TestLoad): Promise<LoadEntry> => {
  const source = load.source ?? "focus";
  const instance = load.instance ?? `${source}/1/export`;
  const key = { source, instance, billingPeriod: load.billingPeriod };
  const path = join(loadFolder("charges", key, load.id), "part-0.parquet");
  const target = join(lake.root, path);
  await mkdir(dirname(target), { recursive: true });
  const json = `${target}.ndjson`;
  await writeFile(json, load.charges.map((charge) => JSON.stringify(charge)).join("\n"));
  const tags = Object.entries(load.tagColumns ?? {});
  await lake.run({ text: chargesSql(json, target, tags) });
  // An engine that reads the folder would take it for one of the load's files.
  await rm(json);
  const rollups: RollupFile[] = [];
  for (const rollup of load.rollups ?? []) {
    rollups.push(await writeRollup(lake, target, rollup, load, loadFolder("charges_daily", key, load.id)));
  }
  const starts = load.charges.map(({ ChargePeriodStart }) => String(ChargePeriodStart)).toSorted();
  const ends = load.charges.map(({ ChargePeriodEnd }) => String(ChargePeriodEnd)).toSorted();
  const currencies = [...new Set(load.charges.map(({ BillingCurrency }) => String(BillingCurrency)))];
  return {
    id: load.id,
    source,
    instance,
    account: "1",
    detailRank: 1,
    billingPeriod: load.billingPeriod as Day,
    loadedAt: (load.loadedAt ?? "2026-07-01T00:00:00Z") as Instant,
    rows: load.charges.length,
    files: [{ path, rows: load.charges.length, bytes: 1 }],
    rollups,
    chargeStart: `${starts[0]?.replace(" ", "T")}Z` as Instant,
    chargeEnd: `${ends.at(-1)?.replace(" ", "T")}Z` as Instant,
    usageEnd: usageEndOf(load.charges),
    sums: Object.fromEntries(currencies.map((code) => [code, {}])),
    providers: [],
    unknown: load.unknown ?? {},
    quarantined: { rows: 0 },
    counted: load.counted ?? true,
    tagColumns: load.tagColumns ?? {},
  } as LoadEntry;
};

const DAY_MS = 86_400_000;

/** As an ingest measures it: the newest end of a charge of at most a day. */
const usageEndOf = (charges: readonly TestCharge[]): Instant => {
  const moments = (name: string, charge: TestCharge) => `${String(charge[name]).replace(" ", "T")}Z`;
  const spans = charges.map((charge) => ({
    start: moments("ChargePeriodStart", charge),
    end: moments("ChargePeriodEnd", charge),
  }));
  const short = spans.filter(({ start, end }) => Date.parse(end) - Date.parse(start) <= DAY_MS);
  return (short.length === 0 ? spans : short)
    .map(({ end }) => end)
    .toSorted()
    .at(-1) as Instant;
};

const chargesSql = (json: string, target: string, tags: readonly (readonly [string, string])[]): string => {
  const columns = [...CHARGE_COLUMNS, { name: EXTRA_COLUMN, type: "text" as const }];
  const shape = columns
    .map(({ name, type }) => `${name}: ${quoteText(duckdbDialect.types[type])}`)
    .join(", ");
  const promoted = tags.map(([key, name]) => `, Tags[${quoteText(key)}] AS ${quoteIdent(name)}`).join("");
  return (
    `COPY (SELECT *${promoted} FROM read_json(${quoteText(json)}, format='newline_delimited', hive_partitioning=false, columns={${shape}})) ` +
    `TO ${quoteText(target)} (FORMAT parquet)`
  );
};

/** Writes a daily rollup of a file of charges, as a load would. */
export const writeRollup = async (
  lake: Lake,
  charges: string,
  { dimensions, tag }: { readonly dimensions: readonly string[]; readonly tag?: string },
  load: Pick<TestLoad, "tagColumns">,
  folder: string,
): Promise<RollupFile> => {
  const column = tag === undefined ? undefined : load.tagColumns?.[tag];
  const path = join(folder, column === undefined ? "part-0.parquet" : `${column}.parquet`);
  await mkdir(dirname(join(lake.root, path)), { recursive: true });
  const keys = [...dimensions, ...(column === undefined ? [] : [column])].map(quoteIdent);
  const measures = ROLLUP_MEASURES.map(({ name, overCharges }) => `${overCharges} AS ${quoteIdent(name)}`);
  await lake.run({
    text:
      `COPY (SELECT ${["CAST(ChargePeriodStart AS DATE) AS ChargeDay", ...keys, ...measures].join(", ")} ` +
      `FROM read_parquet(${fileList([charges])}) GROUP BY ALL) TO ${quoteText(join(lake.root, path))} (FORMAT parquet)`,
  });
  const { rows } = await lake.run({
    text: `SELECT count(*) FROM read_parquet(${fileList([join(lake.root, path)])})`,
  });
  return { path, rows: Number(rows[0]?.[0]), bytes: 1, dimensions, ...(tag === undefined ? {} : { tag }) };
};

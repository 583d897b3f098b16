import { formatFixed, tryDecimal } from "@trimtab/domain";
import { quoteIdent } from "../sql/dialect.ts";
import { type Database, parquetOf } from "./database.ts";
import { COST_COLUMNS, type CostSums, type LoadEntry, type Manifest } from "./manifest.ts";
import type { LakeStorage } from "./storage/storage.ts";

/** A load whose rows are not what its manifest says. */
export interface LoadDiscrepancy {
  readonly load: string;
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

export interface VerifyOptions {
  readonly signal?: AbortSignal | undefined;
  onProgress?(done: number, total: number): void;
}

/**
 * Reads every row of every live load and compares counts and sums, of charges and of rollups, with the manifest: digit
 * for digit.
 */
export async function verifyLoads(
  database: Database,
  storage: LakeStorage,
  manifest: Manifest,
  { signal, onProgress }: VerifyOptions = {},
): Promise<readonly LoadDiscrepancy[]> {
  const discrepancies: LoadDiscrepancy[] = [];
  for (const [index, load] of manifest.loads.entries()) {
    onProgress?.(index, manifest.loads.length);
    discrepancies.push(...(await verifyLoad(database, storage, load, signal)));
  }
  onProgress?.(manifest.loads.length, manifest.loads.length);
  return discrepancies;
}

interface Measured {
  readonly rows: number;
  readonly sums: CostSums;
}

async function verifyLoad(
  database: Database,
  storage: LakeStorage,
  load: LoadEntry,
  signal: AbortSignal | undefined,
): Promise<readonly LoadDiscrepancy[]> {
  const measure = (paths: readonly string[], count: string) =>
    measureFiles(database, storage, paths, count, signal);
  const paths = [...load.files, ...load.rollups].map(({ path }) => path);
  await storage.revalidate(paths);
  const charges = await attempt(() =>
    measure(
      load.files.map(({ path }) => path),
      "count(*)",
    ),
  );
  const found = [...compareWith(load, "charges", charges)];
  for (const { path } of load.rollups) {
    found.push(
      ...compareWith(load, `rollup ${path}`, await attempt(() => measure([path], "sum(charge_rows)"))),
    );
  }
  signal?.throwIfAborted();
  return found;
}

async function attempt(measure: () => Promise<Measured>): Promise<Measured | string> {
  try {
    return await measure();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function compareWith(load: LoadEntry, table: string, measured: Measured | string): LoadDiscrepancy[] {
  if (typeof measured === "string") {
    return [{ load: load.id, what: table, expected: "a readable file", found: measured }];
  }
  const found: LoadDiscrepancy[] = [];
  const expect = (what: string, expected: string, actual: string) => {
    if (expected !== actual)
      found.push({ load: load.id, what: `${what} of ${table}`, expected, found: actual });
  };
  expect("rows", String(load.rows), String(measured.rows));
  for (const currency of new Set([...Object.keys(load.sums), ...Object.keys(measured.sums)])) {
    for (const column of COST_COLUMNS) {
      const sumIn = (sums: CostSums) => canonical(sums[currency]?.[column]);
      expect(`${column} in ${currency}`, sumIn(load.sums), sumIn(measured.sums));
    }
  }
  return found;
}

/** Equal sums have equal texts; a measure that is unknown in every row has none. */
function canonical(sum: string | undefined): string {
  const value = sum === undefined ? undefined : tryDecimal(sum);
  return value === undefined ? "unknown" : formatFixed(value, 12);
}

async function measureFiles(
  database: Database,
  storage: LakeStorage,
  paths: readonly string[],
  count: string,
  signal: AbortSignal | undefined,
): Promise<Measured> {
  const sums = COST_COLUMNS.map((column) => `sum(${quoteIdent(column)})`).join(", ");
  const files = parquetOf(paths.map(storage.localPath));
  const text = `SELECT BillingCurrency, ${count}, ${sums} FROM ${files} GROUP BY 1`;
  const { rows } = await database.run({ text }, { signal });
  const measured = rows.map(([currency, , ...values]) => {
    const known = COST_COLUMNS.flatMap((column, index) => {
      const value = values[index] ?? null;
      return value === null ? [] : [[column, String(value)] as const];
    });
    return [String(currency ?? ""), Object.fromEntries(known)] as const;
  });
  return {
    rows: rows.reduce((total, row) => total + Number(row[1] ?? 0), 0),
    sums: Object.fromEntries(measured),
  };
}

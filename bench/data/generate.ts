import { existsSync, mkdirSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CUR_COLUMNS } from "../../packages/platform/src/demo/data/cur-columns.ts";
import { openDatabase } from "../../packages/platform/src/lake/database.ts";
import { quoteIdent, quoteText } from "../../packages/platform/src/sql/dialect.ts";
import { curValues } from "./cur-values.ts";
import { estateValues } from "./estate-values.ts";
import { focusColumns } from "./focus-columns.ts";
import { legacyValues } from "./legacy-values.ts";

/** Where generated bills stay between runs; remove the folder to make them anew. */
export const DATA_FOLDER = process.env.BENCH_DATA ?? join(tmpdir(), "trimtab-bench");

const curSelect = (rows: number, values: Readonly<Record<string, string>>): string => {
  const list = Object.entries(CUR_COLUMNS).map(
    ([name, type]) => `CAST(${values[name] ?? "NULL"} AS ${type}) AS ${quoteIdent(name)}`,
  );
  return `SELECT ${list.join(", ")} FROM range(${rows}) AS r(i)`;
};

const named = (columns: Readonly<Record<string, string>>, rows: number): string => {
  const list = Object.entries(columns).map(([name, value]) => `${value} AS ${quoteIdent(name)}`);
  return `SELECT ${list.join(", ")} FROM range(${rows}) AS r(i)`;
};

const make = async (name: string, select: string, options: string): Promise<string> => {
  mkdirSync(DATA_FOLDER, { recursive: true });
  const target = join(DATA_FOLDER, name);
  if (existsSync(target)) return target;
  const database = await openDatabase();
  const draft = `${target}.draft`;
  await database.run({ text: `COPY (${select}) TO ${quoteText(draft)} (${options})` });
  database.close();
  renameSync(draft, target);
  return target;
};

const cur = (name: string, rows: number, values: Readonly<Record<string, string>>): Promise<string> =>
  make(name, curSelect(rows, values), "FORMAT parquet, COMPRESSION snappy");

/** CUR 2.0 with its fixed schema (113 columns, nested maps), as AWS delivers it. */
export const curParquet = (rows: number, month = "2026-09"): Promise<string> =>
  cur(`cur2-${month}-${rows}.parquet`, rows, curValues(month));

/** The same, of resources that each have one account, service, region and set of tags all month. */
export const estateParquet = (rows: number, month: string): Promise<string> =>
  cur(`estate-${month}-${rows}.parquet`, rows, estateValues(month));

/** FOCUS 1.2 with 57 columns and tags. */
export const focusCsv = (rows: number): Promise<string> =>
  make(`focus-${rows}.csv.gz`, named(focusColumns, rows), "FORMAT csv, HEADER, COMPRESSION gzip");

/** A legacy CUR of 120 columns as Parquet, most product columns filled on some rows only. */
export const legacyCurParquet = (rows: number): Promise<string> =>
  make(`legacy-cur-${rows}.parquet`, named(legacyValues(), rows), "FORMAT parquet, COMPRESSION snappy");

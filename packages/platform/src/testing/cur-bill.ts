import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { IngestReport } from "../lake/ingest/report.ts";
import { type Lake, openLake } from "../lake/lake.ts";
import { loadBills } from "../sources/load-bills.ts";
import { sources } from "../sources/registry.ts";
import { tempFolder } from "./temp-folder.ts";

/** A line item: what a row has besides the columns that every row of a report has. */
export type CurRow = Readonly<Record<string, string>>;

const COMMON: CurRow = {
  "bill/PayerAccountId": "111111111111",
  "bill/BillingEntity": "AWS",
  "bill/BillType": "Anniversary",
  "bill/BillingPeriodStartDate": "2026-03-01T00:00:00Z",
  "bill/BillingPeriodEndDate": "2026-04-01T00:00:00Z",
  "lineItem/UsageAccountId": "222222222222",
  "lineItem/LineItemType": "Usage",
  "lineItem/UsageStartDate": "2026-03-02T05:00:00Z",
  "lineItem/UsageEndDate": "2026-03-02T06:00:00Z",
  "lineItem/ProductCode": "AmazonEC2",
  "lineItem/CurrencyCode": "USD",
  "lineItem/UnblendedCost": "0",
};

const quoted = (value: string): string => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

/** A legacy report with these line items; each gets an id of its own. */
export const curCsv = (rows: readonly CurRow[]): string => {
  const full = rows.map(
    (row, index) => ({ "identity/LineItemId": `line-${index}`, ...COMMON, ...row }) as CurRow,
  );
  const names = [...new Set(full.flatMap((row) => Object.keys(row)))];
  const lines = full.map((row) => names.map((name) => quoted(row[name] ?? "")).join(","));
  return `${[names.join(","), ...lines].join("\n")}\n`;
};

export interface LoadedBill {
  readonly lake: Lake;
  readonly report: IngestReport;
  /** Charges as objects of texts, of the columns asked for. */
  charges(...columns: readonly string[]): Promise<readonly Record<string, unknown>[]>;
  /** One value, e.g. `sum(BilledCost)`. */
  value(expression: string, where?: string): Promise<unknown>;
}

/** Loads files into a lake of the running test. */
export const loadIntoLake = async (...patterns: readonly string[]): Promise<LoadedBill> => {
  const lake = await openLake({ root: tempFolder(), threads: 1 });
  onTestFinished(() => lake.close());
  const report = await loadBills(lake, { patterns, cwd: tempFolder(), sources });
  const from = lake.scanCharges(report.loads);
  return {
    lake,
    report,
    charges: async (...columns) => {
      const list = columns.map((name) => `CAST(${name} AS VARCHAR) AS "${name}"`).join(", ");
      const { rows } = await lake.run({ text: `SELECT ${list} FROM ${from} ORDER BY ALL` });
      return rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]])));
    },
    value: async (expression, where = "true") => {
      const { rows } = await lake.run({
        text: `SELECT CAST(${expression} AS VARCHAR) FROM ${from} WHERE ${where}`,
      });
      return rows[0]?.[0];
    },
  };
};

export const loadCur = (rows: readonly CurRow[]): Promise<LoadedBill> => {
  const path = join(tempFolder(), "report.csv");
  writeFileSync(path, curCsv(rows));
  return loadIntoLake(path);
};

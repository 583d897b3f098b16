import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { IngestReport } from "../lake/ingest/report.ts";
import { type Lake, openLake } from "../lake/lake.ts";
import type { CellValue } from "../lake/result-set.ts";
import { gcpBillingSource } from "../sources/gcp-billing/gcp-billing-source.ts";
import { loadBills } from "../sources/load-bills.ts";
import { tempFolder } from "./temp-folder.ts";

/** A lake of this test with Google Cloud bills in it. */
export interface GcpLake {
  readonly lake: Lake;
  readonly folder: string;
  /** Loads files of the test's choice. */
  load(...files: readonly string[]): Promise<IngestReport>;
  /** Writes rows as newline-delimited JSON and loads them. */
  loadRows(rows: readonly object[], name?: string): Promise<IngestReport>;
  /** All charges, asked with this list of expressions, in the order of the first. */
  charges(select: string, grouped?: boolean): Promise<readonly (readonly CellValue[])[]>;
}

export const openGcpLake = async (): Promise<GcpLake> => {
  const folder = tempFolder();
  const lake = await openLake({ root: join(folder, "lake"), threads: 1 });
  onTestFinished(() => lake.close());
  const load = (...files: readonly string[]) =>
    loadBills(lake, { patterns: files, cwd: folder, sources: { "gcp-billing": gcpBillingSource } });
  return {
    lake,
    folder,
    load,
    loadRows: (rows, name = "export.json") => {
      const file = join(folder, name);
      writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
      return load(file);
    },
    charges: async (select, grouped = false) => {
      const { manifest } = await lake.snapshot();
      const from = lake.scanCharges(manifest.loads);
      return (
        await lake.run({
          text: `SELECT ${select} FROM ${from} ${grouped ? "GROUP BY ALL " : ""}ORDER BY ALL`,
        })
      ).rows;
    },
  };
};

/** A row of the detailed export as `bq extract` writes it, with these fields changed. */
export const gcpRow = (changes: Readonly<Record<string, unknown>> = {}): object => ({
  billing_account_id: "01A2B3-C4D5E6-F7A8B9",
  service: { id: "6F81-5844-456A", description: "Compute Engine" },
  sku: { id: "CF4E-A0C7-E3BF", description: "E2 Instance Core running in Americas" },
  usage_start_time: "2026-02-10 08:00:00 UTC",
  usage_end_time: "2026-02-10 09:00:00 UTC",
  project: { id: "shop", number: "123", name: "Shop", labels: [], ancestors: [] },
  labels: [],
  system_labels: [],
  location: { location: "us-central1", country: "US", region: "us-central1", zone: "us-central1-a" },
  tags: [],
  export_time: "2026-02-10 14:00:00 UTC",
  cost: 1.5,
  currency: "USD",
  currency_conversion_rate: 1,
  usage: { amount: 3600, unit: "seconds", amount_in_pricing_units: 1, pricing_unit: "hour" },
  credits: [],
  invoice: { month: "202602", publisher_type: "GOOGLE" },
  cost_type: "regular",
  cost_at_list: "2",
  cost_at_effective_price_default: "1.5",
  resource: {
    name: "web-1",
    global_name: "//compute.googleapis.com/projects/123/zones/us-central1-a/instance/9",
  },
  ...changes,
});

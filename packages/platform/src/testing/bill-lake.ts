import { onTestFinished } from "vitest";
import type { IngestReport } from "../lake/ingest/report.ts";
import { type Lake, openLake } from "../lake/lake.ts";
import { loadBills } from "../sources/load-bills.ts";
import { sources } from "../sources/registry.ts";
import { lakeRoot, lakeStorageOptions } from "./lake-root.ts";
import { tempFolder } from "./temp-folder.ts";

/** A lake of the running test that loads bills of every source. */
export interface BillLake {
  readonly lake: Lake;
  /** Where the test writes its bills; names are relative to it. */
  readonly folder: string;
  load(patterns: readonly string[], options?: BillOptions): Promise<IngestReport>;
}

export interface BillOptions {
  readonly partial?: boolean;
  readonly exportName?: string;
}

export interface BillLakeOptions {
  readonly clock?: () => Date;
  /** Of the lake, relative to the folder. */
  readonly root?: string;
}

/** Loads bills of every source into a lake that the test opened itself. */
export const loadInto = (lake: Lake, folder: string, patterns: readonly string[]): Promise<IngestReport> =>
  loadBills(lake, { patterns, cwd: folder, sources });

export const openBillLake = async ({ clock, root = "lake" }: BillLakeOptions = {}): Promise<BillLake> => {
  const folder = tempFolder();
  const lake = await openLake({
    root: lakeRoot(folder, root),
    storage: lakeStorageOptions(folder),
    threads: 1,
    ...(clock === undefined ? {} : { clock }),
  });
  onTestFinished(() => lake.close());
  return {
    lake,
    folder,
    load: (patterns, options = {}) => loadBills(lake, { patterns, cwd: folder, sources, ...options }),
  };
};

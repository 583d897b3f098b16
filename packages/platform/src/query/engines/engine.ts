import type { LoadEntry, Manifest, RollupFile } from "../../lake/manifest.ts";
import type { ResultSet } from "../../lake/result-set.ts";
import type { Dialect, Sql } from "../../sql/dialect.ts";

/** What can answer a query: the embedded engine, or a cluster that reads the same files. */
export const ENGINES = ["duckdb", "trino"] as const;
export type EngineName = (typeof ENGINES)[number];

/** One version of the lake; it stays readable while a query holds it. */
export interface EngineSnapshot {
  readonly version: number;
  readonly manifest: Manifest;
}

/** Rows of exactly these loads. */
export interface ScanRequest {
  readonly table: "charges" | "daily";
  readonly loads: readonly LoadEntry[];
  /** For `daily`: the rollup of each load. All hold the columns that are asked for; others may differ. */
  readonly rollups: readonly RollupFile[];
  /** For `charges` of one file: with {@link QueryEngine.rowNumber}. */
  readonly numbered?: boolean;
}

export interface RunSqlOptions {
  readonly signal?: AbortSignal | undefined;
  /** Whether it reads daily rollups alone and takes a moment; absent: it may read charges. */
  readonly isSmall?: boolean;
}

/** What runs our SQL. The embedded engine and a cluster differ only here and in their dialect. */
export interface QueryEngine {
  readonly id: EngineName;
  readonly dialect: Dialect;
  /** Column of a numbered scan that says which row of its file a row is; absent: the engine can't tell. */
  readonly rowNumber?: string;
  /** The newest version, or the one asked for. */
  snapshot(version?: number): Promise<EngineSnapshot>;
  run(sql: Sql, options?: RunSqlOptions): Promise<ResultSet>;
  /** A fragment that stands after FROM. Its columns are those of ARCHITECTURE.md, by name. */
  scan(snapshot: EngineSnapshot, request: ScanRequest): string;
}

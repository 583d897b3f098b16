/** A cell as it leaves the engine: decimals, bigints and timestamps are strings; booleans, null and maps are themselves. */
export type CellValue = string | number | boolean | null | Readonly<Record<string, string | null>>;

export interface ResultColumn {
  readonly name: string;
  /** The engine's type text, e.g. `DECIMAL(38,12)`. */
  readonly type: string;
}

export interface ResultSet {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly CellValue[])[];
}

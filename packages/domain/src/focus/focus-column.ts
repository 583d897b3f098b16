/** The versions of FOCUS, oldest first. */
export const FOCUS_VERSIONS = ["1.0", "1.1", "1.2", "1.3", "1.4"] as const;

export type FocusVersion = (typeof FOCUS_VERSIONS)[number];

/** What the FOCUS specification says of one column. */
export interface FocusColumn {
  readonly name: string;
  /** `map`: text keys and text values. `json`: an object whose keys the specification defines. */
  readonly type: "string" | "decimal" | "datetime" | "map" | "json";
  readonly kind: "dimension" | "metric";
  /** The first version, of those we read, that has the column. */
  readonly introduced: FocusVersion;
  readonly deprecated?: FocusVersion;
  /** The first version without the column. */
  readonly removed?: FocusVersion;
  readonly nullable: boolean;
  readonly feature: "mandatory" | "conditional" | "recommended" | "optional";
  /** The only values it may hold where it is not null; any text where absent. */
  readonly allowed?: readonly string[];
}

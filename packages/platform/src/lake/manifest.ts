import type { Day, Instant } from "@trimtab/domain";

/** Decimal texts, 12 places, per billing currency and cost column. An unknown measure is absent. */
export type CostSums = Readonly<Record<string, Readonly<Partial<Record<CostColumn, string>>>>>;

export const COST_COLUMNS = ["BilledCost", "EffectiveCost", "ListCost", "ContractedCost"] as const;
export type CostColumn = (typeof COST_COLUMNS)[number];

/** One Parquet file of the lake, relative to its root. Files never change after the commit that names them. */
export interface LakeFile {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
}

/** A daily rollup of one load: charges grouped by day and these dimensions (and, for `tag`, that promoted tag). */
export interface RollupFile extends LakeFile {
  readonly dimensions: readonly string[];
  readonly tag?: string;
}

/**
 * A live load: all charges of one source instance in one billing period. Loading the same key again replaces it.
 */
export interface LoadEntry {
  readonly id: string;
  readonly source: string;
  /** `<source>/<billing account>/<export>`: with the billing period, the replacement key. */
  readonly instance: string;
  readonly account: string;
  /** Of several loads with the same charges the one with the higher rank counts. */
  readonly detailRank: number;
  /** First day of the billing period. */
  readonly billingPeriod: Day;
  readonly loadedAt: Instant;
  readonly rows: number;
  readonly files: readonly LakeFile[];
  readonly rollups: readonly RollupFile[];
  /** Every rollup was tried: one that is not there was not worth its bytes. Absent: nobody tried. */
  readonly rollupsWeighed?: true;
  /** Charge periods covered, half-open. */
  readonly chargeStart: Instant;
  readonly chargeEnd: Instant;
  /**
   * Newest end of a charge period of at most a day, or `chargeEnd` where all are longer: up to here the bill was
   * delivered. A month's fee or tax spans the month from its first delivery on and says nothing of it.
   */
  readonly usageEnd: Instant;
  readonly sums: CostSums;
  readonly providers: readonly string[];
  /** Cost columns this load can't tell, with the reason. */
  readonly unknown: Readonly<Partial<Record<CostColumn, string>>>;
  readonly quarantined: { readonly rows: number; readonly path?: string };
  /** False when another live load holds the same charges; then it is in no total. */
  readonly counted: true | { readonly because: string; readonly load: string };
  /** Promoted tag columns this load's files have: tag key → column. */
  readonly tagColumns: Readonly<Record<string, string>>;
}

/** Complete list of what is live. Version n is the file `manifests/<n, 10 digits>.json`; it never changes. */
export interface Manifest {
  readonly schemaVersion: 1;
  readonly version: number;
  readonly createdAt: Instant;
  /** What made this version, e.g. `ingest`. */
  readonly reason: string;
  readonly loads: readonly LoadEntry[];
  /** All promoted tags over the loads: tag key → column name. */
  readonly tagColumns: Readonly<Record<string, string>>;
}

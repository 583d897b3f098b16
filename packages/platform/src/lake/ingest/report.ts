import type { LoadEntry } from "../manifest.ts";

/** An equation's proof in one currency. All amounts are decimal texts. */
export interface EquationProof {
  readonly source: string;
  readonly name: string;
  readonly output: string;
  readonly currency: string;
  /** Exact Σ of the input, before rounding. */
  readonly input: string;
  /** Σ of the charges. */
  readonly accepted: string;
  /** Σ of the readable amounts in quarantined rows. */
  readonly quarantined: string;
  /** input − accepted − quarantined: what rounding each row to 12 places took. */
  readonly rounding: string;
}

/** Rows that were knowingly or unknowingly no charges, with what the equations took from them. */
export interface FateSum {
  readonly source: string;
  readonly fate: string;
  /** Why, for a drop rule. */
  readonly reason: string;
  readonly currency: string;
  readonly rows: number;
  /** Decimal text per equation name. */
  readonly sums: Readonly<Record<string, string>>;
}

/** A file of the delivery as it was read. */
export interface InputRecord {
  readonly path: string;
  readonly sizeBytes: number;
  /** Absent where a cluster read the file: nobody here has seen all of it. */
  readonly sha256?: string;
  readonly source: string;
  readonly variant: string;
  readonly rows: number;
}

/** How complete a day was when this load was made. */
export interface DayRecord {
  readonly day: string;
  readonly currency: string;
  readonly rows: number;
  readonly billed: string;
  readonly effective: string;
}

/** Kept beside every load as `_load.json`. */
export interface LoadRecord {
  readonly entry: LoadEntry;
  readonly inputs: readonly InputRecord[];
  readonly equations: readonly EquationProof[];
  readonly fates: readonly FateSum[];
  readonly days: readonly DayRecord[];
  readonly superseded: readonly { readonly path: string; readonly reason: string }[];
  readonly notes: readonly string[];
  /** The load whose charges these are, written again when the lake was at that version. */
  readonly compacted?: { readonly of: string; readonly version: number };
}

export interface IngestReport {
  /** The lake version that holds these loads. */
  readonly version: number;
  readonly loads: readonly LoadEntry[];
  /** Ids of the loads that these replaced. */
  readonly replaced: readonly string[];
  readonly inputs: readonly InputRecord[];
  readonly equations: readonly EquationProof[];
  readonly fates: readonly FateSum[];
  readonly quarantined: { readonly rows: number; readonly path?: string };
  readonly superseded: readonly { readonly path: string; readonly reason: string }[];
  readonly notes: readonly string[];
}

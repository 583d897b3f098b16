/** All amounts are decimal texts in the analysis' currency; ratios have 6 places; null is unknown. */
export interface Analysis {
  readonly currency: string;
  readonly period: { readonly start: string; readonly end: string };
  readonly lakeVersion: number;
  readonly completeTo: string | null;
  readonly basis: string;
  readonly periods: readonly {
    readonly billingPeriod: string;
    readonly instance: string;
    readonly status: "open" | "closed";
  }[];
  readonly totals: Totals;
  readonly months: readonly MonthLine[];
  readonly services: readonly ShareLine[];
  readonly accounts: readonly ShareLine[];
  readonly regions: readonly ShareLine[];
  readonly categories: readonly ShareLine[];
  readonly movers: Movers | null;
  readonly commitments: Commitments;
  readonly savings: Savings;
  readonly tags: readonly TagLine[];
  readonly unitCosts: readonly UnitCost[];
  readonly oddities: readonly Oddity[];
}

export interface Totals {
  readonly billed: string | null;
  readonly effective: string | null;
  readonly rows: string;
}

export interface MonthLine {
  readonly month: string;
  readonly billed: string | null;
  readonly effective: string | null;
  /** Days that have charges, of the days the month has in the period. */
  readonly days: number;
  readonly ofDays: number;
  /** Effective (else billed) cost ÷ days with charges, 2 places. */
  readonly perDay: string | null;
  /** Change of the cost a day against the month before. */
  readonly perDayChange: string | null;
}

export interface ShareLine {
  readonly name: string | null;
  readonly amount: string;
  readonly share: string | null;
  /** By month, in the order of `months`. */
  readonly trend: readonly (string | null)[];
}

/** The two newest complete months against each other. */
export interface Movers {
  readonly from: string;
  readonly to: string;
  readonly lines: readonly {
    readonly name: string | null;
    readonly before: string;
    readonly after: string;
    readonly change: string;
  }[];
}

export interface Commitments {
  /** Effective cost of usage that a commitment covered. */
  readonly covered: string;
  /** Effective cost of all usage that commitments could have covered or did: compute and database usage. */
  readonly eligible: string;
  readonly coverage: string | null;
  /** Effective cost of commitments that nothing used. */
  readonly unused: string;
  /** covered ÷ (covered + unused). */
  readonly utilisation: string | null;
}

/** Of usage: purchases, tax, credits and adjustments have no price to save against. */
export interface Savings {
  readonly list: string | null;
  /** List − effective where a list price is known. */
  readonly amount: string | null;
  readonly rate: string | null;
  /** Effective cost of usage without a list price, and its share of all usage. */
  readonly unlisted: string | null;
  readonly unlistedShare: string | null;
}

export interface TagLine {
  readonly key: string;
  readonly tagged: string;
  readonly share: string | null;
}

export interface UnitCost {
  readonly metric: string;
  readonly unit: string;
  readonly cost: string | null;
  readonly target: string | null;
  readonly trend: readonly (string | null)[];
}

/** Something that does not add up, with what to do. */
export interface Oddity {
  readonly severity: "warn" | "note";
  readonly what: string;
  readonly hint: string;
}

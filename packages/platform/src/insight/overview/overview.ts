/** All amounts are decimal texts in the overview's currency; ratios have 6 places; null is unknown. */
export interface Overview {
  readonly lakeVersion: number;
  readonly completeTo: string | null;
  readonly currency: string;
  readonly currencies: readonly string[];
  readonly basis: string;
  readonly measure: "effective" | "billed";
  /** With charges, oldest first. */
  readonly months: readonly string[];
  readonly current: MonthFigure;
  readonly previous: MonthFigure | null;
  readonly change: MonthChange | null;
  readonly trend: readonly MonthFigure[];
  readonly services: readonly PlaceLine[];
  readonly accounts: readonly PlaceLine[];
  readonly regions: readonly PlaceLine[];
  readonly rest: {
    readonly services: string | null;
    readonly accounts: string | null;
    readonly regions: string | null;
  };
  readonly movers: readonly Mover[];
  readonly compared: { readonly from: ComparedDays; readonly to: ComparedDays } | null;
  readonly unitCosts: readonly UnitCostFigure[];
  readonly tags: readonly { readonly key: string; readonly tagged: string; readonly share: string | null }[];
  readonly notes: readonly string[];
}

export interface MonthFigure {
  readonly month: string;
  readonly amount: string | null;
  readonly status: "open" | "closed";
  /** Days that have charges, of the days of the month. */
  readonly days: number;
  readonly ofDays: number;
}

/** Whole months; of an open month its complete days, against the same days of the month before. */
export interface MonthChange {
  readonly amount: string;
  readonly rate: string | null;
  readonly days: number;
  readonly ratePerDay: string | null;
  readonly before: string;
  readonly after: string;
}

/** Where money goes: `amount` of the month so far, `before` and `change` over the compared days. */
export interface PlaceLine {
  readonly name: string | null;
  readonly amount: string;
  readonly share: string | null;
  readonly before: string;
  readonly change: string;
}

export interface Mover {
  readonly name: string | null;
  readonly before: string;
  readonly after: string;
  readonly change: string;
  readonly drivers: readonly { readonly id: string; readonly meaning: string; readonly amount: string }[];
}

export interface ComparedDays {
  readonly start: string;
  readonly end: string;
  readonly days: number;
}

export interface UnitCostFigure {
  readonly metric: string;
  readonly unit: string;
  readonly cost: string | null;
  readonly before: string | null;
  readonly target: string | null;
  readonly trend: readonly { readonly month: string; readonly cost: string | null }[];
}

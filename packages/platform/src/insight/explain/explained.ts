import type { Filter } from "../../query/types.ts";

/** Why a bill changes. Every part is money; together they are the change, to the last digit. */
export const PARTS = {
  "new-resources": "resources that were not there before",
  "gone-resources": "resources that are gone",
  "month-length": "the same use a day over more or fewer days",
  usage: "more or less use of the same things, at the old mix and price",
  mix: "use moved to dearer or cheaper things of the same service and unit",
  price: "list prices, at the old use-weighted discount",
  discounts: "commitments and negotiated discounts: what is paid of the list price",
  "unused-commitments": "commitments that nothing used",
  credits: "credits and promotions",
  purchases: "purchases and other one-off charges",
  adjustments: "corrections, refunds and adjustments",
  tax: "tax",
  "rate-or-usage": "changed, but the bill has no quantity that would split it",
  division: "what rounding the divisions to 12 places left over",
} as const;

export type PartId = keyof typeof PARTS;

/** One line behind a part. Amounts are decimal texts. */
export interface ExplainedLine {
  readonly service: string | null;
  readonly sku: string | null;
  /** What the bill calls it. */
  readonly label: string | null;
  readonly unit: string | null;
  /** Values of the dimensions asked for, in their order. */
  readonly dimensions: readonly (string | null)[];
  readonly amount: string;
  readonly before: string;
  readonly after: string;
  /** Selects the charges behind this line. */
  readonly where: Filter;
}

export interface ExplainedPart {
  readonly id: PartId;
  readonly meaning: string;
  readonly amount: string;
  /** Largest lines first. */
  readonly lines: readonly ExplainedLine[];
  /** All lines there are. */
  readonly lineCount: number;
}

/** The change of one combination of the dimensions asked for. */
export interface ExplainedGroup {
  readonly dimensions: readonly (string | null)[];
  readonly before: string;
  readonly after: string;
  readonly change: string;
  readonly parts: Readonly<Partial<Record<PartId, string>>>;
}

export interface Explanation {
  readonly currency: string;
  readonly measure: "effective" | "billed";
  readonly from: ExplainedPeriod;
  readonly to: ExplainedPeriod;
  readonly change: string;
  /** In the order of {@link PARTS}; parts of nothing are left out. */
  readonly parts: readonly ExplainedPart[];
  /** Dimension names of `groups`; none: `groups` is empty. */
  readonly by: readonly string[];
  readonly groups: readonly ExplainedGroup[];
  readonly lakeVersion: number;
  readonly completeTo: string | null;
  readonly basis: string;
  readonly notes: readonly string[];
}

export interface ExplainedPeriod {
  readonly start: string;
  readonly end: string;
  readonly days: number;
  readonly amount: string;
}

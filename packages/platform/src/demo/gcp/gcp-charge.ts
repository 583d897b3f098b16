import type { Day, Decimal, Instant } from "@trimtab/domain";
import type { GcpAdjustment, GcpCommitment, GcpLine } from "./gcp-line.ts";

export interface GcpCredit {
  readonly type: string;
  readonly name: string;
  readonly fullName: string;
  readonly id: string;
  /** Below zero. */
  readonly amount: Decimal;
}

/** One row of the export before it is written. */
export interface GcpCharge {
  readonly of:
    | { readonly kind: "usage"; readonly line: GcpLine }
    /** Usage at the discounted price of a commitment's consumption model; `atList` is its on-demand value. */
    | {
        readonly kind: "covered";
        readonly line: GcpLine;
        readonly commitment: GcpCommitment;
        readonly atList: Decimal;
      }
    | { readonly kind: "fee"; readonly commitment: GcpCommitment }
    | { readonly kind: "adjustment"; readonly adjustment: GcpAdjustment };
  readonly date: Day;
  readonly start: Instant;
  readonly end: Instant;
  /** Gross: before credits. */
  readonly cost: Decimal;
  readonly credits: readonly GcpCredit[];
  readonly exportTime: Instant;
}

import type { Day, Decimal } from "@trimtab/domain";
import type { FocusLine } from "../data/samplemind.ts";

/** One row of the FOCUS file before it is written. */
export interface FocusCharge {
  readonly of:
    | { readonly kind: "usage"; readonly line: FocusLine }
    | {
        readonly kind: "adjustment";
        readonly line: FocusLine;
        readonly category: string;
        readonly description: string;
      }
    | { readonly kind: "plan fee" }
    | {
        readonly kind: "plan use";
        readonly node: { readonly resourceId: string; readonly resourceName: string };
      }
    | { readonly kind: "plan unused" };
  readonly day: Day;
  /** UTC hour; absent: the whole day. */
  readonly hour?: number;
  readonly billed: Decimal;
  readonly effective: Decimal;
  readonly list: Decimal;
}

import type { Day, Decimal, Estimate } from "@trimtab/domain";

/** What a task does to the cost of a month. Savings are above zero; a cost that it adds is below. */
export type Change =
  /** An amount a month. */
  | { readonly kind: "amount"; readonly by: Estimate }
  /** A share of what is left when its turn comes: 0.4 is 40 %, at most 1. */
  | { readonly kind: "share"; readonly by: Estimate }
  /** A recommendation for one resource, worked out on what it costs today. */
  | {
      readonly kind: "resource";
      readonly resource: string;
      readonly costNow: Decimal;
      /** What the bill will show while commitments pay for part of it, and what it will show afterwards. */
      readonly net: Estimate;
      readonly gross: Estimate;
      /** Until when `net` counts; absent: no commitment pays for it, or nobody knows until when. */
      readonly committedUntil?: Day;
    };

export interface Effect {
  /** Lines of cost that it acts on; of several, on each by what is left of it. */
  readonly on: readonly string[];
  readonly change: Change;
  /** First day on which it counts; absent: once the task is done. */
  readonly from?: Day;
  /** First day on which it no longer counts, e.g. the end of a commitment. */
  readonly until?: Day;
}

/** One figure for each of the three assumptions: every saving at its low, its likely or its high end. */
export interface Scenarios {
  readonly low: Decimal;
  readonly mid: Decimal;
  readonly high: Decimal;
}

export const SCENARIOS = ["low", "mid", "high"] as const;
export type Scenario = (typeof SCENARIOS)[number];

/** The three figures that a function gives. */
export function inEach(of: (scenario: Scenario) => Decimal): Scenarios {
  return { low: of("low"), mid: of("mid"), high: of("high") };
}

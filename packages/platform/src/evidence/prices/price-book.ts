import type { Known, PriceQuestion, UnitPrice } from "@trimtab/domain";

/** Answers what one unit costs; everything was read before, so that advisors can ask in a loop. */
export interface PriceBook {
  /** The user's own price where the bill has it, else a list price; unknown says what was looked for. Never zero. */
  price(question: PriceQuestion): Known<UnitPrice>;
  /** Every price there is, of the bill and of lists, in a fixed order. */
  readonly known: readonly KnownPrice[];
}

/** A price with what a reader must know of it. */
export interface KnownPrice {
  readonly price: UnitPrice;
  /** E.g. that the price changed within the window, or that several SKUs are this item. */
  readonly notes: readonly string[];
}

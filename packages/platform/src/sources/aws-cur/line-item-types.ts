/**
 * Values of `lineItem/LineItemType` that need a rule of their own.
 * @see https://docs.aws.amazon.com/cur/latest/userguide/Lineitem-columns.html (read 2026-11-21)
 */
export const USAGE = "Usage";
export const COVERED_BY_RESERVATION = "DiscountedUsage";
export const COVERED_BY_SAVINGS_PLAN = "SavingsPlanCoveredUsage";
export const NEGATION = "SavingsPlanNegation";
export const RESERVATION_FEE = "RIFee";
export const SAVINGS_PLAN_FEE = "SavingsPlanRecurringFee";
export const SAVINGS_PLAN_UPFRONT = "SavingsPlanUpfrontFee";
/** Upfront fees of reservations, but also any other one-time fee; only with a reservation is it amortised. */
export const FEE = "Fee";
export const FLAT_RATE = "FlatRateSubscription";
export const CREDIT = "Credit";
export const REFUND = "Refund";
export const TAX = "Tax";

/**
 * Negotiated and bundled discounts as rows of negative unblended cost. The net columns hold the same discounts folded
 * into the rows that they belong to: "the set of columns and the new line item represent the same information in
 * different ways". So either these rows count, or the net columns.
 * @see https://aws.amazon.com/blogs/aws-cloud-financial-management/bundled-discounts-in-aws-cost-and-usage-report/
 *   (read 2026-11-21)
 */
export const DISCOUNTS = [
  "EdpDiscount",
  "PrivateRateDiscount",
  "BundledDiscount",
  "Discount",
  "RiVolumeDiscount",
  "SppDiscount",
  "DistributorDiscount",
] as const;

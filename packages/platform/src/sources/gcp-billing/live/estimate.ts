import { decimal, divide, formatDecimal, multiply } from "@trimtab/domain";

/**
 * On-demand analysis price in USD per TiB, the same in the US and EU multi-regions; some regions cost more.
 * @see https://cloud.google.com/bigquery/pricing "On-demand compute pricing" (price since 2023-07-05, read 2026-11-21)
 */
const ON_DEMAND_USD_PER_TIB = "6.25";
const PRICE_READ_ON = "2026-11-21";

const TIB = decimal(String(2n ** 40n));

/** BigQuery bills at least this much for a table that a query names. @see the same page */
const MINIMUM_BILLED_BYTES = 10n * 2n ** 20n;

/** What a query will read and cost at most. Partition pruning is counted; the free TiB of each month is not. */
export interface QueryEstimate {
  readonly bytes: bigint;
  /** USD as decimal text, 4 places; at on-demand prices. With capacity pricing, queries cost slot time instead. */
  readonly cost: string;
  readonly currency: "USD";
  readonly pricePerTib: string;
  readonly priceSource: string;
}

/** @param pricePerTib the user's own price as decimal text, where it differs from the on-demand price */
export const estimateQuery = (bytes: bigint, pricePerTib?: string): QueryEstimate => {
  const billed = bytes > MINIMUM_BILLED_BYTES ? bytes : MINIMUM_BILLED_BYTES;
  const price = decimal(pricePerTib ?? ON_DEMAND_USD_PER_TIB);
  const cost = divide(multiply(decimal(String(billed)), price), TIB, 4);
  return {
    bytes,
    cost: formatDecimal(cost),
    currency: "USD",
    pricePerTib: formatDecimal(price),
    priceSource:
      pricePerTib === undefined ? `BigQuery on-demand price, as of ${PRICE_READ_ON}` : "the price you gave",
  };
};

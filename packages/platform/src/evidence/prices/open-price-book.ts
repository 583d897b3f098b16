import { type CurrencyCode, currencyCode, dayOf, type PriceQuestion } from "@trimtab/domain";
import type { QueryEngine } from "../../query/engines/engine.ts";
import type { QueryContext } from "../../query/types.ts";
import { billPrices } from "./bill-prices.ts";
import { likelyQuestions } from "./likely-questions.ts";
import type { ListPrice } from "./list-price.ts";
import { createPriceBook, type PriceBook } from "./price-book.ts";
import { publishedPrices } from "./published-prices.ts";
import { readBilledSkus } from "./read-billed-skus.ts";

export interface OpenPriceBook extends PriceBook {
  /** What the bill has prices of, and what advisors will ask for besides. */
  readonly likely: readonly PriceQuestion[];
}

/**
 * Reads all prices that the lake's bills tell, beside the user's lists and the published ones; one load, then every
 * question is answered at once. `context.currency` is what it answers in, converted by `context.rates` only.
 */
export const openPriceBook = async (
  engine: QueryEngine,
  context: QueryContext,
  ownLists: readonly ListPrice[] = [],
): Promise<OpenPriceBook> => {
  const snapshot = await engine.snapshot(context.lakeVersion);
  // An empty lake has no version that could be asked for.
  const pinned = snapshot.version === 0 ? context : { ...context, lakeVersion: snapshot.version };
  const billed = await readBilledSkus(engine, pinned);
  const bill = billPrices(billed);
  const lists = [...ownLists, ...publishedPrices()];
  const codes = new Set(snapshot.manifest.loads.flatMap(({ sums }) => Object.keys(sums)));
  const billCurrencies: readonly CurrencyCode[] = [...codes].toSorted().map(currencyCode);
  const book = createPriceBook({
    bill,
    billingAccounts: billed.billingAccounts,
    lists,
    currency: context.currency === "each" ? undefined : context.currency,
    billCurrencies,
    rates: context.rates,
    today: dayOf(context.now),
  });
  return { ...book, likely: likelyQuestions(bill, billed.billingAccounts) };
};

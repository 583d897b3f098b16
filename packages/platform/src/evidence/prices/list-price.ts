import type { CurrencyCode, Day, Decimal, PriceItem } from "@trimtab/domain";

/** A price of a list: the user's own, or a published one. Per the item's unit. */
export interface ListPrice {
  readonly item: PriceItem;
  readonly attributes: Readonly<Record<string, string>>;
  /** `*`: every region. */
  readonly region: string;
  readonly price: Decimal;
  readonly currency: CurrencyCode;
  readonly source: string;
  readonly date: Day;
}

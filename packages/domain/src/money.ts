import { CURRENCIES_BY_MINOR_UNITS } from "./data/currencies.ts";
import { add, type Decimal, formatFixed } from "./decimal.ts";
import { domainErrors } from "./domain-errors.ts";

declare const pricing: unique symbol;
declare const iso: unique symbol;

/** What a price list is written in: an ISO currency or a virtual one, such as "Credits". */
export type PricingCurrency = string & { readonly [pricing]: true };

/** An ISO 4217 code, such as USD: what bills are paid in. */
export type CurrencyCode = PricingCurrency & { readonly [iso]: true };

/** An exact amount in its currency. */
export interface Money {
  readonly amount: Decimal;
  readonly currency: CurrencyCode;
}

const MINOR_UNITS: ReadonlyMap<string, number | undefined> = new Map(
  CURRENCIES_BY_MINOR_UNITS.flatMap(({ digits, codes }) =>
    codes
      .trim()
      .split(/\s+/)
      .map((code) => [code, digits] as const),
  ),
);

/** @throws CURRENCY_INVALID unless the text is an ISO 4217 code in capitals */
export function currencyCode(text: string): CurrencyCode {
  if (!MINOR_UNITS.has(text)) throw domainErrors.create("CURRENCY_INVALID", { code: text.slice(0, 20) });
  return text as CurrencyCode;
}

/** A currency of a price list; FOCUS 1.2 and 1.3 allow virtual ones, so any text will do. */
export function pricingCurrency(text: string): PricingCurrency {
  return text as PricingCurrency;
}

export function money(amount: Decimal, currency: CurrencyCode): Money {
  return { amount, currency };
}

/** @throws CURRENCY_MIXED */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) {
    throw domainErrors.create("CURRENCY_MIXED", { left: a.currency, right: b.currency });
  }
  return { amount: add(a.amount, b.amount), currency: a.currency };
}

/** Decimal places of the currency's smallest coin: 2 for USD, 0 for JPY; none for metals and test codes. */
export function minorUnits(currency: CurrencyCode): number | undefined {
  return MINOR_UNITS.get(currency);
}

/** The amount for a person to read, `59,480.69 USD`: halves rounded to even, at the currency's minor units by default. */
export function formatMoney({ amount, currency }: Money, options: { readonly scale?: number } = {}): string {
  const text = formatFixed(amount, options.scale ?? minorUnits(currency) ?? amount.scale);
  const [whole = "", fraction] = text.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  return `${fraction === undefined ? grouped : `${grouped}.${fraction}`} ${currency}`;
}

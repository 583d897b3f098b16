import {
  type CurrencyCode,
  currencyCode,
  decimal,
  type Estimate,
  estimate,
  formatDecimal,
  type MoneyEstimate,
} from "@trimtab/domain";
import type { DecimalText } from "./tables.ts";

interface EstimateTexts {
  readonly low: DecimalText | null;
  readonly mid: DecimalText | null;
  readonly high: DecimalText | null;
}

/** An estimate as three decimal texts; all null where there is none. */
export const estimateTexts = (value: Estimate | undefined): EstimateTexts => ({
  low: value === undefined ? null : formatDecimal(value.low),
  mid: value === undefined ? null : formatDecimal(value.mid),
  high: value === undefined ? null : formatDecimal(value.high),
});

/** @throws DECIMAL_INVALID, ESTIMATE_UNORDERED */
export const readEstimate = ({ low, mid, high }: EstimateTexts): Estimate | undefined =>
  low === null || mid === null || high === null
    ? undefined
    : estimate(decimal(low), decimal(mid), decimal(high));

/** @throws DECIMAL_INVALID, ESTIMATE_UNORDERED, CURRENCY_INVALID */
export const readMoneyEstimate = (
  texts: EstimateTexts & { readonly currency: string | null },
): MoneyEstimate | undefined => {
  const read = readEstimate(texts);
  if (read === undefined || texts.currency === null) return undefined;
  const currency: CurrencyCode = currencyCode(texts.currency);
  return { ...read, currency };
};

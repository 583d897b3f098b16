import { type CurrencyCode, type Decimal, equals, formatDecimal, formatMoney, negate } from "@trimtab/domain";
import type { LineCosts } from "../../ledger/programme/baseline.ts";
import type { Scenarios } from "../../ledger/programme/waterfall/effect.ts";

/** An amount that stands in prose. */
export const moneyText = (amount: Decimal, currency: CurrencyCode): string =>
  formatMoney({ amount, currency });

/** `250.00 USD`, or with its range where it has one: `250.00 USD (200.00 to 300.00)`. */
export function scenarioText({ low, mid, high }: Scenarios, currency: CurrencyCode): string {
  const likely = moneyText(mid, currency);
  if (equals(low, mid) && equals(mid, high)) return likely;
  const plain = (amount: Decimal) => moneyText(amount, currency).replace(` ${currency}`, "");
  return `${likely} (${plain(low)} to ${plain(high)})`;
}

export const cells = ({ low, mid, high }: Scenarios): readonly string[] =>
  [mid, low, high].map(formatDecimal);

export const lessCells = ({ low, mid, high }: Scenarios): readonly string[] =>
  cells({ low: negate(low), mid: negate(mid), high: negate(high) });

export function baselineText({ from, currency }: LineCosts): string {
  if (from.kind === "stated") return `${currency} a month · from the costs that the programme states`;
  const months = from.first === from.last ? from.first : `the average of ${from.first} to ${from.last}`;
  return `${currency} a month · ${from.measure} cost of ${months}`;
}

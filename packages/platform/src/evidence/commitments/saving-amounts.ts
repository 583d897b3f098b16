import {
  compare,
  type Decimal,
  type Estimate,
  multiply,
  type SavingLine,
  sign,
  sumDecimals,
  ZERO,
} from "@trimtab/domain";
import type { PricedResource } from "../costs/resource-costs.ts";
import type { LEVELS } from "./free-usage.ts";

/** A saving before commitments are looked at. */
export interface GrossSaving {
  readonly resource: PricedResource;
  readonly lines: readonly SavingLine[];
}

export type Level = (typeof LEVELS)[number];

export const itemsOf = ({ lines }: GrossSaving): ReadonlySet<string> =>
  new Set(lines.map(({ price }) => price.question.item));

export const lineAmount = ({ units, price }: SavingLine, level: Level): Decimal =>
  multiply(units[level], price.price);

export const gross = ({ lines }: GrossSaving): Estimate => {
  const of = (level: Level) => sumDecimals(lines.map((line) => lineAmount(line, level)));
  return { low: of("low"), mid: of("mid"), high: of("high") };
};

export const within = (amount: Decimal, most: Decimal): Decimal => {
  if (sign(amount) <= 0 || sign(most) <= 0) return ZERO;
  return compare(amount, most) < 0 ? amount : most;
};

/** Gross of the items that are saved; what others cost more is no part of what commitments paid for. */
export const positiveGross = ({ lines }: GrossSaving, level: Level): Decimal => {
  const perItem = Map.groupBy(lines, ({ price }) => price.question.item);
  const amounts = [...perItem.values()].map((own) => sumDecimals(own.map((line) => lineAmount(line, level))));
  return sumDecimals(amounts.filter((amount) => sign(amount) > 0));
};

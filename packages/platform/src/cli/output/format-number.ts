import { decimal, formatDecimal, formatFixed, multiply, tryDecimal } from "@trimtab/domain";

const HUNDRED = decimal("100");

export interface NumberFormat {
  /** Decimal places; absent: all that the number has. */
  readonly scale?: number | undefined;
  readonly signed?: boolean | undefined;
}

/** `-1234567.891` as `-1,234,567.89`; a text that is no number stays as it is. */
export function formatNumber(text: string, { scale, signed }: NumberFormat = {}): string {
  const value = tryDecimal(text);
  if (value === undefined) return text;
  const plain = scale === undefined ? formatDecimal(value) : formatFixed(value, scale);
  const [whole = "", fraction] = plain.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const number = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  const isRoundedAway = /^-?[0.]+$/.test(plain) && value.units !== 0n;
  if (isRoundedAway) return value.units < 0n ? `-~${number.replace("-", "")}` : `~${number}`;
  return signed && value.units > 0n ? `+${number}` : number;
}

/** The ratio `0.336` as `33.6 %`. */
export function formatPercent(ratio: string, { scale = 1, signed }: NumberFormat = {}): string {
  const value = tryDecimal(ratio);
  if (value === undefined) return ratio;
  return `${formatNumber(formatDecimal(multiply(value, HUNDRED)), { scale, signed })} %`;
}

import { decimal, formatDecimal, formatFixed, multiply, tryDecimal } from "@trimtab/domain";

const HUNDRED = decimal("100");

export interface NumberFormat {
  /** Decimal places; absent: all that the number has. */
  readonly scale?: number | undefined;
  readonly signed?: boolean | undefined;
}

/** `-1234567.891` as `-1,234,567.89`, what rounds to zero but is not as `<0.01`; a text that is no number stays as it is. */
export function formatNumber(text: string, { scale, signed }: NumberFormat = {}): string {
  const value = tryDecimal(text);
  if (value === undefined) return text;
  const plain = scale === undefined ? formatDecimal(value) : formatFixed(value, scale);
  const [whole = "", fraction] = plain.split(".");
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ",");
  const number = fraction === undefined ? grouped : `${grouped}.${fraction}`;
  if (value.units !== 0n && /^-?[0.]+$/.test(plain)) return tooSmall(value.units < 0n, scale ?? 0);
  return signed && value.units > 0n ? `+${number}` : number;
}

/** What rounds to zero but is not: `<0.01`, `>-0.01`. */
function tooSmall(isNegative: boolean, scale: number): string {
  const least = scale === 0 ? "1" : `0.${"1".padStart(scale, "0")}`;
  return isNegative ? `>-${least}` : `<${least}`;
}

/** The ratio `0.336` as `33.6 %`. */
export function formatPercent(ratio: string, { scale = 1, signed }: NumberFormat = {}): string {
  const value = tryDecimal(ratio);
  if (value === undefined) return ratio;
  return `${formatNumber(formatDecimal(multiply(value, HUNDRED)), { scale, signed })} %`;
}

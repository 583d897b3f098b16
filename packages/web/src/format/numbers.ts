import { numberFormat } from "./reader.ts";

/**
 * Amounts arrive as decimal texts and are shown from those: Intl formats a decimal text exactly, a double would not.
 * The locale is the reader's.
 */
const written = (value: string | number, options: Intl.NumberFormatOptions): string =>
  numberFormat(options).format(value as Intl.StringNumericLiteral);

export type MoneyStyle = "auto" | "exact" | "compact";

interface MoneyOptions {
  readonly style?: MoneyStyle;
  /** A plus sign before a rise. */
  readonly signed?: boolean;
}

const digitsOf = (value: string, style: MoneyStyle): Intl.NumberFormatOptions => {
  const size = Math.abs(Number(value));
  if (style === "exact") return { minimumFractionDigits: 2, maximumFractionDigits: 12 };
  if (style === "compact" && size >= 10_000) return { notation: "compact", maximumSignificantDigits: 3 };
  if (size === 0) return { maximumFractionDigits: 0 };
  if (size < 0.01) return { maximumSignificantDigits: 3 };
  if (size < 1000) return { minimumFractionDigits: 2, maximumFractionDigits: 2 };
  return { maximumFractionDigits: 0 };
};

/** `1234.5` in USD → `$1,235`; the exact amount stands in the figure's details. */
export const formatMoney = (value: string, currency: string, options: MoneyOptions = {}): string =>
  written(value, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    ...digitsOf(value, options.style ?? "auto"),
    ...(options.signed ? { signDisplay: "exceptZero" } : {}),
  });

/** A rise or a fall; what is less than a cent says so, its digits say nothing to anybody. */
export const formatChange = (value: string, currency: string): string => {
  const size = Math.abs(Number(value));
  const isTiny = size > 0 && size < 0.01;
  return isTiny ? `<${formatMoney("0.01", currency)}` : formatMoney(value, currency, { signed: true });
};

/** `0.0833` → `8.3 %`. */
export const formatRatio = (value: string | number, options: { readonly signed?: boolean } = {}): string => {
  const size = Math.abs(Number(value));
  return written(value, {
    style: "percent",
    minimumFractionDigits: size < 0.995 && size !== 0 ? 1 : 0,
    maximumFractionDigits: size < 0.995 ? 1 : 0,
    ...(options.signed ? { signDisplay: "exceptZero" } : {}),
  });
};

/** `0.0012` → `0.12 %`: as fine as it is. */
export const formatShare = (value: number): string =>
  written(value, { style: "percent", maximumSignificantDigits: 3 });

export const formatCount = (value: string | number): string => written(value, { maximumFractionDigits: 0 });

export const formatQuantity = (value: string): string =>
  written(
    value,
    Math.abs(Number(value)) >= 1000 ? { maximumFractionDigits: 0 } : { maximumSignificantDigits: 4 },
  );

export const formatBytes = (bytes: number): string => {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return written(bytes / 1000 ** step, {
    style: "unit",
    unit: units[step] ?? "byte",
    unitDisplay: "short",
    maximumFractionDigits: step === 0 ? 0 : 1,
  });
};

/** UCUM's 1 is no unit that anybody says, and its braces hold words. */
const spokenUnit = (unit: string): string => (unit === "1" ? "" : unit.replaceAll(/[{}]/g, ""));

/** Of words, not of signs like GiB: they have a plural. */
const isWord = /^[a-z]{3,}$/;

/** `12 instances`, `4 GiB`: with its unit as people say it. */
export const quantityText = (value: number, unit: string): string => {
  const spoken = spokenUnit(unit);
  const ending = isWord.test(spoken) && !spoken.endsWith("s") && value !== 1 ? "s" : "";
  return `${formatQuantity(String(value))} ${spoken}${ending}`.trim();
};

import type { DataColumn } from "../data-table.ts";

/** Numbers and times in the reader's language. Decimals stay texts: `Intl` rounds them itself, exactly. */
export interface Formatter {
  /** A cell in full, e.g. `1,234.50 USD` without its currency sign where `currency` is given in the column. */
  cell(text: string | null, column: FormattedColumn): string;
  /** A cell with its currency, for figures and tooltips. */
  amount(text: string | null, column: FormattedColumn): string;
  /** For axes: `1.2K`, `35 %`. */
  short(value: number | string, column: FormattedColumn): string;
  /** A change with its sign. */
  change(text: string | null, column: FormattedColumn): string;
  /** `2026-06` as `Jun 2026`; other texts as they are. */
  time(label: string): string;
}

export type FormattedColumn = Pick<DataColumn, "kind" | "currency">;

/** What stands for a value that the bill does not tell. */
export const UNKNOWN = "–";
export const NO_VALUE = "(no value)";

type Numeric = Intl.StringNumericLiteral;

export const formatterFor = (locale: string): Formatter => {
  const cached = new Map<string, Intl.NumberFormat>();
  const number = (key: string, options: Intl.NumberFormatOptions): Intl.NumberFormat => {
    const found = cached.get(key) ?? new Intl.NumberFormat(locale, options);
    cached.set(key, found);
    return found;
  };
  const plain = (text: string, { kind, currency }: FormattedColumn, sign: boolean): string => {
    const signDisplay = sign ? "exceptZero" : "auto";
    const options = { ...placesOf(kind, currency), signDisplay } as const;
    const format = number(`${kind} ${currency ?? ""} ${sign}`, options);
    return format.format(text as Numeric);
  };
  const withCurrency = (text: string, column: FormattedColumn, sign: boolean): string => {
    const { kind, currency } = column;
    if ((kind !== "money" && kind !== "price") || currency === undefined) return plain(text, column, sign);
    const signDisplay = sign ? "exceptZero" : "auto";
    const places = kind === "price" ? { maximumSignificantDigits: 6 } : {};
    return number(`c ${kind} ${currency} ${sign}`, {
      style: "currency",
      currency,
      signDisplay,
      ...places,
    }).format(text as Numeric);
  };
  const short = (value: number | string, { kind, currency }: FormattedColumn): string => {
    const isMoney = kind === "money" && currency !== undefined;
    const options: Intl.NumberFormatOptions = {
      ...(kind === "ratio" ? { style: "percent" } : { notation: "compact" }),
      ...(isMoney ? { style: "currency", currency, currencyDisplay: "narrowSymbol" } : {}),
      minimumFractionDigits: 0,
      maximumFractionDigits: kind === "price" ? 6 : 1,
    };
    return number(`s ${kind} ${currency ?? ""}`, options).format(value as Numeric);
  };
  return {
    cell: (text, column) => shown(text, column, (value) => plain(value, column, false)),
    amount: (text, column) => shown(text, column, (value) => withCurrency(value, column, false)),
    change: (text, column) => shown(text, column, (value) => withCurrency(value, column, true)),
    short,
    time: (label) => timeText(label, locale),
  };
};

const shown = (text: string | null, { kind }: FormattedColumn, format: (text: string) => string): string => {
  if (text === null) return kind === "text" || kind === "time" ? NO_VALUE : UNKNOWN;
  return kind === "text" || kind === "time" || !isNumber(text) ? text : format(text);
};

const isNumber = (text: string): boolean => /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text);

const placesOf = (kind: DataColumn["kind"], currency: string | undefined): Intl.NumberFormatOptions => {
  switch (kind) {
    case "money": {
      const places = currency === undefined ? 2 : minorUnits(currency);
      return { minimumFractionDigits: places, maximumFractionDigits: places };
    }
    case "ratio":
      return { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 };
    case "price":
      return { maximumSignificantDigits: 6 };
    case "count":
      return { maximumFractionDigits: 0 };
    default:
      return { maximumFractionDigits: 2 };
  }
};

/** Decimal places that a currency is written with: 2 of USD, 0 of JPY. */
export const minorUnits = (currency: string): number =>
  new Intl.NumberFormat("en", { style: "currency", currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** Months and days by name; weeks, quarters, years and hours as the query writes them. */
const timeText = (label: string, locale: string): string => {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(label) ?? [];
  if (year === undefined || month === undefined) return label.replace("T", " ").replace(/:00(Z)?$/, "");
  const date = new Date(`${year}-${month}-${day ?? "01"}T00:00:00Z`);
  if (Number.isNaN(date.getTime())) return label;
  const options: Intl.DateTimeFormatOptions =
    day === undefined
      ? { month: "short", year: "numeric" }
      : { day: "numeric", month: "short", year: "numeric" };
  return new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(date);
};

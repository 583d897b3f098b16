/** What the reader chose in their profile; null or absent: as the browser says. */
interface Reader {
  readonly locale?: string | null;
  readonly timeZone?: string | null;
}

let chosen: Reader = {};

/** Called with whoever is signed in, before any page is shown. */
export const setReader = (reader: Reader): void => {
  chosen = reader;
};

export const readerLocale = (): string => chosen.locale ?? navigator.language;

export const browserTimeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

export const readerTimeZone = (): string => chosen.timeZone ?? browserTimeZone();

/** The day that it is where the reader is, as `2026-01-31`. */
export const readerToday = (now: Date = new Date()): string => {
  const parts = new Intl.DateTimeFormat("en-US", {
    ...{ year: "numeric", month: "2-digit", day: "2-digit" },
    timeZone: readerTimeZone(),
  }).formatToParts(now);
  const part = (type: "year" | "month" | "day") => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
};

const formatters = new Map<string, unknown>();

/** Making one of Intl's formatters costs far more than using it. */
const keptFor = <O extends object, F>(kind: string, options: O, make: (locale: string) => F): F => {
  const locale = readerLocale();
  const key = `${kind} ${locale} ${JSON.stringify(options)}`;
  const known = formatters.get(key) as F | undefined;
  if (known !== undefined) return known;
  const made = make(locale);
  formatters.set(key, made);
  return made;
};

export const numberFormat = (options: Intl.NumberFormatOptions): Intl.NumberFormat =>
  keptFor("number", options, (locale) => new Intl.NumberFormat(locale, options));

export const dateFormat = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat =>
  keptFor("date", options, (locale) => new Intl.DateTimeFormat(locale, options));

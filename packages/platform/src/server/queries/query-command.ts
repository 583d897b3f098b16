/** The command line that asks the same, for a POSIX shell. */
export const queryCommand = (
  text: string,
  {
    currency,
    timeZone,
    lakeVersion,
  }: { readonly currency: string; readonly timeZone: string; readonly lakeVersion?: number | undefined },
): string =>
  [
    "trimtab query",
    quoted(text),
    ...(currency === "each" ? [] : ["--currency", currency]),
    ...(timeZone === "UTC" ? [] : ["--time-zone", quoted(timeZone)]),
    ...(lakeVersion === undefined ? [] : ["--lake-version", String(lakeVersion)]),
  ].join(" ");

/** In single quotes nothing means anything but the quote itself. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

import type { QuarantinedRow } from "./data-search.ts";

/** A spreadsheet runs what begins like a formula; the quote before it makes it a text again. */
const neutral = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const cell = (value: string | number | null): string => {
  const text = typeof value === "number" ? `${value}` : neutral(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** Rows that could not be read, as a file for whoever mends the export. */
export const quarantineCsv = (rows: readonly QuarantinedRow[]): string =>
  [
    ["source", "file", "line", "column", "reason", "raw"].join(","),
    ...rows.map(({ source, file, line, column, reason, raw }) =>
      [source, file, line, column, reason, raw].map(cell).join(","),
    ),
    "",
  ].join("\r\n");

import type { DataTable } from "../data-table.ts";
import { sanitiseLine } from "../text/sanitise.ts";

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** What makes a spreadsheet run a cell, also written wide or behind spaces. */
const FORMULA = /^[\s\u00a0'"]*[=+\-@＝＋－＠|%]/;

/** A text that a spreadsheet would take for a formula starts with an apostrophe; a plain number stays as it is. */
export const safeText = (text: string): string => {
  const clean = sanitiseLine(text);
  if (NUMBER.test(clean)) return clean;
  return FORMULA.test(clean) || /^[\t\r\n]/.test(text) ? `'${clean}` : clean;
};

const QUOTED = /[",\n\r]/;

/** One line of RFC 4180 with a line feed; formulas are neutralised. */
export const csvLine = (cells: readonly (string | null)[]): string => {
  let line = "";
  for (const [index, cell] of cells.entries()) {
    const text = cell === null ? "" : safeText(cell);
    if (index > 0) line += ",";
    line += QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }
  return `${line}\n`;
};

const CHUNK_ROWS = 2000;

/** Rows in full, no total, so that a column can be summed; some thousand rows a chunk. */
export async function* csvOf({ columns, rows }: DataTable): AsyncIterable<string> {
  yield csvLine(columns.map(({ name }) => name));
  for (let at = 0; at < rows.length; at += CHUNK_ROWS)
    yield rows
      .slice(at, at + CHUNK_ROWS)
      .map(csvLine)
      .join("");
}

import { didYouMean } from "../../query/text/nearest-name.ts";
import { csvLine } from "../../reports/exports/csv.ts";
import { cliErrors } from "../errors.ts";
import type { Cell, Document, Table } from "./document.ts";

/** The tables of a document, in its order. */
export function tablesOf(document: Document): readonly Table[] {
  return document.blocks.filter((block) => block.kind === "table");
}

/**
 * The table that `--csv` names; without a name, the first.
 * @throws CLI_TABLE_UNKNOWN
 */
export function chooseTable(tables: readonly Table[], id: string | undefined): Table {
  const ids = tables.map((table) => table.id);
  const chosen = id === undefined ? tables[0] : tables.find((table) => table.id === id);
  if (chosen !== undefined) return chosen;
  throw cliErrors.create("CLI_TABLE_UNKNOWN", {
    table: id ?? "to print as CSV",
    suggestion: id === undefined ? "" : didYouMean(id, ids),
    available: ids.length === 0 ? "Use --json: this answer has no tables." : `It has ${ids.join(", ")}.`,
  });
}

/**
 * One table as RFC 4180 text with line feeds: numbers as they are, in full; a text that a spreadsheet would take for
 * a formula starts with an apostrophe. Totals are left out, so that a column can be summed.
 */
export function renderCsv(table: Table): string {
  const header = table.columns.map(({ name }) => name);
  const rows = table.rows.map((cells) => table.columns.map((_, index) => plain(cells[index] ?? null)));
  return [header, ...rows].map(csvLine).join("");
}

const plain = (cell: Cell): string | null =>
  cell === null || typeof cell === "string" ? cell : cell.map((value) => value ?? "").join(" ");

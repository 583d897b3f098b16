import { Readable } from "node:stream";
import type { DataTable } from "../data-table.ts";
import { safeText } from "./csv.ts";
import { bookParts, sheetPath } from "./xlsx-book.ts";
import { aboutXml, type Losses, rangeOf, sheetXml } from "./xlsx-sheet.ts";
import { stylesOf } from "./xlsx-styles.ts";

export interface Sheet {
  readonly title: string;
  readonly table: DataTable;
}

export interface Workbook {
  readonly title: string;
  readonly sheets: readonly Sheet[];
  /** What the figures are: label and text, on a sheet of their own. */
  readonly about: readonly (readonly [label: string, text: string])[];
}

/** A sheet of Excel ends here. */
const MOST_ROWS = 1_048_576 - 2;
/** A sheet is far more repetition than text: more effort makes it hardly smaller. */
const COMPRESSION_LEVEL = 3;
/** Zip has a time for every file, and this one is nobody's. */
const MTIME = new Date(Date.UTC(1980, 0, 2));

/**
 * A workbook with typed cells, sent as it is written: rows become the sheet's XML, and that a zip, no faster than it is read.
 * Numbers are numbers, digit for digit, so that a column can be summed; where one has more than the 15 digits that Excel
 * keeps, the sheet About says so and where every digit is.
 */
export async function* xlsxOf({ title, sheets, about }: Workbook): AsyncIterable<Uint8Array> {
  const { ZipFile } = await import("yazl");
  const names = new Set<string>();
  const tables = sheets.map(({ title: name, table }) => ({
    name: sheetName(name, names),
    table: { ...table, rows: table.rows.slice(0, MOST_ROWS) },
  }));
  const styles = stylesOf(tables.flatMap(({ table }) => table.columns));
  const losses: Losses = { rounded: 0, cut: 0 };
  const zip = new ZipFile();
  const out = zip.outputStream as Readable;
  zip.on("error", (error: Error) => out.destroy(error));
  const put = (path: string, xml: () => Iterable<string>) =>
    zip.addReadStreamLazy(path, { compressionLevel: COMPRESSION_LEVEL, mtime: MTIME }, (opened) =>
      opened(null, Readable.from(bytesOf(xml()), { objectMode: false })),
    );
  const named = tables.map(({ name, table }) => ({ name, filter: rangeOf(table) }));
  const book = { title, sheets: [...named, { name: sheetName("About", names) }], styles: styles.xml };
  for (const { path, xml } of bookParts(book)) put(path, () => [xml]);
  for (const [index, { table }] of tables.entries())
    put(sheetPath(index), () => sheetXml(table, { isFirst: index === 0, styles, losses }));
  // Written last of all: by then it is known what the other sheets could not keep.
  put(sheetPath(tables.length), () => aboutXml(about, losses));
  zip.end();
  for await (const chunk of out) yield chunk as Uint8Array;
}

function* bytesOf(xml: Iterable<string>): Iterable<Uint8Array> {
  for (const piece of xml) yield Buffer.from(piece);
}

/** Excel allows 31 characters, none of `[]:*?/\`, and each name once. */
const sheetName = (title: string, taken: Set<string>): string => {
  const clean =
    safeText(title)
      .replace(/[[\]:*?/\\']/g, " ")
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, 28) || "Sheet";
  let name = clean;
  for (let copy = 2; taken.has(name.toLowerCase()); copy++) name = `${clean.slice(0, 26)} ${copy}`;
  taken.add(name.toLowerCase());
  return name;
};

import { PassThrough } from "node:stream";
import { minorUnits } from "../charts/format.ts";
import type { DataColumn, DataTable } from "../data-table.ts";
import { safeText } from "./csv.ts";

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

/** What Excel keeps of a number; more digits than these it drops itself. */
const DIGITS = 15;
const FLUSH_ROWS = 1000;
/** A sheet of Excel ends here. */
const MOST_ROWS = 1_048_576 - 2;

/**
 * A workbook with typed cells, sent as it is written. Numbers are numbers, so that a column can be summed; where one has
 * more than the 15 digits that Excel keeps, the sheet About says so and where every digit is.
 */
export async function* xlsxOf(workbook: Workbook): AsyncIterable<Uint8Array> {
  const { default: excel } = await import("exceljs");
  const out = new PassThrough({ highWaterMark: 1 << 18 });
  const writer = new excel.stream.xlsx.WorkbookWriter({
    stream: out,
    useStyles: true,
    useSharedStrings: false,
  });
  writer.title = workbook.title;
  writer.creator = "Trimtab";
  const written = writeAll(writer, workbook).catch((error: Error) => {
    out.destroy(error);
  });
  for await (const chunk of out) yield chunk as Uint8Array;
  await written;
}

type Writer = InstanceType<typeof import("exceljs").stream.xlsx.WorkbookWriter>;

const writeAll = async (writer: Writer, { sheets, about }: Workbook): Promise<void> => {
  const names = new Set<string>();
  let rounded = 0;
  for (const { title, table } of sheets) rounded += await writeSheet(writer, sheetName(title, names), table);
  const page = writer.addWorksheet(sheetName("About", names));
  page.columns = [{ width: 22 }, { width: 90 }];
  const rows = [...about];
  if (rounded > 0)
    rows.push([
      "Digits",
      `${rounded} numbers have more than the ${DIGITS} digits that Excel keeps; CSV and JSON hold every digit.`,
    ]);
  for (const [label, text] of rows) {
    const row = page.addRow([label, safeText(text)]);
    row.getCell(1).font = { bold: true };
    row.getCell(2).alignment = { wrapText: true, vertical: "top" };
    row.commit();
  }
  page.commit();
  await writer.commit();
};

/** @returns how many numbers lost digits */
const writeSheet = async (writer: Writer, name: string, table: DataTable): Promise<number> => {
  const sheet = writer.addWorksheet(name, { views: [{ state: "frozen", ySplit: 1 }] });
  const rows = table.rows.slice(0, MOST_ROWS);
  sheet.columns = table.columns.map((column, index) => ({
    width: widthOf(column, index, rows),
    style: styleOf(column),
  }));
  const header = sheet.addRow(table.columns.map(({ name: label }) => safeText(label)));
  header.font = { bold: true };
  header.fill = { type: "pattern", pattern: "solid", fgColor: { argb: "FFEEF2FC" } };
  header.numFmt = "@";
  header.commit();
  if (rows.length > 0)
    sheet.autoFilter = {
      from: { row: 1, column: 1 },
      to: { row: rows.length + 1, column: table.columns.length },
    };
  let rounded = 0;
  for (const [at, cells] of rows.entries()) {
    const values = table.columns.map((column, index) => {
      const text = cells[index] ?? null;
      if (isRounded(column, text)) rounded += 1;
      return cellOf(column, text);
    });
    sheet.addRow(values).commit();
    // Lets the stream drain, so that memory stays flat however long the sheet is.
    if (at % FLUSH_ROWS === FLUSH_ROWS - 1) await new Promise((resume) => setImmediate(resume));
  }
  sheet.commit();
  return rounded;
};

const NUMBER = /^-?\d+(\.\d+)?$/;
const isNumeric = ({ kind }: DataColumn): boolean => kind !== "text" && kind !== "time";

const cellOf = (column: DataColumn, text: string | null): string | number | Date | null => {
  if (text === null) return null;
  if (isNumeric(column) && NUMBER.test(text)) return Number(text);
  if (column.kind === "time") return dateOf(text) ?? safeText(text);
  return safeText(text);
};

const isRounded = (column: DataColumn, text: string | null): boolean =>
  text !== null &&
  isNumeric(column) &&
  NUMBER.test(text) &&
  text.length > DIGITS &&
  text.replace(/^-?[0.]*/, "").replace(".", "").length > DIGITS;

const dateOf = (text: string): Date | undefined => {
  if (/^\d{4}-\d{2}$/.test(text)) return new Date(`${text}-01T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
};

const styleOf = (column: DataColumn): { readonly numFmt?: string } => {
  switch (column.kind) {
    case "money": {
      const places = column.currency === undefined ? 2 : minorUnits(column.currency);
      const number = places === 0 ? "#,##0" : `#,##0.${"0".repeat(places)}`;
      return { numFmt: column.currency === undefined ? number : `${number} "${column.currency}"` };
    }
    case "price":
      return { numFmt: "#,##0.00##########" };
    case "ratio":
      return { numFmt: "0.0%" };
    case "count":
      return { numFmt: "#,##0" };
    case "quantity":
      return { numFmt: "#,##0.######" };
    case "time":
      return { numFmt: "yyyy-mm-dd" };
    default:
      return {};
  }
};

const widthOf = ({ name, kind }: DataColumn, index: number, rows: DataTable["rows"]): number => {
  if (kind === "time") return Math.max(12, name.length + 3);
  if (kind !== "text") return Math.max(18, name.length + 3);
  const longest = rows
    .slice(0, 200)
    .reduce((most, row) => Math.max(most, row[index]?.length ?? 0), name.length);
  return Math.min(60, longest + 3);
};

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

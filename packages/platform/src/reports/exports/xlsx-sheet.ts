import type { DataColumn, DataTable } from "../data-table.ts";
import { safeText } from "./csv.ts";
import { type CellStyles, HEADER, LABEL, PLAIN, WRAPPED } from "./xlsx-styles.ts";
import { xmlText } from "./xml-text.ts";

/** What Excel could not keep. */
export interface Losses {
  /** Numbers with more digits than Excel keeps. */
  rounded: number;
  /** Texts longer than a cell. */
  cut: number;
}

/** What Excel keeps of a number; more digits than these it drops itself. */
const DIGITS = 15;
const MOST_LETTERS = 32_767;
/** Some 64 KiB of XML. */
const CHUNK_ROWS = 200;
/** Names of accounts and services come again and again: each is made safe once. */
const MOST_KNOWN = 10_000;
const MS_PER_DAY = 86_400_000;
/** Day 0 of Excel's calendar. */
const DAY_ZERO = Date.UTC(1899, 11, 30);

const HEAD =
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">';

export const rangeOf = ({ columns, rows }: DataTable): string | undefined =>
  columns.length === 0 || rows.length === 0
    ? undefined
    : `A1:${columnName(columns.length - 1)}${rows.length + 1}`;

/** A table as a sheet: header frozen, columns as wide as they need, filters; some hundred rows a piece. */
export function* sheetXml(
  table: DataTable,
  {
    isFirst,
    styles,
    losses,
  }: { readonly isFirst: boolean; readonly styles: CellStyles; readonly losses: Losses },
): Iterable<string> {
  const { columns, rows } = table;
  yield `${HEAD}<sheetViews><sheetView ${isFirst ? 'tabSelected="1" ' : ""}workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>`;
  if (columns.length > 0) {
    const widths = columns.map((column, index) =>
      columnXml(index, widthOf(column, index, rows), styles.of(column)),
    );
    yield `<cols>${widths.join("")}</cols>`;
  }
  const head = columns.map(({ name }, index) =>
    textXml(`${columnName(index)}1`, HEADER, safeText(name), losses),
  );
  yield `<sheetData><row r="1">${head.join("")}</row>`;
  const cells = columns.map((column, index) =>
    cellWriter(column, columnName(index), styles.of(column), losses),
  );
  for (let at = 0; at < rows.length; at += CHUNK_ROWS) {
    let xml = "";
    for (let row = at; row < Math.min(rows.length, at + CHUNK_ROWS); row++) {
      const [name, texts] = [row + 2, rows[row] ?? []];
      xml += `<row r="${name}">`;
      for (const [index, write] of cells.entries()) {
        const text = texts[index];
        if (text !== null && text !== undefined) xml += write(text, name);
      }
      xml += "</row>";
    }
    yield xml;
  }
  const range = rangeOf(table);
  yield `</sheetData>${range === undefined ? "" : `<autoFilter ref="${range}"/>`}</worksheet>`;
}

/** Labels and texts, and at the end what the other sheets could not keep. */
export function* aboutXml(about: readonly (readonly [string, string])[], losses: Losses): Iterable<string> {
  const told: (readonly [string, string])[] = [...about];
  if (losses.rounded > 0)
    told.push([
      "Digits",
      `${losses.rounded} numbers have more than the ${DIGITS} digits that Excel keeps; CSV and JSON hold every digit.`,
    ]);
  if (losses.cut > 0)
    told.push([
      "Texts",
      `${losses.cut} texts are longer than the ${MOST_LETTERS} letters of a cell; CSV and JSON hold all.`,
    ]);
  const rows = told.map(([label, text], index) => {
    const row = index + 1;
    const cells = [
      textXml(`A${row}`, LABEL, label, losses),
      textXml(`B${row}`, WRAPPED, safeText(text), losses),
    ];
    return `<row r="${row}">${cells.join("")}</row>`;
  });
  const columns = [columnXml(0, 22, PLAIN), columnXml(1, 90, PLAIN)].join("");
  yield `${HEAD}<cols>${columns}</cols><sheetData>${rows.join("")}</sheetData></worksheet>`;
}

type WriteCell = (text: string, row: number) => string;

const NUMBER = /^-?\d+(\.\d+)?$/;

/** Numbers as they are, digit for digit; dates as Excel's days; all else as text that no spreadsheet runs. */
const cellWriter = (column: DataColumn, name: string, style: number, losses: Losses): WriteCell => {
  const isNumeric = column.kind !== "text" && column.kind !== "time";
  const known = new Map<string, string>();
  const inner = (text: string): string => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const day = column.kind === "time" ? dayOf(text) : undefined;
    const made =
      day === undefined ? textInner(style, safeText(text), losses) : numberInner(style, String(day));
    if (known.size < MOST_KNOWN) known.set(text, made);
    return made;
  };
  return (text, row) => {
    if (!isNumeric || !NUMBER.test(text)) return `<c r="${name}${row}"${inner(text)}`;
    if (isRounded(text)) losses.rounded += 1;
    return `<c r="${name}${row}"${numberInner(style, text)}`;
  };
};

const numberInner = (style: number, digits: string): string => ` s="${style}"><v>${digits}</v></c>`;

const textInner = (style: number, text: string, losses: Losses): string => {
  if (text.length > MOST_LETTERS) losses.cut += 1;
  // Excel reads _x0041_ as A.
  const kept = text.slice(0, MOST_LETTERS).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, "_x005F_");
  return ` s="${style}" t="inlineStr"><is><t xml:space="preserve">${xmlText(kept)}</t></is></c>`;
};

const textXml = (ref: string, style: number, text: string, losses: Losses): string =>
  `<c r="${ref}"${textInner(style, text, losses)}`;

const isRounded = (text: string): boolean =>
  text.length > DIGITS && text.replace(/^-?[0.]*/, "").replace(".", "").length > DIGITS;

const dayOf = (text: string): number | undefined => {
  const [, year, month, day = "01"] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(text) ?? [];
  if (year === undefined || month === undefined) return undefined;
  return (Date.UTC(Number(year), Number(month) - 1, Number(day)) - DAY_ZERO) / MS_PER_DAY;
};

const columnXml = (index: number, width: number, style: number): string =>
  `<col min="${index + 1}" max="${index + 1}" width="${width}" style="${style}" customWidth="1"/>`;

const widthOf = ({ name, kind }: DataColumn, index: number, rows: DataTable["rows"]): number => {
  if (kind === "time") return Math.max(12, name.length + 3);
  if (kind !== "text") return Math.max(18, name.length + 3);
  const longest = rows
    .slice(0, 200)
    .reduce((most, row) => Math.max(most, row[index]?.length ?? 0), name.length);
  return Math.min(60, longest + 3);
};

/** A, B, …, Z, AA, … */
const columnName = (index: number): string => {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter;
};

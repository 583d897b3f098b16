import { minorUnits } from "../charts/format.ts";
import type { DataColumn } from "../data-table.ts";
import { xmlText } from "./xml-text.ts";

/** What cells look like, by their place in the workbook's list. */
export interface CellStyles {
  readonly xml: string;
  of(column: DataColumn): number;
}

/** Places of the styles that every workbook has. */
export const PLAIN = 0;
export const HEADER = 1;
export const LABEL = 2;
export const WRAPPED = 3;
const FIXED = 4;

/** Excel's own formats end at 163. */
const FIRST_FORMAT = 164;

/** The styles of columns like these, each number format once. */
export const stylesOf = (columns: readonly DataColumn[]): CellStyles => {
  const formats = [...new Set(columns.flatMap((column) => formatOf(column) ?? []))];
  return {
    xml: stylesXml(formats),
    of: (column) => {
      const at = formats.indexOf(formatOf(column) ?? "");
      return at < 0 ? PLAIN : FIXED + at;
    },
  };
};

const formatOf = (column: DataColumn): string | undefined => {
  switch (column.kind) {
    case "money": {
      const places = column.currency === undefined ? 2 : minorUnits(column.currency);
      const number = places === 0 ? "#,##0" : `#,##0.${"0".repeat(places)}`;
      return column.currency === undefined ? number : `${number} "${column.currency}"`;
    }
    case "price":
      return "#,##0.00##########";
    case "ratio":
      return "0.0%";
    case "count":
      return "#,##0";
    case "quantity":
      return "#,##0.######";
    case "time":
      return "yyyy-mm-dd";
    default:
      return undefined;
  }
};

const FONT = '<name val="Calibri"/><family val="2"/>';

const stylesXml = (formats: readonly string[]): string => {
  const cell = (id: number, more = "", inner = "") =>
    `<xf numFmtId="${id}" fontId="0" fillId="0" borderId="0" xfId="0"${more}${inner === "" ? "/>" : `>${inner}</xf>`}`;
  const fixed = [
    cell(0),
    // Text, whatever stands in it: a header that is a number stays one.
    '<xf numFmtId="49" fontId="1" fillId="2" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1"/>',
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>',
    cell(0, ' applyAlignment="1"', '<alignment vertical="top" wrapText="1"/>'),
  ];
  const own = formats.map((_, index) => cell(FIRST_FORMAT + index, ' applyNumberFormat="1"'));
  const named = formats.map(
    (code, index) => `<numFmt numFmtId="${FIRST_FORMAT + index}" formatCode="${xmlText(code)}"/>`,
  );
  return [
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">',
    named.length === 0 ? "" : `<numFmts count="${named.length}">${named.join("")}</numFmts>`,
    `<fonts count="2"><font><sz val="11"/>${FONT}</font><font><b/><sz val="11"/>${FONT}</font></fonts>`,
    '<fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>',
    '<fill><patternFill patternType="solid"><fgColor rgb="FFEEF2FC"/><bgColor indexed="64"/></patternFill></fill></fills>',
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>',
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>',
    `<cellXfs count="${FIXED + own.length}">${[...fixed, ...own].join("")}</cellXfs>`,
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>',
    "</styleSheet>",
  ].join("");
};

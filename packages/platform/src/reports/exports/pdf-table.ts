import type { Content, TableCell } from "pdfmake";
import type { DataTable } from "../data-table.ts";
import type { PartOf } from "../run/report-run-schema.ts";
import { sanitiseLine } from "../text/sanitise.ts";
import { INK, notesOf, type Paper, title } from "./pdf-paper.ts";

/** Tables on paper are read, not filtered: the rest is in CSV and Excel. */
const MOST_ROWS = 500;
const MOST_COLUMNS = 14;

export const tableContent = ({ title: name, data, heat, basis }: PartOf<"table">, paper: Paper): Content => {
  const columns = data.columns.slice(0, MOST_COLUMNS);
  const rows = data.rows.slice(0, MOST_ROWS);
  const fontSize = columns.length > 9 ? 6 : columns.length > 6 ? 7 : 8;
  const isText = (index: number) => columns[index]?.kind === "text" || columns[index]?.kind === "time";
  const cell = (text: string | null, index: number): TableCell => {
    const column = columns[index];
    if (column === undefined) return "";
    const shown =
      column.kind === "time" && text !== null ? paper.format.time(text) : paper.format.cell(text, column);
    return { text: breakable(sanitiseLine(shown)), alignment: isText(index) ? "left" : "right" };
  };
  const most = heat ? largestOf({ columns, rows }) : 0;
  const shaded = (text: string | null, index: number): TableCell => {
    const plain = cell(text, index);
    if (
      !heat ||
      most <= 0 ||
      text === null ||
      columns[index]?.kind !== "money" ||
      columns[index]?.name === "Total"
    )
      return plain;
    const step = Math.min(2, Math.floor((Math.max(0, Number(text)) / most) * 3));
    return { ...(plain as object), fillColor: INK.ramp[step] ?? INK.page } as TableCell;
  };
  const head = columns.map(
    ({ name: label, currency, kind }, index): TableCell => ({
      text: sanitiseLine(
        currency === undefined || kind === "ratio" || label.includes(currency)
          ? label
          : `${label}, ${currency}`,
      ),
      bold: true,
      color: INK.muted,
      alignment: isText(index) ? "left" : "right",
    }),
  );
  const body = rows.map((row) => columns.map((_, index) => shaded(row[index] ?? null, index)));
  const total = totalRow(data, columns.length, cell);
  const left = [
    ...(data.rows.length > rows.length || (data.rowCount ?? 0) > data.rows.length
      ? [`${rows.length} of ${data.rowCount ?? data.rows.length} rows; CSV and Excel hold more.`]
      : []),
    ...(data.columns.length > columns.length ? [`${columns.length} of ${data.columns.length} columns.`] : []),
  ];
  return {
    stack: [
      title(name),
      {
        table: {
          headerRows: 1,
          dontBreakRows: true,
          widths: columns.map((_, index) => (isText(index) ? (index === 0 ? "*" : "auto") : "auto")),
          body: [head, ...body, ...total],
        },
        fontSize,
        layout: tableLayout(rows.length + 1, total.length > 0),
      },
      ...left.map((text): Content => ({ text, style: "note" })),
      ...notesOf(basis),
    ],
    margin: [0, 2, 0, 14],
  };
};

const totalRow = (
  { columns, total }: DataTable,
  count: number,
  cell: (text: string | null, index: number) => TableCell,
): readonly TableCell[][] => {
  if (total === undefined || !columns.some(({ role }) => role !== "measure")) return [];
  return [
    Array.from({ length: count }, (_, index) => {
      const isFirst = index === 0 && columns[0]?.role !== "measure";
      const isKey = columns[index]?.role !== "measure";
      const plain = isFirst ? { text: "Total" } : isKey ? { text: "" } : cell(total[index] ?? null, index);
      return { ...(plain as object), bold: true } as TableCell;
    }),
  ];
};

const tableLayout = (lastRow: number, hasTotal: boolean) => ({
  hLineWidth: (line: number) => (line === 1 || (hasTotal && line === lastRow) ? 0.8 : 0.4),
  vLineWidth: () => 0,
  hLineColor: (line: number) => (line === 1 || (hasTotal && line === lastRow) ? INK.muted : INK.line),
  paddingLeft: () => 4,
  paddingRight: () => 4,
  paddingTop: () => 2.5,
  paddingBottom: () => 2.5,
});

const largestOf = ({ columns, rows }: DataTable): number =>
  rows.reduce(
    (most, row) =>
      Math.max(
        most,
        ...columns.map(({ kind, name }, index) =>
          kind === "money" && name !== "Total" ? Number(row[index] ?? 0) : 0,
        ),
      ),
    0,
  );

/** Ids of clouds are longer than a column: they may break behind their separators, and after 28 letters anyway. */
const breakable = (text: string): string =>
  text.replace(/([/:_.-])(?=\S)/g, "$1\u200b").replace(/([^\s\u200b]{28})(?=\S)/g, "$1\u200b");

import type { Content, TableCell } from "pdfmake";
import { specsOfCurrencies } from "../charts/chart-options.ts";
import { chartHeight } from "../charts/chart-size.ts";
import type { ChartSpec } from "../charts/chart-spec.ts";
import { type Formatter, formatterFor } from "../charts/format.ts";
import { INKS } from "../charts/palette.ts";
import type { DataTable } from "../data-table.ts";
import type { PartOf, RunBasis, RunBlock, RunPart } from "../run/report-run-schema.ts";
import { sanitiseLine } from "../text/sanitise.ts";
import { chartSvg } from "./chart-svg.ts";
import { textContent } from "./pdf-text.ts";

/** What is drawn with on a page; widths in points. */
export interface Paper {
  readonly locale: string;
  readonly format: Formatter;
  readonly width: number;
}

export const paperFor = (locale: string, width: number): Paper => ({
  locale,
  format: formatterFor(locale),
  width,
});

export const INK = INKS.light;
const SHARES = { full: 1, half: 1 / 2, third: 1 / 3, quarter: 1 / 4 } as const;
const GAP = 14;
const ZOOM = 1.25;
/** Tables on paper are read, not filtered: the rest is in CSV and Excel. */
const MOST_ROWS = 500;
const MOST_COLUMNS = 14;

type Wide = PartOf<"figure" | "chart" | "table" | "withheld">;

/** Blocks of less than full width stand side by side as long as they fit. */
export const pdfBlocks = async (blocks: readonly RunBlock[], paper: Paper): Promise<readonly Content[]> => {
  const content: Content[] = [];
  let row: Wide[] = [];
  const flush = async () => {
    if (row.length > 0) content.push(await rowContent(row, paper));
    row = [];
  };
  for (const block of blocks) {
    if (isWide(block) && block.width !== "full") {
      const used = row.reduce((sum, { width }) => sum + SHARES[width], 0);
      if (used + SHARES[block.width] > 1.001) await flush();
      row.push(block);
      continue;
    }
    await flush();
    content.push(await blockContent(block, paper));
  }
  await flush();
  return content;
};

const isWide = (block: RunBlock): block is Wide =>
  block.type === "figure" || block.type === "chart" || block.type === "table" || block.type === "withheld";

const rowContent = async (row: readonly Wide[], paper: Paper): Promise<Content> => {
  const room = paper.width - GAP * (row.length - 1);
  const columns = [];
  for (const block of row) {
    const width = Math.floor(room * SHARES[block.width]);
    columns.push({ width, stack: [await blockContent(block, { ...paper, width })] });
  }
  return { columns, columnGap: GAP, unbreakable: row.every(({ type }) => type !== "table") } as Content;
};

const blockContent = async (block: RunBlock | RunPart, paper: Paper): Promise<Content> => {
  switch (block.type) {
    case "heading":
      return {
        text: sanitiseLine(block.text),
        style: `heading${block.level}`,
        ...(block.level < 3 ? { tocItem: true, tocMargin: [(block.level - 1) * 12, 2, 0, 2] } : {}),
        headlineLevel: 1,
      } as Content;
    case "text":
      return { stack: textContent(block.text), margin: [0, 0, 0, 8] };
    case "page-break":
      return { text: "", pageBreak: "after" };
    case "figure":
      return figureContent(block, paper);
    case "chart":
      return await chartContent(block, paper);
    case "table":
      return tableContent(block, paper);
    case "withheld":
      return {
        stack: [title(block.title), { text: `Not shown: ${sanitiseLine(block.reason)}`, style: "note" }],
        margin: [0, 4, 0, 12],
      };
    case "dataset": {
      const stack = [...(await pdfBlocks(block.parts, paper))];
      const heading = {
        text: sanitiseLine(block.title),
        style: "heading2",
        tocItem: true,
        tocMargin: [12, 2, 0, 2],
        headlineLevel: 1,
      };
      return { stack: [heading as Content, ...stack] };
    }
  }
};

const title = (text: string): Content => ({
  text: sanitiseLine(text),
  style: "blockTitle",
  headlineLevel: 1,
});

const figureContent = (
  { title: name, values, better, remark, basis }: PartOf<"figure">,
  { format, width }: Paper,
): Content => {
  const lines: Content[] = values.flatMap((value): Content[] => {
    const { change, changeRate } = value;
    const amount = format.amount(value.value, value);
    const size = Math.max(10, Math.min(20, Math.floor((width - 16) / (amount.length * 0.56))));
    const isMore = change !== undefined && change !== null && !change.startsWith("-") && Number(change) !== 0;
    const isGood = better === "neither" ? undefined : isMore === (better === "more");
    const colour = isGood === undefined ? INK.muted : isGood ? INK.less : INK.more;
    const rate =
      changeRate === undefined || changeRate === null
        ? ""
        : ` (${format.change(changeRate, { kind: "ratio" })})`;
    return [
      { text: amount, fontSize: size, bold: true, color: INK.text },
      ...(change === undefined || change === null
        ? []
        : [
            {
              text: `${format.change(change, value)}${rate}`,
              color: colour,
              fontSize: 8,
              margin: [0, 1, 0, 0],
            } as Content,
          ]),
    ];
  });
  const than = basis?.comparedWith;
  const small = remark ?? (than === undefined ? undefined : `against ${than.start} until ${than.end}`);
  return {
    table: {
      widths: ["*"],
      body: [
        [
          {
            stack: [
              { text: sanitiseLine(name), fontSize: 8, color: INK.muted, margin: [0, 0, 0, 3] },
              ...lines,
              ...(small === undefined
                ? []
                : [{ text: small, fontSize: 7, color: INK.muted, margin: [0, 2, 0, 0] } as Content]),
            ],
            margin: [4, 4, 4, 4],
          },
        ],
      ],
    },
    layout: {
      hLineColor: () => INK.line,
      vLineColor: () => INK.line,
      hLineWidth: () => 0.8,
      vLineWidth: () => 0.8,
    },
    margin: [0, 2, 0, 12],
    unbreakable: true,
  };
};

/** One picture a currency: amounts of different kinds are never in one. */
const chartContent = async (block: PartOf<"chart">, paper: Paper): Promise<Content> => {
  const specs = specsOfCurrencies(block.data, block.chart);
  const pictures: Content[] = [];
  for (const spec of specs) {
    const currency = block.data.columns.find(({ name }) => name === spec.measure)?.currency;
    if (specs.length > 1 && currency !== undefined) pictures.push({ text: currency, style: "note" });
    pictures.push(await chartPicture(block.data, spec, paper));
  }
  if (pictures.length === 0) pictures.push({ text: "Nothing to draw.", style: "note" });
  return {
    stack: [title(block.title), ...pictures, ...notesOf(block.basis)],
    margin: [0, 2, 0, 14],
    unbreakable: specs.length < 2,
  };
};

const chartPicture = async (data: DataTable, spec: ChartSpec, paper: Paper): Promise<Content> => {
  const height = chartHeight(spec, data, paper.width);
  // Drawn a little larger than it is shown: print carries smaller letters than a screen.
  const [width, drawn] = [paper.width * ZOOM, height * ZOOM];
  const style = { mode: "light", locale: paper.locale, fontFamily: "Roboto", width, height: drawn } as const;
  const svg = await chartSvg(data, spec, style);
  return svg === undefined
    ? { text: "Nothing to draw.", style: "note" }
    : { svg, width: paper.width, font: "Roboto" };
};

const notesOf = (basis: RunBasis | undefined): Content[] =>
  (basis?.notes ?? []).map((note) => ({ text: sanitiseLine(note), style: "note" }));

const tableContent = ({ title: name, data, heat, basis }: PartOf<"table">, paper: Paper): Content => {
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

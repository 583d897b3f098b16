import type { Content } from "pdfmake";
import { specsOfCurrencies } from "../charts/chart-options.ts";
import { chartHeight } from "../charts/chart-size.ts";
import type { ChartSpec } from "../charts/chart-spec.ts";
import type { DataTable } from "../data-table.ts";
import type { PartOf, RunBlock, RunPart } from "../run/report-run-schema.ts";
import { sanitiseLine } from "../text/sanitise.ts";
import { chartSvg } from "./chart-svg.ts";
import { INK, notesOf, type Paper, title } from "./pdf-paper.ts";
import { tableContent } from "./pdf-table.ts";
import { textContent } from "./pdf-text.ts";

const SHARES = { full: 1, half: 1 / 2, third: 1 / 3, quarter: 1 / 4 } as const;
const GAP = 14;
const ZOOM = 1.25;

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

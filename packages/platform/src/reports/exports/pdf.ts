import { createRequire } from "node:module";
import { dirname, sep } from "node:path";
import type { Content, createPdf } from "pdfmake";
import type { ReportRun } from "../run/report-run-schema.ts";
import { sanitiseLine } from "../text/sanitise.ts";
import { pdfBlocks } from "./pdf-blocks.ts";
import { INK, type Paper, paperFor } from "./pdf-paper.ts";

type TDocumentDefinitions = Parameters<typeof createPdf>[0];
type StyleDictionary = NonNullable<TDocumentDefinitions["styles"]>;

export interface PdfOptions {
  /** BCP 47, of the reader. */
  readonly locale: string;
  /** Who is named as its maker; a company's own name may stand there. */
  readonly maker?: string;
}

const MARGIN = 42;
const A4 = { portrait: 595.28, landscape: 841.89 } as const;

/** A report as printed pages: charts are vectors, each page says what its figures are. Bytes of a PDF. */
export const pdfOf = async (
  run: ReportRun,
  { locale, maker = "Trimtab" }: PdfOptions,
): Promise<Uint8Array> => {
  const pageOrientation = isWide(run) ? "landscape" : "portrait";
  const paper = paperFor(checkLocale(locale), A4[pageOrientation] - 2 * MARGIN);
  const content = [...frontMatter(run, paper), ...(await pdfBlocks(run.blocks, paper))];
  const definition: TDocumentDefinitions = {
    info: { title: run.title, creator: maker, producer: maker, creationDate: new Date(run.madeAt) },
    language: paper.locale,
    pageSize: "A4",
    pageOrientation,
    pageMargins: [MARGIN, 52, MARGIN, 54],
    defaultStyle: { font: "Roboto", fontSize: 9.5, color: INK.text },
    styles: STYLES,
    content,
    header: (page) => (page === 1 ? "" : headerOf(run)),
    footer: (page, pages) => footerOf(run, page, pages),
    // A heading never stands alone at the foot of a page.
    pageBreakBefore: (node, nodes) =>
      node.headlineLevel === 1 &&
      nodes.getFollowingNodesOnPage().length === 0 &&
      node.startPosition.top > 120,
  };
  return await print(definition);
};

const checkLocale = (locale: string): string => {
  try {
    return Intl.getCanonicalLocales(locale)[0] ?? "en";
  } catch {
    return "en";
  }
};

const isWide = ({ blocks }: ReportRun): boolean =>
  blocks.some((block) => block.type === "table" && block.data.columns.length > 8);

const STYLES: StyleDictionary = {
  title: { fontSize: 24, bold: true, margin: [0, 0, 0, 4] },
  subtitle: { fontSize: 12, color: INK.muted, margin: [0, 0, 0, 8] },
  heading1: { fontSize: 16, bold: true, margin: [0, 10, 0, 8] },
  heading2: { fontSize: 13, bold: true, margin: [0, 8, 0, 6] },
  heading3: { fontSize: 11, bold: true, margin: [0, 6, 0, 4] },
  blockTitle: { fontSize: 10, bold: true, margin: [0, 0, 0, 4] },
  note: { fontSize: 7.5, color: INK.muted, margin: [0, 2, 0, 0] },
  small: { fontSize: 7.5, color: INK.muted },
};

const frontMatter = (run: ReportRun, paper: Paper): readonly Content[] => {
  const headings = run.blocks.filter(
    (block) => (block.type === "heading" && block.level < 3) || block.type === "dataset",
  );
  const scope = run.scoped
    ? [`Only charges within the reader's scope${run.scopeText === undefined ? "" : `: ${run.scopeText}`}.`]
    : [];
  return [
    { canvas: [{ type: "rect", x: 0, y: 0, w: 46, h: 4, color: "#364acc" }], margin: [0, 0, 0, 12] },
    { text: sanitiseLine(run.title), style: "title" },
    ...(run.subtitle === undefined
      ? []
      : [{ text: sanitiseLine(run.subtitle), style: "subtitle" } as Content]),
    {
      text: [factsOf(run, paper).join("  ·  "), ...scope.map((text) => `\n${sanitiseLine(text)}`)],
      style: "small",
      margin: [0, 2, 0, 14],
    },
    ...(headings.length < 3
      ? []
      : [
          {
            toc: { title: { text: "Contents", style: "heading3" }, numberStyle: { color: INK.muted } },
            margin: [0, 0, 0, 16],
          } as Content,
        ]),
  ];
};

const factsOf = (run: ReportRun, { format }: Paper): readonly string[] => {
  const day = (text: string) => format.time(text.slice(0, 10));
  const { start, end } = run.period;
  return [
    start === null || end === null ? "all time" : `${day(start)} until ${day(end)}`,
    run.currency.join(", ") || "no currency",
    run.completeTo === null
      ? "nothing delivered"
      : `complete to ${run.completeTo.replace("T", " ").slice(0, 16)} UTC`,
    run.openMonths.length === 0 ? "closed" : `${run.openMonths.join(", ")} still open`,
    `lake version ${run.lakeVersion}`,
    `made ${run.madeAt.replace("T", " ").slice(0, 16)} UTC`,
  ];
};

const headerOf = (run: ReportRun): Content => ({
  columns: [
    { text: sanitiseLine(run.title), style: "small" },
    { text: run.currency.join(", "), style: "small", alignment: "right" },
  ],
  margin: [MARGIN, 26, MARGIN, 0],
});

const footerOf = (run: ReportRun, page: number, pages: number): Content => ({
  columns: [
    {
      text: [
        run.completeTo === null ? "" : `complete to ${run.completeTo.slice(0, 10)}  ·  `,
        run.openMonths.length === 0 ? "closed" : `${run.openMonths.join(", ")} still open`,
        `  ·  lake version ${run.lakeVersion}`,
        run.scoped ? "  ·  within the reader's scope" : "",
      ].join(""),
      style: "small",
    },
    { text: `${page} of ${pages}`, style: "small", alignment: "right", width: 60 },
  ],
  margin: [MARGIN, 22, MARGIN, 0],
});

const print = async (definition: TDocumentDefinitions): Promise<Uint8Array> => {
  const { default: pdfmake } = await import("pdfmake");
  const regular = createRequire(import.meta.url).resolve("pdfmake/fonts/Roboto/Roboto-Regular.ttf");
  const folder = dirname(regular);
  const font = (name: string) => `${folder}${sep}Roboto-${name}.ttf`;
  const server = pdfmake as unknown as PdfServer;
  // Texts of bills can't make it read anything but its own fonts.
  server.setUrlAccessPolicy(() => false);
  server.setLocalAccessPolicy((path) => path.startsWith(`${folder}${sep}`));
  server.setFonts({
    Roboto: {
      normal: font("Regular"),
      bold: font("Medium"),
      italics: font("Italic"),
      bolditalics: font("MediumItalic"),
    },
  });
  return await server.createPdf(definition).getBuffer();
};

/** What of pdfmake's server side is used; its types know the browser's only. */
interface PdfServer {
  setUrlAccessPolicy(policy: (url: string) => boolean): void;
  setLocalAccessPolicy(policy: (path: string) => boolean): void;
  setFonts(fonts: Readonly<Record<string, Readonly<Record<string, string>>>>): void;
  createPdf(definition: TDocumentDefinitions): { getBuffer(): Promise<Uint8Array> };
}

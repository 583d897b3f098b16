import { sanitiseLine, sanitiseLines } from "../../reports/text/sanitise.ts";
import { type Block, type Document, headingLevel, type Table } from "./document.ts";
import { statusTone } from "./status.ts";
import { type Style, toned } from "./style.ts";
import { COLUMN_GAP, type LaidOutTable, layOutTable, type StackedRow, stackTable } from "./table-layout.ts";
import { padEnd, textWidth } from "./text-width.ts";
import { wrapWords } from "./wrap.ts";

export interface Page {
  readonly style: Style;
  /** Columns of the terminal; infinite where a file or a program reads. */
  readonly width: number;
  /** Leave out what is not the answer. */
  readonly isQuiet: boolean;
}

const PROSE_WIDTH = 100;
const INDENT = "  ";

/** The document as a page to read: a title, then its blocks with an empty line between them. */
export function renderTerminal(document: Document, page: Page): string {
  const subtitle =
    document.subtitle === undefined ? "" : `\n${paragraph(document.subtitle, page, "", "dim")}`;
  const title = page.style("bold", sanitiseLine(document.title)) + subtitle;
  const blocks = document.blocks.filter((block) => !(page.isQuiet && isRemark(block)));
  const parts = [
    ...(document.title === "" ? [] : [title]),
    ...blocks.map((block) => renderBlock(block, page)),
  ];
  return `${parts.join("\n\n")}\n`;
}

const isRemark = (block: Block): boolean => block.kind === "text" && block.tone === "muted";

function renderBlock(block: Block, page: Page): string {
  const { style } = page;
  switch (block.kind) {
    case "heading":
      return style(
        "bold",
        headingLevel(block) === 2 ? style("underline", sanitiseLine(block.text)) : sanitiseLine(block.text),
      );
    case "text":
      return toned(style, block.tone ?? "plain", paragraph(block.text, page, ""));
    case "list":
      return block.items
        .map((item) => toned(style, block.tone ?? "plain", listItem(sanitiseLine(item), page)))
        .join("\n");
    case "facts":
      return renderFacts(block.facts, page);
    case "code":
      return sanitiseLines(block.text)
        .split("\n")
        .map((line) => (line === "" ? "" : INDENT + style("cyan", line)))
        .join("\n");
    case "table":
      return renderTable(block, page);
  }
}

function proseWidth({ width }: Page): number {
  return Math.max(24, Math.min(width, PROSE_WIDTH));
}

function paragraph(text: string, page: Page, indent: string, format?: "dim"): string {
  const lines = wrapWords(sanitiseLine(text), proseWidth(page) - indent.length, textWidth);
  return lines.map((line) => indent + (format === undefined ? line : page.style(format, line))).join("\n");
}

function listItem(text: string, page: Page): string {
  const [first = "", ...rest] = wrapWords(text, proseWidth(page) - 4, textWidth);
  return [`${INDENT}• ${first}`, ...rest.map((line) => `${INDENT}${INDENT}${line}`)].join("\n");
}

function renderFacts(facts: readonly (readonly [string, string])[], page: Page): string {
  const labels = facts.map(([label]) => sanitiseLine(label));
  const labelWidth = Math.max(0, ...labels.map(textWidth));
  const indent = " ".repeat(INDENT.length + labelWidth + COLUMN_GAP);
  return facts
    .map(([, value], index) => {
      const room = Math.max(24, page.width - indent.length);
      const [first = "", ...rest] = wrapWords(sanitiseLine(value), room, textWidth);
      const label = page.style("dim", padEnd(labels[index] ?? "", labelWidth));
      return [
        `${INDENT}${label}${" ".repeat(COLUMN_GAP)}${first}`,
        ...rest.map((line) => indent + line),
      ].join("\n");
    })
    .join("\n");
}

function renderTable(table: Table, page: Page): string {
  const { style } = page;
  const laidOut = layOutTable(table, page.width - INDENT.length);
  const line = (cells: readonly string[]) => (INDENT + cells.join(" ".repeat(COLUMN_GAP))).trimEnd();
  const rule = INDENT + style("dim", "─".repeat(laidOut.width));
  const heading = table.title === undefined ? [] : [style("bold", sanitiseLine(table.title))];
  if (laidOut.lacks && table.total === undefined && table.rows.length > 0)
    return [...heading, ...stackTable(table).map((row) => renderStacked(row, page))].join("\n\n");
  const body =
    table.rows.length === 0
      ? [`${INDENT}${style("dim", "(no rows)")}`]
      : laidOut.rows.map((cells) => line(colourCells(cells, laidOut, style)));
  const total =
    laidOut.total === undefined ? [] : [rule, line(laidOut.total.map((text) => style("bold", text)))];
  const hidden =
    laidOut.hidden.length === 0
      ? []
      : [`Not shown at this width: ${laidOut.hidden.join(", ")}. A wider window or --json has all.`];
  const notes = [...(table.note === undefined || page.isQuiet ? [] : [table.note]), ...hidden];
  return [
    ...heading,
    line(laidOut.header.map((text) => style("dim", text))),
    rule,
    ...body,
    ...total,
    ...notes.map((note) => paragraph(note, page, INDENT, "dim")),
  ].join("\n");
}

/** A row whose cells stand one below another, since side by side some would be missing. */
function renderStacked({ name, facts }: StackedRow, page: Page): string {
  return `${INDENT}${page.style("bold", name)}\n${renderFacts(facts, page)}`;
}

function colourCells(cells: readonly string[], { columns }: LaidOutTable, style: Style): string[] {
  return cells.map((text, index) => {
    if (text.trim() === "–") return style("dim", text);
    switch (columns[index]?.kind) {
      case "status":
        return text.trim() === "" ? text : toned(style, statusTone(text.slice(2)), text);
      case "trend":
      case "share":
        return text.replace(/[▁-█▉-▏]+/, (drawing) => style("cyan", drawing));
      default:
        return text;
    }
  });
}

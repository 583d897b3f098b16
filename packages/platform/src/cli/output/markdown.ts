import { sanitiseLine, sanitiseLines } from "../../reports/text/sanitise.ts";
import {
  type Block,
  type Cell,
  type Document,
  headingLevel,
  type Table,
  type TableColumn,
} from "./document.ts";
import { formatNumber, formatPercent } from "./format-number.ts";

/** Columns of a table that a phone shows side by side; a wider one becomes a list. */
const NARROW = 3;

/** The document as Markdown that reads well on a phone: wide tables become lists, a row an item. */
export function renderMarkdown({ title, subtitle, blocks }: Document): string {
  const head = [`# ${plain(title)}`, ...(subtitle === undefined ? [] : [plain(subtitle)])];
  let level = 1;
  const parts = blocks.map((block) => {
    if (block.kind === "heading") level = headingLevel(block);
    return renderBlock(block, level);
  });
  return `${[...head, ...parts].join("\n\n")}\n`;
}

/** @param level of the heading above; a table's title is one below */
function renderBlock(block: Block, level: number): string {
  switch (block.kind) {
    case "heading":
      return `${"#".repeat(level)} ${plain(block.text)}`;
    case "text":
      return plain(block.text);
    case "list":
      return block.items.map((item) => `- ${plain(item)}`).join("\n");
    case "facts":
      return block.facts.map(([label, value]) => `- **${plain(label)}:** ${plain(value)}`).join("\n");
    case "code":
      return `\`\`\`\n${sanitiseLines(block.text)}\n\`\`\``;
    case "table":
      return renderTable(block, level);
  }
}

function renderTable(table: Table, level: number): string {
  const { columns, rows, total, title, note } = table;
  const all = [...rows, ...(total === undefined ? [] : [total])];
  const body = columns.length <= NARROW ? sideBySide(columns, all) : oneBelowAnother(columns, all);
  const parts = [
    ...(title === undefined ? [] : [`${"#".repeat(level + 1)} ${plain(title)}`]),
    ...(all.length === 0 ? ["Nothing."] : [body]),
  ];
  return [...parts, ...(note === undefined ? [] : [plain(note)])].join("\n\n");
}

function sideBySide(columns: readonly TableColumn[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(({ name }) => plain(name))),
    line(columns.map(({ kind }) => (kind === "text" || kind === "status" ? "---" : "---:"))),
    ...rows.map((row) => line(columns.map((column, index) => cellText(row[index] ?? null, column) || "–"))),
  ].join("\n");
}

function oneBelowAnother(columns: readonly TableColumn[], rows: readonly (readonly Cell[])[]): string {
  const [first, ...others] = columns;
  return rows
    .map((row) => {
      const name = first === undefined ? "" : cellText(row[0] ?? null, first);
      const cells = others.flatMap((column, index) => {
        const text = cellText(row[index + 1] ?? null, column);
        return text === "" ? [] : [`  - ${plain(column.name)}: ${text}`];
      });
      return [`- **${name || "–"}**`, ...cells].join("\n");
    })
    .join("\n");
}

/** Empty: unknown. */
function cellText(cell: Cell, { kind, scale, signed }: TableColumn): string {
  if (cell === null || typeof cell !== "string") return "";
  switch (kind) {
    case "amount":
      return plain(formatNumber(cell, { scale: scale ?? 2, signed }));
    case "number":
      return plain(formatNumber(cell, { scale, signed }));
    case "percent":
    case "share":
      return plain(formatPercent(cell, { scale: scale ?? 1, signed }));
    default:
      return plain(cell);
  }
}

/** One line in which nothing is markup: names and values may come from bills. */
function plain(text: string): string {
  return sanitiseLine(text).replace(/[\\`*_{}[\]<>|#~]/g, (sign) => `\\${sign}`);
}

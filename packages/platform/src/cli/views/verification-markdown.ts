import { sanitiseLine } from "../../reports/text/sanitise.ts";
import { type Block, type Cell, type Document, headingLevel, type Table } from "../output/document.ts";

/** Names come from bills: nothing of them may become Markdown, HTML or a terminal's command. */
const escaped = (text: string): string =>
  sanitiseLine(text)
    .replace(/[\\`*_{}[\]<>|#~&]/g, (sign) => `\\${sign}`)
    .replaceAll("\n", " ");

const cellText = (cell: Cell | undefined): string => {
  if (cell === null || cell === undefined) return "–";
  return typeof cell === "string" ? escaped(cell) : "";
};

const tableText = ({ columns, rows, total }: Table): readonly string[] => {
  const line = (cells: readonly (Cell | undefined)[]) => `| ${cells.map(cellText).join(" | ")} |`;
  const right = (kind: Table["columns"][number]["kind"]) =>
    kind === "amount" || kind === "number" ? "---:" : "---";
  return [
    line(columns.map(({ name }) => name)),
    `| ${columns.map(({ kind }) => right(kind)).join(" | ")} |`,
    ...rows.map(line),
    ...(total === undefined ? [] : [line(total)]),
  ];
};

const blockText = (block: Block): readonly string[] => {
  switch (block.kind) {
    case "heading":
      return [`${"#".repeat(headingLevel(block))} ${escaped(block.text)}`];
    case "text":
      return [escaped(block.text)];
    case "list":
      return block.items.map((item) => `- ${escaped(item)}`);
    case "facts":
      return block.facts.map(([label, value]) => `- **${escaped(label)}**: ${escaped(value)}`);
    case "code":
      return block.text.split("\n").map((line) => `    ${line}`);
    case "table":
      return tableText(block);
  }
};

/** A report's page in Markdown, with every amount in full. */
export const verificationMarkdown = ({ title, subtitle, blocks }: Document): string => {
  // A sparkline is for a terminal; the plot's data are in the JSON.
  const shown = blocks.filter((block) => block.kind !== "table" || block.id !== "plot");
  const parts = [
    `# ${escaped(title)}`,
    ...(subtitle === undefined ? [] : [escaped(subtitle)]),
    ...shown.map((block) => blockText(block).join("\n")),
  ];
  return `${parts.join("\n\n")}\n`;
};

import stringWidth from "string-width";
import type { Message, MessageTable } from "../../message.ts";

/** Control characters and direction overrides are gone; breaks become a space. */
export const oneLine = (text: string): string =>
  text
    .toWellFormed()
    .replace(/\s+/g, " ")
    .replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "")
    .trim();

const WIDEST = 40;

const cut = (text: string, width: number): string => {
  if (stringWidth(text) <= width) return text;
  let kept = "";
  for (const character of text) {
    if (stringWidth(`${kept}${character}…`) > width) break;
    kept += character;
  }
  return `${kept}…`;
};

const pad = (text: string, width: number, align: "left" | "right"): string => {
  const blanks = " ".repeat(Math.max(0, width - stringWidth(text)));
  return align === "right" ? `${blanks}${text}` : `${text}${blanks}`;
};

/** Lines of a table for letters of one width: a line of titles, then the rows. */
export const tableLines = ({ columns, rows, more }: MessageTable): readonly string[] => {
  const cells = [columns.map(({ title }) => title), ...rows].map((row) =>
    columns.map((_, index) => cut(oneLine(row[index] ?? ""), WIDEST)),
  );
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => stringWidth(row[index] ?? ""))));
  const lines = cells.map((row) =>
    row
      .map((cell, index) => pad(cell, widths[index] ?? 0, columns[index]?.align ?? "left"))
      .join("  ")
      .trimEnd(),
  );
  return more === undefined || more === 0 ? lines : [...lines, `… and ${more} more`];
};

/** The message for readers of plain text. */
export const plainText = (message: Message): string => {
  const { title, summary, figures = [], table, charts = [], attachments = [], link, footer } = message;
  const parts = [
    oneLine(title),
    summary,
    figures
      .map(
        ({ label, value, note }) =>
          `${oneLine(label)}: ${oneLine(value)}${note === undefined ? "" : ` (${oneLine(note)})`}`,
      )
      .join("\n"),
    table === undefined
      ? undefined
      : [...(table.title === undefined ? [] : [oneLine(table.title)]), ...tableLines(table)].join("\n"),
    charts.map(({ title: chart, alt }) => `[${oneLine(chart)}] ${oneLine(alt)}`).join("\n"),
    attachments.length === 0
      ? undefined
      : `Attached: ${attachments.map(({ fileName }) => oneLine(fileName)).join(", ")}`,
    link === undefined ? undefined : `${oneLine(link.title)}: ${link.url}`,
    footer,
  ];
  return `${parts.filter((part) => part !== undefined && part !== "").join("\n\n")}\n`;
};

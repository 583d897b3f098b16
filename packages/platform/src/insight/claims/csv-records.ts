import type { Position } from "../../query/text/yaml-draft.ts";

export interface CsvCell extends Position {
  readonly text: string;
}

export type CsvRecords =
  | { readonly status: "read"; readonly records: readonly (readonly CsvCell[])[] }
  | { readonly status: "unreadable"; readonly problem: string; readonly position: Position };

/** Reads CSV by RFC 4180 (commas, double quotes), with the place of every cell; empty lines are left out. */
export function csvRecords(text: string): CsvRecords {
  const records: CsvCell[][] = [];
  const lines = new LineCounter(text);
  let record: CsvCell[] = [];
  let at = text.startsWith("\uFEFF") ? 1 : 0;
  while (at < text.length) {
    const position = lines.position(at);
    const cell = text[at] === '"' ? quotedCell(text, at) : plainCell(text, at);
    if (cell === undefined)
      return { status: "unreadable", problem: "the quote that begins here never ends", position };
    record.push({ text: cell.text, ...position });
    at = cell.end;
    const separator = text[at];
    if (separator !== undefined && separator !== "," && separator !== "\r" && separator !== "\n") {
      return { status: "unreadable", problem: "text follows a closing quote", position: lines.position(at) };
    }
    const isLastCell = separator !== ",";
    at += text.startsWith("\r\n", at) ? 2 : 1;
    if (!isLastCell && at < text.length) continue;
    if (!isLastCell) record.push({ text: "", ...lines.position(at) });
    if (record.some((item) => item.text !== "")) records.push(record);
    record = [];
  }
  return { status: "read", records };
}

function plainCell(text: string, from: number): { text: string; end: number } {
  const rest = /[^,\r\n]*/y;
  rest.lastIndex = from;
  const found = rest.exec(text)?.[0] ?? "";
  return { text: found.trim(), end: from + found.length };
}

function quotedCell(text: string, from: number): { text: string; end: number } | undefined {
  const quoted = /"((?:[^"]|"")*)"/y;
  quoted.lastIndex = from;
  const match = quoted.exec(text);
  if (match === null) return undefined;
  return { text: (match[1] ?? "").replaceAll('""', '"').trim(), end: from + match[0].length };
}

/** Turns an offset into line and column; asked in rising order. */
class LineCounter {
  readonly #text: string;
  #line = 1;
  #lineStart = 0;

  constructor(text: string) {
    this.#text = text;
  }

  position(offset: number): Position {
    let next = this.#text.indexOf("\n", this.#lineStart);
    while (next >= 0 && next < offset) {
      this.#line += 1;
      this.#lineStart = next + 1;
      next = this.#text.indexOf("\n", this.#lineStart);
    }
    return { line: this.#line, column: offset - this.#lineStart + 1 };
  }
}

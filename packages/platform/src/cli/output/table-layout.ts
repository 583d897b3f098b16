import { sanitiseLine } from "../../reports/text/sanitise.ts";
import type { Cell, Table, TableColumn } from "./document.ts";
import { formatNumber, formatPercent } from "./format-number.ts";
import { shareBar, sparkline } from "./glyphs.ts";
import { statusTone, toneSymbol } from "./status.ts";
import { padEnd, padStart, textWidth, truncateMiddle } from "./text-width.ts";
import { wrapWords } from "./wrap.ts";

export const COLUMN_GAP = 2;
const MISSING = "–";
const BAR_WIDTH = 10;
const NARROW_BAR_WIDTH = 5;
const TREND_WIDTH = 31;
const NARROW_TREND_WIDTH = 12;
/** Texts are cut to this before columns are left out, and further only where that is not enough; prose needs more. */
const COMFORTABLE_TEXT = 16;
const COMFORTABLE_PROSE = 26;
const NARROWEST_TEXT = 12;
/** Even a page without an edge has no use for longer texts; --json has them in full. */
const WIDEST_TEXT = 240;

/** How much room drawings and texts get; narrow pages have small ones. */
interface Drawing {
  readonly bar: number;
  readonly trend: number;
  readonly text: number;
  readonly prose: number;
}

const COMFORTABLE = { text: COMFORTABLE_TEXT, prose: COMFORTABLE_PROSE };
const WIDE: Drawing = { bar: BAR_WIDTH, trend: TREND_WIDTH, ...COMFORTABLE };
const NARROW: Drawing = { bar: NARROW_BAR_WIDTH, trend: NARROW_TREND_WIDTH, ...COMFORTABLE };
const BARE: Drawing = { ...NARROW, bar: 0 };
const TIGHT: Drawing = { ...BARE, text: NARROWEST_TEXT, prose: NARROWEST_TEXT };

/** A table that fits its page: cells as plain padded text, without colours. */
export interface LaidOutTable {
  readonly columns: readonly TableColumn[];
  readonly header: readonly string[];
  /** Lines, not rows: prose may take several. */
  readonly rows: readonly (readonly string[])[];
  readonly total: readonly string[] | undefined;
  readonly width: number;
  /** Names of columns for which there was no room. */
  readonly hidden: readonly string[];
  /** Some of them are not optional. */
  readonly lacks: boolean;
}

/** A row of a table that a very narrow page shows one cell below another. */
export interface StackedRow {
  readonly name: string;
  readonly facts: readonly (readonly [label: string, value: string])[];
}

/** The rows as lists, without what is unknown, drawings and columns that narrow pages leave out. */
export function stackTable({ columns, rows }: Table): readonly StackedRow[] {
  return rows.map((cells) => {
    const texts = columns.map((column, index) => cellText(column, cells[index], BARE, true));
    const facts = columns.flatMap(({ name, kind, optional, foldsInto }, index) => {
      const text = texts[index] ?? "";
      const isShown = index > 0 && text !== "" && kind !== "trend" && (!optional || foldsInto !== undefined);
      return isShown ? [[name, text.trim()] as const] : [];
    });
    return { name: texts[0] ?? "", facts };
  });
}

/**
 * Fits a table into `room` columns: draw smaller, cut long texts in the middle, do without trends and optional columns,
 * cut further, and only then leave out columns from the right (never the first). The reader is told what is missing.
 */
export function layOutTable(table: Table, room: number): LaidOutTable {
  const all = table.columns.map((_, index) => index);
  const fits = (draft: Draft) => widthOf(draft.widths) <= room;
  let draft = makeDraft(table, all, room, WIDE);
  for (const style of [NARROW, BARE]) if (!fits(draft)) draft = makeDraft(table, all, room, style);
  const drop = (columns: readonly number[], style: Drawing) => {
    for (const column of columns) {
      if (fits(draft)) return;
      const kept = draft.kept.filter((index) => index !== column);
      draft = makeDraft(table, kept, room, style);
    }
  };
  const fromRight = all.slice(1).toReversed();
  const kindOf = (index: number) => table.columns[index]?.kind;
  drop(
    fromRight.filter((index) => kindOf(index) === "trend"),
    BARE,
  );
  drop(
    fromRight.filter((index) => table.columns[index]?.optional),
    BARE,
  );
  if (!fits(draft)) draft = makeDraft(table, draft.kept, room, TIGHT);
  drop(fromRight, TIGHT);
  return finish(table, draft);
}

const isRightAligned = ({ kind }: TableColumn): boolean =>
  kind === "amount" || kind === "number" || kind === "percent";

interface Draft {
  readonly kept: readonly number[];
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly total: readonly string[] | undefined;
  readonly widths: readonly number[];
}

function makeDraft(table: Table, kept: readonly number[], room: number, drawing: Drawing): Draft {
  const line = (cells: readonly Cell[], isTotal: boolean) =>
    kept.map((index) => {
      const text = cellText(table.columns[index], cells[index], drawing, isTotal);
      return isTotal ? text : text + foldedText(table, kept, index, cells);
    });
  const header = kept.map((index) => sanitiseLine(table.columns[index]?.name ?? ""));
  const rows = table.rows.map((cells) => line(cells, false));
  const total = table.total === undefined ? undefined : line(table.total, true);
  const lines = [header, ...rows, ...(total === undefined ? [] : [total])];
  const narrowest = kept.map((index) => {
    const { kind, whole, wrap, optional } = table.columns[index] as TableColumn;
    if (kind !== "text" || whole) return undefined;
    return wrap && !optional ? drawing.prose : drawing.text;
  });
  const natural = kept.map((_, position) => {
    const widest = lines.reduce((width, cells) => Math.max(width, textWidth(cells[position] ?? "")), 0);
    return narrowest[position] === undefined ? widest : Math.min(widest, WIDEST_TEXT);
  });
  return { kept, header, rows, total, widths: shrink(natural, narrowest, room) };
}

/** What columns that were left out add to this one. */
function foldedText(table: Table, kept: readonly number[], index: number, cells: readonly Cell[]): string {
  const parts = table.columns.flatMap(({ foldsInto }, at) => {
    const cell = cells[at];
    const isFolded =
      foldsInto !== undefined && foldsInto === table.columns[index]?.name && !kept.includes(at);
    return isFolded && typeof cell === "string" && cell !== "" ? [` (${sanitiseLine(cell)})`] : [];
  });
  return parts.join("");
}

/** Takes columns from the widest text until the table fits or every text is as narrow as it may be. */
function shrink(
  natural: readonly number[],
  narrowest: readonly (number | undefined)[],
  room: number,
): number[] {
  const widths = [...natural];
  for (let excess = widthOf(widths) - room; excess > 0; excess -= 1) {
    let widest = -1;
    for (const [index, width] of widths.entries()) {
      const canShrink = width > (narrowest[index] ?? Number.POSITIVE_INFINITY);
      if (canShrink && width > (widths[widest] ?? 0)) widest = index;
    }
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function widthOf(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + COLUMN_GAP * Math.max(0, widths.length - 1);
}

function finish(table: Table, { kept, header, rows, total, widths }: Draft): LaidOutTable {
  const columns = kept.flatMap((index) => table.columns[index] ?? []);
  const names = columns.map(({ name }) => name);
  const pad = (cells: readonly string[]) =>
    cells.map((text, position) => {
      const width = widths[position] ?? 0;
      const column = columns[position];
      const fitted = column?.kind === "trend" ? text : truncateMiddle(text, width);
      return column !== undefined && isRightAligned(column) ? padStart(fitted, width) : padEnd(fitted, width);
    });
  return {
    columns,
    header: pad(header),
    rows: rows.flatMap((cells) => wrapRow(cells, columns, widths)).map(pad),
    total: total === undefined ? undefined : pad(total),
    width: widthOf(widths),
    hidden: table.columns
      .filter(({ foldsInto }, index) => !kept.includes(index) && !names.includes(foldsInto ?? ""))
      .map(({ name }) => sanitiseLine(name)),
    lacks: table.columns.some(
      ({ kind, optional }, index) => !kept.includes(index) && !optional && kind !== "trend",
    ),
  };
}

/** The lines of one row: prose goes on below itself, all other cells stand in the first line. */
function wrapRow(
  cells: readonly string[],
  columns: readonly TableColumn[],
  widths: readonly number[],
): string[][] {
  const parts = cells.map((text, position) => {
    const width = widths[position] ?? 0;
    const isTooWide = columns[position]?.wrap === true && textWidth(text) > width;
    return isTooWide ? wrapWords(text, width, textWidth) : [text];
  });
  const height = Math.max(1, ...parts.map(({ length }) => length));
  return Array.from({ length: height }, (_, line) => parts.map((lines) => lines[line] ?? ""));
}

function cellText(
  column: TableColumn | undefined,
  cell: Cell | undefined,
  drawing: Drawing,
  isTotal: boolean,
): string {
  if (column === undefined || cell === undefined || cell === null) return isTotal ? "" : MISSING;
  if (Array.isArray(cell)) {
    return column.kind === "trend" ? sparkline(cell, drawing.trend) : sanitiseLine(cell.join(" "));
  }
  const text = String(cell);
  switch (column.kind) {
    case "amount":
      return sanitiseLine(formatNumber(text, { scale: column.scale ?? 2, signed: column.signed }));
    case "number":
      return sanitiseLine(formatNumber(text, { scale: column.scale, signed: column.signed }));
    case "percent":
      return sanitiseLine(formatPercent(text, { scale: column.scale ?? 1, signed: column.signed }));
    case "share":
      return sanitiseLine(shareText(text, column, isTotal ? 0 : drawing.bar));
    case "status":
      return text === "" ? "" : `${toneSymbol(statusTone(text))} ${sanitiseLine(text)}`;
    default:
      return sanitiseLine(text);
  }
}

/** The percentage, right-aligned within itself, then its bar. */
function shareText(text: string, { scale = 1 }: TableColumn, barWidth: number): string {
  const percent = padStart(formatPercent(text, { scale }), scale === 0 ? 5 : 6 + scale);
  return barWidth === 0 ? percent : `${percent} ${shareBar(text, barWidth)}`.trimEnd();
}

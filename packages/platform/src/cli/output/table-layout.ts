import type { Cell, Table, TableColumn } from "./document.ts";
import { formatNumber, formatPercent } from "./format-number.ts";
import { shareBar, sparkline } from "./glyphs.ts";
import { sanitiseLine } from "./sanitise.ts";
import { statusTone, toneSymbol } from "./status.ts";
import { padEnd, padStart, textWidth, truncateMiddle } from "./text-width.ts";
import { wrapWords } from "./wrap.ts";

export const COLUMN_GAP = 2;
const MISSING = "–";
const BAR_WIDTH = 10;
const NARROW_BAR_WIDTH = 5;
const TREND_WIDTH = 31;
const NARROW_TREND_WIDTH = 12;
/** Texts are cut to this before columns are left out, and further only where that is not enough. */
const COMFORTABLE_TEXT = 16;
const NARROWEST_TEXT = 12;
/** Even a page without an edge has no use for longer texts; --json has them in full. */
const WIDEST_TEXT = 240;

/** How much room drawings and texts get; narrow pages have small ones. */
interface Drawing {
  readonly bar: number;
  readonly trend: number;
  readonly text: number;
}

const WIDE: Drawing = { bar: BAR_WIDTH, trend: TREND_WIDTH, text: COMFORTABLE_TEXT };
const NARROW: Drawing = { bar: NARROW_BAR_WIDTH, trend: NARROW_TREND_WIDTH, text: COMFORTABLE_TEXT };
const BARE: Drawing = { ...NARROW, bar: 0 };
const TIGHT: Drawing = { ...BARE, text: NARROWEST_TEXT };

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
    kept.map((index) => cellText(table.columns[index], cells[index], drawing, isTotal));
  const header = kept.map((index) => sanitiseLine(table.columns[index]?.name ?? ""));
  const rows = table.rows.map((cells) => line(cells, false));
  const total = table.total === undefined ? undefined : line(table.total, true);
  const lines = [header, ...rows, ...(total === undefined ? [] : [total])];
  const shrinkable = kept.map((index) => table.columns[index]?.kind === "text");
  const natural = kept.map((_, position) => {
    const widest = lines.reduce((width, cells) => Math.max(width, textWidth(cells[position] ?? "")), 0);
    return shrinkable[position] ? Math.min(widest, WIDEST_TEXT) : widest;
  });
  return { kept, header, rows, total, widths: shrink(natural, shrinkable, room, drawing.text) };
}

/** Takes columns from the widest text until the table fits or every text is as narrow as it may be. */
function shrink(
  natural: readonly number[],
  shrinkable: readonly boolean[],
  room: number,
  narrowest: number,
): number[] {
  const widths = [...natural];
  for (let excess = widthOf(widths) - room; excess > 0; excess -= 1) {
    let widest = -1;
    for (const [index, width] of widths.entries()) {
      const canShrink = shrinkable[index] === true && width > narrowest;
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
    hidden: table.columns.filter((_, index) => !kept.includes(index)).map(({ name }) => sanitiseLine(name)),
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

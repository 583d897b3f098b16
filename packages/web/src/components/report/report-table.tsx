import type { DataColumn, DataTable, Formatter } from "trimtab/charts";
import { dimensionTitle } from "../../format/dimension-names.ts";
import { classNames } from "../class-names.ts";

/** More is not read on a page; files hold all. */
const MOST_ROWS = 200;

interface ReportTableProps {
  readonly title: string;
  readonly data: DataTable;
  readonly format: Formatter;
  /** Shades amounts by their size. */
  readonly hasHeat?: boolean;
}

const isText = ({ kind }: DataColumn): boolean => kind === "text" || kind === "time";

/** What a pivot puts across is a value of the bill and stays as it is written there. */
const plainTitle = ({ name, role, measure }: DataColumn): string => {
  if (role === "dimension") return dimensionTitle(name);
  if (role === "measure" && measure === undefined) return name;
  const words = name.replace(/[-_]/g, " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const columnTitle = (column: DataColumn): string => {
  const { name, kind, currency } = column;
  const isMoney = kind === "money" || kind === "price";
  const isSaid = currency === undefined || !isMoney || name.includes(currency);
  return isSaid ? plainTitle(column) : `${plainTitle(column)}, ${currency}`;
};

/** A unit of a whole that has several is no value that is missing: it is none. */
const totalText = (column: DataColumn, cell: string | null, written: string): string =>
  isText(column) && cell === null ? "" : written;

/** From here on a cell holds a sentence, which a phone must not squeeze into a column of single words. */
const SENTENCE = 60;

const sentenceClass = (column: DataColumn, cell: string | null | undefined): string =>
  isText(column) && (cell?.length ?? 0) >= SENTENCE ? "min-w-64" : "";

/** Rows and columns as they are printed: amounts at the right, a total below. */
export const ReportTable = ({ title, data, format, hasHeat = false }: ReportTableProps) => {
  const { columns, total } = data;
  // without anything to split by, the total is all there is to say
  const isOnlyTotal = data.rows.length === 0 && total !== undefined;
  const rows = isOnlyTotal ? [total] : data.rows.slice(0, MOST_ROWS);
  const count = data.rowCount ?? data.rows.length;
  const most = hasHeat ? largest(data) : 0;
  const hasTotal = total !== undefined && columns.some(({ role }) => role !== "measure");
  const written = (cell: string | null, column: DataColumn) =>
    column.kind === "time" && cell !== null ? format.time(cell) : format.cell(cell, column);
  return (
    <>
      {/* a group, no landmark: a page of tables would be nothing but landmarks */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms */}
      <div role="group" tabIndex={0} aria-label={title} className="overflow-x-auto">
        <table className="w-full border-collapse text-sm">
          <caption className="sr-only">{title}</caption>
          <thead>
            <tr className="border-b border-line-strong text-ink-3">
              {columns.map((column) => (
                <th key={column.name} scope="col" className={cellClass(column, "font-medium")}>
                  {columnTitle(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows of an answer never move
              <tr key={index} className="border-b border-line break-inside-avoid">
                {columns.map((column, at) => (
                  <td
                    key={column.name}
                    className={classNames(cellClass(column, "relative"), sentenceClass(column, row[at]))}
                  >
                    {isShaded(column) && most > 0 && (
                      <span
                        aria-hidden
                        className="absolute inset-0 bg-accent"
                        style={{ opacity: Math.max(0, Number(row[at] ?? 0) / most) * 0.18 }}
                      />
                    )}
                    <span className="relative">{written(row[at] ?? null, column)}</span>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
          {hasTotal && (
            <tfoot>
              <tr className="border-t border-line-strong font-semibold">
                {columns.map((column, at) => (
                  <td key={column.name} className={cellClass(column)}>
                    {column.role === "measure"
                      ? totalText(column, total[at] ?? null, written(total[at] ?? null, column))
                      : at === 0
                        ? "Total"
                        : ""}
                  </td>
                ))}
              </tr>
            </tfoot>
          )}
        </table>
      </div>
      {count > rows.length && (
        <p className="mt-1 text-xs text-ink-3">
          {rows.length} of {count} rows; CSV and Excel hold more.
        </p>
      )}
    </>
  );
};

const cellClass = (column: DataColumn, more?: string): string =>
  classNames(
    "px-2 py-1.5 align-top first:pl-0 last:pr-0",
    isText(column) ? "min-w-20 text-left break-words" : "num text-right whitespace-nowrap",
    more,
  );

const isShaded = ({ kind, name }: DataColumn): boolean => kind === "money" && name !== "Total";

const largest = ({ columns, rows }: DataTable): number =>
  rows.reduce(
    (most, row) =>
      Math.max(most, ...columns.map((column, at) => (isShaded(column) ? Number(row[at] ?? 0) : 0))),
    0,
  );

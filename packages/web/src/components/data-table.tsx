import {
  type ColumnDef,
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from "@tanstack/react-table";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

/** A column: what sorts it, and how its cells look. */
export interface DataColumn<T> {
  readonly id: string;
  readonly title: string;
  /** What the column is sorted by; absent: it can't be. */
  readonly sortBy?: (row: T) => string | number;
  readonly cell: (row: T) => ReactNode;
  readonly isTitleHidden?: boolean;
  /** Numbers stand at the right. */
  readonly isNumber?: boolean;
  readonly className?: string;
  readonly footer?: ReactNode;
}

interface DataTableProps<T extends RowData> {
  readonly caption: string;
  readonly columns: readonly DataColumn<T>[];
  readonly rows: readonly T[];
  readonly rowKey: (row: T) => string;
  readonly className?: string;
  /** The first column stays while the others scroll. */
  readonly isFirstSticky?: boolean;
}

const definitions = <T extends RowData>(columns: readonly DataColumn<T>[]) =>
  columns.map(
    ({ id, title, sortBy }): ColumnDef<typeof features, T> => ({
      id,
      header: title,
      accessorFn: (row) => sortBy?.(row) ?? "",
      enableSorting: sortBy !== undefined,
      sortFn: (left, right, column) => compareCells(left.getValue(column), right.getValue(column)),
    }),
  );

const compareCells = (left: unknown, right: unknown): number =>
  typeof left === "number" && typeof right === "number" ? left - right : `${left}`.localeCompare(`${right}`);

const cellClass = (isNumber: boolean | undefined, isSticky: boolean, className: string | undefined): string =>
  classNames(
    "px-3 py-1.5",
    isNumber ? "num text-right whitespace-nowrap" : "text-left",
    isSticky && "sticky left-0 bg-inherit",
    className,
  );

/** A table that sorts, scrolls sideways inside itself, and keeps its header in view. */
export const DataTable = <T extends RowData>(props: DataTableProps<T>) => {
  const { caption, columns, rows, rowKey, className, isFirstSticky = false } = props;
  const table = useTable({ features, columns: definitions(columns), data: rows as T[], getRowId: rowKey });
  const byId = new Map(columns.map((column) => [column.id, column]));
  const hasFooter = columns.some(({ footer }) => footer !== undefined);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section tabIndex={0} aria-label={caption} className={classNames("relative overflow-auto", className)}>
      <table className="w-full border-separate border-spacing-0">
        <caption className="sr-only">{caption}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} className="bg-surface">
              {group.headers.map((header, index) => {
                const column = byId.get(header.column.id);
                const sorted = header.column.getIsSorted();
                return (
                  <th
                    key={header.id}
                    scope="col"
                    aria-sort={sorted === "asc" ? "ascending" : sorted === "desc" ? "descending" : "none"}
                    className={classNames(
                      cellClass(column?.isNumber, isFirstSticky && index === 0, column?.className),
                      "sticky top-0 z-10 border-b border-line bg-surface text-xs font-medium whitespace-nowrap text-ink-3",
                      isFirstSticky && index === 0 && "z-20",
                    )}
                  >
                    {header.column.getCanSort() ? (
                      <button
                        type="button"
                        onClick={header.column.getToggleSortingHandler()}
                        className="inline-flex items-center gap-1 rounded-sm hover:text-ink"
                      >
                        {column?.title}
                        {sorted === "asc" && <ArrowUp size={12} aria-hidden />}
                        {sorted === "desc" && <ArrowDown size={12} aria-hidden />}
                      </button>
                    ) : (
                      <span className={column?.isTitleHidden ? "sr-only" : ""}>{column?.title}</span>
                    )}
                  </th>
                );
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr key={row.id} className="group bg-surface hover:bg-sunken">
              {columns.map((column, index) => (
                <td
                  key={column.id}
                  className={classNames(
                    cellClass(column.isNumber, isFirstSticky && index === 0, column.className),
                    "border-b border-line group-last:border-b-0",
                  )}
                >
                  {column.cell(row.original)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {hasFooter && (
          <tfoot>
            <tr className="bg-surface font-semibold">
              {columns.map((column, index) => (
                <td
                  key={column.id}
                  className={classNames(
                    cellClass(column.isNumber, isFirstSticky && index === 0, column.className),
                    "sticky bottom-0 border-t border-line-strong bg-surface",
                  )}
                >
                  {column.footer}
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
};

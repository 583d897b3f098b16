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
  /** On phones it stands in the upper right corner of its row's block, beside the first: menus of a row. */
  readonly isCornerOnPhone?: boolean;
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
  /** On phones rows stand as blocks; unless said, where there are more than three columns. */
  readonly isStackedOnPhone?: boolean;
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

/** Phones that show columns beside each other have no room to spare. */
const TIGHT_ON_PHONE = "max-sm:px-2 max-sm:first:pl-3";

/** More columns than a phone has room for: there each row stands as a block, its cells one below another. */
const MOST_ON_PHONE = 3;

interface CellProps {
  readonly column: DataColumn<never>;
  readonly isFirst: boolean;
  readonly isStacked: boolean;
  readonly isSticky: boolean;
  readonly className: string;
  readonly children: ReactNode;
}

const Cell = ({ column, isFirst, isStacked, isSticky, className, children }: CellProps) => (
  <td
    {...(isStacked ? { role: "cell" } : {})}
    className={classNames(
      cellClass(column.isNumber, isSticky, column.className),
      className,
      !isStacked && TIGHT_ON_PHONE,
      isStacked &&
        column.isCornerOnPhone &&
        "max-md:absolute! max-md:top-1 max-md:right-1 max-md:border-0 max-md:p-0",
      isStacked &&
        !column.isCornerOnPhone &&
        "max-md:static max-md:flex max-md:w-full! max-md:max-w-full! max-md:items-baseline max-md:justify-between max-md:gap-4 max-md:border-0 max-md:px-4 max-md:py-0.5 max-md:has-[>.cell-value:empty]:hidden",
      isStacked && isFirst && "max-md:pt-2.5 max-md:text-left max-md:font-medium",
    )}
  >
    {isStacked && !isFirst && !column.isTitleHidden && (
      <span aria-hidden className="shrink-0 text-sm font-normal text-ink-3 md:hidden">
        {column.title}
      </span>
    )}
    {isStacked ? (
      <span
        className={classNames(
          "cell-value md:contents max-md:min-w-0 max-md:break-words max-md:whitespace-normal",
          isFirst ? "max-md:grow" : "max-md:ml-auto max-md:text-right",
        )}
      >
        {children}
      </span>
    ) : (
      children
    )}
  </td>
);

/** A table that sorts, scrolls sideways inside itself, and keeps its header in view. */
export const DataTable = <T extends RowData>(props: DataTableProps<T>) => {
  const { caption, columns, rows, rowKey, className, isFirstSticky = false } = props;
  const table = useTable({ features, columns: definitions(columns), data: rows as T[], getRowId: rowKey });
  const byId = new Map(columns.map((column) => [column.id, column]));
  const isStacked = props.isStackedOnPhone ?? columns.length > MOST_ON_PHONE;
  const rowRole = isStacked ? { role: "row" } : {};
  const blockOnPhone = isStacked && "max-md:block";
  const hasFooter = columns.some(({ footer }) => footer !== undefined);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section tabIndex={0} aria-label={caption} className={classNames("relative overflow-auto", className)}>
      <table
        {...(isStacked ? { role: "table" } : {})}
        className={classNames("w-full border-separate border-spacing-0", blockOnPhone)}
      >
        <caption className="sr-only">{caption}</caption>
        <thead className={classNames(isStacked && "max-md:hidden")}>
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
                      TIGHT_ON_PHONE,
                      "sticky top-0 z-10 border-b border-line bg-surface text-xs font-medium whitespace-nowrap text-ink-3 max-md:whitespace-normal",
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
        <tbody className={classNames(blockOnPhone)}>
          {table.getRowModel().rows.map((row) => (
            <tr
              key={row.id}
              {...rowRole}
              className={classNames(
                "group bg-surface hover:bg-sunken",
                isStacked &&
                  "max-md:relative max-md:block max-md:border-b max-md:border-line max-md:pb-2.5 max-md:last:border-b-0",
              )}
            >
              {columns.map((column, index) => (
                <Cell
                  key={column.id}
                  column={column as DataColumn<never>}
                  isFirst={index === 0}
                  isStacked={isStacked}
                  isSticky={isFirstSticky && index === 0}
                  className="border-b border-line group-last:border-b-0"
                >
                  {column.cell(row.original)}
                </Cell>
              ))}
            </tr>
          ))}
        </tbody>
        {hasFooter && (
          <tfoot className={classNames(blockOnPhone)}>
            <tr
              {...rowRole}
              className={classNames(
                "bg-surface font-semibold",
                isStacked && "max-md:block max-md:border-t max-md:border-line-strong max-md:pb-2.5",
              )}
            >
              {columns.map((column, index) => (
                <Cell
                  key={column.id}
                  column={column as DataColumn<never>}
                  isFirst={index === 0}
                  isStacked={isStacked}
                  isSticky={isFirstSticky && index === 0}
                  className="sticky bottom-0 border-t border-line-strong bg-surface"
                >
                  {column.footer}
                </Cell>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </section>
  );
};

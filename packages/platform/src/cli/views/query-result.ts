import { decimal, divide, formatDecimal, isZero, sign, tryDecimal } from "@trimtab/domain";
import type { QueryColumn, QueryResult } from "../../query/types.ts";
import type { Block, Cell, Document, Table, TableColumn } from "../output/document.ts";
import { figureLine } from "./figures.ts";
import { pivotTable } from "./query-pivot.ts";

const SHARE_PLACES = 12;

/** The page of an answer; `title` is the question. */
export function queryDocument(title: string, result: QueryResult): Document {
  const table = pivotTable(result) ?? withShares(queryTable(result), result);
  return {
    title,
    subtitle: figureLine(result),
    blocks: [
      table,
      ...comparisonRemark(result),
      ...unknownRemark(result),
      ...rateRemark(result),
      ...noteList(result),
    ],
  };
}

/** One row a row of the answer, as CSV has it. */
export function queryTable(result: QueryResult): Table {
  const { columns, rows, total } = result;
  const hasKeys = columns.some(({ role }) => role !== "measure");
  const note = isCut(result)
    ? { note: `${rows.length} of ${result.rowCount} rows; the total is of all.` }
    : {};
  return {
    kind: "table",
    id: "result",
    columns: columns.map(tableColumn),
    rows,
    ...(hasKeys ? { total: totalCells(columns, total) } : {}),
    ...note,
  };
}

/** Whether `limit` left rows out; where `top` did, the row `(other)` holds them. */
const isCut = ({ rows, rowCount, other }: QueryResult): boolean =>
  other.length === 0 && rowCount > rows.length;

function totalCells(columns: readonly QueryColumn[], total: readonly Cell[]): readonly Cell[] {
  return total.map((cell, index) => (index === 0 && columns[0]?.role !== "measure" ? "Total" : cell));
}

function tableColumn({ name, kind, aspect }: QueryColumn): TableColumn {
  const signed = aspect === "change" || aspect?.startsWith("change-rate") ? { signed: true } : {};
  switch (kind) {
    case "money":
      return { name, kind: "amount", ...signed };
    case "quantity":
      return { name, kind: "number", scale: 2, ...signed };
    case "price":
      return { name, kind: "number", ...signed };
    case "ratio":
      return { name, kind: "percent", ...signed };
    case "count":
      return { name, kind: "number", ...signed };
    default:
      return { name, kind: "text" };
  }
}

/** Adds each row's share of the total, where the rows are parts of one amount. */
function withShares(table: Table, { columns, rows, total }: QueryResult): Table {
  const amounts = columns.flatMap(({ kind, aspect }, index) =>
    kind === "money" && (aspect === undefined || aspect === "current") ? [index] : [],
  );
  const [at] = amounts;
  const isParts =
    columns.some(({ role }) => role === "dimension") && !columns.some(({ role }) => role === "time");
  const whole = at === undefined ? undefined : tryDecimal(total[at] ?? "");
  if (!isParts || amounts.length !== 1 || at === undefined || whole === undefined || sign(whole) <= 0)
    return table;
  const shares = rows.map((row) => {
    const amount = tryDecimal(row[at] ?? "");
    return amount === undefined ? null : formatDecimal(divide(amount, whole, SHARE_PLACES));
  });
  const insert = (cells: readonly Cell[], cell: Cell) => [
    ...cells.slice(0, at + 1),
    cell,
    ...cells.slice(at + 1),
  ];
  const shareColumn: TableColumn = { name: "share", kind: "share" };
  return {
    ...table,
    columns: [...table.columns.slice(0, at + 1), shareColumn, ...table.columns.slice(at + 1)],
    rows: table.rows.map((cells, index) => insert(cells, shares[index] ?? null)),
    ...(table.total === undefined ? {} : { total: insert(table.total, "1") }),
  };
}

function comparisonRemark({ comparison }: QueryResult): Block[] {
  if (comparison === undefined) return [];
  const { current, previous, equalDays } = comparison;
  const days = equalDays ? `${current.days} days each` : `${current.days} days against ${previous.days}`;
  return [
    { kind: "text", text: `Compared with ${previous.start} until ${previous.end}, ${days}.`, tone: "muted" },
  ];
}

function unknownRemark({ unknown, currency }: QueryResult): Block[] {
  const items = unknown.map(({ column, reason, rows, ofRows, share, amount }) => {
    const percent = formatDecimal(divide(decimal(share), decimal("0.01"), 1));
    const worth =
      amount === undefined || isZero(decimal(amount)) ? "" : ` (${amount} ${currency[0] ?? ""} effective)`;
    return `${column} is unknown for ${rows} of ${ofRows} charges, ${percent} %${worth}: ${reason}`;
  });
  return items.length === 0 ? [] : [{ kind: "list", items, tone: "warn" }];
}

function rateRemark({ rates }: QueryResult): Block[] {
  if (rates.length === 0) return [];
  return [
    {
      kind: "table",
      id: "rates",
      title: "Converted by these rates",
      columns: [
        { name: "From", kind: "text" },
        { name: "To", kind: "text" },
        { name: "Since", kind: "text" },
        { name: "Rate", kind: "number" },
      ],
      rows: rates.map(({ from, to, date, rate }) => [from, to, date, rate]),
    },
  ];
}

const noteList = ({ notes }: QueryResult): Block[] =>
  notes.length === 0 ? [] : [{ kind: "list", items: notes }];

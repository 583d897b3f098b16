import { sumTexts } from "../charts/chart-data.ts";
import { formatterFor, NO_VALUE } from "../charts/format.ts";
import type { DataColumn, DataTable } from "../data-table.ts";
import { reportErrors } from "../errors.ts";

type Cells = (string | null)[];
interface Pivoted {
  columns: DataColumn[];
  rows: Cells[];
  total?: Cells;
}

/** More columns than that are read by nobody, and no sheet of paper holds them. */
const MOST_COLUMNS = 60;

/**
 * Values of one column across, one measure each; a sum at the end where the measure adds up. A cell without a row is empty:
 * null, as what is unknown.
 * @throws REPORT_PIVOT_INVALID
 */
export const pivot = (table: DataTable, across: string): Pivoted => {
  const at = table.columns.findIndex(({ role, name }) =>
    across === "time" ? role === "time" : name === across,
  );
  const measures = table.columns.flatMap(({ role, aspect }, index) =>
    role === "measure" && (aspect ?? "current") === "current" ? [index] : [],
  );
  if (at < 0 || measures.length === 0)
    throw reportErrors.create("REPORT_PIVOT_INVALID", {
      column: across,
      problem: "the question does not group by it",
    });
  const labels = [...new Set(table.rows.map((row) => row[at] ?? NO_VALUE))];
  if (labels.length * measures.length > MOST_COLUMNS)
    throw reportErrors.create("REPORT_PIVOT_INVALID", {
      column: across,
      problem: `that makes ${labels.length * measures.length} columns, ${MOST_COLUMNS} is the most`,
    });
  const sorted = table.columns[at]?.role === "time" ? labels.toSorted() : labels;
  const keys = table.columns.flatMap(({ role }, index) =>
    role !== "measure" && index !== at ? [index] : [],
  );
  const lines = Map.groupBy(table.rows, (row) => JSON.stringify(keys.map((key) => row[key] ?? null)));
  const single = measures.length === 1;
  const { time } = formatterFor("en");
  const named = (label: string, measure: number) => {
    const shown = table.columns[at]?.role === "time" ? time(label) : label;
    return single ? shown : `${shown} ${table.columns[measure]?.name ?? ""}`;
  };
  const summed = measures.filter((index) => table.columns[index]?.kind === "money");
  const columns: DataColumn[] = [
    ...keys.flatMap((key) => table.columns[key] ?? []),
    ...sorted.flatMap((label) => measures.map((index) => column(table, index, named(label, index)))),
    ...summed.map((index) =>
      column(table, index, single ? "Total" : `Total ${table.columns[index]?.name ?? ""}`),
    ),
  ];
  const lineOf = (rows: DataTable["rows"]): Cells => [
    ...sorted.flatMap((label) => {
      const found = rows.filter((row) => (row[at] ?? NO_VALUE) === label);
      return measures.map((index) =>
        found.length === 0 ? null : sumTexts(found.map((row) => row[index] ?? null)),
      );
    }),
    ...summed.map((index) => sumTexts(rows.map((row) => row[index] ?? null))),
  ];
  const rows = [...lines].map(([key, list]) => [...(JSON.parse(key) as Cells), ...lineOf(list)]);
  const isAdding = measures.length === summed.length && keys.length > 0;
  const total = isAdding
    ? [...keys.map((_, index) => (index === 0 ? "Total" : null)), ...lineOf(table.rows)]
    : undefined;
  return { columns, rows, ...(total === undefined ? {} : { total }) };
};

const column = (table: DataTable, index: number, name: string): DataColumn => {
  const { kind = "quantity", currency } = table.columns[index] ?? {};
  return { name, role: "measure", kind, ...(currency === undefined ? {} : { currency }) };
};

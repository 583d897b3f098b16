import type { DataColumn, DataTable } from "../../reports/data-table.ts";
import type { FigureValue, RunPart } from "../../reports/run/report-run-schema.ts";
import type { DatasetAnswer } from "../../reports/run/run-report.ts";

export type Cells = readonly (string | null)[];
type Total = DataTable["total"];

export const textColumn = (name: string): DataColumn => ({ name, role: "dimension", kind: "text" });
export const dayColumn = (name: string): DataColumn => ({ name, role: "dimension", kind: "time" });
export const figureColumn = (name: string, kind: DataColumn["kind"], currency?: string): DataColumn => ({
  ...{ name, role: "measure", kind },
  ...(currency === undefined ? {} : { currency }),
});

export interface PartTable {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly DataColumn[];
  readonly rows: readonly Cells[];
  readonly total?: Total;
  readonly limit: number;
}

/** A table of a data set; what `limit` cuts off is counted. */
export const tablePart = ({ id, title, columns, rows, total, limit }: PartTable): RunPart => ({
  type: "table",
  id,
  title,
  width: "full",
  heat: false,
  data: {
    columns: [...columns],
    rows: rows.slice(0, limit).map((row) => [...row]),
    ...(total === undefined ? {} : { total: [...total] }),
    rowCount: rows.length,
  },
});

/** None where it has no rows. */
export const tableUnlessEmpty = (table: PartTable): readonly RunPart[] =>
  table.rows.length === 0 ? [] : [tablePart(table)];

export interface PartFigure {
  readonly id: string;
  readonly title: string;
  readonly value: FigureValue;
  readonly better?: "less" | "more" | "neither";
  readonly remark?: string | undefined;
}

/** A number of a data set, three to a row. */
export const figurePart = ({ id, title, value, better = "neither", remark }: PartFigure): RunPart => ({
  type: "figure",
  id,
  title,
  width: "third",
  better,
  values: [value],
  ...(remark === undefined ? {} : { remark }),
});

export const withheld = (reason: string): DatasetAnswer => ({ status: "withheld", reason });
export const shown = (parts: readonly RunPart[]): DatasetAnswer => ({ status: "shown", parts });

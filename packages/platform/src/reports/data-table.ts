import { z } from "zod";

/** What a column of figures is; the columns of a query's answer are such columns. */
export const dataColumnSchema = z.object({
  /** Unique in its table. */
  name: z.string(),
  role: z.enum(["time", "dimension", "measure"]),
  /** `ratio`: 0.25 is 25 %. */
  kind: z.enum(["text", "time", "money", "quantity", "price", "ratio", "count"]),
  measure: z.string().optional(),
  aspect: z.enum(["current", "previous", "change", "change-rate", "change-rate-per-day", "unit"]).optional(),
  currency: z.string().optional(),
  target: z.string().optional(),
});
export type DataColumn = z.output<typeof dataColumnSchema>;

const cells = z.array(z.string().nullable());

/** Rows and columns as every chart, page and export takes them. Decimals are texts; a null measure is unknown. */
export const dataTableSchema = z.object({
  columns: z.array(dataColumnSchema),
  rows: z.array(cells),
  /** Of all rows there are, whatever is shown; aligned with the columns. */
  total: cells.optional(),
  /** Indexes of rows that are the exact rest of a `top`. */
  other: z.array(z.int()).optional(),
  /** Indexes of rows that say where a waterfall stands; the rows between them are what changes it, in their order. */
  levels: z.array(z.int()).optional(),
  /** All rows there are, where `rows` was cut. */
  rowCount: z.int().optional(),
});

/** As {@link dataTableSchema} says it, read-only: a query's answer is one as it stands. */
export interface DataTable {
  readonly columns: readonly Readonly<DataColumn>[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly total?: readonly (string | null)[] | undefined;
  readonly other?: readonly number[] | undefined;
  readonly levels?: readonly number[] | undefined;
  readonly rowCount?: number | undefined;
}

import { call, column, type Expr, nullIf, type SqlType, text } from "../../sql/expr.ts";
import { field, jsonPointer } from "../../sql/mapping-expr.ts";
import type { InputColumn, InputHeader, SourceDefinition } from "../source-definition.ts";

/** A column of the input as the reading statement offers it. */
export interface PhysicalColumn extends InputColumn {
  /** How the statement over the file addresses it. CSV columns go by position: engines fold the case of names. */
  readonly expr: Expr;
}

/** Name of the column that tells which file a row is from. */
export const FILE_COLUMN = "$file";
/** NDJSON: the line itself. */
export const LINE_COLUMN = "$line";
/** NDJSON: the line as a struct of the declared keys. */
export const STRUCT_COLUMN = "$json";

export const csvColumnName = (index: number): string => `c${index}`;

const sqlTypeOf = (type: string): SqlType => {
  if (type === "VARCHAR") return "text";
  if (type.endsWith("[]")) return "list";
  if (type.startsWith("MAP(")) return "map";
  if (type.startsWith("STRUCT(")) return "struct";
  if (type === "DOUBLE" || type === "FLOAT") return "double";
  if (type === "BOOLEAN") return "boolean";
  if (type === "DATE") return "date";
  if (type.startsWith("TIMESTAMP")) return "timestamp";
  return /INT|DECIMAL/.test(type) ? "bigint" : "text";
};

const ndjsonColumns = (header: InputHeader, declared: Readonly<Record<string, string>>): PhysicalColumn[] => {
  const known = Object.entries(declared).map(([name, type]) => ({
    name,
    type,
    expr: field(column(STRUCT_COLUMN, "struct"), name, sqlTypeOf(type)),
  }));
  const seen = header.columns.filter(({ name }) => !Object.hasOwn(declared, name));
  const extra = seen.map(({ name }) => ({
    name,
    type: "VARCHAR",
    expr: call("text", "jsonGet", column(LINE_COLUMN, "text"), text(jsonPointer(name))),
  }));
  return [...known, ...extra];
};

/** The columns that a mapping can ask for, in the file's order. */
export const physicalColumns = (
  header: InputHeader,
  source: Pick<SourceDefinition, "ndjsonColumns">,
): readonly PhysicalColumn[] => {
  if (header.format === "ndjson") return ndjsonColumns(header, source.ndjsonColumns ?? {});
  return header.columns.map((own, index) => ({
    ...own,
    expr:
      header.format === "csv" ? column(csvColumnName(index), "text") : column(own.name, sqlTypeOf(own.type)),
  }));
};

/** Any physical value as text; empty and the format's null texts are null. */
export const asText = (physical: PhysicalColumn, nullTexts: readonly string[]): Expr<"text"> => {
  const { expr } = physical;
  if (expr.type !== "text") return call("text", "toText", expr);
  // A CSV reader has already made these null.
  if (expr.node.kind === "column" && physical.type === "VARCHAR" && /^c\d+$/.test(expr.node.name))
    return expr as Expr<"text">;
  return [...(physical.noEmptyText === true ? [] : [""]), ...nullTexts].reduce<Expr<"text">>(
    (value, none) => nullIf(value, text(none)),
    expr as Expr<"text">,
  );
};

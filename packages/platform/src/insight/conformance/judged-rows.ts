import { FOCUS_COLUMNS } from "@trimtab/domain";
import type { Statement } from "../../lake/database.ts";
import type { ResultSet } from "../../lake/result-set.ts";
import { type MappingDialect, quoteIdent, Renderer } from "../../sql/dialect.ts";
import { call, cases, column, concat, type Expr, isNotNull, nullIf, nullOf, text } from "../../sql/expr.ts";

/** A column of the rows under judgement, as the engine has it. */
export interface JudgedColumn {
  readonly name: string;
  /** The engine's type text; columns of text files are VARCHAR and are judged by their values. */
  readonly type: string;
  readonly expr: Expr;
}

/** Rows that claim to be FOCUS: a file as delivered, or the charges of the lake. */
export interface JudgedRows {
  /** FROM-able SQL. */
  readonly from: string;
  readonly columns: readonly JudgedColumn[];
  /** Texts that the format uses for null. */
  readonly nullTexts: readonly string[];
  readonly dialect: MappingDialect;
  run(statement: Statement): Promise<ResultSet>;
}

const DECIMALS: ReadonlySet<string> = new Set(
  FOCUS_COLUMNS.filter(({ type }) => type === "decimal").map(({ name }) => name),
);

/** What tells a reader which row is meant. */
const REFERENCE = ["ChargePeriodStart", "ResourceId", "SkuId", "ChargeDescription", "BilledCost"];

export const isDecimalColumn = (name: string): boolean => DECIMALS.has(name);

/** The rows as one subquery: each column's value under its FOCUS name, and what checks need beside it. */
export class RowView {
  readonly #rows: JudgedRows;
  readonly #byName: ReadonlyMap<string, JudgedColumn>;

  constructor(rows: JudgedRows) {
    this.#rows = rows;
    this.#byName = new Map(rows.columns.map((item) => [item.name.toLowerCase(), item]));
  }

  get names(): readonly string[] {
    return this.#rows.columns.map(({ name }) => name);
  }

  has(name: string): boolean {
    return this.#byName.has(name.toLowerCase());
  }

  type(name: string): string {
    return this.#byName.get(name.toLowerCase())?.type ?? "";
  }

  isText(name: string): boolean {
    return this.type(name) === "VARCHAR";
  }

  /** The value, null where the column is absent or says null in the format's words. */
  value(name: string): Expr {
    return this.has(name) ? column(name, "text") : nullOf("text");
  }

  /** As the file has it, before its words for null are read. */
  raw(name: string): Expr<"text"> {
    return column(`${name} raw`, "text");
  }

  /** For comparisons within a tolerance only, never for a figure that is shown. */
  number(name: string): Expr<"double"> {
    return this.has(name) ? column(`${name} number`, "double") : nullOf("double");
  }

  /** The values of these columns and what tells which row it is, as text. */
  describe(names: readonly string[]): Expr<"text"> {
    const shown = names.filter((name) => this.has(name));
    const others = REFERENCE.filter((name) => this.has(name) && !shown.includes(name));
    const parts = [...shown, ...others].map((name) => {
      const physical = this.type(name).startsWith("MAP") ? "map" : "bigint";
      const value = this.isText(name) ? column(name, "text") : call("text", "toText", column(name, physical));
      const absent = shown.includes(name) ? text(`${name} null; `) : text("");
      return cases("text", [[isNotNull(value), concat(text(`${name}=`), value, text("; "))]], absent);
    });
    return parts.length === 0 ? text("") : concat(...parts);
  }

  sql(expr: Expr): string {
    return new Renderer(this.#rows.dialect).sql(expr);
  }

  /** FROM-able SQL of the view over the columns that FOCUS defines in any version. */
  from(focusNames: readonly string[]): string {
    const { dialect, nullTexts, from } = this.#rows;
    const select = focusNames.flatMap((name) => {
      const judged = this.#byName.get(name.toLowerCase());
      if (judged === undefined) return [];
      const raw = this.sql(judged.expr);
      const isText = judged.type === "VARCHAR";
      const value = isText
        ? nullTexts.reduce<Expr>((expr, none) => nullIf(expr, text(none)), judged.expr)
        : judged.expr;
      const list = [`${this.sql(value)} AS ${quoteIdent(name)}`];
      if (isText) list.push(`${raw} AS ${quoteIdent(`${name} raw`)}`);
      if (isDecimalColumn(name))
        list.push(
          `TRY_CAST(${this.sql(value)} AS ${dialect.types.double}) AS ${quoteIdent(`${name} number`)}`,
        );
      return list;
    });
    return `(SELECT ${select.length === 0 ? "1 AS nothing" : select.join(", ")} FROM ${from})`;
  }

  run(sql: string): Promise<ResultSet> {
    return this.#rows.run({ text: sql });
  }
}

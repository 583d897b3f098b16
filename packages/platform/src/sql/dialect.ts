import type { Expr, FunctionName, Node, QueryFunction, Scalar, SqlType } from "./expr.ts";

/** SQL text plus the values bound to it, in the order of their placeholders. */
export interface Sql {
  readonly text: string;
  readonly params: readonly Scalar[];
}

export type AggregateName = "sum" | "count" | "min" | "max";

/**
 * All that differs between engines. One object per engine; nothing else in the program knows a dialect. `F` says what it
 * renders: what queries need, or all that mappings of bills need besides.
 */
export interface Dialect<F extends FunctionName = QueryFunction> {
  readonly id: "duckdb" | "trino" | "athena" | "bigquery";
  readonly types: Readonly<Record<SqlType, string>>;
  /**
   * What stands before the body of a WITH query that is read more than once, so that it runs once; absent: it would run
   * each time, and statements are made to read it once.
   */
  readonly materialized?: string;
  quoteIdent(name: string): string;
  /** A value that came from outside, as the engine takes it: its placeholder, or a literal. */
  bind(value: Scalar, type: SqlType, params: Scalar[]): string;
  literal(type: SqlType, value: Scalar): string;
  cast(sql: string, from: SqlType, to: SqlType, safe: boolean): string;
  lambda(parameter: string, body: string): string;
  /** The path of a key in a JSON object, for `objectGet`. */
  objectPath(key: string): string;
  /** An aggregate of a column or `*`, over the rows where a condition holds. */
  aggregate(fn: AggregateName, of: string, where?: string): string;
  call(fn: F, args: readonly string[], nodes: readonly Expr[]): string;
}

/** A dialect that can load bills as well. */
export type MappingDialect = Dialect<FunctionName>;

/** SQL string literal; a quote inside is doubled, so no value can end it. A NUL would end the statement's text. */
export const quoteText = (value: string): string => {
  const literal = `'${value.replaceAll("'", "''")}'`;
  return value.includes("\0") ? `(${literal.replaceAll("\0", "' || chr(0) || '")})` : literal;
};

/** SQL identifier in double quotes, the form of both engines. */
export const quoteIdent = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The standard's form of {@link Dialect.aggregate}. */
export const filterAggregate = (fn: AggregateName, of: string, where?: string): string =>
  `${fn}(${of})${where === undefined ? "" : ` FILTER (WHERE ${where})`}`;

/** Renders expressions of one statement, collecting the bound values in placeholder order. */
export class Renderer<F extends FunctionName = QueryFunction> {
  readonly params: Scalar[] = [];
  readonly dialect: Dialect<F>;

  constructor(dialect: Dialect<F>) {
    this.dialect = dialect;
  }

  sql(expr: Expr<SqlType, F>): string {
    return this.#node(expr.node, expr);
  }

  #node(node: Node<F>, expr: Expr<SqlType, F>): string {
    const d = this.dialect;
    switch (node.kind) {
      case "column":
        return node.table === undefined
          ? d.quoteIdent(node.name)
          : `${d.quoteIdent(node.table)}.${d.quoteIdent(node.name)}`;
      case "lit":
        return d.literal(expr.type, node.value);
      case "param":
        return d.bind(node.value, expr.type, this.params);
      case "objectKey":
        return d.bind(d.objectPath(node.key), "text", this.params);
      case "call":
        return d.call(
          node.fn,
          node.args.map((arg) => this.sql(arg)),
          node.args,
        );
      case "binary":
        return `(${this.sql(node.left)} ${node.op} ${this.sql(node.right)})`;
      case "not":
        return node.expr.node.kind === "isNull"
          ? `(${this.sql(node.expr.node.expr)} IS NOT NULL)`
          : `(NOT ${this.sql(node.expr)})`;
      case "isNull":
        return `(${this.sql(node.expr)} IS NULL)`;
      case "in":
        return `(${this.sql(node.expr)} IN (${node.values.map((value) => this.sql(value)).join(", ")}))`;
      case "case": {
        const whens = node.whens
          .map(([when, then]) => `WHEN ${this.sql(when)} THEN ${this.sql(then)}`)
          .join(" ");
        const otherwise = node.otherwise === undefined ? "" : ` ELSE ${this.sql(node.otherwise)}`;
        return `(CASE ${whens}${otherwise} END)`;
      }
      case "cast":
        return d.cast(this.sql(node.expr), node.expr.type, expr.type, node.safe);
      case "lambda":
        return d.lambda(node.parameter, this.sql(node.body));
    }
  }
}
